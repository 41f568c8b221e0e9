"""Questions of evaluation sets found in many texts at once."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.config.decontamination import MIN_COVERAGE
from jingyu.pipeline.steps.clean.contamination.characters import (
    Characters,
    characters_of,
    is_letter,
)
from jingyu.pipeline.steps.clean.contamination.covering import Range
from jingyu.pipeline.steps.clean.contamination.index import QuestionIndex
from jingyu.pipeline.steps.clean.contamination.ngrams import ngram_blocks
from jingyu.pipeline.steps.clean.contamination.overlap import overlap
from jingyu.pipeline.steps.clean.contamination.seeds import Matches, Seeds

_LEAST_SEEDED: Final = 0.45
"""Share of a question that its n-grams must cover before its characters are compared: with four
characters changed in the middle of thirty, those of 13 still cover 14."""
_MOST_EXPLAINED: Final = 0.5
"""Share of a hit's characters that may belong to questions that the document holds more of."""
_CLEARLY_MORE: Final = 0.1
"""How much more of them, so that versions of one question are all found."""


class Hit(NamedTuple):
    """A question that a document holds.

    Attributes:
        document: Number of the document among the texts.
        question: Number of the question in `QuestionIndex.names`.
        share: Share of the question's characters, or of its stem's, that the document holds.
        ranges: Where they stand in the text: start and end, in code points, in order and apart.
    """

    document: int
    question: int
    share: float
    ranges: tuple[Range, ...]


class _Found(NamedTuple):
    """A form that a document holds; ranges count its characters of the normal form."""

    document: int
    form: int
    share: float
    ranges: tuple[Range, ...]


def find_questions(
    texts: Sequence[str], index: QuestionIndex, min_coverage: float = MIN_COVERAGE
) -> list[Hit]:
    """Returns the questions that texts hold: by document, then by falling share, then by question.

    A document holds a question if it has, close together, at least that share of its characters,
    or of those of its stem where that is at least twice an n-gram long. Where two questions claim
    the same words (both made by one template), the one that the document holds less of is none of
    its; questions of equal texts are all found.

    Args:
        texts: Documents; about a thousand at once cost least.
        index: The questions.
        min_coverage: Least share of a question, above 0.
    """
    if not texts or not index.seeds:
        return []
    characters = characters_of(texts)
    ends = np.cumsum(np.add.reduceat(characters.is_kept, characters.starts[:-1], dtype=np.int64))
    found = []
    for document, form, places in _candidates(characters, ends, index):
        first = int(ends[document - 1]) if document else 0
        values = characters.values[first : int(ends[document]) - 1]
        shared = overlap(values, places - first, index, form)
        if shared.share >= min_coverage:
            found.append(_Found(document, form, *shared))
    found.sort(key=lambda some: (some.document, -some.share, some.form))
    return [
        Hit(some.document, question, some.share, _in_text(some, characters))
        for some in _unexplained(found)
        for question in index.questions_of[some.form]
    ]


def _candidates(
    characters: Characters, ends: NDArray[np.int64], index: QuestionIndex
) -> Iterator[tuple[int, int, NDArray[np.int64]]]:
    """Yields documents with forms that they share enough n-grams with, and the places of those."""
    for seeds, matches in zip(index.seeds, _matches(characters.values, index.seeds), strict=True):
        documents = np.searchsorted(ends, matches.places, "right")
        owners = seeds.owners[matches.seeds]
        order = np.lexsort((matches.seeds, owners, documents))
        by, owners, numbers = documents[order], owners[order], matches.seeds[order]
        is_first = np.ones(order.size, np.bool_)
        is_first[1:] = (by[1:] != by[:-1]) | (owners[1:] != owners[:-1])
        is_other = is_first.copy()
        is_other[1:] |= numbers[1:] != numbers[:-1]
        firsts = np.flatnonzero(is_first)
        ends_here = np.append(firsts[1:], order.size)
        different = np.add.reduceat(is_other, firsts, dtype=np.int64) if firsts.size else firsts
        covered = different + seeds.ngram - 1
        is_enough = covered >= _LEAST_SEEDED * index.least_lengths[owners[firsts]]
        for start, end in zip(firsts[is_enough], ends_here[is_enough], strict=True):
            places = np.sort(matches.places[order[start:end]])
            yield int(by[start]), int(owners[start]), places


def _matches(values: NDArray[np.uint64], every: Sequence[Seeds]) -> list[Matches]:
    """Returns the n-grams that the texts share with questions, for seeds of each length."""
    letters = is_letter(values)
    found: list[list[Matches]] = [[] for _ in every]
    for start, hashed in ngram_blocks(values, [seeds.ngram for seeds in every]):
        for some, seeds, hashes in zip(found, every, hashed, strict=True):
            matches = seeds.among(hashes, letters[start : start + hashes.size])
            some.append(Matches(matches.places + start, matches.seeds))
    return [Matches(*map(np.concatenate, zip(*some, strict=True))) for some in found]


def _unexplained(found: Sequence[_Found]) -> Iterator[_Found]:
    """Yields what is found but for what words of better finds in the document explain."""
    claimed: dict[int, float] = {}
    document = -1
    for some in found:
        if some.document != document:
            document, claimed = some.document, {}
        own = [place for start, end in some.ranges for place in range(start, end)]
        explained = sum(claimed.get(place, 0.0) > some.share + _CLEARLY_MORE for place in own)
        if explained <= _MOST_EXPLAINED * len(own):
            for place in own:
                claimed.setdefault(place, some.share)
            yield some


def _in_text(found: _Found, characters: Characters) -> tuple[Range, ...]:
    """Returns the ranges in the text that ranges of its normal form are."""
    start, end = characters.starts[found.document], characters.starts[found.document + 1]
    places = np.flatnonzero(characters.is_kept[start:end])
    return tuple((int(places[a]), int(places[b - 1]) + 1) for a, b in found.ranges)
