"""Files of an index: where they are, and the wanted records that they name."""

import gzip
import json
import re
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from jingyu.filters.settings.errors import InputError
from jingyu.filters.source.address import host_of
from jingyu.pipeline.read import storage
from jingyu.pipeline.read.index.choice import (
    ROBOTSTXT,
    Choice,
    Place,
    host_key,
    is_name,
    is_page,
    place_of,
)
from jingyu.pipeline.read.index.parts import Parts
from jingyu.pipeline.read.index.settings import IndexSection
from jingyu.pipeline.read.lines import read_lines
from jingyu.pipeline.read.web_requests import WebError

_COLUMNAR = "crawl-data/{crawl}/cc-index-table.paths.gz"
_OF_PAGES = "subset=warc/"
_OF_ROBOTSTXT = "subset=robotstxt/"
_ROBOTS_TXT = "/robots.txt"
_MAGIC = b"PAR1"
_MOST_LINE_BYTES = 1 << 20
_MOST_LISTED_BYTES = 64 << 20
"""Of a list of files; that of a crawl of 2024 names 900 in 0.1 MB."""
_PLACE = ["warc_filename", "warc_record_offset", "warc_record_length"]
_CDXJ = re.compile(rb"\S+ \d{1,14} (?=\{)")


def index_files(section: IndexSection, parts: Parts) -> list[str]:
    """Returns the paths of the files of an index, sorted.

    Raises:
        InputError: There is no such file, or no such crawl.
    """
    found = {file.path for path in section.paths for file in _found(path)}
    if section.crawl:
        listed = storage.join(section.base, _COLUMNAR.format(crawl=section.crawl))
        names = _listed(listed, parts)
        subsets = (_OF_PAGES, *((_OF_ROBOTSTXT,) if section.robotstxt else ()))
        found |= {
            storage.join(section.base, name)
            for name in names
            if any(subset in name for subset in subsets) and is_name(name)
        }
    return sorted(found)


def _listed(path: str, parts: Parts) -> list[str]:
    """Returns the names in a compressed list.

    Raises:
        InputError: It cannot be read, or is longer than such lists are.
    """
    try:
        with parts.opened(path) as stream, gzip.GzipFile(fileobj=stream) as file:
            content = file.read(_MOST_LISTED_BYTES + 1)
            names = content.decode().split()
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error
    if len(content) > _MOST_LISTED_BYTES:
        raise InputError(f"{path}: is no list of files: it has over {_MOST_LISTED_BYTES:,} bytes")
    return names


def _found(path: str) -> list[storage.StoredFile]:
    # A web server is asked for the size when the file is read, patiently.
    return [storage.StoredFile(path, path, None, 0)] if storage.is_web(path) else storage.find(path)


def read_index(stream: BinaryIO, name: str, choice: Choice) -> Iterator[tuple[int, list[Place]]]:
    """Yields wanted records of a CDXJ or Parquet file, after how many records they are of.

    Args:
        stream: The file; it must be able to seek.
        name: What messages call it.
        choice: What is wanted.

    Raises:
        InputError: It is no index, or lacks what is asked for.
        OSError: It cannot be read.
    """
    is_parquet = stream.read(len(_MAGIC)) == _MAGIC
    stream.seek(0)
    return _columnar(stream, name, choice) if is_parquet else _cdxj(stream, name, choice)


def _cdxj(stream: BinaryIO, name: str, choice: Choice) -> Iterator[tuple[int, list[Place]]]:
    number = known = 0
    for line in read_lines(stream, _MOST_LINE_BYTES):
        number += 1
        if line.damage == "record_too_large":
            continue  # no entry is so long
        if line.damage:
            raise InputError(f"{name}: is damaged at byte {line.offset}; fetch it again")
        head = _CDXJ.match(line.content)
        entry = _parsed(line.content[head.end() :]) if head else None
        if entry is None:
            continue
        known += 1
        place = _wanted(entry, choice)
        yield 1, [place] if place else []
    if number and not known:
        raise InputError(f"{name}: is neither CDXJ nor a Parquet file")


def _parsed(content: bytes) -> dict[str, Any] | None:
    try:
        entry = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return entry if isinstance(entry, dict) and "filename" in entry else None


