"""The one form in which terms and texts are compared, with the way back to the text."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jingyu.filters.lexicon.characters import Kind, characters_of

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
    positions: NDArray[np.int32]
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
    dropped = Kind.SYMBOL if tolerate_symbols else Kind.INVISIBLE
    found = characters_of(simplify=simplify).folded(text, dropped, MAX_GAP)
    code_points, kinds, positions, text_kinds = found
    return Folded(
        np.frombuffer(code_points, np.uint32),
        np.frombuffer(kinds, np.uint8),
        np.frombuffer(positions, np.int32),
        np.frombuffer(text_kinds, np.uint8),
    )


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
