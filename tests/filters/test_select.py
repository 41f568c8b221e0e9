import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.filters.rule import Limit, Rule
from jingyu.filters.select import KEPT, select

RULES = (
    Rule(signal="char_count", min=200, reason="too_short"),
    Rule(signal="han_ratio", min=0.3, reason="too_little_han"),
    Rule(signal="digit_ratio", max=0.25, reason="too_many_digits"),
)
ratios = st.floats(0, 1)
documents = st.lists(st.tuples(st.integers(0, 400), ratios, ratios), max_size=30)


def rows(*values: tuple[int, float, float]) -> pa.RecordBatch:
    names = ("char_count", "han_ratio", "digit_ratio")
    columns = list(zip(*values, strict=True)) or [(), (), ()]
    types = (pa.int64(), pa.float64(), pa.float64())
    arrays = [pa.array(column, dtype) for column, dtype in zip(columns, types, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, names=names)


def test_each_row_names_the_first_rule_that_rejects_it_and_the_value() -> None:
    batch = rows((300, 0.9, 0.1), (100, 0.1, 0.1), (300, 0.2, 0.5), (300, 0.9, 0.5))

    selection = select(batch, RULES)

    assert selection.rejecting.tolist() == [KEPT, 0, 1, 2]
    assert selection.is_kept.tolist() == [True, False, False, False]
    assert selection.measured[1:].tolist() == [100, 0.2, 0.5]
    assert np.isnan(selection.measured[0])


def test_the_order_of_the_rules_decides_the_reason() -> None:
    batch = rows((100, 0.1, 0.5))

    assert select(batch, RULES).rejecting.tolist() == [0]
    assert select(batch, RULES[::-1]).measured.tolist() == [0.5]


def test_a_table_of_several_chunks_is_selected_like_a_batch() -> None:
    table = pa.Table.from_batches([rows((300, 0.9, 0.1)), rows((100, 0.9, 0.1))])

    assert select(table, RULES).rejecting.tolist() == [KEPT, 0]


def test_without_rules_every_row_is_kept() -> None:
    assert select(rows((1, 0, 0)), ()).is_kept.tolist() == [True]


def test_no_rows_give_no_verdicts() -> None:
    selection = select(rows(), RULES)

    assert selection.rejecting.tolist() == []
    assert selection.measured.tolist() == []


def test_rows_without_the_column_of_a_rule_are_an_error() -> None:
    with pytest.raises(KeyError, match="han_ratio"):
        select(rows((300, 0.9, 0.1)).select(["char_count"]), RULES)


@given(values=documents)
@settings(max_examples=60)
def test_a_row_is_rejected_exactly_if_some_rule_rejects_it(
    values: list[tuple[int, float, float]],
) -> None:
    selection = select(rows(*values), RULES)

    expected = [chars < 200 or han < 0.3 or digits > 0.25 for chars, han, digits in values]
    assert (~selection.is_kept).tolist() == expected
    assert (~np.isnan(selection.measured)).tolist() == expected


@given(values=documents, cut=st.integers(0, 30))
@settings(max_examples=60)
def test_cutting_a_batch_anywhere_changes_nothing(
    values: list[tuple[int, float, float]], cut: int
) -> None:
    whole = select(rows(*values), RULES)
    parts = [select(rows(*values[:cut]), RULES), select(rows(*values[cut:]), RULES)]

    for index in (0, 1):
        joined = np.concatenate([part[index] for part in parts])
        assert np.array_equal(joined, whole[index], equal_nan=True)


def test_a_row_beyond_one_of_two_limits_goes_on_to_the_next_rule() -> None:
    also = Limit(signal="digit_ratio", max=0.25)
    rules = (
        Rule(signal="han_ratio", min=0.3, also=also, reason="table"),
        Rule(signal="char_count", min=200, reason="too_short"),
    )
    batch = rows((300, 0.1, 0.2), (100, 0.1, 0.2), (100, 0.1, 0.5), (300, 0.9, 0.5))

    selection = select(batch, rules)

    assert selection.rejecting.tolist() == [KEPT, 1, 0, KEPT]
    assert selection.measured[1:3].tolist() == [100, 0.1]


def test_rows_without_the_column_of_a_second_limit_are_an_error() -> None:
    also = Limit(signal="digit_ratio", max=0.25)
    rule = Rule(signal="han_ratio", min=0.3, also=also, reason="table")

    with pytest.raises(KeyError, match="digit_ratio"):
        select(rows((300, 0.9, 0.1)).select(["han_ratio"]), (rule,))
