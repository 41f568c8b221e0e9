"""Which sites a page may come from."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jingyu.filters.settings.errors import ConfigError
from jingyu.filters.source.address import ascii_host

_HOSTS_FILE = re.compile(r"^(?:0\.0\.0\.0|127\.0\.0\.1|::1?)\s+")
_HOST = re.compile(r"^[^\s/:*]+$")
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://", re.IGNORECASE)


@dataclass(frozen=True)
class SourceList:
    """Hosts and URL prefixes; a look-up costs microseconds, however long the list."""

    suffixes: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()
    prefixes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Number of entries."""
        return len(self.suffixes) + len(self.hosts) + sum(map(len, self.prefixes.values()))

    def __bool__(self) -> bool:
        return bool(self.suffixes or self.hosts or self.prefixes)

    @property
    def entries(self) -> tuple[str, ...]:
        """The entries in one form, sorted: what the list is, wherever it was written."""
        paths = (host + path for host, found in self.prefixes.items() for path in found)
        return tuple(sorted({*self.suffixes, *(f"full:{host}" for host in self.hosts), *paths}))

    def covers(self, other: "SourceList") -> bool:
        """Returns whether all that another list matches is on this one, by an entry each."""
        suffixes = (self._is_below_a_suffix(suffix) for suffix in other.suffixes)
        hosts = (self.matches(None, host) for host in other.hosts)
        prefixes = (
            self.matches(f"https://{host}{path}", host)
            for host, paths in other.prefixes.items()
            for path in paths
        )
        return all((*suffixes, *hosts, *prefixes))

    def matches(self, url: str | None, host: str | None) -> bool:
        """Returns whether an address, whose host is given in lower case, is on the list."""
        if host is None:
            return False
        if host in self.hosts:
            return True
        if self.prefixes and host in self.prefixes:
            path = _path_of(url or "")
            if any(path.startswith(prefix) for prefix in self.prefixes[host]):
                return True
        return self._is_below_a_suffix(host)

    def _is_below_a_suffix(self, name: str) -> bool:
        while name:
            if name in self.suffixes:
                return True
            name = name.partition(".")[2]
        return False


def source_list(entries: Iterable[str], files: Iterable[Path] = ()) -> SourceList:
    """Returns the list of given entries and those in files.

    An entry is a host suffix (`people.com.cn`), a host (`full:www.people.com.cn`) or a URL prefix
    (`www.people.com.cn/GB/`). In files `#` starts a comment, and the lines of hosts files
    (`0.0.0.0 example.com`) are understood.

    Raises:
        ConfigError: An entry is none of these; the message names its file and line.
    """
    suffixes: set[str] = set()
    hosts: set[str] = set()
    prefixes: dict[str, tuple[str, ...]] = {}
    for place, entry in (*_given(entries), *_in_files(files)):
        text = _SCHEME.sub("", entry).removeprefix("domain:").removeprefix("*.").lstrip(".")
        host, slash, path = text.partition("/")
        exact = host.startswith("full:")
        host = ascii_host(host.removeprefix("full:").rstrip("."))
        if not _HOST.match(host):
            raise ConfigError(
                f"{place}: `{entry}` is no host, host suffix or URL prefix; "
                "write `example.cn`, `full:www.example.cn` or `www.example.cn/news/`"
            )
        if path:
            prefixes[host] = (*prefixes.get(host, ()), slash + path)
        else:
            (hosts if exact else suffixes).add(host)
    return SourceList(frozenset(suffixes), frozenset(hosts), prefixes)


def entry_of_site(site: str) -> str | None:
    """Returns the entry that names a site (`platforms.site_of`) and no other; none if none can.

    What would end a line of a list, or begin a comment in it, stands in no entry: paths are what
    pages say.
    """
    entry = site if "/" in site else f"full:{site}"
    if "#" in site or site.splitlines() != [site.strip()]:
        return None
    try:
        source_list([entry])
    except ConfigError:
        return None
    return entry


def _given(entries: Iterable[str]) -> Iterable[tuple[str, str]]:
    return [("sources", entry.strip()) for entry in entries]


def _in_files(files: Iterable[Path]) -> Iterable[tuple[str, str]]:
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8-sig").splitlines(), 1):
            entry = _HOSTS_FILE.sub("", line.partition("#")[0].strip())
            if entry:
                yield f"{file}:{number}", entry


def _path_of(url: str) -> str:
    rest = _SCHEME.sub("", url)
    slash = rest.find("/")
    return rest[slash:] if slash >= 0 else "/"
