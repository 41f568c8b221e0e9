"""The register of sources: which source an address belongs to."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from jingyu.filters.source.source import Source

_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://", re.IGNORECASE)


@dataclass(frozen=True)
class Prefixes:
    """Paths of one host, sorted, each with its longest proper prefix among them."""

    paths: tuple[str, ...]
    parents: tuple[int, ...]
    """Place of that prefix, or -1."""
    sources: tuple[Source, ...]

    def longest(self, path: str) -> Source | None:
        """Returns the source of the longest entry that a path starts with.

        Whatever stands between that entry and the path in sorted order starts with the entry too,
        so it is the last entry before the path, or a prefix of it.
        """
        place = bisect_right(self.paths, path) - 1
        while place >= 0 and not path.startswith(self.paths[place]):
            place = self.parents[place]
        return self.sources[place] if place >= 0 else None


@dataclass(frozen=True)
class Register:
    """Sources by address; a look-up costs about a microsecond, however long the register."""

    suffixes: Mapping[str, Source] = field(default_factory=dict)
    hosts: Mapping[str, Source] = field(default_factory=dict)
    prefixes: Mapping[str, Prefixes] = field(default_factory=dict)

    @property
    def sources(self) -> Iterator[Source]:
        """All entries, in no order."""
        yield from self.suffixes.values()
        yield from self.hosts.values()
        for prefixes in self.prefixes.values():
            yield from prefixes.sources

    @property
    def size(self) -> int:
        """Number of entries."""
        paths = sum(len(prefixes.paths) for prefixes in self.prefixes.values())
        return len(self.suffixes) + len(self.hosts) + paths

    def find(self, url: str | None, host: str | None) -> Source | None:
        """Returns the source of an address, whose host is given in lower case.

        The most specific entry decides: the longest URL prefix, else the host, else the longest
        suffix.
        """
        if host is None:
            return None
        if url and host in self.prefixes:
            found = self.prefixes[host].longest(_path_of(url))
            if found:
                return found
        if host in self.hosts:
            return self.hosts[host]
        name = host
        while name:
            if name in self.suffixes:
                return self.suffixes[name]
            name = name.partition(".")[2]
        return None


def register(sources: Iterable[Source]) -> Register:
    """Returns the register of sources; of two with the same `match` the later one counts."""
    suffixes: dict[str, Source] = {}
    hosts: dict[str, Source] = {}
    paths: dict[str, dict[str, Source]] = {}
    for source in sources:
        host, slash, path = source.match.partition("/")
        if slash:
            paths.setdefault(host, {})[slash + path] = source
        elif host.startswith("full:"):
            hosts[host.removeprefix("full:")] = source
        else:
            suffixes[host] = source
    return Register(suffixes, hosts, {host: _prefixes(found) for host, found in paths.items()})


def _prefixes(sources: Mapping[str, Source]) -> Prefixes:
    paths = sorted(sources)
    parents: list[int] = []
    for place, path in enumerate(paths):
        parent = place - 1
        while parent >= 0 and not path.startswith(paths[parent]):
            parent = parents[parent]
        parents.append(parent)
    return Prefixes(tuple(paths), tuple(parents), tuple(sources[path] for path in paths))


def _path_of(url: str) -> str:
    rest = _SCHEME.sub("", url)
    slash = rest.find("/")
    return rest[slash:] if slash >= 0 else "/"
