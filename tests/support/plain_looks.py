"""`census.c`, `kinds.c` and `script_counts.c` of `pipeline/text` in numpy, their oracles."""

import html
import re
from string import hexdigits

import numpy as np
from numpy.typing import NDArray

_WORD_BYTES = 8
_HIGH_BITS = np.uint64(0x8080808080808080)
_REFERENCE = re.compile(rb"&#(?:[xX]([0-9a-fA-F]{4,5})|([0-9]{5,6}));?")
_SHORTEST_REFERENCE_BYTES = len("&#13312")
_IS_HEX_DIGIT = np.zeros(256, np.bool_)
_IS_HEX_DIGIT[list(hexdigits.encode())] = True
_ESCAPED = re.compile(rb"\\u(?:[4-9][0-9a-fA-F]|3[4-9a-fA-F])[0-9a-fA-F]{2}")
_NAMED = re.compile(rb"&[a-zA-Z]{2,8};")
_ANY_REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)")
_HAN = ((0x3400, 0xA000), (0x20000, 0x32400))
_KANA = ((0x3041, 0x3097), (0x30A1, 0x30FB))
_LETTERS = ((ord("A"), ord("Z") + 1), (ord("a"), ord("z") + 1), (0xC0, 0x2000), (0xAC00, 0xD7B0))
_BASIC_PLANE = 0x10000
_CP1252_LEADS = np.zeros(256, np.bool_)
_CP1252_LEADS[[0xC2, 0xC5, 0xC6, 0xCB, 0xE2]] = True
_IS_HAN, _IS_KANA, _IS_LETTER = 1, 2, 3

Bytes = NDArray[np.uint8]


def count(payload: bytes) -> tuple[int, ...]:
    """Returns what `census.count` does, in its order."""
    data = np.frombuffer(payload, np.uint8)
    high = int(np.count_nonzero(data >= np.uint8(0x80)))
    leads = int(np.count_nonzero((data - np.uint8(0xE4)) < np.uint8(6)))
    references = _references(data)
    named = _named_han(payload, data, references)
    counts = (high, *_sequences(data), leads, *_encoded_twice(data), len(references), named)
    return (*counts, b"\0" in payload, b"~{" in payload)


def escaped_han(payload: bytes) -> int:
    """Returns what `census.escaped_han` does."""
    return len(_ESCAPED.findall(payload))


def without_ascii(payload: bytes) -> bytes:
    """Returns what `census.without_ascii` does."""
    words = np.frombuffer(payload, np.uint64, len(payload) // _WORD_BYTES)
    is_high = (words & _HIGH_BITS) != 0
    is_kept = is_high.copy()
    is_kept[1:] |= is_high[:-1]
    kept: bytes = words[is_kept].tobytes()
    return kept + payload[words.nbytes :]


def count_scripts(part: bytes) -> tuple[int, int, int]:
    """Returns what `script_counts` does, references resolved as `html` has it."""
    kinds = _kinds_in(part)
    han, kana = (int(np.count_nonzero(kinds == kind)) for kind in (_IS_HAN, _IS_KANA))
    is_letter = kinds == _IS_LETTER
    begins = is_letter[1:] > is_letter[:-1]
    return han, kana, int(np.count_nonzero(begins) + np.count_nonzero(is_letter[:1]))


def count_units(text: str, kinds: bytes) -> list[int]:
    """Returns what `kinds.count_units` does."""
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    each = np.frombuffer(kinds, np.uint8)[units[units >= 0x80]]
    found: list[int] = np.bincount(each, minlength=8).tolist()
    return found


def _sequences(data: Bytes) -> tuple[int, ...]:
    continues = (data & np.uint8(0xC0)) == np.uint8(0x80)
    pairs = continues[1:-1] & continues[2:]
    two = (data[:-1] - np.uint8(0xC2) < np.uint8(0x1E)) & continues[1:]
    three = (data[:-2] - np.uint8(0xE0) < np.uint8(0x10)) & pairs
    four = (data[:-3] - np.uint8(0xF0) < np.uint8(5)) & pairs[:-1] & continues[3:]
    return tuple(int(np.count_nonzero(found)) for found in (two, three, four))


def _encoded_twice(data: Bytes) -> tuple[int, int]:
    is_letter = data == np.uint8(0xC3)
    letters = np.flatnonzero(is_letter[:-2])
    first = data[letters + 1] - np.uint8(0xA4)
    is_twice = (first < np.uint8(6)) & _CP1252_LEADS[data[letters + 2]]
    return int(np.count_nonzero(is_letter)), int(np.count_nonzero(is_twice))


def _references(data: Bytes) -> NDArray[np.intp]:
    ampersands = (data[:-1] == np.uint8(ord("&"))).nonzero()[0]
    references: NDArray[np.intp] = ampersands[data.take(ampersands + 1) == ord("#")]
    return references


def _named_han(payload: bytes, data: Bytes, references: NDArray[np.intp]) -> int:
    last = _SHORTEST_REFERENCE_BYTES - 1
    references = references[references < len(data) - last]
    likely = references[_IS_HEX_DIGIT.take(data.take(references + last))].tolist()
    found = (_REFERENCE.match(payload, at) for at in likely)
    return sum(_names_han(match[1], match[2]) for match in found if match)


def _names_han(hexadecimal: bytes | None, decimal: bytes) -> bool:
    point = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return any(first <= point < end for first, end in _HAN)


def _kind_of_units() -> NDArray[np.uint8]:
    kinds = np.zeros(1 << 16, np.uint8)
    for kind, blocks in ((_IS_HAN, _HAN), (_IS_KANA, _KANA), (_IS_LETTER, _LETTERS)):
        for first, end in blocks:
            kinds[_lead_unit(first) : _lead_unit(end)] = kind
    return kinds


def _lead_unit(point: int) -> int:
    return point if point < _BASIC_PLANE else 0xD800 + (point - _BASIC_PLANE >> 10)


_KIND_OF = _kind_of_units()


def _kinds_in(part: bytes) -> NDArray[np.uint8]:
    text = _NAMED.sub(b" ", part).decode("utf-8", "replace")
    if "&#" in text:
        text = _ANY_REFERENCE.sub(_resolved, text)
    return _KIND_OF.take(np.frombuffer(text.encode("utf-16-le", "replace"), "<u2"))


def _resolved(reference: re.Match[str]) -> str:
    try:
        return html.unescape(reference[0])
    except ValueError:  # of so many digits that Python refuses to read them
        return "\ufffd"
