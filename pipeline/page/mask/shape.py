"""What kinds of characters follow each other: a quick first look, before a pattern's own."""

import string
from collections.abc import Iterable

_LETTERS = string.ascii_letters.encode()
_UPPER, _DIGITS = string.ascii_uppercase.encode(), string.digits.encode()
_KINDS = bytes.maketrans(_UPPER + _DIGITS, b"A" * len(_UPPER) + b"0" * len(_DIGITS))
_BODY = _LETTERS + _DIGITS + b"_.-"
_WORDS = bytes(byte if byte in _BODY else 32 for byte in range(256))
_MIN_LONG = 15


def shape(ascii_only: bytes) -> bytes:
    """Returns the characters with A for each capital and 0 for each digit."""
    return ascii_only.translate(_KINDS)


def has_any(shaped: bytes, parts: Iterable[bytes]) -> bool:
    """Returns whether any of the parts is in it."""
    return any(map(shaped.__contains__, parts))


def long_words(ascii_only: bytes) -> bytes:
    """Returns the words of 15 or more letters, digits, dots, dashes and underscores."""
    if len(ascii_only) < _MIN_LONG:
        return b""
    words = ascii_only.translate(_WORDS).split()
    return b" ".join([word for word in words if len(word) >= _MIN_LONG])
