"""Sites: what one owner fills, a host or, below a platform that many fill, the owner's part."""

import functools
import re
from collections.abc import Mapping
from importlib import resources
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from jingyu.filters.source.address import registered_domain
from jingyu.filters.source.suffixes import suffix_list

SUBDOMAIN: Final = "subdomain"
UNTOLD: Final = "-"

_WORDS = 2
_OWNER = re.compile(r"subdomain|-|path/[1-9]|\?[A-Za-z_][A-Za-z0-9_]*")
_OF_THE_PLATFORM = frozenset({"www", "m", "wap"})
"""Labels below a platform that name no owner, but the platform itself."""


class Platform(NamedTuple):
    """Hosts that many owners fill."""

    suffix: str
    owner: str
    """Where an address names the owner: `subdomain`, `path/N`, `?NAME`, or `-` for nowhere."""


def platform_of(host: str | None) -> Platform | None:
    """Returns the platform that a host belongs to; none where one owner fills it.

    Known are the shipped list and the private part of the Public Suffix List.

    Args:
        host: In lower case.
    """
    return _platform_of(host) if host else None


@functools.lru_cache(1 << 16)
def _platform_of(host: str) -> Platform | None:
    known = _shipped()
    name = host
    while name:
        if name in known:
            return Platform(name, known[name])
        name = name.partition(".")[2]
    owned = suffix_list(with_private=True).registered(host)
    if owned and owned != registered_domain(host):
        return Platform(owned.partition(".")[2], SUBDOMAIN)
    return None


def site_of(url: str | None, host: str | None) -> str | None:
    """Returns the site of an address: an entry that lists of sources understand, without `full:`.

    A host of one owner is a site. Below a platform the site is the owner's part of it:
    `alice.github.io`, `github.com/alice/`, `mp.weixin.qq.com/s?__biz=MzA=`. Where the address does
    not tell the owner, and of the platform's own pages, there is none.

    Args:
        url: The address.
        host: Its host, in lower case.
    """
    platform = platform_of(host)
    if not host or platform is None:
        return host or None
    if platform.owner == UNTOLD:
        return None
    if platform.owner == SUBDOMAIN:
        return _below(host, platform.suffix)
    return _by_path(url, host, platform.owner) if url else None


def _below(host: str, suffix: str) -> str | None:
    label = host.removesuffix(suffix).rstrip(".").rpartition(".")[2]
    return f"{label}.{suffix}" if label and label not in _OF_THE_PLATFORM else None


def _by_path(url: str, host: str, owner: str) -> str | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if owner.startswith("?"):
        found = re.search(rf"(?:^|&){owner[1:]}=([^&]+)", parts.query)
        return f"{host}{parts.path}?{owner[1:]}={found[1]}" if found else None
    depth = int(owner.partition("/")[2])
    names = parts.path.split("/")[1 : depth + 1]
    return f"{host}/{'/'.join(names)}/" if len(names) == depth and all(names) else None


@functools.cache
def _shipped() -> Mapping[str, str]:
    file = resources.files("jingyu.configs") / "lists" / "platforms.txt"
    return platforms_in(file.read_text(encoding="utf-8"))


def platforms_in(text: str) -> dict[str, str]:
    """Returns where owners are named, by suffix, of a list: two words a line, `#` for comments.

    Raises:
        ValueError: A line is none, or its suffix stands there before.
    """
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        words = line.partition("#")[0].split()
        if not words:
            continue
        is_pair = len(words) == _WORDS
        if not is_pair or not _OWNER.fullmatch(words[1]) or words[0] in found:
            raise ValueError(f"line {number}: `{line}` is no platform, or stands there twice")
        found[words[0]] = words[1]
    return found
