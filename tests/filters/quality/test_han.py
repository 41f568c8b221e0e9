import pytest

from jingyu.filters.quality.han import han_count, han_ratio


@pytest.mark.parametrize(
    ("text", "count", "ratio"),
    [
        pytest.param("", 0, 0, id="empty"),
        pytest.param("。，★ \n", 0, 0, id="no letters"),
        pytest.param("中文，很好。★", 4, 1, id="marks count on neither side"),
        pytest.param("中文ab", 2, 0.5, id="mixed scripts"),
        pytest.param("中文１２", 2, 0.5, id="full-width digits"),
        pytest.param("中文あア", 2, 0.5, id="kana are not Han"),
        pytest.param("𠮷野家a", 3, 0.75, id="beyond the basic plane"),
        pytest.param("⺀中", 1, 1, id="a radical is a symbol"),
    ],
)
def test_han_is_counted_among_letters_and_digits(text: str, count: int, ratio: float) -> None:
    assert han_count(text) == count
    assert han_ratio(text) == ratio
