"""The demo crawl and a hostile one, made of the invented pages in `tests/pages`."""

import gzip
import sys
import zlib
from base64 import b32encode
from codecs import BOM_UTF16_LE
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from hashlib import sha1
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

import brotli
import yaml

PAGES = Path(__file__).parent / "pages"
HOSTILE = "https://www.guaiye-ceshi.cn/"
BOMB_BYTES = 300_000_000
REPEATED_BYTES = 8_000_000
NESTED_DIVS = 50_000

_Headers = dict[str, str | None]

_CRAWLED_AT = "2025-12-15T00:00:00Z"
_STRAY_BYTE = b"\xff"  # begins no character of any encoding in use here
_CHUNK_BYTES = 4096
_REQUEST = "application/http; msgtype=request"
_RESPONSE = "application/http; msgtype=response"
_FIELDS = "application/warc-fields"
# Looks like the head of a gzip member, but is none.
_GARBAGE = b"\x00<garbage>\x1f\x8b\x08\x00" + bytes(range(256)) * 8


@dataclass(frozen=True, kw_only=True)
class Page:
    """One entry of `pages.yaml`; the head of that file says what the fields mean."""

    file: str
    url: str
    captured_at: str
    encoding: str
    http_content_type: str
    status: int
    kind: str
    expect: str
    note: str
    record: str = "response"
    ip: str | None = None
    content_encoding: str | None = None
    chunked: bool = False
    stray_byte_at: float | None = None
    cut_at: float | None = None
    revisited_at: str | None = None
    duplicate_of: str | None = None
    masked: dict[str, list[str]] = field(default_factory=dict)
    stays: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The page as stored in the repository."""
        return (PAGES / self.file).read_text(encoding="utf-8")

    @property
    def content(self) -> bytes:
        """The page's bytes as its author's server holds them, damage included."""
        return damaged(encoded(self.text, self.encoding), self.stray_byte_at, self.cut_at)


def load_pages() -> tuple[Page, ...]:
    """Returns the pages of `pages.yaml`, in its order.

    Raises:
        TypeError: An entry has a field that is unknown, or lacks one.
    """
    entries = yaml.safe_load((PAGES / "pages.yaml").read_text(encoding="utf-8"))
    return tuple(Page(**entry) for entry in entries)


def encoded(text: str, encoding: str) -> bytes:
    """Returns a text's bytes; UTF-16 is little-endian with a byte order mark on any machine."""
    if encoding == "utf-16":
        return BOM_UTF16_LE + text.encode("utf-16-le")
    return text.encode(encoding)


def damaged(content: bytes, stray_byte_at: float | None, cut_at: float | None) -> bytes:
    """Returns bytes with a stray one inserted or the rest cut off, at fractions of their length."""
    if stray_byte_at is not None:
        at = int(stray_byte_at * len(content))
        content = content[:at] + _STRAY_BYTE + content[at:]
    return content if cut_at is None else content[: int(cut_at * len(content))]


def build_crawl(path: Path) -> int:
    """Writes the demo crawl in Common Crawl's layout, the same bytes every time.

    Returns:
        The page-bearing records written: responses, resources, conversions and revisits.
    """
    pages = load_pages()
    revisited = [page for page in pages if page.revisited_at is not None]
    with path.open("wb") as file:
        file.write(_warcinfo("crawl.warc.gz"))
        for page in pages:
            file.writelines(_capture(page) if page.record == "response" else [_bare(page)])
        file.writelines(_revisit(page) for page in revisited)
    return len(pages) + len(revisited)


def build_hostile_crawl(path: Path) -> None:
    """Writes a crawl of which each second record is a trap, a healthy page after each.

    Addresses are `HOSTILE` with the name of a trap (see `TRAPS`) or with `healthy-N`. Traps and
    healthy pages are made of different good pages of the demo crawl.
    """
    good = [p for p in load_pages() if p.expect == "kept" and p.encoding == "utf-8"]
    with path.open("wb") as file:
        file.write(_warcinfo("hostile.warc.gz"))
        for number, (name, trap) in enumerate(TRAPS.items()):
            file.write(trap(HOSTILE + name, good[number].text))
            healthy = good[len(TRAPS) + number].text.encode()
            file.write(_html(f"{HOSTILE}healthy-{number}", healthy))


