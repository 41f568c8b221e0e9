"""Pages and files that are made to be read for ever: each takes minutes where a search goes back.

None of the sizes is beyond what is read of a page or of a file.
"""

import pytest

from jingyu.filters.rights.agents import USES
from jingyu.filters.rights.evidence import rights_of
from jingyu.filters.rights.preferences import content_usage
from jingyu.filters.rights.rights import Rights
from jingyu.filters.rights.site import sites
from jingyu.filters.rights.snapshot import Kind, Snapshot
from tests.support.stated import RSL, Stated, prohibits, rsl

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


@pytest.mark.parametrize("count", [255, 256, 257, 5_000])
def test_of_endless_statements_the_first_are_listed_and_the_one_that_decides(count: int) -> None:
    shown = Stated(
        robots="User-agent: *\n" + "Content-Signal: search=yes\n" * count,
        headers={"content-usage": "train-ai=n"},
    ).rights()

    assert len(shown.statements) == min(count + 1, 256)
    assert shown.statements[-1].rule == shown.ai_train_rule == "header: Content-Usage: train-ai=n"


def test_a_license_document_is_asked_once_whatever_names_it() -> None:
    contents = "".join(f'<content url="/{n}"><license/></content>' for n in range(5_000))
    lines = "".join(f"License: https://www.a.cn/{n}\n" for n in range(5_000))

    found = sites(
        [
            Snapshot("a.cn", 200, lines.encode()),
            Snapshot("a.cn", 200, RSL.format(contents).encode(), "rsl"),
        ]
    )

    assert len(found.said("http://a.cn/7").counted) == 5_000


@pytest.mark.parametrize("rule", ["Disallow: /x{}", "Disallow: /*x{}$", "Content-Signal: x{}=no"])
def test_many_robots_with_many_rules_are_read_at_once(rule: str) -> None:
    names = "".join(f"User-agent: {name}\n" for name in USES)
    rules = "".join(f"{rule.format(n)}\n" for n in range(4_000))
    own = "".join(f"User-agent: {name}\nDisallow: /{n}\n" for n, name in enumerate(USES))
    found = sites([Snapshot("a.cn", 200, f"{names}{rules}{own}".encode())])

    for n, name in list(enumerate(USES))[::4]:
        said = found.said(f"http://a.cn/{n}/b")
        assert (name in said.ai_agents_disallowed) == (USES[name] == "train")


@pytest.mark.parametrize("kind", ["robots", "ai_txt", "tdmrep"])
def test_a_long_file_is_read_once_for_all_pages_of_a_site(kind: Kind) -> None:
    lines = "".join(f"Disallow: /x{n}\n" for n in range(12_000))
    found = sites([Snapshot("a.cn", 200, f"User-agent: *\n{lines}".encode(), kind)])

    said = {found.said(f"http://a.cn/{n}").robots_txt for n in range(20)}

    assert len(said) == 1


def test_a_document_declares_no_entities_in_another_encoding_either() -> None:
    evil = '<!DOCTYPE rsl [<!ENTITY a "train">]>' + rsl(prohibits("ai-&a;"))

    shown = Stated(
        robots="License: https://a.cn/l", rsl={"https://a.cn/l": evil.encode("utf-16-be").decode()}
    ).rights()

    assert shown.ai_train == "not_stated"


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312", "UTF-16"])
def test_a_document_in_a_page_is_read_whatever_encoding_it_names(encoding: str) -> None:
    named = f'<?xml version="1.0" encoding="{encoding}"?>' + rsl(prohibits("ai-train"))

    assert Stated(head=f"{SCRIPT}{named}</script>").rights().ai_train == "reserved"
