"""Scripts that a page takes from the host of somebody else."""

import re
from collections.abc import Iterator

from jingyu.filters.lexicon.literals import Found
from jingyu.filters.source.address import registered_domain

LITERALS = ("<script ", "<SCRIPT ")
"""What a page is searched for."""

_REACH = 400
"""Characters within which the tag names its source."""
_SOURCE = re.compile(
    # Possessive: two runs of spaces beside each other are tried at each place but once.
    r"[\s\"']src\s*+=\s*+[\"']?+\s*+(?:https?:)?//([a-z0-9][a-z0-9.-]{2,252})(?=[/:?\"'\s>])",
    re.IGNORECASE,
)
_MOST = 16


def script_hosts(markup: str, found: Found, host: str | None) -> list[str]:
    """Returns the hosts of others that scripts of a page come from, sorted; 16 at most.

    Hosts below the registered domain of the page's own are its owner's.

    Args:
        markup: The decoded page.
        found: Where `LITERALS` stand in it.
        host: The page's host, in lower case.
    """
    own = registered_domain(host) or host
    named = {name for name in _hosts(markup, found) if registered_domain(name) not in {None, own}}
    return sorted(named)[:_MOST]


def _hosts(markup: str, found: Found) -> Iterator[str]:
    for literal in LITERALS:
        for place in found.get(literal, ()):
            end = markup.find(">", place, place + _REACH)
            if end >= 0 and (source := _SOURCE.search(markup, place, end + 1)):
                yield source[1].lower().rstrip(".")
