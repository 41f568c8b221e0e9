"""Public addresses of the internet protocol."""

import functools
import ipaddress
from collections.abc import Iterator

from jingyu.filters.lazy_pattern import lazy_pattern
from jingyu.pipeline.page.mask.context import Context, before
from jingyu.pipeline.page.mask.span import Span

_MAX_OCTET = 255
# From the first dot on: dots are fewer than digits.
_V4 = lazy_pattern("[.][0-9]{1,3}[.][0-9]{1,3}[.][0-9]{1,3}(?![0-9A-Za-z-]|[.][0-9])")
_FIRST_OCTET = lazy_pattern("(?<![0-9A-Za-z.-])[0-9]{1,3}\\Z")
# Most of those in logs. Source: RFC 1918, RFC 1122.
_PRIVATE = lazy_pattern("(?:10|127|192[.]168|172[.](?:1[6-9]|2[0-9]|3[01]))[.]")
_V6 = lazy_pattern(
    "[23](?=[0-9A-Fa-f]{3}:)(?<![0-9A-Za-z:.].)[0-9A-Fa-f]{3}:[0-9A-Fa-f:]{2,34}(?![0-9A-Za-z:])"
)
_V4_HINT = lazy_pattern(rb"[.](?<=[0-9].)[0-9]{1,3}[.][0-9]{1,3}[.][0-9]")
_V6_HINT = lazy_pattern(rb":[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:]")
_NAMED = Context(
    "(?<![a-z])ip(?:v4)?(?![a-z])|地址|服务器|主机|登[录陆]|访问|来自|ping|host|dns|网关|代理",
    gap=16,
)
_VERSION = Context(
    "版本?号?|version|(?<![a-z])ver|(?<![a-z])v|固件|升级|更新|驱动|build|release|内核|章|节|条|第|图|表|§|"
    "chrome|firefox|safari|windows|android|ios",
    gap=6,
)
# Of numbers of sections and versions most parts are small.
_SMALL = 32
_SECTION = lazy_pattern(" ?[节章条版]")


def may_hold_v4(ascii_only: bytes) -> bool:
    """Returns whether the ASCII characters of a text may hold addresses of version 4."""
    return _V4_HINT.search(ascii_only) is not None


def may_hold_v6(ascii_only: bytes) -> bool:
    """Returns whether the ASCII characters of a text may hold addresses of version 6."""
    return b":" in ascii_only and _V6_HINT.search(ascii_only) is not None


def v4_addresses(text: str) -> Iterator[Span]:
    """Yields global addresses that are no version and, without a word, no numbered heading."""
    for found in _V4.finditer(text):
        first = _FIRST_OCTET.search(before(text, found.start(), 4))
        if not first:
            continue
        written = first[0] + found[0]
        start = found.start() - len(first[0])
        if _PRIVATE.match(written):
            continue
        octets = [int(octet) for octet in written.split(".")]
        if max(octets) > _MAX_OCTET or ".".join(map(str, octets)) != written:
            continue
        left = before(text, start, 28)
        is_usual = sum(octet >= _SMALL for octet in octets) > 1 and not _VERSION.search(left)
        if not is_usual and not _NAMED.search(left):
            continue
        if _is_public(written) and not _SECTION.match(text, found.end()):
            yield Span(start, found.end(), "ip", written)


@functools.lru_cache(4096)
def _is_public(written: str) -> bool:
    address = ipaddress.IPv4Address(written)
    return address.is_global and not address.is_multicast


def v6_addresses(text: str) -> Iterator[Span]:
    """Yields global unicast addresses (2000::/3)."""
    for found in _V6.finditer(text):
        try:
            address = ipaddress.IPv6Address(found[0])
        except ValueError:
            continue
        if address.is_global:
            yield Span(found.start(), found.end(), "ip", address.compressed)
