from math import inf, isfinite

import pyarrow as pa
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jingyu.filters.quality.measure import MEASURED, measure
from jingyu.schemas.signals import SIGNALS

characters = st.characters(exclude_categories=()) | st.sampled_from(
    "中文𠮷⺀あa1，。 \n…【】-\ud800"
)
texts = st.text(alphabet=characters) | st.text(alphabet="中文𠮷⺀あa1，。 \n")


def test_the_measures_are_the_first_signals_in_their_order() -> None:
    assert list(MEASURED) == SIGNALS.names[: len(MEASURED)]
    assert SIGNALS.names[len(MEASURED)] == "replacement_ratio"


@given(text=texts)
@example(text="")
@example(text="\ud800\udc00")
@example(text="\n\n")
@example(text="𠮷" * 300)
@settings(max_examples=200)
def test_any_text_has_finite_signals_in_their_unit(text: str) -> None:
    values = measure(text)

    assert list(values) == list(MEASURED)
    for name, value in values.items():
        unit = SIGNALS.field(name).metadata[b"unit"]
        assert isfinite(value), name
        assert 0 <= value <= (1 if unit == b"ratio" else inf), name


@given(text=texts, other=texts)
@settings(max_examples=50)
def test_what_was_measured_before_changes_nothing(text: str, other: str) -> None:
    first = measure(text)
    measure(other)

    assert measure(text) == first


def test_values_fit_their_columns() -> None:
    schema = pa.schema([SIGNALS.field(name) for name in MEASURED])

    batch = pa.RecordBatch.from_pylist([measure("中文，很好。\n- 甲乙")], schema=schema)

    assert batch.to_pylist() == [measure("中文，很好。\n- 甲乙")]


def test_line_ends_and_indentation_change_only_the_length() -> None:
    plain = measure("今天天气很好。\n明天也很好。")
    spaced = measure("\u3000今天天气很好。\n\n\n明天也很好。\n")

    assert {name for name in MEASURED if plain[name] != spaced[name]} == {"char_count"}
