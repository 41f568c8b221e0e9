"""What the figures of a page's bytes decide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.filters.language.gate import GateMeasure, too_foreign
from jingyu.filters.language.settings import Gate
from jingyu.schemas.decisions import Decision
from jingyu.schemas.gate import GATE


@pytest.mark.parametrize(
    ("measured", "reason", "value", "limit"),
    [
        (GateMeasure(49), "too_few_han", 49.0, 50.0),
        (GateMeasure(50), None, None, None),
        (GateMeasure(50, kana_ratio=0.5), None, None, None),
        (GateMeasure(50, kana_ratio=0.51), "too_much_kana", 0.51, 0.5),
        (GateMeasure(50, word_ratio=2.0), None, None, None),
        (GateMeasure(50, word_ratio=2.1), "mostly_other_words", 2.1, 2.0),
        (GateMeasure(0, kana_ratio=9.0, word_ratio=9.0), "too_few_han", 0.0, 50.0),
        (GateMeasure(90, kana_ratio=9.0, word_ratio=9.0), "too_much_kana", 9.0, 0.5),
        (GateMeasure(90, 49), "too_few_han", 49.0, 50.0),
        (GateMeasure(90, 50, 49), "too_few_han", 49.0, 50.0),
        (GateMeasure(90, 50, 50), None, None, None),
        (GateMeasure(900, 248, 49), "too_few_han", 49.0, 50.0),
        (GateMeasure(900, 249, 49), "text_in_script", 49.0, 50.0),
        (GateMeasure(900, 500, 199, word_ratio=9.0), "mostly_other_words", 9.0, 2.0),
        (GateMeasure(900, 500, 200, word_ratio=9.0), None, None, None),
        (GateMeasure(900, 500, 201, word_ratio=9.0), None, None, None),
        (GateMeasure(900, 500, 201, kana_ratio=9.0), "too_much_kana", 9.0, 0.5),
    ],
)
def test_one_value_beyond_its_limit_is_the_reason(
    measured: GateMeasure, reason: str | None, value: float | None, limit: float | None
) -> None:
    ended = too_foreign(measured, Gate())

    assert ended == (Decision("rejected", "gate", reason, value, limit) if reason else None)


def test_of_several_counts_below_the_limit_the_first_that_was_looked_for_decides() -> None:
    ended = too_foreign(GateMeasure(40, 20, 30), Gate())

    assert ended
    assert ended.measured == 40


@pytest.mark.parametrize(
    ("measured", "expected"),
    [
        (GateMeasure(9), 9),
        (GateMeasure(9, 7), 7),
        (GateMeasure(9, 7, 5), 5),
        (GateMeasure(9, 7, 0), 0),
    ],
)
def test_the_last_count_that_was_looked_for_is_the_best_bound(
    measured: GateMeasure, expected: int
) -> None:
    assert measured.han_count == expected


def test_the_figures_are_the_columns_in_their_order() -> None:
    assert list(GateMeasure._fields) == GATE.names


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (Gate(), True),
        (Gate(min_han_count=51, max_kana_ratio=0.4, max_word_ratio=1.9), True),
        (Gate(min_han_count=49), False),
        (Gate(max_kana_ratio=0.6), False),
        (Gate(max_word_ratio=2.1), False),
        (Gate(enough_han_count=201), True),
        (Gate(enough_han_count=199), False),
        (Gate(min_han_count=90, max_kana_ratio=0.6), False),
    ],
)
def test_a_gate_lets_in_all_of_one_that_is_nowhere_laxer(other: Gate, *, expected: bool) -> None:
    assert Gate().lets_in_all_of(other) is expected


counts = st.none() | st.integers(0, 9)
measures = st.builds(
    GateMeasure, st.integers(0, 9), counts, counts, st.floats(0, 3), st.floats(0, 3)
)
gates = st.builds(
    Gate,
    min_han_count=st.integers(0, 9),
    max_kana_ratio=st.floats(0, 3),
    max_word_ratio=st.floats(0, 3),
)


@given(measured=measures, gate=gates, other=gates)
def test_what_a_gate_lets_in_every_gate_that_lets_in_all_of_it_does(
    measured: GateMeasure, gate: Gate, other: Gate
) -> None:
    if gate.lets_in_all_of(other) and too_foreign(measured, other) is None:
        assert too_foreign(measured, gate) is None
