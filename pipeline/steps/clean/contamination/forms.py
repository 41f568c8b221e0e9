"""Normal forms of questions, one after another: their n-grams, and what their characters count."""

from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.steps.clean.contamination.characters import (
    LATIN_SCALE,
    SEPARATOR,
    characters_of,
    weights_of,
)
from jingyu.pipeline.steps.clean.contamination.ngrams import ngram_hashes

BETWEEN: Final = "\n"
"""Stands between the texts of a question: no normal form holds it."""
RUN: Final = 4
"""Shortest run of characters that counts as common, once document and question share an n-gram."""
COMMON_QUESTIONS: Final = 20
"""What more questions share is a template, such as 下列说法正确的是, and tells little."""
SCALES: Final = (1, LATIN_SCALE)
_LEAST_TELLING = 0.5


class Forms(NamedTuple):
    """The characters of questions, one question after another, each ended by a separator.

    Attributes:
        texts: Normal forms of the texts of each question, with `BETWEEN` between them.
        values: A number for each character.
        owners: Question of each character, in ascending order.
        starts: Where each question starts; the last is their end.
        is_between: Which characters are separators.
    """

    texts: tuple[str, ...]
    values: NDArray[np.uint64]
    owners: NDArray[np.uint32]
    starts: NDArray[np.int64]
    is_between: NDArray[np.bool_]

    def ngrams(
        self, ngram: int, of: NDArray[np.bool_]
    ) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
        """Returns where n-grams start that lie within one text, and their hashes.

        Args:
            ngram: Length in characters.
            of: Which questions are asked for.
        """
        hashes = ngram_hashes(self.values, ngram)
        before = np.concatenate([[0], np.cumsum(self.is_between)])
        is_within = before[ngram:] == before[:-ngram]
        places = np.flatnonzero(is_within & of[self.owners[: hashes.size]])
        return places, hashes[places]


def forms_of(texts: Sequence[str]) -> Forms:
    """Returns questions as characters, from normal forms with `BETWEEN` between them."""
    found = characters_of([text.replace(BETWEEN, chr(SEPARATOR)) for text in texts])
    owners = np.repeat(np.arange(len(texts), dtype=np.uint32), np.diff(found.starts))
    (separator,) = characters_of([""]).values
    return Forms(tuple(texts), found.values, owners, found.starts, found.values == separator)


def length_of(text: str) -> float:
    """Returns the length of a question in characters, letters and digits of ASCII counted less."""
    letters = _letters(text)
    return len(text) - text.count(BETWEEN) - letters + letters / LATIN_SCALE


def scale_of(text: str) -> int:
    """Returns what lengths are multiplied by for a question: more where most of it is ASCII."""
    return LATIN_SCALE if 2 * _letters(text) > len(text) - text.count(BETWEEN) else 1


def is_common(hashes: NDArray[np.uint64], owners: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Returns whether each hash belongs to more than `COMMON_QUESTIONS` owners, which ascend."""
    # A stable order by hash is one by hash and owner.
    order = np.argsort(hashes, kind="stable")
    ordered, by = hashes[order], owners[order]
    is_new = np.ones(hashes.size, np.bool_)
    is_new[1:] = ordered[1:] != ordered[:-1]
    is_other = is_new.copy()
    is_other[1:] |= by[1:] != by[:-1]
    group = np.cumsum(is_new) - 1
    common = np.empty(hashes.size, np.bool_)
    common[order] = (np.bincount(group, is_other) > COMMON_QUESTIONS)[group]
    return common


def form_weights(forms: Forms, scales: NDArray[np.int64], least: float) -> NDArray[np.float32]:
    """Returns what each character counts for the share of its question.

    Characters that stand only in runs common to many questions count nothing, nor do short texts
    of many questions, nor separators. Of a question of which less than half, or than the least
    length, would be left, all counts.
    """
    telling = np.zeros(forms.values.size, np.bool_)
    for scale in SCALES:
        places, hashes = forms.ngrams(RUN * scale, scales == scale)
        rare = places[~is_common(hashes, forms.owners[places])]
        for offset in range(RUN * scale):
            telling[rare + offset] = True
    _mark_short_texts(telling, forms, scales)
    weights = weights_of(forms.values)
    weights[forms.is_between] = 0
    possible = np.bincount(forms.owners, weights, len(forms.texts))
    left = np.bincount(forms.owners, weights * telling, len(forms.texts))
    is_told = left >= np.maximum(_LEAST_TELLING * possible, least)
    return np.where(telling | ~is_told[forms.owners], weights, np.float32(0))


def _mark_short_texts(telling: NDArray[np.bool_], forms: Forms, scales: NDArray[np.int64]) -> None:
    """Marks the texts that are shorter than a run, unless many questions have them."""
    parted = [text.split(BETWEEN) for text in forms.texts]
    longest = RUN * LATIN_SCALE
    times = Counter(text for texts in parted for text in set(texts) if len(text) < longest)
    for texts, start, scale in zip(parted, forms.starts.tolist(), scales.tolist(), strict=False):
        place = start
        for text in texts:
            if len(text) < RUN * scale and times[text] <= COMMON_QUESTIONS:
                telling[place : place + len(text)] = True
            place += len(text) + 1


def _letters(text: str) -> int:
    return len(text.encode("ascii", "ignore")) - text.count(BETWEEN)
