"""What a document holds of a question in pieces that are shorter than a run."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.steps.clean.contamination.forms import BETWEEN
from jingyu.pipeline.steps.clean.contamination.ngrams import ngram_hashes

_SHIFT = 2
"""Characters by which the document's piece may be longer than the question's."""

Range = tuple[int, int]


@dataclass(frozen=True)
class Pair:
    """A question's form and a document, as characters."""

    form: str
    """Normal forms of the question's texts, with `BETWEEN` between them."""
    own: NDArray[np.uint64]
    """Its characters."""
    values: NDArray[np.uint64]
    """Characters of the document."""
    run: int
    """Length of a run that counts, in characters."""


def cover_pieces(
    covered: NDArray[np.bool_], origins: NDArray[np.int64], pair: Pair, near: Sequence[Range]
) -> None:
    """Marks what the document holds in short pieces: whole short texts, and pieces beside runs.

    Args:
        covered: Which characters of the question the document is known to hold; it is changed.
        origins: Where in the document each run of the question stands first, or -1.
        pair: The question and the document.
        near: Parts of the document in which a short text counts.
    """
    place = 0
    for text in pair.form.split(BETWEEN):
        end = place + len(text)
        if 0 < len(text) < pair.run:
            covered[place:end] = _holds(pair, place, end, near)
        elif place == 0 and not covered[:end].any():
            _cover_stem(covered, origins, pair, end)
        elif covered[place:end].any():
            for first, last in _gaps(covered[place:end], 2 * pair.run):
                _cover_gap(covered, origins, pair, (place, end), (place + first, place + last))
        place = end + 1


def _cover_stem(
    covered: NDArray[np.bool_], origins: NDArray[np.int64], pair: Pair, end: int
) -> None:
    """Covers what stands of a short stem, a word of it changed, before the other texts."""
    (following,) = np.nonzero(origins[end:] >= 0)
    if end <= 2 * pair.run + _SHIFT and following.size:
        last = int(origins[end + following[0]] - following[0])
        start = max(0, last - end - 2 * _SHIFT)
        _cover_alike(covered, pair, (0, end), (start, max(0, last + _SHIFT)))


def _holds(pair: Pair, start: int, end: int, near: Sequence[Range]) -> bool:
    """Returns whether the document holds a short text in one of its parts."""
    (wanted,) = ngram_hashes(pair.own[start:end], end - start)
    return any(bool((ngram_hashes(pair.values[a:b], end - start) == wanted).any()) for a, b in near)


def _gaps(covered: NDArray[np.bool_], longest: int) -> list[Range]:
    """Returns the stretches of at most that length that are not covered."""
    edges = np.flatnonzero(np.diff(np.concatenate([[1], covered, [1]]).astype(np.int8)))
    return [
        (int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a <= longest
    ]


def _cover_gap(
    covered: NDArray[np.bool_],
    origins: NDArray[np.int64],
    pair: Pair,
    text: Range,
    gap: Range,
) -> None:
    """Covers the characters of a gap that stand, in order, right beside its neighbors."""
    (first, last), reach = gap, gap[1] - gap[0] + _SHIFT
    slices = []
    if first > text[0]:
        after = int(origins[first - pair.run]) + pair.run
        slices.append((after, after + reach))
    if last < text[1]:
        before = int(origins[last])
        slices.append((max(0, before - reach), before))
    for some in slices:
        _cover_alike(covered, pair, gap, some)


def _cover_alike(covered: NDArray[np.bool_], pair: Pair, own: Range, other: Range) -> None:
    """Covers the characters of a stretch that stand in a stretch of the document, in order."""
    ours, theirs = pair.own[slice(*own)].tolist(), pair.values[slice(*other)].tolist()
    for match in SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks():
        covered[own[0] + match.a : own[0] + match.a + match.size] = True
