"""How much of one item stands in one document, and where."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.steps.clean.contamination.characters import (
    SEPARATOR,
    characters_of,
    weights_of,
)
from jingyu.pipeline.steps.clean.contamination.forms import BETWEEN, RUN
from jingyu.pipeline.steps.clean.contamination.index import ItemIndex
from jingyu.pipeline.steps.clean.contamination.ngrams import ngram_hashes

GAP: Final = 8
"""Most characters of the document's own between two runs that are one range.

Room for a changed word, the letter of an option and a mark such as （2分）."""
LEAST_OF_QUESTION: Final = 0.7
"""Least share of the question, but for a changed word: options alone are common knowledge."""
WORD: Final = 3
"""Characters that a changed word may have in a short question."""
_SHIFT = 2

Range = tuple[int, int]


class Overlap(NamedTuple):
    """What a document and an item have in common.

    Attributes:
        share: Share of the item's telling characters, or of its question's, 0 to 1.
        ranges: Places among the document's characters: start and end, in order and apart.
    """

    share: float
    ranges: tuple[Range, ...]


@dataclass(frozen=True)
class _Pair:
    """An item's form and a document, as characters."""

    form: str
    own: NDArray[np.uint64]
    values: NDArray[np.uint64]
    run: int
    """Length of a run that counts."""


