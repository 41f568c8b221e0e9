"""The country of an Internet address, by lists that the user supplies."""

import ipaddress
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from jingyu.filters.settings.errors import ConfigError

_COUNTRY = re.compile("[A-Za-z]{2}")
_STEM = re.compile("(?:.*[-_.])?([A-Za-z]{2})")
_SEPARATOR = re.compile(r"[,;\s]+")
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Networks(Protocol):
    """Something that knows the country of addresses."""

    def country_of(self, ip: str | None) -> str | None:
        """Returns the ISO 3166 code of an address's country, or none if it is not known."""


class Range(NamedTuple):
    """Addresses of one country, as numbers, both ends included."""

    first: int
    last: int
    country: str


@dataclass(frozen=True)
class _Ranges:
    """Disjoint ranges in the order of addresses."""

    firsts: Sequence[int] = ()
    lasts: Sequence[int] = ()
    countries: Sequence[str] = ()

    def country_of(self, number: int) -> str | None:
        place = bisect_right(self.firsts, number) - 1
        return self.countries[place] if place >= 0 and number <= self.lasts[place] else None


@dataclass(frozen=True)
class ListedNetworks:
    """Networks of CIDR lists; a look-up costs microseconds."""

    v4: _Ranges = field(default_factory=_Ranges)
    v6: _Ranges = field(default_factory=_Ranges)

    def country_of(self, ip: str | None) -> str | None:
        """Returns the country of an address; an IPv4 address inside IPv6 is looked up as such."""
        address = _address(ip) if self.v4.firsts or self.v6.firsts else None
        if address is None:
            return None
        ranges = self.v4 if address.version == 4 else self.v6  # noqa: PLR2004  (IPv4)
        return ranges.country_of(int(address))


class DatabaseNetworks:
    """Networks of a MaxMind-format database, which is mapped into memory and not pickled."""

    def __init__(self, path: Path) -> None:
        import maxminddb

        try:
            self._reader = maxminddb.open_database(str(path))
        except (OSError, ValueError, TypeError, maxminddb.InvalidDatabaseError) as error:
            raise ConfigError(f"{path}: is no MaxMind database: {error}") from error
        self._version = self._reader.metadata().ip_version

    def country_of(self, ip: str | None) -> str | None:
        """Returns the country of an address, as `country.iso_code` or `country_code` states it."""
        address = _address(ip)
        if address is None or address.version > self._version:
            return None
        found: Any = self._reader.get(address)
        if not isinstance(found, dict):
            return None
        country = found.get("country_code") or found.get("country")
        code = country.get("iso_code") if isinstance(country, dict) else country
        return str(code).upper() if code else None


@dataclass(frozen=True)
class CombinedNetworks:
    """Several sources of networks; the first that knows an address decides."""

    parts: tuple[Networks, ...] = ()

    def country_of(self, ip: str | None) -> str | None:
        """Returns what the first part that knows the address says."""
        return next((code for part in self.parts if (code := part.country_of(ip))), None)


def load_networks(paths: Sequence[Path]) -> Networks:
    """Returns the networks in files: MaxMind databases (`.mmdb`), and CIDR lists together.

    A line of a list is a network and, after a comma or blank, its country; without one, the name of
    the file ends in it (`cn.txt`, `ipv4-CN.txt`). `#` starts a comment. Of nested networks the
    smallest decides, of equal ones the one that is listed first. Databases are asked first.

    Raises:
        ConfigError: A file cannot be read, or a line is wrong; the message has its line.
    """
    databases = [DatabaseNetworks(path) for path in paths if path.suffix.lower() == ".mmdb"]
    lists = [path for path in paths if path.suffix.lower() != ".mmdb"]
    listed = networks(entry for path in lists for entry in _entries(path))
    return CombinedNetworks((*databases, listed))


def networks(entries: Iterable[tuple[str, str]]) -> ListedNetworks:
    """Returns the networks of pairs of CIDR block and country.

    Raises:
        ValueError: A block is none.
    """
    found: dict[int, list[Range]] = {4: [], 6: []}
    for block, country in entries:
        network = ipaddress.ip_network(block, strict=False)
        first = int(network.network_address)
        found[network.version].append(
            Range(first, first + network.num_addresses - 1, country.upper())
        )
    return ListedNetworks(_ranges(found[4]), _ranges(found[6]))


def _address(ip: str | None) -> _Address | None:
    if not ip:
        return None
    try:
        address = ipaddress.ip_address(ip.strip())
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address):
        return address.ipv4_mapped or address
    return address


def _entries(path: Path) -> Iterator[tuple[str, str]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot read the list of networks: {error}") from error
    stem = _STEM.fullmatch(path.stem)
    for number, line in enumerate(lines, 1):
        block, *columns = _SEPARATOR.split(line.partition("#")[0].strip())
        if not block:
            continue
        country = columns[0] if columns else stem and stem[1]
        if not country or not _COUNTRY.fullmatch(country):
            raise ConfigError(
                f"{path}:{number}: has no country; write `{block},CN`, or name the file `cn.txt`"
            )
        try:
            ipaddress.ip_network(block, strict=False)
        except ValueError:
            raise ConfigError(
                f"{path}:{number}: `{block}` is no network; write one such as `192.0.2.0/24`"
            ) from None
        yield block, country


def _ranges(networks: list[Range]) -> _Ranges:
    """Returns disjoint ranges; networks of powers of two are nested or apart."""
    flat: list[Range] = []
    open_: list[Range] = []
    at = 0
    for network in sorted(networks, key=lambda network: (network.first, -network.last)):
        while open_ and open_[-1].last < network.first:
            at = _emit(flat, at, open_.pop())
        if open_ and open_[-1][:2] == network[:2]:
            continue
        if open_ and at < network.first:
            flat.append(Range(at, network.first - 1, open_[-1].country))
        at = network.first
        open_.append(network)
    while open_:
        at = _emit(flat, at, open_.pop())
    firsts, lasts, countries = zip(*flat, strict=True) if flat else ((), (), ())
    return _Ranges(firsts, lasts, countries)


def _emit(flat: list[Range], at: int, network: Range) -> int:
    if at <= network.last:
        flat.append(Range(at, network.last, network.country))
    return max(at, network.last + 1)
