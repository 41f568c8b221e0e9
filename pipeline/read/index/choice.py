"""Which records of an index are wanted."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

from jingyu.filters.source.address import host_of
from jingyu.filters.source.source_list import SourceList, source_list
from jingyu.pipeline.read.index.settings import IndexSection

ROBOTSTXT = "/robotstxt/"
"""In the name of a crawl file that holds what crawlers ask for before pages."""

_NO_CHARACTER = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
"""What no name of a file has."""
_LARGEST_OFFSET = (1 << 63) - 1
_MOST_NAME_BYTES = 1024
"""Source: longest key of Amazon S3, where Common Crawl lies."""


class Place(NamedTuple):
    """Where a record lies."""

    filename: str
    """Of the crawl file, as the index has it."""
    offset: int
    length: int
    """Bytes as stored."""
    host: int = 0
    """Key of the host, where it is asked for."""


@dataclass(frozen=True)
class Choice:
    """What a record must be like; languages and hosts that are none ask for nothing."""

    languages: frozenset[str]
    sources: SourceList
    statuses: frozenset[int]
    robotstxt: bool = False
    """Whether captures of robots.txt are wanted, of hosts whose pages are."""

    @classmethod
    def of(cls, section: IndexSection, statuses: Iterable[int]) -> Self:
        """Returns what a section of a config asks for.

        Raises:
            ConfigError: A list holds what is no entry.
        """
        sources = source_list(section.hosts, section.host_lists)
        languages = frozenset(section.languages)
        return cls(languages, sources, frozenset(statuses), section.robotstxt)

    def wants_host(self, host: str | None) -> bool:
        """Returns whether some page of a host may be wanted."""
        sources = self.sources
        return not sources or host in sources.prefixes or sources.matches(None, host)

    def wants_address(self, url: str | None) -> bool:
        """Returns whether pages of an address are wanted."""
        return not self.sources or self.sources.matches(url, host_of(url))

    def wants_languages(self, found: str | None) -> bool:
        """Returns whether one of the languages, as an index lists them, is wanted."""
        return not self.languages or not self.languages.isdisjoint((found or "").split(","))

    def language_pattern(self) -> str:
        """Returns what the languages of a wanted record match."""
        return rf"(?:^|,)(?:{'|'.join(map(re.escape, sorted(self.languages)))})(?:,|$)"


def place_of(filename: Any, offset: Any, length: Any) -> Place | None:
    """Returns a place as an index states it; none if no record can lie there."""
    if not isinstance(filename, str) or not is_name(filename):
        return None
    try:
        place = Place(filename, int(offset), int(length))
    except (ValueError, TypeError, OverflowError):
        return None
    is_possible = place.offset >= 0 and 0 < place.length <= _LARGEST_OFFSET - place.offset
    return place if is_possible else None


def is_name(name: str) -> bool:
    """Returns whether a name may be that of a file below the folder that names start at."""
    if not name or _NO_CHARACTER.search(name) or ".." in name.split("/"):
        return False
    return len(name.encode()) <= _MOST_NAME_BYTES


def is_page(filename: str) -> bool:
    """Returns whether a crawl file holds pages."""
    return ROBOTSTXT not in filename


def host_key(host: str | None) -> int:
    """Returns 64 bits that stand for a host."""
    named = (host or "").encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(named, digest_size=8).digest(), "little")


def joined(spans: Sequence[tuple[int, int]], gap: int, most: int) -> list[list[tuple[int, int]]]:
    """Returns places of a file, offset and length, by the request that reads them.

    Args:
        spans: The places, ascending.
        gap: Bytes between two places up to which one request reads both.
        most: Bytes of a request beyond which no further place is added.
    """
    requests: list[list[tuple[int, int]]] = []
    end = 0
    for offset, length in spans:
        if requests and offset - end <= gap and offset + length - requests[-1][0][0] <= most:
            requests[-1].append((offset, length))
            end = max(end, offset + length)  # places may lie in one another
        else:
            requests.append([(offset, length)])
            end = offset + length
    return requests