def _wanted(entry: dict[str, Any], choice: Choice) -> Place | None:
    """Returns the place of a record of CDXJ, if it is wanted."""
    place = place_of(entry["filename"], entry.get("offset"), entry.get("length"))
    url = entry.get("url")
    try:
        if place is None or not _is_wanted(place, entry, choice):
            return None
        return place._replace(host=host_key(host_of(url))) if choice.robotstxt else place
    except (ValueError, TypeError, AttributeError, OverflowError):
        return None


def _is_wanted(place: Place, entry: dict[str, Any], choice: Choice) -> bool:
    url = entry.get("url")
    if not is_page(place.filename):
        return choice.robotstxt and _is_robots_txt(url) and choice.wants_host(host_of(url))
    return (
        int(entry.get("status", 0)) in choice.statuses
        and choice.wants_languages(entry.get("languages"))
        and choice.wants_address(url)
    )


def _is_robots_txt(url: str | None) -> bool:
    return (url or "").partition("?")[0].endswith(_ROBOTS_TXT)


def _columnar(stream: BinaryIO, name: str, choice: Choice) -> Iterator[tuple[int, list[Place]]]:
    """Yields wanted records by row group: columns that decide are read first, others if need be.

    Source of the columns: Common Crawl, "Columnar Index" (cc-index-table).
    """
    try:
        file = pq.ParquetFile(stream)
        deciding = ["fetch_status", "warc_filename"]
        deciding += ["content_languages"] if choice.languages else []
        deciding += ["url_host_name"] if choice.sources or choice.robotstxt else []
        lacking = {*deciding, *_PLACE, "url"} - set(file.schema_arrow.names)
        if lacking:
            told = ", ".join(sorted(lacking))
            raise InputError(f"{name}: is no index of a crawl: it lacks {told}")
        for group in range(file.num_row_groups):
            yield _of_group(file, group, deciding, choice)
    except (pa.ArrowException, OSError) as error:
        if isinstance(error, WebError) or getattr(error, "errno", None) is not None:
            raise
        # Arrow says so of pages that are damaged.
        raise InputError(f"{name}: is not a whole Parquet file; fetch it again") from error


def _of_group(
    file: pq.ParquetFile, group: int, deciding: list[str], choice: Choice
) -> tuple[int, list[Place]]:
    table = file.read_row_group(group, columns=deciding)
    rows = np.flatnonzero(_may_be_wanted(table, choice))
    if not len(rows):
        return table.num_rows, []
    wanted = [*_PLACE, "url"] if choice.sources or choice.robotstxt else _PLACE
    found = file.read_row_group(group, columns=wanted).take(pa.array(rows))
    return table.num_rows, [place for row in found.to_pylist() if (place := _of_row(row, choice))]


def _of_row(row: dict[str, Any], choice: Choice) -> Place | None:
    place, url = place_of(*(row[column] for column in _PLACE)), row.get("url")
    if place is None:
        return None
    is_wanted = choice.wants_address(url) if is_page(place.filename) else _is_robots_txt(url)
    if not is_wanted:
        return None
    return place._replace(host=host_key(host_of(url))) if choice.robotstxt else place


def _may_be_wanted(table: pa.Table, choice: Choice) -> Any:
    mask = pc.is_in(table["fetch_status"].cast(pa.int64()), pa.array(sorted(choice.statuses)))
    if choice.languages:
        found = pc.match_substring_regex(table["content_languages"], choice.language_pattern())
        mask = pc.and_(mask, found)
    is_robotstxt = pc.match_substring(table["warc_filename"], ROBOTSTXT)
    mask = pc.and_not(pc.fill_null(mask, False), is_robotstxt)  # noqa: FBT003  (Arrow's own form)
    if choice.robotstxt:
        mask = pc.or_(mask, is_robotstxt)
    if choice.sources:
        hosts = table["url_host_name"]
        wanted = [host for host in pc.unique(hosts).to_pylist() if choice.wants_host(host)]
        mask = pc.and_(mask, pc.is_in(hosts, pa.array(wanted, pa.string())))
    return pc.fill_null(mask, False).to_numpy()  # noqa: FBT003
