"""Pages and files that are made to be read for ever: each takes minutes where a search goes back.

None of the sizes is beyond what is read of a page or of a file.
"""

import pytest

from jingyu.filters.rights.evidence import rights_of
from jingyu.filters.rights.preferences import content_usage
from jingyu.filters.rights.rights import Rights

SPACES = " " * 200_000
SCRIPT = '<script type="application/rsl+xml">'


def of_page(head: str) -> Rights:
    return rights_of({}, f"<html><head>{head}</head><body>x</body></html>", "")


@pytest.mark.parametrize(
    "element",
    [
        f'<meta name="robots" content="noindex{SPACES}x">',
        f'<meta name="robots" content="noindex" {"a" * 200_000}>',
        f'<meta name="robots" content="noindex" a{SPACES}>',
    ],
    ids=["spaces in the content", "letters without a value", "spaces behind a name"],
)
def test_an_element_is_read_in_one_pass(element: str) -> None:
    assert of_page(element).noindex


def test_a_header_is_read_in_one_pass() -> None:
    assert rights_of({"x-robots-tag": f"noindex{SPACES}x"}, "", "").noindex


@pytest.mark.parametrize("end", ["", "</script>"])
def test_what_names_its_type_within_a_script_opens_no_other(end: str) -> None:
    shown = rights_of({}, SCRIPT * 30_000 + end, "")

    assert len(shown.statements) == bool(end)


@pytest.mark.parametrize("value", ["a=(" + SPACES + "!", "a=(x" + SPACES + "!"])
def test_a_list_of_a_preference_is_read_in_one_pass(value: str) -> None:
    assert content_usage(value) is None
