import gzip
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from protego import Protego

from jingyu.filters.rights.site import Access, sites
from jingyu.filters.rights.snapshot import MAX_BYTES, Snapshot
from jingyu.pipeline.read.snapshots import read_snapshots

BODY = b"""\
User-agent: *
Disallow: /private/
Allow: /private/open.html

User-agent: GPTBot
User-agent: CCBot
Disallow: /
"""


@pytest.mark.parametrize(
    ("url", "agents", "verdict"),
    [
        ("http://a.cn/", ("*",), Access.ALLOWED),
        ("https://A.cn:443/private/b", ("*",), Access.DISALLOWED),
        ("http://a.cn/private/open.html", ("*",), Access.ALLOWED),
        ("http://a.cn/", ("GPTBot",), Access.DISALLOWED),
        ("http://a.cn/", ("*", "CCBot"), Access.DISALLOWED),
        ("http://a.cn/", (), Access.ALLOWED),
        ("http://b.cn/", ("*",), Access.UNKNOWN),
        ("a.cn/private/", ("*",), Access.UNKNOWN),
        (None, ("*",), Access.UNKNOWN),
    ],
)
def test_rules_hold_for_their_host_and_robots(
    url: str | None, agents: tuple[str, ...], verdict: Access
) -> None:
    assert sites([Snapshot("a.cn", 200, BODY)]).said(url, agents).robots_txt == verdict


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (200, Access.DISALLOWED),
        (302, Access.UNKNOWN),
        (399, Access.UNKNOWN),
        (400, Access.ALLOWED),
        (404, Access.ALLOWED),
        (499, Access.ALLOWED),
        (500, Access.DISALLOWED),
        (503, Access.DISALLOWED),
        (600, Access.UNKNOWN),
    ],
)
def test_a_status_other_than_success_decides_by_itself(status: int, verdict: Access) -> None:
    rules = sites([Snapshot("a.cn", status, b"User-agent: *\nDisallow: /")])

    assert rules.said("http://a.cn/b", ("*",)).robots_txt == verdict


def test_of_several_files_of_a_host_the_last_that_says_something_holds() -> None:
    first = Snapshot("a.cn", 500, b"")
    last = Snapshot("A.cn", 200, b"")

    assert sites([first, last]).said("http://a.cn/", ()).robots_txt == Access.ALLOWED
    assert sites([last, first]).said("http://a.cn/", ()).robots_txt == Access.DISALLOWED
    assert sites([first, Snapshot("a.cn", 301, b"")]).said("http://a.cn/", ()).robots_txt == (
        Access.DISALLOWED
    )


def test_only_the_first_500_kib_are_read_in_whole_lines() -> None:
    head = b"User-agent: *\n"
    rule = b"Disallow: /private/\n"
    fitting = head + b"#" * (MAX_BYTES - len(head + rule) - 1) + b"\n" + rule
    cut = head + b"#" * (MAX_BYTES - len(head + rule)) + b"\n" + rule

    assert len(fitting) == MAX_BYTES
    for body, verdict in ((fitting, Access.DISALLOWED), (cut, Access.ALLOWED)):
        rules = sites([Snapshot("a.cn", 200, body)])
        assert rules.said("http://a.cn/private/", ()).robots_txt == verdict


@settings(max_examples=100)
@given(
    body=st.binary()
    | st.lists(
        st.sampled_from(
            [
                b"User-agent: *\n",
                b"Disallow: /",
                b"*",
                b"$",
                b"[",
                b"%",
                b"\xd6\xd0",
                b"\n",
                b"\x00",
            ]
        )
    ).map(b"".join),
    path=st.text(),
)
def test_damaged_files_and_addresses_do_not_raise(body: bytes, path: str) -> None:
    rules = sites([Snapshot("a.cn", 200, body)])

    assert rules.said(f"http://a.cn/{path}", ("*", "GPTBot")).robots_txt in Access


