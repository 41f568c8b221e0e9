import pytest

from jingyu.filters.quality.bracket_ratio import bracket_ratio


@pytest.mark.parametrize(
    ("text", "ratio"),
    [
        pytest.param("", 0, id="empty"),
        pytest.param("【】", 0, id="nothing inside"),
        pytest.param("【甲乙】", 0.5, id="brackets count in the whole"),
        pytest.param("【甲】\n【乙】", 2 / 6, id="line ends do not"),
        pytest.param("【甲乙丙", 0, id="unclosed"),
        pytest.param("【甲\n乙】", 0, id="closed on another line"),
        pytest.param("【【甲】", 0.25, id="the inner pair"),
    ],
)
def test_what_stands_between_a_pair_counts(text: str, ratio: float) -> None:
    assert bracket_ratio(text) == ratio