def overlap(
    values: NDArray[np.uint64], places: NDArray[np.int64], index: ItemIndex, number: int
) -> Overlap:
    """Returns what a document holds of an item.

    Counted are the characters in common runs of `RUN` within twice the item's length around
    an n-gram that both hold; shorter pieces beside such a run, as a changed word leaves them; and
    texts of the item shorter than a run that stand near. Runs at most `GAP` apart are one
    range; ranges of less than half an n-gram are chance. The question must be there but for a
    changed word (`WORD`, `LEAST_OF_QUESTION`), its runs in one place; else the share is 0.

    Args:
        values: Characters of the document.
        places: Where n-grams of the item start in it, in order.
        index: The items.
        number: Number of the item's form.
    """
    form, scale = index.forms[number], int(index.scales[number])
    own = characters_of([form.replace(BETWEEN, chr(SEPARATOR))]).values[:-1]
    pair = _Pair(form, own, values, RUN * scale)
    item_runs = ngram_hashes(own, pair.run)
    pieces = _pieces(pair, item_runs, _windows(places, 2 * own.size, values.size), GAP * scale)
    longest = max(map(len, form.split(BETWEEN)))
    ranges = _ranges(pair, pieces, min(index.ngram // 2, longest // scale))
    share = _share_of(pair, item_runs, ranges, index, number) if ranges else 0.0
    return Overlap(share, ranges if share else ())


def _share_of(
    pair: _Pair,
    item_runs: NDArray[np.uint64],
    ranges: Sequence[Range],
    index: ItemIndex,
    number: int,
) -> float:
    """Returns the share of the item, or of its question, that stands in the ranges."""
    end = len(pair.form.partition(BETWEEN)[0])
    origins = _origins(pair, item_runs, ranges)
    _gather(origins[: max(0, end - pair.run + 1)], pair, item_runs, end)
    covered = _spread(origins >= 0, pair.own.size, pair.run)
    reach = pair.own.size // 2 + GAP
    _cover_pieces(covered, origins, pair, [(max(0, a - reach), b + reach) for a, b in ranges])
    missing = np.count_nonzero(~covered[:end])
    if missing > max(WORD * pair.run // RUN, (1 - LEAST_OF_QUESTION) * end):
        return 0.0
    weights = index.weights_of(number)
    share = _share(covered, weights)
    if weights_of(pair.own[:end]).sum() >= 2 * index.ngram:
        share = max(share, _share(covered[:end], weights[:end]))
    return share


def _windows(places: NDArray[np.int64], reach: int, size: int) -> list[Range]:
    """Returns the parts of a document that lie within reach of a place."""
    cuts = np.flatnonzero(np.diff(places) > 2 * reach) + 1
    return [
        (max(0, int(some[0]) - reach), min(size, int(some[-1]) + reach))
        for some in np.split(places, cuts)
    ]


def _pieces(
    pair: _Pair, item_runs: NDArray[np.uint64], windows: Sequence[Range], gap: int
) -> list[NDArray[np.int64]]:
    """Returns the places of the document that runs of the item cover, parted at longer gaps."""
    pieces = []
    wanted = np.unique(item_runs)
    for start, end in windows:
        runs = ngram_hashes(pair.values[start:end], pair.run)
        found = wanted[np.minimum(np.searchsorted(wanted, runs), wanted.size - 1)] == runs
        covered = np.flatnonzero(_spread(found, end - start, pair.run)) + start
        pieces += np.split(covered, np.flatnonzero(np.diff(covered) > gap + 1) + 1)
    return pieces


def _ranges(pair: _Pair, pieces: Sequence[NDArray[np.int64]], least: float) -> tuple[Range, ...]:
    """Returns the pieces that are no chance, of those groups of them that hold most."""
    groups: list[tuple[float, list[Range]]] = []
    reach, last = pair.own.size + GAP, -1
    for piece in pieces:
        weight = float(weights_of(pair.values[piece]).sum())
        if weight < least or not piece.size:
            continue
        start, end = int(piece[0]), int(piece[-1]) + 1
        if last < 0 or start - last > reach:
            groups.append((0.0, []))
        groups[-1] = (groups[-1][0] + weight, [*groups[-1][1], (start, end)])
        last = end
    most = max((weight for weight, _ in groups), default=0.0)
    return tuple(one for weight, some in groups if 2 * weight >= most for one in some)


def _origins(
    pair: _Pair, item_runs: NDArray[np.uint64], ranges: Sequence[Range]
) -> NDArray[np.int64]:
    """Returns where in the document each run of the item stands first, or -1."""
    places = np.concatenate([np.arange(start, end - pair.run + 1) for start, end in ranges])
    runs = np.concatenate([ngram_hashes(pair.values[a:b], pair.run) for a, b in ranges])
    order = np.argsort(runs, kind="stable")
    found = np.minimum(np.searchsorted(runs[order], item_runs), runs.size - 1)
    candidates = order[found]
    return np.where(runs[candidates] == item_runs, places[candidates], -1)


def _gather(
    origins: NDArray[np.int64], pair: _Pair, item_runs: NDArray[np.uint64], end: int
) -> None:
    """Takes the question's runs from where most of them stand in line, and from nowhere else."""
    (found,) = np.nonzero(origins >= 0)
    if found.size:
        shifts, times = np.unique(origins[found] - found, return_counts=True)
        shift, slack = int(shifts[times.argmax()]), GAP + end // 2
        here = (max(0, shift - slack), min(pair.values.size, shift + end + slack))
        origins[:] = _origins(pair, item_runs[: origins.size], (here,))


def _spread(starts: NDArray[np.bool_], size: int, run: int) -> NDArray[np.bool_]:
    """Returns which of `size` characters the runs that start so cover."""
    covered = np.zeros(size, np.bool_)
    for offset in range(run):
        covered[offset : offset + starts.size] |= starts[: size - offset]
    return covered


def _cover_pieces(
    covered: NDArray[np.bool_], origins: NDArray[np.int64], pair: _Pair, near: Sequence[Range]
) -> None:
    """Covers what is shorter than a run: short texts of the item, and pieces beside its runs."""
    place = 0
    for text in pair.form.split(BETWEEN):
        end = place + len(text)
        if 0 < len(text) < pair.run:
            covered[place:end] = _holds(pair, place, end, near)
        elif place == 0 and not covered[:end].any():
            _cover_question(covered, origins, pair, end)
        elif covered[place:end].any():
            for first, last in _gaps(covered[place:end], 2 * pair.run):
                _cover_gap(covered, origins, pair, (place, end), (place + first, place + last))
        place = end + 1


def _cover_question(
    covered: NDArray[np.bool_], origins: NDArray[np.int64], pair: _Pair, end: int
) -> None:
    """Covers what stands of a short question, a word of it changed, before the other texts."""
    (following,) = np.nonzero(origins[end:] >= 0)
    if end <= 2 * pair.run + _SHIFT and following.size:
        last = int(origins[end + following[0]] - following[0])
        start = max(0, last - end - 2 * _SHIFT)
        _cover_alike(covered, pair, (0, end), (start, max(0, last + _SHIFT)))


def _holds(pair: _Pair, start: int, end: int, near: Sequence[Range]) -> bool:
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
    pair: _Pair,
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


def _cover_alike(covered: NDArray[np.bool_], pair: _Pair, own: Range, other: Range) -> None:
    """Covers the characters of a stretch that stand in a stretch of the document, in order."""
    ours, theirs = pair.own[slice(*own)].tolist(), pair.values[slice(*other)].tolist()
    for match in SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks():
        covered[own[0] + match.a : own[0] + match.a + match.size] = True


def _share(covered: NDArray[np.bool_], weights: NDArray[np.float32]) -> float:
    counted = float(weights.sum())
    return float(weights[covered].sum()) / counted if counted else 0.0
