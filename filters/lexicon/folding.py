"""The one form in which terms and texts are compared, with the way back to the text."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from filters.lexicon.characters import Kind, characters_of

_SEPARATOR = ord(" ")
# As plain numbers: numpy takes microseconds to compare with an enum's.
_SYMBOL, _INVISIBLE = int(Kind.SYMBOL), int(Kind.INVISIBLE)
_IS_WORD = np.array([kind in {Kind.LETTER, Kind.DIGIT} for kind in Kind])

MAX_GAP = 3
"""Most spaces and symbols in a row that may stand between two characters of a term."""


@dataclass(frozen=True, eq=False)
class Folded:
    """The form of a text in which terms are looked for.

    Attributes:
        code_points: Its characters.
        kinds: The `Kind` of each.
        positions: Where each stands in the text.
        text_kinds: The `Kind` of each character of the text.
    """

    code_points: NDArray[np.uint32]
    kinds: NDArray[np.uint8]
    positions: NDArray[np.int64]
    text_kinds: NDArray[np.uint8]


def fold(text: str, *, tolerate_symbols: bool = True, simplify: bool = True) -> Folded:
    """Returns a text without width, case and what hides words in it.

    Full-width, circled and other compatibility forms become plain ones, letters small. Invisible
    characters go; so do spaces and symbols, up to `MAX_GAP` in a row. A longer row, and any
    between two letters or digits of words, becomes one space.

    Args:
        text: Any string, lone surrogates included.
        tolerate_symbols: Whether spaces and symbols go.
        simplify: Whether traditional characters become simplified ones, one by one.
    """
    given = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    forms, kinds = characters_of(simplify=simplify).of(given)
    is_kept = kinds < (_SYMBOL if tolerate_symbols else _INVISIBLE)
    dropped = (~is_kept).nonzero()[0]
    if not len(dropped):
        return Folded(forms, kinds, np.arange(len(given)), kinds)
    separators = _separators(kinds, dropped)
    is_kept[separators] = True
    positions = is_kept.nonzero()[0]
    code_points = forms.take(positions)
    code_points[positions.searchsorted(separators)] = _SEPARATOR
    return Folded(code_points, kinds.take(positions), positions, kinds)


def folded_each(
    texts: Iterable[str], *, tolerate_symbols: bool = True, simplify: bool = True
) -> list[str]:
    """Returns the characters of `fold` for each of many words; white space counts as one space."""
    lines = [" ".join(text.split()) for text in texts]
    if not lines:
        return []
    form = fold("\n".join(lines), tolerate_symbols=tolerate_symbols, simplify=simplify)
    characters = form.code_points.astype("<u4").tobytes()
    return characters.decode("utf-32-le", "surrogatepass").split("\n")


def _separators(kinds: NDArray[np.uint8], dropped: NDArray[np.int64]) -> NDArray[np.int64]:
    """Returns, for each gap that parts what stands around it, the place of its first character."""
    firsts, lasts = _gaps(dropped, len(kinds))
    are_words = _IS_WORD[kinds[firsts - 1]] & _IS_WORD[kinds[lasts + 1]]
    parting = are_words & (kinds[firsts] == _SYMBOL) | (lasts - firsts >= MAX_GAP)
    return np.asarray(firsts[parting])


def _gaps(dropped: NDArray[np.int64], length: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Returns the first and the last place of each row of places, less those at the ends."""
    is_apart = dropped[1:] - dropped[:-1] > 1
    firsts, lasts = dropped[1:][is_apart], dropped[:-1][is_apart]
    if dropped[0] > 0:
        firsts = np.concatenate((dropped[:1], firsts))
    else:
        lasts = lasts[1:]
    if dropped[-1] < length - 1:
        lasts = np.concatenate((lasts, dropped[-1:]))
    else:
        firsts = firsts[:-1]
    return firsts, lasts
