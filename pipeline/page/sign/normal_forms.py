"""The normal form of each character, and how its list is derived."""

import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Final

import numpy as np
from numpy.typing import NDArray

TABLE_END: Final = 0x40000
"""What lies beyond has no normal form: a table's last entry, 0, stands for it."""

# Unicode's blocks and planes of Han are kept whole, so that characters added later count too.
_HAN = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0x20000, 0x40000))
# Blocks of which the older Unicode knows no more, or whose characters have no other form.
_HANGUL = (0xAC00, 0xD7A4)
_FOLDABLE = (range(0x3400), range(0xA000, 0xAC00), range(0xF900, 0x10000))
_HAN_KNOWN = 0x33480  # what lies beyond has no character yet, and no simplified form
_STEPS = 2  # from a variant to its traditional form, and from that to the simplified one
_IN_LINE = 48
_HEAD = """\
# What texts are compared by: the normal form of each character. Written by
#   python -m jingyu.pipeline.page.sign.normal_forms > configs/lists/normal_forms.txt
# from Unicode 3.2 and OpenCC's simplified characters (t2s), as a test makes sure.
#
# The characters that count, as first and last code points; then those of them that have another
# normal form than themselves, a line each of characters and of their forms.
"""


@cache
def normal_forms() -> NDArray[np.uint32]:
    """Returns the normal form of each code point up to `TABLE_END`; 0 for what is left out.

    It is read, not derived: that takes 0.1 s, and loads the dictionaries of OpenCC.
    """
    file = resources.files("jingyu.configs") / "lists" / "normal_forms.txt"
    lines = file.read_text(encoding="utf-8").split("\n")
    ranges, *others = (line for line in lines if line and not line.startswith("#"))
    table = np.zeros(TABLE_END + 1, np.uint32)
    for each in ranges.split():
        first, last = (int(point, 16) for point in each.split("-"))
        table[first : last + 1] = np.arange(first, last + 1)
    table[_points("".join(others[::2]))] = _points("".join(others[1::2]))
    return table


def _points(characters: str) -> NDArray[np.uint32]:
    return np.frombuffer(characters.encode("utf-32-le"), "<u4")


def derived() -> NDArray[np.uint32]:
    """Returns what `normal_forms` holds, from Unicode's tables and OpenCC's dictionaries."""
    table = np.zeros(TABLE_END + 1, np.uint32)
    for first, end in (*_HAN, _HANGUL):
        table[first:end] = np.arange(first, end)
    for block in _FOLDABLE:
        table[block.start : block.stop] = [_folded(chr(point)) for point in block]
    simplified = _simplified()
    return np.where(table > 0, simplified[table], 0).astype(np.uint32)


def _simplified() -> NDArray[np.uint32]:
    """Returns the simplified form of each code point of the table, itself if it has no other."""
    import opencc  # reads its dictionaries

    forms = np.arange(TABLE_END + 1, dtype=np.uint32)
    points = np.concatenate([np.arange(first, min(end, _HAN_KNOWN)) for first, end in _HAN])
    # A line each, so that no phrase is seen; what cannot be written is no Han.
    lines = opencc.OpenCC("t2s").convert("\n".join(map(chr, points.tolist()))).split("\n")
    single = np.array([len(line) == 1 for line in lines])
    forms[points[single]] = [ord(line) for line in lines if len(line) == 1]
    for _ in range(_STEPS):
        forms = forms[forms]
    return forms


def _folded(character: str) -> int:
    frozen = unicodedata.ucd_3_2_0
    compatible = frozen.normalize("NFKC", character)
    form = compatible if len(compatible) == 1 else character
    if frozen.category(form)[0] not in "LN":
        return 0
    lower = form.lower()
    is_known = len(lower) == 1 and frozen.category(lower) != "Cn"
    return ord(lower if is_known else form)


def _lines(table: NDArray[np.uint32]) -> Iterator[str]:
    points = np.arange(len(table))
    kept = np.flatnonzero(table)
    yield " ".join(
        f"{run[0]:04X}-{run[-1]:04X}"
        for run in np.split(kept, np.flatnonzero(np.diff(kept) > 1) + 1)
    )
    others = np.flatnonzero((table > 0) & (table != points))
    for start in range(0, len(others), _IN_LINE):
        characters = others[start : start + _IN_LINE]
        yield "".join(map(chr, characters))
        yield "".join(map(chr, table[characters].tolist()))


def as_text(table: NDArray[np.uint32]) -> str:
    """Returns the content of the file that `normal_forms` reads."""
    return _HEAD + "\n".join(_lines(table)) + "\n"


if __name__ == "__main__":
    sys.stdout.write(as_text(derived()))
