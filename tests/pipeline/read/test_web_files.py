"""Web servers that lie, redirect, send junk, stop, or send a byte now and then."""

import gzip

import pytest

from jingyu.filters.settings.errors import InputError
from jingyu.pipeline.read import storage, web_files, web_requests
from jingyu.pipeline.read.index import index_files
from jingyu.pipeline.read.index.parts import Parts
from jingyu.pipeline.read.index.settings import IndexSection
from jingyu.pipeline.read.web import Web
from jingyu.pipeline.read.web_requests import WebError
from tests.support.ranged import ranged_server
from tests.support.raw_server import raw_server

OK = b"HTTP/1.1 200 OK\r\n"
END = b"Connection: close\r\n\r\n"
CONTENT = bytes(range(256)) * 9


def head(*fields: str) -> bytes:
    return OK + "".join(f"{field}\r\n" for field in fields).encode() + END


@pytest.mark.parametrize(
    ("fields", "size", "modified"),
    [
        (["Content-Length: 12"], 12, 0),
        (["Last-Modified: Thu, 01 Jan 1970 00:00:07 GMT"], None, 7),
        (["Content-Length: 1e9"], None, 0),
        (["Content-Length: -1"], None, 0),
        (["Content-Length: " + "9" * 40], None, 0),
        (["Content-Length: ٣"], None, 0),
        (["Last-Modified: Mon, 01 Jan 2027 00:00:00 +99999999999"], None, 0),
        (["Last-Modified: Mon, 01 Jan 99999999999 00:00:00 GMT"], None, 0),
        (["Last-Modified: lately"], None, 0),
    ],
)
def test_what_a_server_says_of_a_file_is_believed_where_it_can_be(
    fields: list[str], size: int | None, modified: float
) -> None:
    with raw_server([[head(*fields)]]) as address:
        (found,) = storage.find(f"{address}/a.warc")

    assert (found.size, found.modified) == (size, modified)


def test_a_server_that_describes_no_files_may_still_have_them() -> None:
    with raw_server([[b"HTTP/1.1 405 No\r\nContent-Length: 0\r\n" + END]]) as address:
        assert storage.find(f"{address}/a.warc")[0].size is None


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("file:///etc/hosts", "no web address, or redirected to none"),
        ("ftp://127.0.0.1/a", "no web address, or redirected to none"),
        ("{address}/a", "redirected more than 5 times"),
    ],
)
def test_redirects_lead_to_web_addresses_and_are_few(target: str, message: str) -> None:
    answer = f"HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\n".encode() + END
    with raw_server([[answer]]) as address:
        with pytest.raises(InputError, match=message):
            storage.find(f"{address}/a.warc")
        with pytest.raises(WebError, match=message):
            Web(1, 9, 0).read(f"{address}/a.warc", 0, 9)


def test_a_redirect_to_another_address_is_followed() -> None:
    to = b"HTTP/1.1 301 Moved\r\nLocation: {address}/b\r\nContent-Length: 0\r\n" + END
    with raw_server([[to], [head("Content-Length: 7")]]) as address:
        assert storage.find(f"{address}/a.warc")[0].size == 7


@pytest.mark.parametrize("drip", ["head", "body"])
def test_an_answer_that_drips_is_ended(drip: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_requests, "_SECONDS", 0.3)
    start = b"HTTP/1.1 206 Part\r\nContent-Range: bytes 0-999/1000\r\nContent-Length: 1000\r\n\r\n"
    pieces = [*([start] if drip == "body" else [OK]), *[b"X"] * 1000]
    with (
        raw_server([pieces], pause=0.05) as address,
        pytest.raises(WebError, match=r"after 1 attempts: .*not whole after 0 s"),
    ):
        Web(1, 1, 0).read(f"{address}/a.warc", 0, 1000)


def test_a_file_of_a_server_without_ranges_that_drips_is_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(web_requests, "_SECONDS", 0.3)
    pieces = [head("Content-Length: 9999"), *[b"X"] * 1000]
    with (
        raw_server([pieces], pause=0.05) as address,
        pytest.raises(WebError, match="the server sends"),
        storage.open_to_read(f"{address}/a.warc") as stream,
    ):
        stream.read()


def test_a_file_of_a_server_without_ranges_is_read_and_its_cut_seen() -> None:
    whole = head(f"Content-Length: {len(CONTENT)}") + CONTENT
    with raw_server([[whole]]) as address:
        assert storage.read_bytes(f"{address}/a.warc") == CONTENT
    with raw_server([[whole[:-100]]]) as address, pytest.raises(WebError, match="run again"):
        storage.read_bytes(f"{address}/a.warc")


def test_a_file_is_read_by_ranges_and_failures_of_a_server_are_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(web_files, "_WAIT_SECONDS", 0.001)
    faults = {1: "error", 2: "cut", 3: "dropped"}
    with ranged_server({"/a": CONTENT}, lambda number, _: faults.get(number)) as server:
        assert storage.read_bytes(f"{server.address}/a") == CONTENT


def test_a_list_of_files_is_no_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_files, "_MOST_LISTED_BYTES", 1000)
    bomb = gzip.compress(b"a " * 1_000_000, mtime=0)
    path = "/crawl-data/C/cc-index-table.paths.gz"
    with ranged_server({path: bomb}) as server:
        section = IndexSection(crawl="C", base=server.address)
        with pytest.raises(InputError, match="is no list of files"):
            index_files.index_files(section, Parts(section))
