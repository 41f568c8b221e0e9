"""What each character is to the matching, and the plain form that it is compared in."""

import functools
import unicodedata
from enum import IntEnum
from typing import Any

import numpy as np

from jingyu.filters.lexicon.gaps import close_gaps

_UNCHANGED = (
    range(0x3400, 0xA000),
    range(0xAC00, 0xD7B0),
    range(0x20000, 0x2F800),
    range(0x30000, 0x323B0),
)
_FOLDED = (range(0x20000), range(0x2F800, 0x2FA20), range(0xE0000, 0xE0200))
_HAN = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0x20000, 0x2A6E0))
_WORD_LETTERS = (range(0x0E00), range(0x1E00, 0x2000))
_BREAKS = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029")
_INVISIBLE = frozenset({"Cc", "Cf", "Mn", "Me"})
_SYMBOLS = frozenset({"Sc", "Sk", "Sm", "So", "Zl", "Zp", "Zs", "Cn", "Co", "Cs", "Pc"})
_SIGNS = frozenset("*#@&%/\\-.·•‧・")
_CODE_POINTS = 0x110000
# A known character: a bit that says so, three for its kind, and its form.
_FORM_BITS = 21
_IS_KNOWN = 1 << _FORM_BITS + 3


class Kind(IntEnum):
    """What a character is to the matching; the first three are counted in shares."""

    PLAIN = 0
    """Han, punctuation and all else."""
    LETTER = 1
    """A letter of a script that sets spaces between words."""
    DIGIT = 2
    BREAK = 3
    """A line end or tab: no term goes across it."""
    SYMBOL = 4
    """A space, symbol or sign that may be put between the characters of a term."""
    INVISIBLE = 5


class Characters:
    """Kinds and folded forms of characters.

    Each is worked out when it first occurs: all would take 0.2 s and more, and a process meets
    some thousand. Both stand in one number, so that a text costs one look-up a character.
    """

    def __init__(self, *, simplify: bool) -> None:
        """Begins with none.

        Args:
            simplify: Whether the forms of traditional characters are simplified ones.
        """
        self._simplify = simplify
        self._known = np.zeros(_CODE_POINTS, np.uint32)

    def folded(self, text: str, dropped: int, max_gap: int) -> tuple[bytes, bytes, bytes, bytes]:
        """Returns what `close_gaps` does, of a text with any characters.

        Args:
            text: Any string.
            dropped: From this `Kind` on characters go.
            max_gap: So many of them in a row may go without a trace.
        """
        found = close_gaps(text, self._known, dropped, max_gap)
        if found is None:
            points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
            self._learn(set(points[self._known.take(points) == 0].tolist()))
            found = close_gaps(text, self._known, dropped, max_gap)
        assert found is not None  # noqa: S101  (every character is known now)
        return found

    def _learn(self, code_points: set[int]) -> None:
        forms = {code_point: _form(code_point) for code_point in code_points}
        simple = _simplified(set(forms.values())) if self._simplify else {}
        for code_point, form in forms.items():
            kind, simplified = _kind(code_point, form), simple.get(form, form)
            self._known[code_point] = _IS_KNOWN | kind << _FORM_BITS | ord(simplified)


@functools.cache
def characters_of(*, simplify: bool) -> Characters:
    """Returns the characters of the process."""
    return Characters(simplify=simplify)


@functools.lru_cache(1 << 14)
def kind_of(character: str) -> Kind:
    """Returns what a character is to the matching."""
    code_point = ord(character)
    return _kind(code_point, _form(code_point))


def _form(code_point: int) -> str:
    character = chr(code_point)
    if _is_in(code_point, _UNCHANGED) or not _is_in(code_point, _FOLDED):
        return character
    compatible = unicodedata.normalize("NFKC", character)
    plain = compatible if len(compatible) == 1 else character
    small = plain.lower()
    return small if len(small) == 1 else plain


def _kind(code_point: int, form: str) -> Kind:
    if _is_in(code_point, _UNCHANGED):
        return Kind.PLAIN
    if chr(code_point) in _BREAKS:
        return Kind.BREAK
    category = unicodedata.category(form)
    if form in "0123456789":
        kind = Kind.DIGIT
    elif not _is_in(code_point, _FOLDED) or category in _SYMBOLS or form in _SIGNS:
        kind = Kind.SYMBOL
    elif category in _INVISIBLE:
        kind = Kind.INVISIBLE
    else:
        is_letter = category[0] == "L" and _is_in(ord(form), _WORD_LETTERS)
        kind = Kind.LETTER if is_letter else Kind.PLAIN
    return kind


def _simplified(characters: set[str]) -> dict[str, str]:
    """Returns the simplified form of each Han character that is one character too."""
    han = sorted(character for character in characters if _is_in(ord(character), _HAN))
    # Each on a line of its own: a phrase would be converted as one.
    lines = _converter().convert("\n".join(han)).split("\n") if han else []
    return {character: line for character, line in zip(han, lines, strict=True) if len(line) == 1}


@functools.cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def _is_in(code_point: int, blocks: tuple[range, ...]) -> bool:
    return any(code_point in block for block in blocks)
