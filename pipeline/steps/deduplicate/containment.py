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
WORDS: Final = 1 / 1000
"""Most of a document that may be words of its own in its midst, where facts differ: a word put
another way in a long text. In shorter ones it is a name in a form, or says what the other does not.
Of what is dropped no more than this share should be lost."""

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
        has_other_words: Whether words or figures are at more than `FACTS` of the places at which it
            has something of its own, and more than `WORDS` of the document is such words. Of two
            places one may be two characters mistyped side by side.
    """

    similarity: float
    coverage: float
    own_chars: int
    longest_own: int
    has_other_facts: bool
    has_other_figures: bool
    has_other_words: bool

    def covers(self, min_coverage: float, max_own_chars: int) -> bool:
        """Returns whether the other document, which resembles this one, says what this one does."""
        return (
            self.coverage >= min_coverage
            and self.longest_own <= max_own_chars
            and not (self.has_other_figures or self.has_other_words)
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
    shared, own_grams, other_grams, *counted = told
    union = own_grams + other_grams - shared
    similarity = shared / union if union else 0.0
    return _told(similarity, len(sequence) // 4, _Counted(*counted))


class _Counted(NamedTuple):
    """What a document has of its own: its characters, and the places at which they stand.

    Attributes:
        own: Characters.
        longest: Characters of the longest stretch.
        words: Characters in stretches of two or more in its midst.
        facts: Places of such stretches, and slots.
        changed: Places in its midst, and slots; at some it is the other alone that says more.
        own_places: The same without those.
        has_slot: Whether one is a slot.
    """

    own: int
    longest: int
    words: int
    facts: int
    changed: int
    own_places: int
    has_slot: int


def _told(similarity: float, size: int, counted: _Counted) -> Contained:
    has_other_facts = counted.facts > 0 and counted.facts >= FACTS * counted.changed
    return Contained(
        similarity,
        1 - counted.own / size if size else 0.0,
        counted.own,
        counted.longest,
        has_other_facts,
        has_other_figures=has_other_facts and bool(counted.has_slot),
        has_other_words=counted.facts > FACTS * counted.own_places and counted.words > WORDS * size,
    )


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
    # Where nothing stands between two parts that the other parts, their ends are looked at.
    is_seam = last <= first
    low = np.where(is_seam, np.minimum(first - 1, last), first)
    high = np.where(is_seam, np.maximum(first, last + 1), last)
    figures = np.concatenate([[0], np.cumsum(sequence & np.uint32(1), dtype=np.int64)])
    has_figure = figures[np.minimum(high, size)] > figures[np.minimum(low, size)]
    is_inner = ~(is_first | is_last)
    is_slot = has_figure & (is_inner | (lengths < SLOT))
    is_word = is_inner & (lengths > 1)
    # Where nothing of its own stands, it is the other that says more.
    is_own = is_inner & (lengths > 0)
    places = (is_slot | each for each in (is_word, is_inner, is_own))
    facts, changed, own_places = (int(np.count_nonzero(each)) for each in places)
    counted = _Counted(
        int(lengths.sum()),
        int(lengths.max(initial=0)),
        int(lengths[is_word].sum()),
        facts,
        changed,
        own_places,
        bool(is_slot.any()),
    )
    return _told(similarity, size, counted)


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
        has_other_words=False,
    )