AGENTS = ("*", "GPTBot", "CCBot", "Bytespider")
PATHS = ("/", "/a", "/a/", "/a/b", "/a/b.html", "/新/", "/*.html$", "/a*b", "/b$", "*/b", "")
LINES = st.one_of(
    st.sampled_from(AGENTS).map("User-agent: {}".format),
    st.builds("{}: {}".format, st.sampled_from(["Allow", "Disallow"]), st.sampled_from(PATHS)),
    st.sampled_from(["", "# none", "Sitemap: http://a.cn/s.xml", "Crawl-delay: 1"]),
)


@settings(max_examples=200)
@given(
    lines=st.lists(LINES, max_size=10),
    path=st.sampled_from(["/", "/a", "/a/b", "/a/b.html", "/a/b.html?c", "/b", "/%E6%96%B0/"]),
    agent=st.sampled_from(AGENTS),
)
def test_access_is_judged_as_another_reader_judges_it(
    lines: list[str], path: str, agent: str
) -> None:
    text, url = "\n".join(["User-agent: *", *lines]), f"http://a.cn{path}"

    said = sites([Snapshot("a.cn", 200, text.encode())]).said(url, (agent,))

    may_fetch = Protego.parse(text).can_fetch(url, agent)
    assert said.robots_txt == (Access.ALLOWED if may_fetch else Access.DISALLOWED)


def test_a_folder_names_hosts_by_file(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    for name in ("a.cn", "b.cn.txt", "c.cn.robots.txt", "more/d.cn.tdmrep.json", ".hidden"):
        (tmp_path / name).write_bytes(BODY)

    assert list(read_snapshots(str(tmp_path))) == [
        *(Snapshot(host, 200, BODY) for host in ("a.cn", "b.cn", "c.cn")),
        Snapshot("d.cn", 200, BODY, "tdmrep"),
    ]


def test_lines_name_hosts_and_damaged_ones_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "robots.jsonl"
    path.write_bytes(
        b'{"host": "a.cn", "body": "Disallow: /"}\n'
        b"{damaged\n[]\n\xff\n"
        b'{"host": "b.cn", "status": 404, "body": ""}\n'
    )

    assert list(read_snapshots(str(path))) == [
        Snapshot("a.cn", 200, b"Disallow: /"),
        Snapshot("b.cn", 404, b""),
    ]


def test_an_archive_holds_them_among_other_records(tmp_path: Path) -> None:
    path = tmp_path / "robots.warc.gz"
    path.write_bytes(
        b"".join(
            gzip.compress(_response(url, status))
            for url, status in [
                ("http://a.cn/robots.txt", 200),
                ("http://a.cn/page/robots.txt", 200),
                ("http://b.cn/robots.txt?x=1", 404),
            ]
        )
    )

    assert list(read_snapshots(str(path))) == [
        Snapshot("a.cn", 200, BODY),
        Snapshot("b.cn", 404, BODY),
    ]


def _response(url: str, status: int) -> bytes:
    block = b"HTTP/1.1 %d X\r\nContent-Type: text/plain\r\n\r\n%s" % (status, BODY)
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
    return f"{head}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


@pytest.mark.parametrize("rule", ["", "Disallow: /x\n" * 20_000], ids=["names", "names and rules"])
def test_robots_that_are_named_together_share_their_rules(rule: str) -> None:
    named = "".join(f"User-agent: a{number}\n" for number in range(20_000))

    said = sites([Snapshot("a.cn", 200, f"{named}{rule}".encode())]).said("http://a.cn/x", ("a7",))

    assert said.robots_txt == (Access.DISALLOWED if rule else Access.ALLOWED)


def test_a_host_has_several_license_documents_in_any_order() -> None:
    days = {"/a": 2, "/b": 1, "/c": 4}
    documents = [
        Snapshot("a.cn", 200, b"", "rsl", datetime(2026, 1, day, tzinfo=UTC), url)
        for url, day in days.items()
    ]

    assert sites(documents, date(2026, 1, 3)).licenses.keys() == {"/a", "/b"}


def test_the_last_day_that_there_is_can_be_named() -> None:
    found = sites([Snapshot("a.cn", 200, BODY)], date.max)

    assert found.said("http://a.cn/private/").robots_txt == Access.DISALLOWED
