import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jingyu.pipeline.page.gate.programs import without_programs
from tests.support import plain_programs

PIECES = [
    b"<",
    b"</",
    b"<pre>",
    b"</PRE>",
    b"<Code ",
    b"</code\n>",
    b"<textarea",
    b">",
    b"a",
    b"\xe4",
]
PAGES = st.lists(st.sampled_from(PIECES) | st.binary(max_size=3), max_size=30).map(b"".join)


@given(PAGES)
@example(b"<p<pre>")
@example(b"</pre")
@example(b"<")
def test_any_page_loses_the_programs_that_the_twin_finds(page: bytes) -> None:
    assert without_programs(page) == plain_programs.without_programs(page)


def test_a_page_without_programs_is_not_copied() -> None:
    page = b"<p>" * 9

    assert without_programs(page) is page


@pytest.mark.parametrize("payload", ["<pre>", None, bytearray(b"<pre>")])
def test_what_is_no_page_is_refused(payload: object) -> None:
    with pytest.raises(TypeError):
        without_programs(payload)  # type: ignore[arg-type]
