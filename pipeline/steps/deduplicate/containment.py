"""What one document says that another does not."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.page.sign.minhash import NGRAM
from jingyu.pipeline.steps.deduplicate.comparing import compare
from jingyu.pipeline.steps.deduplicate.grams import RUN, Grams

SLOT: Final = 8
"""Characters under which what begins or ends a text with a figure is a slot of a form, as the 期 3
of a number or the 4月7日 below a notice; a line of furniture with its date and source is longer."""
FACTS: Final = 1 / 2
"""Least share of the changed places of a form filled in anew at which figures or names differ: at
which a figure stands, or two characters or more. Slots of forms are figures and words; places
changed by correcting or mistyping are single characters, and few of them figures."""

WHOLE: Final = 0.95
"""Least coverage of a document that stands as a whole in another: of two that do not resemble each
other neither is a version of the other, so that little may differ but furniture."""


class Contained(NamedTuple):
    """How much of a document another holds.

    Attributes:
        similarity: Jaccard similarity of the two documents' n-grams, 0 to 1.
        coverage: Share of the document's characters that lie in n-grams of the other, 0 to 1.
        own_chars: Characters that lie in none.
        longest_own: Characters of the longest stretch of those.
        has_other_facts: Whether figures or names differ, as in two forms filled in.
        has_other_figures: Whether they do, and figures are among them.
    """

    similarity: float
    coverage: float
    own_chars: int
    longest_own: int
    has_other_facts: bool
    has_other_figures: bool

    def covers(self, min_coverage: float, max_own_chars: int) -> bool:
        """Returns whether the other document, which resembles this one, says what this one does.

        Where words alone differ, a text was reworded as likely as a form was filled in.
        """
        return (
            self.coverage >= min_coverage
            and self.longest_own <= max_own_chars
            and not self.has_other_figures
        )

    def is_within(self, min_coverage: float, max_own_chars: int) -> bool:
        """Returns whether this document stands as a whole in the other, which may be far longer."""
        is_covered = self.covers(max(min_coverage, WHOLE), max_own_chars)
        return is_covered and not self.has_other_facts


def contained(
    sequence: NDArray[np.uint32], own: Grams, other: Grams, ngram: int = NGRAM
) -> Contained:
    """Returns how much of a document, by its sequence, another holds.

    Args:
        sequence: As `sequence_of` returns it.
        own: N-grams of the sequence.
        other: N-grams of the other.
        ngram: Length of an n-gram.
    """
    similarity = own.similarity(other)
    ends = [each.largest for each in (own, other) if each.largest is not None]
    if ends:
        return _of_samples(sequence, other, similarity, min(ends), ngram)
    return _of_stretches(sequence, _stretches(sequence, other, ngram), similarity, ngram)


def compared(sequence: bytes, other: bytes, ngram: int = NGRAM) -> Contained:
    """Returns how much of a document another holds, by the sequences of both, which are whole.

    It is what `contained` returns, in a twentieth of its time.

    Args:
        sequence: Numbers of 32 bits, as `sequence_of` returns them.
        other: Those of the other.
        ngram: Length of an n-gram.
    """
    told = compare(sequence, other, ngram, SLOT)
    shared, own_grams, other_grams, own, longest, facts, changed, has_slot = told
    union = own_grams + other_grams - shared
    size = len(sequence) // 4
    return _told(shared / union if union else 0.0, size, own, longest, (facts, changed, has_slot))


def _told(
    similarity: float, size: int, own: int, longest: int, places: tuple[int, int, bool]
) -> Contained:
    """Returns what is told by the places that differ in facts, those changed, and any slot."""
    facts, changed, has_slot = places
    has_other_facts = facts > 0 and facts >= FACTS * changed
    coverage = 1 - own / size if size else 0.0
    has_other_figures = has_other_facts and has_slot
    return Contained(similarity, coverage, own, longest, has_other_facts, has_other_figures)


class _Stretches(NamedTuple):
    """Runs of n-grams: the first of each and the one after its last, and how many n-grams are."""

    starts: NDArray[np.intp]
    ends: NDArray[np.intp]
    grams: int


def _stretches(sequence: NDArray[np.uint32], other: Grams, ngram: int) -> _Stretches:
    grams = max(sequence.size - ngram + 1, min(sequence.size, 1))
    is_held = other.holds(sequence[:grams] >> np.uint32(1))
    if other.cells:
        is_held = _in_runs(is_held)
    return _runs(~is_held)


def _runs(is_in: NDArray[np.bool_]) -> _Stretches:
    steps = np.diff(is_in.astype(np.int8), prepend=np.int8(0), append=np.int8(0))
    return _Stretches(np.flatnonzero(steps == 1), np.flatnonzero(steps == -1), is_in.size)


def _in_runs(is_held: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Returns the same without runs that are so short that they may be chance."""
    runs = _runs(is_held)
    is_short = runs.ends - runs.starts < min(RUN, is_held.size)
    cleared = is_held.copy()
    for start, end in zip(
        runs.starts[is_short].tolist(), runs.ends[is_short].tolist(), strict=True
    ):
        cleared[start:end] = False
    return cleared


def _of_stretches(
    sequence: NDArray[np.uint32], stretches: _Stretches, similarity: float, ngram: int
) -> Contained:
    size = sequence.size
    starts, ends, grams = stretches
    is_first, is_last = starts == 0, ends == grams
    # An n-gram before the stretch holds all but the last of the characters that it begins with.
    first = np.where(is_first, 0, starts + ngram - 1)
    last = np.where(is_last, size, ends)
    lengths = np.maximum(last - first, 0)
    own = int(lengths.sum())
    # Where nothing stands between two parts that the other parts, their ends are looked at.
    is_seam = last <= first
    low = np.where(is_seam, np.minimum(first - 1, last), first)
    high = np.where(is_seam, np.maximum(first, last + 1), last)
    figures = np.concatenate([[0], np.cumsum(sequence & np.uint32(1), dtype=np.int64)])
    has_figure = figures[np.minimum(high, size)] > figures[np.minimum(low, size)]
    is_inner = ~(is_first | is_last)
    is_slot = has_figure & (is_inner | (lengths < SLOT))
    facts = int(np.count_nonzero(is_slot | (is_inner & (lengths > 1))))
    changed = int(np.count_nonzero(is_slot | is_inner))
    places = facts, changed, bool(is_slot.any())
    return _told(similarity, size, own, int(lengths.max(initial=0)), places)


def _of_samples(
    sequence: NDArray[np.uint32], other: Grams, similarity: float, largest: int, ngram: int
) -> Contained:
    """Returns the same by the n-grams of small hashes: of a stretch, about its length."""
    hashes = sequence >> np.uint32(1)
    taken = sequence[(hashes > 0) & (hashes <= largest)]
    runs = _runs(~other.holds(taken >> np.uint32(1)))
    # A change makes an n-gram new for each of its characters, and for those before it.
    each = (1 << 31) / (largest + 1)
    lengths = np.maximum((runs.ends - runs.starts) * each - (ngram - 1), 0)
    figures = np.concatenate([[0], np.cumsum(taken & np.uint32(1), dtype=np.int64)])
    has_figure = figures[runs.ends] > figures[runs.starts]
    is_inner = (runs.starts > 0) & (runs.ends < runs.grams)
    own_chars = round(float(lengths.sum()))
    has_other_figures = bool((has_figure & is_inner).any())
    return Contained(
        similarity,
        max(1 - own_chars / max(taken.size * each, 1.0), 0.0),
        own_chars,
        round(float(lengths.max(initial=0))),
        has_other_figures,
        has_other_figures,
    )
