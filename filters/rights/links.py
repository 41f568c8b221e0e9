"""Links that the HTTP header `Link` states."""

import re
from collections.abc import Iterator
from typing import NamedTuple, Self

_NAME = r"[\w!#$&+\-.^`|~*]+"
_QUOTED, _BARE = r"\"((?:[^\"\\]|\\.)*)\"", r"([^\s,;\"]*)"
_PARAMETER = re.compile(rf"\s*;\s*({_NAME})(?:\s*=\s*(?:{_QUOTED}|{_BARE}))?")
_TARGET = re.compile("<([^<>]*)>")
_LONGEST = 1 << 14


class Link(NamedTuple):
    """One link."""

    target: str
    relations: frozenset[str]
    """What it is to the page, in lower case."""
    media_type: str
    """Of what it leads to, in lower case; empty where none is stated."""

    @classmethod
    def of(cls, target: str, relations: str, media_type: str) -> Self:
        """Returns a link by the values of its parts as they are written."""
        kind = media_type.partition(";")[0].strip().lower()
        return cls(target.strip(), frozenset(relations.lower().split()), kind)


def links(header: str) -> Iterator[Link]:
    """Yields the links of a header; what is none of its grammar is passed over.

    Source: RFC 8288, section 3.
    """
    header = header[:_LONGEST]
    at = 0
    while found := _TARGET.search(header, at):
        at = found.end()
        parameters: dict[str, str] = {}
        while parameter := _PARAMETER.match(header, at):
            at = parameter.end()
            name, quoted, bare = parameter.groups()
            parameters.setdefault(name.lower(), quoted or bare or "")
        yield Link.of(found[1], parameters.get("rel", ""), parameters.get("type", ""))
