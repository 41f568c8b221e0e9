"""How much of one question stands in one document, and where."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.steps.clean.contamination.characters import (
    SEPARATOR,
    characters_of,
    weights_of,
)
from jingyu.pipeline.steps.clean.contamination.covering import Pair, Range, cover_pieces
from jingyu.pipeline.steps.clean.contamination.forms import BETWEEN, RUN
from jingyu.pipeline.steps.clean.contamination.index import QuestionIndex
from jingyu.pipeline.steps.clean.contamination.ngrams import ngram_hashes

GAP: Final = 8
"""Most characters of the document's own between two runs that are one range.

Room for a changed word, the letter of an option and a mark such as （2分）."""
LEAST_OF_STEM: Final = 0.7
"""Least share of the stem, but for a changed word: options alone are common knowledge."""
WORD: Final = 3
"""Characters that a changed word may have in a short stem."""


class Overlap(NamedTuple):
    """What a document and a question have in common.

    Attributes:
        share: Share of the question's telling characters, or of its stem's, 0 to 1.
        ranges: Places among the document's characters: start and end, in order and apart.
    """

    share: float
    ranges: tuple[Range, ...]


def overlap(
    values: NDArray[np.uint64], places: NDArray[np.int64], index: QuestionIndex, number: int
) -> Overlap:
    """Returns what a document holds of a question.

    Counted are the characters in common runs of `RUN` within twice the question's length around
    an n-gram that both hold; shorter pieces beside such a run, as a changed word leaves them; and
    texts of the question shorter than a run that stand near. Runs at most `GAP` apart are one
    range; ranges of less than half an n-gram are chance. The stem must be there but for a
    changed word (`WORD`, `LEAST_OF_STEM`), its runs in one place; else the share is 0.

    Args:
        values: Characters of the document.
        places: Where n-grams of the question start in it, in order.
        index: The questions.
        number: Number of the question's form.
    """
    form, scale = index.forms[number], int(index.scales[number])
    own = characters_of([form.replace(BETWEEN, chr(SEPARATOR))]).values[:-1]
    pair = Pair(form, own, values, RUN * scale)
    question_runs = ngram_hashes(own, pair.run)
    pieces = _pieces(pair, question_runs, _windows(places, 2 * own.size, values.size), GAP * scale)
    longest = max(map(len, form.split(BETWEEN)))
    ranges = _ranges(pair, pieces, min(index.ngram // 2, longest // scale))
    share = _share_of(pair, question_runs, ranges, index, number) if ranges else 0.0
    return Overlap(share, ranges if share else ())


def _share_of(
    pair: Pair,
    question_runs: NDArray[np.uint64],
    ranges: Sequence[Range],
    index: QuestionIndex,
    number: int,
) -> float:
    """Returns the share of the question, or of its stem, that stands in the ranges."""
    end = len(pair.form.partition(BETWEEN)[0])
    origins = _origins(pair, question_runs, ranges)
    _gather(origins[: max(0, end - pair.run + 1)], pair, question_runs, end)
    covered = _spread(origins >= 0, pair.own.size, pair.run)
    reach = pair.own.size // 2 + GAP
    cover_pieces(covered, origins, pair, [(max(0, a - reach), b + reach) for a, b in ranges])
    missing = np.count_nonzero(~covered[:end])
    if missing > max(WORD * pair.run // RUN, (1 - LEAST_OF_STEM) * end):
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
    pair: Pair, question_runs: NDArray[np.uint64], windows: Sequence[Range], gap: int
) -> list[NDArray[np.int64]]:
    """Returns the places of the document that runs of the question cover, parted at longer gaps."""
    pieces = []
    wanted = np.unique(question_runs)
    for start, end in windows:
        runs = ngram_hashes(pair.values[start:end], pair.run)
        found = wanted[np.minimum(np.searchsorted(wanted, runs), wanted.size - 1)] == runs
        covered = np.flatnonzero(_spread(found, end - start, pair.run)) + start
        pieces += np.split(covered, np.flatnonzero(np.diff(covered) > gap + 1) + 1)
    return pieces


def _ranges(pair: Pair, pieces: Sequence[NDArray[np.int64]], least: float) -> tuple[Range, ...]:
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
    pair: Pair, question_runs: NDArray[np.uint64], ranges: Sequence[Range]
) -> NDArray[np.int64]:
    """Returns where in the document each run of the question stands first, or -1."""
    places = np.concatenate([np.arange(start, end - pair.run + 1) for start, end in ranges])
    runs = np.concatenate([ngram_hashes(pair.values[a:b], pair.run) for a, b in ranges])
    order = np.argsort(runs, kind="stable")
    found = np.minimum(np.searchsorted(runs[order], question_runs), runs.size - 1)
    candidates = order[found]
    return np.where(runs[candidates] == question_runs, places[candidates], -1)


def _gather(
    origins: NDArray[np.int64], pair: Pair, question_runs: NDArray[np.uint64], end: int
) -> None:
    """Takes the stem's runs from where most of them stand in line, and from nowhere else."""
    (found,) = np.nonzero(origins >= 0)
    if found.size:
        shifts, times = np.unique(origins[found] - found, return_counts=True)
        shift, slack = int(shifts[times.argmax()]), GAP + end // 2
        here = (max(0, shift - slack), min(pair.values.size, shift + end + slack))
        origins[:] = _origins(pair, question_runs[: origins.size], (here,))


def _spread(starts: NDArray[np.bool_], size: int, run: int) -> NDArray[np.bool_]:
    """Returns which of `size` characters the runs that start so cover."""
    covered = np.zeros(size, np.bool_)
    for offset in range(run):
        covered[offset : offset + starts.size] |= starts[: size - offset]
    return covered


def _share(covered: NDArray[np.bool_], weights: NDArray[np.float32]) -> float:
    counted = float(weights.sum())
    return float(weights[covered].sum()) / counted if counted else 0.0
