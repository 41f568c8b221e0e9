"""What sites said of their use, as a crawl, a table or a folder holds it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from jingyu.filters.rights.snapshot import MAX_BYTES, Kind, Snapshot
from jingyu.filters.source.address import host_of

_PATHS: dict[str, Kind] = {"/robots.txt": "robots", "/.well-known/tdmrep.json": "tdmrep"}
_SUFFIXES: tuple[tuple[str, Kind], ...] = (
    (".tdmrep.json", "tdmrep"),
    (".robots.txt", "robots"),
    (".txt", "robots"),
    ("", "robots"),
)
_MAX_RECORD_BYTES = 64 << 20
_OK = 200


def read_snapshots(path: str) -> Iterator[Snapshot]:
    """Yields what a WARC file, a JSONL file, or a folder holds of sites.

    A WARC file holds it among other records; a line of a JSONL file (`.jsonl`) has `host` and
    `body`, and may have `status` and `kind` (`robots`, which it is otherwise, or `tdmrep`); a file
    of a folder, or of those below it, is named `HOST`, `HOST.txt`, `HOST.robots.txt` or
    `HOST.tdmrep.json`. Damaged lines and records without a host are passed over.

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
        kind = _kind_of(record.url) if record.record_type == "response" else None
        host = host_of(record.url)
        if kind and host and record.http_status is not None:
            yield Snapshot(host, record.http_status, record.payload, kind)


def _kind_of(url: str | None) -> Kind | None:
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
                "tdmrep" if row.get("kind") == "tdmrep" else "robots",
            )
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            continue
