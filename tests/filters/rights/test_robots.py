import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.filters.rights.robots import Verdict, robots_rules
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
        ("http://a.cn/", ("*",), Verdict.ALLOWED),
        ("https://A.cn:443/private/b", ("*",), Verdict.DISALLOWED),
        ("http://a.cn/private/open.html", ("*",), Verdict.ALLOWED),
        ("http://a.cn/", ("GPTBot",), Verdict.DISALLOWED),
        ("http://a.cn/", ("*", "CCBot"), Verdict.DISALLOWED),
        ("http://a.cn/", (), Verdict.ALLOWED),
        ("http://b.cn/", ("*",), Verdict.UNKNOWN),
        ("a.cn/private/", ("*",), Verdict.UNKNOWN),
        (None, ("*",), Verdict.UNKNOWN),
    ],
)
def test_rules_hold_for_their_host_and_robots(
    url: str | None, agents: tuple[str, ...], verdict: Verdict
) -> None:
    assert robots_rules([Snapshot("a.cn", 200, BODY)]).verdict(url, agents) == verdict


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (200, Verdict.DISALLOWED),
        (302, Verdict.UNKNOWN),
        (399, Verdict.UNKNOWN),
        (400, Verdict.ALLOWED),
        (404, Verdict.ALLOWED),
        (499, Verdict.ALLOWED),
        (500, Verdict.DISALLOWED),
        (503, Verdict.DISALLOWED),
        (600, Verdict.UNKNOWN),
    ],
)
def test_a_status_other_than_success_decides_by_itself(status: int, verdict: Verdict) -> None:
    rules = robots_rules([Snapshot("a.cn", status, b"User-agent: *\nDisallow: /")])

    assert rules.verdict("http://a.cn/b", ("*",)) == verdict


def test_of_several_files_of_a_host_the_last_that_says_something_holds() -> None:
    first = Snapshot("a.cn", 500, b"")
    last = Snapshot("A.cn", 200, b"")

    assert robots_rules([first, last]).verdict("http://a.cn/", ()) == Verdict.ALLOWED
    assert robots_rules([last, first]).verdict("http://a.cn/", ()) == Verdict.DISALLOWED
    assert robots_rules([first, Snapshot("a.cn", 301, b"")]).verdict("http://a.cn/", ()) == (
        Verdict.DISALLOWED
    )


def test_only_the_first_500_kib_are_read_in_whole_lines() -> None:
    head = b"User-agent: *\n"
    rule = b"Disallow: /private/\n"
    fitting = head + b"#" * (MAX_BYTES - len(head + rule) - 1) + b"\n" + rule
    cut = head + b"#" * (MAX_BYTES - len(head + rule)) + b"\n" + rule

    assert len(fitting) == MAX_BYTES
    for body, verdict in ((fitting, Verdict.DISALLOWED), (cut, Verdict.ALLOWED)):
        rules = robots_rules([Snapshot("a.cn", 200, body)])
        assert rules.verdict("http://a.cn/private/", ()) == verdict


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
    rules = robots_rules([Snapshot("a.cn", 200, body)])

    assert rules.verdict(f"http://a.cn/{path}", ("*", "GPTBot")) in Verdict


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
