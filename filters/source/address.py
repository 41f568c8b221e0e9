"""Parts of web addresses."""

import functools
import re

from jingyu.filters.source.suffixes import suffix_list

_AUTHORITY = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]*://(?:[^/?#\\]*@)?(\[[^\]/]*\]|[^/?#:\\]*)")

_MOST_HOST = 1000
"""Characters. Source: names have at most 253, RFC 1035; in other scripts fewer."""


def host_of(url: str | None) -> str | None:
    """Returns the host of an address in lower case, without user, port and final dot.

    Labels in other scripts are in Punycode, as those of lists are. What is longer than any name
    can be is none.
    """
    found = _AUTHORITY.match(url) if url else None
    if found and len(found[1]) > _MOST_HOST:
        return None
    return ascii_host(found[1]).rstrip(".") or None if found else None


@functools.lru_cache(1 << 16)
def registered_domain(host: str | None) -> str | None:
    """Returns what the owner of a host registered, by the Public Suffix List's ICANN part.

    A public suffix itself, an IP address and a name without a public suffix have none.
    """
    return suffix_list().registered(host) if host else None


def ascii_host(host: str) -> str:
    """Returns a host as addresses in crawls have it: lower case, labels in Punycode."""
    if host.isascii():
        return host.lower()
    try:
        return host.lower().encode("idna").decode("ascii")
    except UnicodeError:
        return host.lower()
