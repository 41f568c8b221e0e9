"""What sites said of their use, as a crawl, a table or a folder holds it."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, get_args
from urllib.parse import urlsplit

from jingyu.filters.rights.rsl import MEDIA_TYPE
from jingyu.filters.rights.snapshot import MAX_BYTES, Kind, Snapshot
from jingyu.filters.source.address import host_of
from jingyu.pipeline.read.record import Record

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
_MAX_RECORD_BYTES = 64 << 20
_OK = 200


def read_snapshots(path: str) -> Iterator[Snapshot]:
    """Yields what a WARC file, a JSONL file, or a folder holds of sites.

    A WARC file holds it among other records; a line of a JSONL file (`.jsonl`) has `host` and
    `body`, and may have `status`, `kind` (`robots`, which it is otherwise, `tdmrep`, `ai_txt` or
    `rsl`), `date` (ISO 8601) and, of a license document, its `url`; a file of a folder, or of those
    below it, is named `HOST`, `HOST.txt`, `HOST.robots.txt`, `HOST.tdmrep.json`, `HOST.ai.txt` or
    `HOST.rsl.xml`. Damaged lines and records without a host are passed over.

    Raises:
        OSError: It cannot be read.
    """
    place = Path(path)
    if place.is_dir():
        files = (file for file in sorted(place.rglob("*")) if file.is_file())
        for file in files:
            if not file.name.startswith("."):
                yield _in_file(file)
        return
    with place.open("rb") as stream:
        yield from _in_lines(stream) if place.suffix == ".jsonl" else _in_warc(stream)


def _in_file(file: Path) -> Snapshot:
    suffix, kind = next(found for found in _SUFFIXES if file.name.endswith(found[0]))
    with file.open("rb") as stream:
        return Snapshot(file.name.removesuffix(suffix), _OK, stream.read(MAX_BYTES), kind)


def _in_warc(stream: BinaryIO) -> Iterator[Snapshot]:
    from jingyu.pipeline.read.warc import read_warc

    records = read_warc(
        stream, max_record_bytes=_MAX_RECORD_BYTES, max_payload_bytes=_MAX_RECORD_BYTES
    )
    for record in records:
        kind = _kind_of(record) if record.record_type == "response" else None
        host = host_of(record.url)
        if kind and host and record.http_status is not None:
            url = record.url if kind == "rsl" else None
            at = record.captured_at
            yield Snapshot(host, record.http_status, record.payload, kind, at, url)


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
    for line in stream:
        try:
            row = json.loads(line)
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


def _date(stated: Any) -> datetime | None:
    """Returns a moment; of one without a zone UTC."""
    if stated is None:
        return None
    at = datetime.fromisoformat(str(stated))
    return at if at.tzinfo else at.replace(tzinfo=UTC)
