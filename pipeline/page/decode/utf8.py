"""What a page's bytes beyond ASCII are as UTF-8, told without decoding them."""

from typing import NamedTuple

from jingyu.pipeline.page.decode.census import count


class Census(NamedTuple):
    """What stands in a page's bytes.

    Some of what looks like a character of UTF-8 is none: overlong forms, halves of surrogate pairs,
    and points beyond the last.
    """

    high: int
    """Bytes that are not ASCII."""
    two: int
    """Stretches that look like a character of two bytes."""
    three: int
    """The same, of three."""
    four: int
    """The same, of four."""
    leads: int
    """Bytes that lead a character of U+4000 to U+9FFF."""
    letters: int
    """Bytes that lead a letter of U+00C0 to U+00FF."""
    leads_twice: int
    """Those of `leads` that were encoded once more: such a letter, behind it one of cp1252."""
    references: int
    """Numeric character references, or what begins like one."""
    named_han: int
    """Those that name a Han character."""
    has_zero: bool
    """Whether a byte is zero, as of UTF-16."""
    has_hz: bool
    """Whether `~{` stands there, the escape of HZ."""


def census(payload: bytes) -> Census:
    """Returns what stands in a page's bytes."""
    return Census._make(count(payload))


def is_mostly_lost(payload: bytes, most_lost: float) -> bool:
    """Returns whether more than a share of what is beyond ASCII is certainly no UTF-8.

    What a decoder replaces is three bytes long at most. False does not mean that there is less.
    """
    found = census(payload)
    in_characters = 2 * found.two + 3 * found.three + 4 * found.four
    fewest_lost = (found.high - in_characters) / 3
    most_units = found.two + found.three + 2 * found.four
    return fewest_lost > most_lost * (fewest_lost + most_units)
