"""What sites said of their use, as a crawl, a table or a folder holds it."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO, get_args
from urllib.parse import urlsplit

from jingyu.filters.rights.rsl import MEDIA_TYPE
from jingyu.filters.rights.snapshot import MAX_BYTES, Kind, Snapshot
from jingyu.filters.source.address import host_of
from jingyu.pipeline.read import storage
from jingyu.pipeline.read.lines import read_lines
from jingyu.pipeline.read.record import Record
from jingyu.pipeline.read.warc import read_warc

_PATHS: dict[str, Kind] = {
    "/robots.txt": "robots",
    "/.well-known/tdmrep.json": "tdmrep",
    "/ai.txt": "ai_txt",
    "/.well-known/ai.txt": "ai_txt",
}
_KINDS: dict[str, Kind] = {kind: kind for kind in get_args(Kind)}
_SUFFIXES: tuple[tuple[str, Kind], ...] = (
    (".tdmrep.json", "tdmrep"),
    (".ai.txt", "ai_txt"),
    (".rsl.xml", "rsl"),
    (".robots.txt", "robots"),
    (".txt", "robots"),
    ("", "robots"),
)
_OF_MANY = re.compile(r"\.(jsonl|warc)(?:\.(?:gz|zst))?\Z")
_MAX_RECORD_BYTES = 64 << 20
_OK = 200


def read_snapshots(path: str) -> Iterator[Snapshot]:
    """Yields what WARC files, JSONL files, or files named by host hold of sites.

    A path stands for a file, a folder or a glob. Files whose name ends in `.jsonl` or `.warc`,
    compressed or not, and a file that the path itself names, hold the snapshots of many hosts: a
    WARC file, such as one of the `robotstxt` captures of a crawl, among other records; a line of
    JSONL has `host` and `body`, and may have `status`, `kind` (`robots`, which it is otherwise,
    `tdmrep`, `ai_txt` or `rsl`), `date` (ISO 8601) and, of a license document, its `url`. Other
    files are of one host and named `HOST`, `HOST.txt`, `HOST.robots.txt`, `HOST.tdmrep.json`,
    `HOST.ai.txt` or `HOST.rsl.xml`. Damaged lines and records without a host are passed over.

    Raises:
        InputError: There is no such file.
        OSError: It cannot be read.
    """
    for file in storage.find(path):
        name = file.path.rpartition("/")[2]
        found = _OF_MANY.search(name)
        if not found and file.path != path:
            yield _in_file(file.path, name)
            continue
        with storage.open_to_read(file.path) as stream:
            yield from _in_lines(stream) if found and found[1] == "jsonl" else _in_warc(stream)


def _in_file(path: str, name: str) -> Snapshot:
    suffix, kind = next(found for found in _SUFFIXES if name.endswith(found[0]))
    with storage.open_to_read(path) as stream:
        return Snapshot(name.removesuffix(suffix), _OK, stream.read(MAX_BYTES), kind)


def _in_warc(stream: BinaryIO) -> Iterator[Snapshot]:
    records = read_warc(
        stream, max_record_bytes=_MAX_RECORD_BYTES, max_payload_bytes=_MAX_RECORD_BYTES
    )
    yield from (found for record in records if (found := snapshot_of(record)))


def snapshot_of(record: Record) -> Snapshot | None:
    """Returns what a record of a crawl holds of a site, if it does."""
    kind = _kind_of(record) if record.record_type == "response" else None
    host = host_of(record.url)
    if not kind or not host or record.http_status is None:
        return None
    url = record.url if kind == "rsl" else None
    return Snapshot(host, record.http_status, record.payload, kind, record.captured_at, url)


def _kind_of(record: Record) -> Kind | None:
    url = record.url
    if (record.content_type or "").partition(";")[0].strip() == MEDIA_TYPE:
        return "rsl"
    if not url or not url.partition("?")[0].endswith(tuple(_PATHS)):
        return None
    try:
        return _PATHS.get(urlsplit(url).path)
    except ValueError:
        return None


def _in_lines(stream: BinaryIO) -> Iterator[Snapshot]:
    for line in read_lines(stream, _MAX_RECORD_BYTES):
        try:
            row = json.loads(line.content)
            yield Snapshot(
                str(row["host"]),
                int(row.get("status", _OK)),
                str(row["body"]).encode("utf-8", "replace"),
                _KINDS.get(str(row.get("kind")), "robots"),
                _date(row.get("date")),
                row["url"] if isinstance(row.get("url"), str) else None,
            )
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            continue


def line_of(snapshot: Snapshot) -> bytes:
    """Returns the line of JSONL that `read_snapshots` reads as a snapshot of a site's robots.txt.

    What is no UTF-8 of its body, which is read as UTF-8, is replaced; what is never read, left out.
    """
    at = snapshot.captured_at
    row = {"host": snapshot.host, "status": snapshot.status, "kind": snapshot.kind}
    row |= {"date": at.isoformat()} if at else {}
    body = snapshot.body[: MAX_BYTES + 1].decode("utf-8", "replace")
    return (
        json.dumps(row | {"body": body}, ensure_ascii=False).encode("utf-8", "surrogatepass")
        + b"\n"
    )


def _date(stated: Any) -> datetime | None:
    """Returns a moment; of one without a zone UTC."""
    if stated is None:
        return None
    at = datetime.fromisoformat(str(stated))
    return at if at.tzinfo else at.replace(tzinfo=UTC)
