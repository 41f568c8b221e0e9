import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.store.terminal import printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("净语 𠮷 [fe80::1]", "净语 𠮷 [fe80::1]"),
        ("a\x1b[2Jb", "a\\x1b[2Jb"),
        ("一\n二\u2028三", "一\\n二\\u2028三"),
        ("a\u202eb", "a\\u202eb"),
        ("\udc80", "\\udc80"),
    ],
)
def test_what_would_steer_a_terminal_stands_as_python_writes_it(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text())
def test_whatever_a_page_holds_is_printable(text: str) -> None:
    assert printable(text).isprintable()
