"""What questions are found by, built once: hashes of their n-grams, and their characters."""

import string
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.config.decontamination import NGRAM
from jingyu.pipeline.page.sign.minhash import normal_form
from jingyu.pipeline.steps.clean.contamination.characters import is_letter
from jingyu.pipeline.steps.clean.contamination.forms import (
    BETWEEN,
    SCALES,
    Forms,
    form_weights,
    forms_of,
    is_common,
    length_of,
    scale_of,
)
from jingyu.pipeline.steps.clean.contamination.questions import Question
from jingyu.pipeline.steps.clean.contamination.seeds import Seeds, seeds_of

# A changed word of up to four characters leaves a whole n-gram on one side of it at least.
_WORD = 4
_WAYS = 2


@dataclass(frozen=True)
class QuestionIndex:
    """Questions, and what finds them; some 20 bytes a character of theirs. Pickles as it is."""

    ngram: int
    names: tuple[tuple[str, str], ...]
    """Evaluation set and id of each question that can be found."""
    forms: tuple[str, ...]
    """Different questions' normal forms: their texts with `BETWEEN` between them, stem first."""
    questions_of: tuple[tuple[int, ...], ...]
    """Numbers of the questions that have each form."""
    scales: NDArray[np.int64]
    """What lengths are multiplied by for each form: 1, or more where most of it is ASCII."""
    weights: NDArray[np.float32]
    """What each character of the forms counts for the share covered, form after form."""
    starts: NDArray[np.int64]
    """Where each form's begin in `weights`; the last is their end."""
    seeds: tuple[Seeds, ...]
    question_counts: dict[str, int]
    """Questions of each evaluation set, skipped ones included."""
    skipped: tuple[tuple[str, str], ...]
    """Evaluation set and id of questions that are too short to tell."""

    @cached_property
    def least_lengths(self) -> NDArray[np.float64]:
        """Length of what of each form has n-grams, or of its stem where that will do."""
        return np.array(
            [
                _least_length(form.split(BETWEEN), self.ngram, scale)
                for form, scale in zip(self.forms, self.scales.tolist(), strict=True)
            ]
        )

    def weights_of(self, form: int) -> NDArray[np.float32]:
        """Returns what the characters of a form count, `BETWEEN` included, which counts 0."""
        return self.weights[self.starts[form] : self.starts[form + 1] - 1]


def build_index(questions: Iterable[Question], ngram: int = NGRAM) -> QuestionIndex:
    """Returns the index of questions.

    A question is found by its n-grams, each within one of its texts. Where the longest text is too
    short to keep one whole with a word changed (twice the n-gram and four characters), n-grams
    of half the length do, those from one text into the next included. Questions shorter than an
    n-gram, all texts together, are too short to tell: they are skipped, and named. Letters and
    digits of ASCII count half, and questions mostly of them are found by n-grams twice as long.

    What more than `COMMON_QUESTIONS` different questions share is weak evidence: such n-grams find
    no question that has others, and such characters do not count (`form_weights`).

    Args:
        questions: Questions of all sets.
        ngram: Length in characters of the normal form, at least 8.
    """
    counts: Counter[str] = Counter()
    names: list[tuple[str, str]] = []
    skipped: list[tuple[str, str]] = []
    questions_of: dict[str, list[int]] = {}
    for question in questions:
        counts[question.benchmark] += 1
        is_short = length_of(form := _form(question)) < ngram
        (skipped if is_short else names).append((question.benchmark, question.question_id))
        if not is_short:
            questions_of.setdefault(form, []).append(len(names) - 1)
    forms = forms_of(tuple(questions_of))
    scales = np.array(list(map(scale_of, questions_of)), np.int64)
    return QuestionIndex(
        ngram,
        tuple(names),
        forms.texts,
        tuple(map(tuple, questions_of.values())),
        scales,
        form_weights(forms, scales, ngram),
        forms.starts,
        _seeds(forms, scales, ngram),
        dict(counts),
        tuple(skipped),
    )


def _form(question: Question) -> str:
    stem, *others = map(normal_form, question.texts)
    return BETWEEN.join([stem, *filter(None, others)])


def _least_length(texts: Sequence[str], ngram: int, scale: int) -> float:
    if _is_long(texts, ngram, scale):
        lengths = [length_of(text) for text in texts if len(text) >= ngram * scale]
    else:
        lengths = [length_of(text) for text in texts]
    stem = length_of(texts[0])
    return min(sum(lengths), stem) if stem >= 2 * ngram else sum(lengths)


def _is_long(texts: Sequence[str], ngram: int, scale: int) -> bool:
    """Returns whether a text keeps an n-gram with a word changed."""
    return max(map(len, texts)) >= (2 * ngram + _WORD) * scale


def _seeds(forms: Forms, scales: NDArray[np.int64], ngram: int) -> tuple[Seeds, ...]:
    every = zip(forms.texts, scales.tolist(), strict=True)
    is_long = np.array([_is_long(form.split(BETWEEN), ngram, scale) for form, scale in every], bool)
    made = []
    for scale in SCALES:
        numbers = np.arange(len(forms.texts), dtype=np.uint32)
        made.append(_usable(forms, is_long & (scales == scale), numbers, ngram * scale, scale))
        short = np.flatnonzero(~is_long & (scales == scale)).astype(np.uint32)
        ways = forms_of([way for one in short for way in _ways_of_writing(forms.texts[one])])
        all_ways = np.ones(len(ways.texts), np.bool_)
        made.append(_usable(ways, all_ways, short.repeat(_WAYS), ngram // 2 * scale, scale))
    return tuple(seeds for seeds in made if seeds.hashes.size)


def _ways_of_writing(form: str) -> tuple[str, ...]:
    """Returns a question's texts in one piece: as they are, and all but the stem lettered."""
    stem, *others = form.split(BETWEEN)
    lettered = (letter + text for letter, text in zip(string.ascii_lowercase, others, strict=False))
    return stem + "".join(others), stem + "".join(lettered)


def _usable(
    forms: Forms, of: NDArray[np.bool_], numbers: NDArray[np.uint32], ngram: int, scale: int
) -> Seeds:
    """Returns the n-grams of few questions, and all of questions that have no others."""
    places, hashes = forms.ngrams(ngram, of)
    if scale > 1:
        starts = is_letter(forms.values[places])
        places, hashes = places[starts], hashes[starts]
    owners = numbers[forms.owners[places]]
    is_rare = ~is_common(hashes, owners)
    has_rare = np.bincount(owners, is_rare) > 0
    usable = is_rare | ~has_rare[owners]
    return seeds_of(ngram, hashes[usable], owners[usable], is_latin=scale > 1)
