"""The parts of a document whose grams a model weighs apart."""

from typing import NamedTuple

_LEAST_LENGTH = 24
_LONGEST_TITLE = 100


class Passages(NamedTuple):
    """What a document says, by where it says it.

    Attributes:
        body: Its lines of 24 code points or more.
        around: Its shorter lines: headings, menus, dialogue, lists.
        title: Its title, or where it has none its first line; at most 100 code points.
    """

    body: str
    around: str
    title: str


def passages_of(text: str, title: str | None) -> Passages:
    """Returns the parts of a document.

    Source: own measurement (2026-11) on labelled crawl texts, on sites that training did not see:
    weights of their own for the three parts raise the precision at 80 % recall from 0.55 to 0.58.
    """
    lines = text.split("\n")
    body: list[str] = []
    around: list[str] = []
    for line in lines:
        (around if len(line) < _LEAST_LENGTH else body).append(line)
    return Passages("\n".join(body), "\n".join(around), (title or lines[0])[:_LONGEST_TITLE])