def save_pages(folder: Path) -> None:
    """Writes each page's bytes under its name, as a browser would save them."""
    folder.mkdir(parents=True, exist_ok=True)
    for page in load_pages():
        (folder / page.file).write_bytes(page.content)


def member(
    headers: _Headers, block: bytes, payload: bytes | None = None, *, too_long: int = 0
) -> bytes:
    """Returns a WARC record as a gzip member of its own.

    Args:
        headers: All but identifier, digests and length; those that are None are left out.
        block: Content of the record.
        payload: The part of the block that WARC-Payload-Digest is of, if it is given.
        too_long: Bytes by which Content-Length lies.
    """
    kind, at, url = (headers.get(f"WARC-{name}") for name in ("Type", "Date", "Target-URI"))
    lines = headers | {
        "WARC-Record-ID": record_id(str(kind), str(url), str(at)),
        "WARC-Payload-Digest": None if payload is None else _digest(payload),
        "WARC-Block-Digest": _digest(block),
        "Content-Length": str(len(block) + too_long),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value is not None)
    return gzip.compress(b"WARC/1.0\r\n%s\r\n%s\r\n\r\n" % (head.encode(), block), mtime=0)


def record_id(kind: str, url: str, at: str) -> str:
    """Returns a WARC-Record-ID that depends on nothing but the arguments."""
    return f"<urn:uuid:{uuid5(NAMESPACE_URL, f'{kind} {at} {url}')}>"


def _digest(content: bytes) -> str:
    return f"sha1:{b32encode(sha1(content, usedforsecurity=False).digest()).decode()}"


def _headers(kind: str, url: str | None, at: str, content_type: str) -> _Headers:
    return {
        "WARC-Type": kind,
        "WARC-Date": at,
        "WARC-Target-URI": url,
        "Content-Type": content_type,
    }


def _warcinfo(name: str) -> bytes:
    block = b"software: Jingyu demo crawl\r\nformat: WARC File Format 1.0\r\nisPartOf: demo\r\n"
    headers = _headers("warcinfo", None, _CRAWLED_AT, _FIELDS)
    return member(headers | {"WARC-Filename": name}, block)


def _capture(page: Page) -> Iterator[bytes]:
    """Yields request, response and metadata of a page."""
    place = page.url, page.captured_at
    ip = {"WARC-IP-Address": page.ip}
    concurrent: _Headers = {"WARC-Concurrent-To": record_id("response", *place)}
    parts = urlsplit(page.url)
    request = (
        f"GET {parts._replace(scheme='', netloc='').geturl()} HTTP/1.1\r\n"
        f"Host: {parts.netloc}\r\nUser-Agent: demo-crawler\r\nAccept-Encoding: br, gzip\r\n\r\n"
    ).encode()
    head, body = _response(page)
    fetched = f"fetchTimeMs: {len(body) % 900 + 60}\r\n".encode()
    yield member(_headers("request", *place, _REQUEST) | ip | concurrent, request)
    yield member(_headers("response", *place, _RESPONSE) | ip, head + body, body)
    yield member(_headers("metadata", *place, _FIELDS) | concurrent, fetched)


def _bare(page: Page) -> bytes:
    """Returns a resource or conversion record, whose block is the page alone."""
    headers = _headers(page.record, page.url, page.captured_at, page.http_content_type)
    return member(headers, page.content)


def _revisit(page: Page) -> bytes:
    """Returns a record that says that a page was found unchanged later."""
    head, body = _response(page)
    headers = _headers("revisit", page.url, str(page.revisited_at), _RESPONSE) | {
        "WARC-Profile": "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest",
        "WARC-Refers-To": record_id("response", page.url, page.captured_at),
        "WARC-Refers-To-Target-URI": page.url,
        "WARC-Refers-To-Date": page.captured_at,
    }
    return member(headers, head, body)


