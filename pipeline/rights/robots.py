"""What robots.txt files, as a crawl or a folder holds them, say to configured robots."""

import functools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple
from urllib.parse import urlsplit

from pipeline.text.address import host_of

if TYPE_CHECKING:
    from protego import Protego

MAX_BYTES = 500 << 10
"""What is read of a file. Source: RFC 9309, section 2.5."""

_MAX_RECORD_BYTES = 64 << 20
_OK, _REDIRECT, _CLIENT_ERROR, _SERVER_ERROR, _BEYOND = 200, 300, 400, 500, 600
_PARSERS = 1 << 12


class Verdict(StrEnum):
    """Whether a robot may fetch an address."""

    ALLOWED = "allowed"
    DISALLOWED = "disallowed"
    UNKNOWN = "unknown"


class Snapshot(NamedTuple):
    """A robots.txt as it was served."""

    host: str
    status: int
    body: bytes


@dataclass(frozen=True)
class RobotsRules:
    """Rules by host."""

    by_host: Mapping[str, str | Verdict]
    """Text of the file, or what its status says of every address."""

    def verdict(self, url: str | None, agents: Sequence[str]) -> Verdict:
        """Returns whether all of some robots may fetch an address.

        One that is disallowed is enough. No agents stand for any robot, `*`. Of hosts without a
        robots.txt in the snapshot nothing is known, nor of what is no web address.
        """
        host = host_of(url)
        known = self.by_host.get(host) if host else None
        if url is None or known is None:
            return Verdict.UNKNOWN
        if isinstance(known, Verdict):
            return known
        try:
            may = all(_parsed(known).can_fetch(url, agent) for agent in agents or ("*",))
        except ValueError:  # from urllib, of addresses such as http://a.cn/]
            return Verdict.UNKNOWN
        return Verdict.ALLOWED if may else Verdict.DISALLOWED


def robots_rules(snapshots: Iterable[Snapshot]) -> RobotsRules:
    """Returns the rules of robots.txt files; of several for a host the last that says something.

    A client error (400 to 499) means that there are no rules, a server error (500 to 599) that
    nothing may be fetched; redirects and other statuses say nothing.

    Source: RFC 9309, section 2.3.1.
    """
    by_host: dict[str, str | Verdict] = {}
    for host, status, body in snapshots:
        if _OK <= status < _REDIRECT:
            by_host[host.lower()] = _text(body)
        elif _CLIENT_ERROR <= status < _SERVER_ERROR:
            by_host[host.lower()] = Verdict.ALLOWED
        elif _SERVER_ERROR <= status < _BEYOND:
            by_host[host.lower()] = Verdict.DISALLOWED
    return RobotsRules(by_host)


def read_snapshots(path: str) -> Iterator[Snapshot]:
    """Yields the robots.txt files of a WARC file, a JSONL file, or a folder.

    A WARC file holds them among other records; a line of a JSONL file (`.jsonl`) has `host` and
    `body`, and may have `status`; a file of a folder is named `HOST`, `HOST.txt` or
    `HOST.robots.txt`. Damaged lines and records without a host are passed over.

    Raises:
        OSError: It cannot be read.
    """
    place = Path(path)
    if place.is_dir():
        for file in sorted(place.iterdir()):
            host = file.name.removesuffix(".txt").removesuffix(".robots")
            with file.open("rb") as stream:
                yield Snapshot(host, _OK, stream.read(MAX_BYTES))
        return
    with place.open("rb") as stream:
        yield from _in_lines(stream) if place.suffix == ".jsonl" else _in_warc(stream)


def _in_warc(stream: BinaryIO) -> Iterator[Snapshot]:
    from pipeline.reading.warc import read_warc

    records = read_warc(
        stream, max_record_bytes=_MAX_RECORD_BYTES, max_payload_bytes=_MAX_RECORD_BYTES
    )
    for record in records:
        if record.record_type == "response" and _is_robots_txt(record.url):
            host = host_of(record.url)
            if host and record.http_status is not None:
                yield Snapshot(host, record.http_status, record.payload)


def _is_robots_txt(url: str | None) -> bool:
    if not url or "/robots.txt" not in url:
        return False
    try:
        return urlsplit(url).path == "/robots.txt"
    except ValueError:
        return False


def _in_lines(stream: BinaryIO) -> Iterator[Snapshot]:
    for line in stream:
        try:
            row = json.loads(line)
            yield Snapshot(
                str(row["host"]),
                int(row.get("status", _OK)),
                str(row["body"]).encode("utf-8", "replace"),
            )
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            continue


def _text(body: bytes) -> str:
    """Returns a file's first 500 KiB, less the line that these cut."""
    if len(body) > MAX_BYTES:
        body = body[:MAX_BYTES].rpartition(b"\n")[0]
    return body.decode("utf-8-sig", "replace")


@functools.lru_cache(_PARSERS)
def _parsed(text: str) -> "Protego":
    from protego import Protego

    return Protego.parse(text)
