"""A crawl with its index, as Common Crawl publishes them."""

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = "crawl-data/C/segments/1/warc/{}.warc.gz"
ROBOTSTXT = FILE.replace("/warc/", "/robotstxt/")


@dataclass(frozen=True)
class IndexedRecord:
    """A record and what an index says of it."""

    content: bytes
    url: str
    languages: str | None = None
    status: int = 200


def crawl_files(
    files: Mapping[str, Sequence[IndexedRecord]], named: str = FILE
) -> tuple[dict[str, bytes], bytes]:
    """Returns crawl files by path, and CDXJ of all their records."""
    stored: dict[str, bytes] = {}
    lines: list[str] = []
    for name, records in files.items():
        path, parts, at = named.format(name), [], 0
        for each in records:
            member = gzip.compress(each.content, mtime=0)
            lines.append(cdxj_line(each, path, at, len(member)))
            parts.append(member)
            at += len(member)
        stored[path] = b"".join(parts)
    return stored, "".join(sorted(lines)).encode()


def cdxj_line(record: IndexedRecord, path: str, offset: int, length: int) -> str:
    """Returns the line of a record."""
    entry: dict[str, Any] = {"url": record.url, "status": str(record.status), "filename": path}
    entry |= {"offset": str(offset), "length": str(length)}
    if record.languages:
        entry["languages"] = record.languages
    host, _, rest = record.url.partition("://")[2].partition("/")
    key = f"{','.join(reversed(host.split('.')))})/{rest}"
    return f"{key} 20240501000000 {json.dumps(entry)}\n"


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes files below a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
