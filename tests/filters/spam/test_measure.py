from math import inf, isfinite

from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.filters.spam.measure import CONTENT_MEASURED, measure_content
from jingyu.schemas.signals import SIGNALS

texts = st.text() | st.text(alphabet="中文官网下载登录𠮷a1.com-，。 \n(ǎ)")


def test_the_signals_of_content_stand_together_in_their_order() -> None:
    first = SIGNALS.names.index(CONTENT_MEASURED[0])

    assert SIGNALS.names[first : first + len(CONTENT_MEASURED)] == list(CONTENT_MEASURED)


@given(text=texts, title=st.none() | texts)
@settings(max_examples=100)
def test_any_text_and_title_have_finite_signals_in_their_unit(text: str, title: str | None) -> None:
    values = measure_content(text, title)

    assert list(values) == list(CONTENT_MEASURED)
    for name, value in values.items():
        unit = SIGNALS.field(name).metadata[b"unit"]
        assert isfinite(value), name
        assert 0 <= value <= (1 if unit == b"ratio" else inf), name


def test_without_a_title_the_first_line_stands_for_it() -> None:
    text = "某某官网登录\n山里的天气说变就变。"

    assert measure_content(text, None) == measure_content(text, "某某官网登录")
