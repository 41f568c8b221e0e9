"""What kinds of characters follow each other: a quick first look, before a pattern's own."""

import string
from collections.abc import Iterable

_UPPER, _DIGITS = string.ascii_uppercase.encode(), string.digits.encode()
_KINDS = bytes.maketrans(_UPPER + _DIGITS, b"A" * len(_UPPER) + b"0" * len(_DIGITS))


def shape(ascii_only: bytes) -> bytes:
    """Returns the characters with A for each capital and 0 for each digit."""
    return ascii_only.translate(_KINDS)


def has_any(shaped: bytes, parts: Iterable[bytes]) -> bool:
    """Returns whether any of the parts is in it."""
    return any(map(shaped.__contains__, parts))
