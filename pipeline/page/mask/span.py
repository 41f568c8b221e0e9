"""What a recognizer yields."""

from collections.abc import Callable, Iterator
from typing import NamedTuple


class Span(NamedTuple):
    """A part of a text that was found to be personal data, after all checks."""

    start: int
    end: int
    kind: str
    """A key of `KINDS`."""
    value: str
    """The value without joints and in half-width forms: the same for the same value."""


Recognizer = Callable[[str], Iterator[Span]]
"""Yields the spans in a folded text (see `fold`), candidates first, then the check of each."""