def _response(page: Page) -> tuple[bytes, bytes]:
    """Returns head and body of the HTTP response that brought a page."""
    body = _COMPRESS[page.content_encoding](page.content)
    size = {"Content-Length": str(len(body))}
    if page.chunked:
        body, size = _chunked(body), {"Transfer-Encoding": "chunked"}
    coding = {"Content-Encoding": page.content_encoding} if page.content_encoding else {}
    at = datetime.fromisoformat(page.captured_at)
    headers = {"Date": format_datetime(at, usegmt=True), "Content-Type": page.http_content_type}
    return _http_head(HTTPStatus(page.status), headers | coding | size), body


def _http_head(status: HTTPStatus, headers: dict[str, str]) -> bytes:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status.value} {status.phrase}\r\nServer: nginx\r\n{lines}\r\n".encode()


def _chunked(body: bytes) -> bytes:
    starts = range(0, len(body), _CHUNK_BYTES)
    chunks = [body[start : start + _CHUNK_BYTES] for start in starts]
    return b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in [*chunks, b""])


_COMPRESS: dict[str | None, Callable[[bytes], bytes]] = {
    None: bytes,
    "gzip": lambda body: gzip.compress(body, mtime=0),
    "deflate": zlib.compress,
    "br": brotli.compress,
}


def _html(
    url: str,
    body: bytes,
    *,
    charset: str = "utf-8",
    coding: str = "identity",
    too_long: int = 0,
) -> bytes:
    """Returns a response record of the hostile crawl."""
    http_headers = {
        "Content-Type": f"text/html; charset={charset}",
        "Content-Encoding": coding,
        "Content-Length": str(len(body)),
    }
    block = _http_head(HTTPStatus.OK, http_headers) + body
    headers = _headers("response", url, _CRAWLED_AT, _RESPONSE)
    return member(headers, block, too_long=too_long)


def _truncated(url: str, text: str) -> bytes:
    stored = _html(url, text.encode())
    return stored[: len(stored) // 2]


def _repeated(url: str, text: str) -> bytes:
    paragraph = max(text.splitlines(), key=len).encode() + b"\n"
    return _html(url, paragraph * (REPEATED_BYTES // len(paragraph) + 1))


def _bomb(url: str, text: str) -> bytes:
    """Returns a page whose compressed body is about a thousandth of what it inflates to."""
    deflate = zlib.compressobj(level=9, wbits=31)
    piece = b"A" * 1_000_000
    pieces = [deflate.compress(text.encode())]
    pieces += [deflate.compress(piece) for _ in range(BOMB_BYTES // len(piece))]
    return _html(url, b"".join([*pieces, deflate.flush()]), coding="gzip")


# What makes a trap's stored bytes of its address and the text of a good page.
TRAPS: dict[str, Callable[[str, str], bytes]] = {
    "nul-bytes": lambda url, text: _html(url, text.replace("。", "。\0").encode()),
    "lone-surrogates": lambda url, text: _html(
        url, text.replace("。", "。&#xD800;&#57343;").encode()
    ),
    "lying-charset": lambda url, text: _html(url, text.encode("gb18030"), charset="big5"),
    "no-http-headers": lambda url, text: member(
        _headers("response", url, _CRAWLED_AT, _RESPONSE), text.encode()
    ),
    "length-too-short": lambda url, text: _html(url, text.encode(), too_long=-512),
    "truncated-member": _truncated,
    "garbage": lambda _, __: _GARBAGE,
    "length-too-long": lambda url, text: _html(url, text.encode(), too_long=4096),
    "deep-nesting": lambda url, text: _html(
        url, ("<div>" * NESTED_DIVS + text + "</div>" * NESTED_DIVS).encode()
    ),
    "repeated-paragraph": _repeated,
    "decompression-bomb": _bomb,
}


def main() -> None:
    """Writes both crawls and the saved pages into the folder that the command line names."""
    folder = Path(sys.argv[1])
    save_pages(folder / "saved")
    build_crawl(folder / "crawl.warc.gz")
    build_hostile_crawl(folder / "hostile.warc.gz")


if __name__ == "__main__":
    main()
