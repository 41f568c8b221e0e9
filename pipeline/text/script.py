"""Which of the two Chinese scripts a text is written in."""

import functools
import re
from typing import Literal

import numpy as np
import opencc
from numpy.typing import NDArray

Script = Literal["simplified", "traditional", "mixed", "undetermined"]

_MIN_TRADITIONAL = 0.8
_MAX_SIMPLIFIED = 0.2

_HAN_RANGES = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x323B0))
_HAN = re.compile("[" + "".join(f"{chr(a)}-{chr(b - 1)}" for a, b in _HAN_RANGES) + "]+")
_SIMPLIFIED, _TRADITIONAL = 1, 2

# Lead bytes of the frequent characters: Big5's 5,401 and GB 2312's 3,755.
_FREQUENT_IN_TRADITIONAL = ("big5", range(0xA4, 0xC7))
_FREQUENT_IN_SIMPLIFIED = ("gb2312", range(0xB0, 0xD8))


def script_of(text: str) -> tuple[Script, float]:
    """Returns the script of a text, and the traditional share of its telling characters, 0 to 1.

    Telling are the characters that one script writes and the other does not: those that OpenCC
    converts in one direction only, less those that are frequent in the other script too (后, 里,
    干, 面, 台). A share of at least 0.8 is `traditional`, of at most 0.2 `simplified`, between them
    `mixed`. Text without telling characters is `undetermined`, with share 0. Japanese is not told
    apart: its 国 and 学 count as simplified.

    Source: OpenCC's character dictionaries (configurations t2s and s2t); frequent characters are
    level 1 of Big5 and of GB 2312.
    """
    han = "".join(_HAN.findall(text))
    kinds = _kinds()[np.frombuffer(han.encode("utf-32-le"), np.uint32)]
    _, simplified, traditional = np.bincount(kinds, minlength=3).tolist()
    if not simplified + traditional:
        return "undetermined", 0.0
    ratio = traditional / (simplified + traditional)
    if ratio >= _MIN_TRADITIONAL:
        return "traditional", ratio
    return ("simplified" if ratio <= _MAX_SIMPLIFIED else "mixed"), ratio


@functools.cache
def _kinds() -> NDArray[np.uint8]:
    """Returns, for each code point up to the last Han character, which script it tells of."""
    han = [chr(point) for start, end in _HAN_RANGES for point in range(start, end)]
    lines = "\n".join(han)  # one a line, so that no phrase is found across them
    in_simplified = opencc.OpenCC("t2s").convert(lines).split("\n")
    in_traditional = opencc.OpenCC("s2t").convert(lines).split("\n")
    kinds = np.zeros(_HAN_RANGES[-1][1], np.uint8)
    for character, simplified, traditional in zip(han, in_simplified, in_traditional, strict=True):
        if (character == simplified) == (character == traditional):
            continue
        if character != simplified and not _is_frequent(character, *_FREQUENT_IN_SIMPLIFIED):
            kinds[ord(character)] = _TRADITIONAL
        if character != traditional and not _is_frequent(character, *_FREQUENT_IN_TRADITIONAL):
            kinds[ord(character)] = _SIMPLIFIED
    return kinds


def _is_frequent(character: str, charset: str, lead_bytes: range) -> bool:
    encoded = character.encode(charset, "ignore")
    return bool(encoded) and encoded[0] in lead_bytes
