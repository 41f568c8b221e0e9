import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.filters.references import unescaped


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("&lt;&#20320;&#x597d;", "<你好"),
        (f"a&#{'9' * 5000};b&#20320;", "a\ufffdb你"),
        (f"&#{'0' * 5000}20320;", "你"),
        (f"&#x{'f' * 6000};&#x{'0' * 6000}597d;", "\ufffd好"),
        (f"&#{'1' * 5000}", "\ufffd"),
    ],
    ids=["usual", "beyond all", "zeros", "hexadecimal", "without an end"],
)
def test_references_are_resolved_however_many_digits_they_have(markup: str, text: str) -> None:
    assert unescaped(markup) == text


@given(text=st.text(alphabet="&#xX;0123456789aftlg你 ", max_size=60))
def test_what_python_can_resolve_is_resolved_as_python_does(text: str) -> None:
    assert unescaped(text) == html.unescape(text)
