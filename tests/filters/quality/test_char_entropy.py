import pytest

from jingyu.filters.quality.char_entropy import char_entropy


@pytest.mark.parametrize(
    ("text", "bits"),
    [
        pytest.param("", 0, id="empty"),
        pytest.param("啊啊啊", 0, id="one character"),
        pytest.param("甲乙", 1, id="two"),
        pytest.param("甲 乙\n丙𠮷", 2, id="white space does not count"),
        pytest.param("甲甲乙丙", 1.5, id="uneven"),
    ],
)
def test_entropy_is_that_of_visible_characters(text: str, bits: float) -> None:
    assert char_entropy(text) == pytest.approx(bits)
