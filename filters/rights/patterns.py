"""Patterns of paths, as robots.txt and what follows it write them."""

import functools
import re
from typing import NamedTuple
from urllib.parse import urlsplit

_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = frozenset(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"  # RFC 3986, 2.3
)
_EVERYTHING = frozenset({"", "/", "*", "/*"})
_PATTERNS = 1 << 14
_LONGEST_HELD = 256
"""Characters of a pattern that is held: a site may write one as long as its file."""


class Pattern(NamedTuple):
    """A pattern of paths."""

    parts: tuple[str, ...]
    """What stands between the `*`; a path begins with the first."""
    is_anchored: bool
    """Whether the path ends where the pattern does."""
    length: int
    """Octets of the pattern as it is written: of rules that match the longest counts."""

    def matches(self, path: str) -> bool:
        """Returns whether a path, in its normal form, matches."""
        first, *others = self.parts
        if not path.startswith(first):
            return False
        if not others:
            return not self.is_anchored or len(path) == len(first)
        at = len(first)
        last = others.pop() if self.is_anchored else None
        for part in others:
            at = path.find(part, at)
            if at < 0:
                return False
            at += len(part)
        return last is None or (len(path) - len(last) >= at and path.endswith(last))


def pattern_of(written: str) -> Pattern:
    """Returns a pattern: a prefix, in which `*` stands for anything, and a last `$` for the end.

    Source: RFC 9309, section 2.2.2 and 2.2.3.
    """
    return (_held if len(written) <= _LONGEST_HELD else _pattern)(written)


def _pattern(written: str) -> Pattern:
    is_anchored = written.endswith("$")
    normal = normal_form(written.removesuffix("$") if is_anchored else written)
    return Pattern(tuple(normal.split("*")), is_anchored, len(normal) + is_anchored)


_held = functools.lru_cache(_PATTERNS)(_pattern)


def names_everything(written: str | None) -> bool:
    """Returns whether a pattern, if there is one, excepts no path."""
    return written is None or written in _EVERYTHING


def normal_form(path: str) -> str:
    """Returns a path with octets beyond ASCII escaped, and unreserved characters as themselves."""
    if not path.isascii():
        path = "".join(
            letter
            if letter.isascii()
            else "".join(f"%{octet:02X}" for octet in letter.encode("utf-8", "replace"))
            for letter in path
        )
    return _ESCAPE.sub(_unescaped, path) if "%" in path else path


def _unescaped(match: re.Match[str]) -> str:
    octet = int(match[1], 16)
    return chr(octet) if octet in _UNRESERVED else match[0].upper()


def path_of(url: str) -> str:
    """Returns the path of an address with its query, at least `/`, in its normal form."""
    try:
        parts = urlsplit(url)
    except ValueError:  # of addresses such as http://a.cn/]
        return "/"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    # Characters that a pattern gives a meaning to stand for themselves in an address.
    return normal_form(path).replace("*", "%2A").replace("$", "%24")
