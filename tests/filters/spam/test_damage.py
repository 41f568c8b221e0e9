import pytest

from jingyu.filters.spam.damage import clauses_per_sentence, lost_number_count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("截至3月5日，涨幅高达12%。", 0),
        ("截至月日，涨幅高达%。", 2),
        ("某月某日，百分之五", 0),
        ("涨幅 %", 0),
    ],
)
def test_numbers_that_are_missing_are_counted(text: str, count: int) -> None:
    assert lost_number_count(text) == count


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("", 0),
        ("没有逗号", 0),
        ("一，二，三", 2),
        ("一，二，三。", 2),
        ("一，二，三。四，五！", 1.5),
        ("一，二\n三，四\n", 2),
        ("a, b; c", 1),
    ],
)
def test_commas_are_counted_for_each_end_of_a_sentence(text: str, clauses: float) -> None:
    assert clauses_per_sentence(text) == clauses
