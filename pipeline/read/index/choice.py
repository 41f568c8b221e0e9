"""Which records of an index are wanted."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

from jingyu.filters.source.address import host_of
from jingyu.filters.source.source_list import SourceList, source_list
from jingyu.pipeline.read.index.settings import IndexSection

NOT_PAGES = "/robotstxt/"
"""In the name of a crawl file that holds what crawlers ask for before pages."""


class Place(NamedTuple):
    """Where a record lies."""

    filename: str
    """Of the crawl file, as the index has it."""
    offset: int
    length: int
    """Bytes as stored."""


@dataclass(frozen=True)
class Choice:
    """What a record must be like; languages and hosts that are none ask for nothing."""

    languages: frozenset[str]
    sources: SourceList
    statuses: frozenset[int]

    @classmethod
    def of(cls, section: IndexSection, statuses: Iterable[int]) -> Self:
        """Returns what a section of a config asks for.

        Raises:
            ConfigError: A list holds what is no entry.
        """
        sources = source_list(section.hosts, section.host_lists)
        return cls(frozenset(section.languages), sources, frozenset(statuses))

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


def is_page(filename: str) -> bool:
    """Returns whether a crawl file holds pages."""
    return NOT_PAGES not in filename


def joined(spans: Sequence[tuple[int, int]], gap: int, most: int) -> list[list[tuple[int, int]]]:
    """Returns places of a file, offset and length, by the request that reads them.

    Args:
        spans: The places, ascending.
        gap: Bytes between two places up to which one request reads both.
        most: Bytes of a request beyond which no further place is added.
    """
    requests: list[list[tuple[int, int]]] = []
    for offset, length in spans:
        if requests:
            first, last = requests[-1][0], requests[-1][-1]
            end = last[0] + last[1]
            if offset - end <= gap and offset + length - first[0] <= most:
                requests[-1].append((offset, length))
                continue
        requests.append([(offset, length)])
    return requests
