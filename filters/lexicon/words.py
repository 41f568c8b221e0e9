"""What each word of word lists is to the engine."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jingyu.filters.lexicon.characters import Kind, kind_of
from jingyu.filters.lexicon.taxonomy import contexts_of, subject_of
from jingyu.filters.lexicon.terms import Term, TermList
from jingyu.schemas.lexicon import SUBJECTS

Fold = Callable[[Iterable[str]], list[str]]


class Sense(NamedTuple):
    """What a word is as a term of one list."""

    term: Term
    word: str
    """The term, folded."""
    subject: str
    """Key of `schemas.lexicon.SUBJECTS` that it is measured under."""
    contexts: tuple[str, ...]
    """Kinds of context in which it does not count."""
    named: tuple[str, ...]
    """Folded words that exempt it: around it or near."""


@dataclass(frozen=True, eq=False)
class Senses:
    """The senses of all words, a row each: those of a word stand together.

    Attributes:
        rows: The senses.
        first: For each word, its first row.
        count: For each word, its rows.
        subjects: For each row, the place of its subject in `SUBJECTS`.
        severities: For each row, the severity of its term.
        contexts: For each row, the place of its contexts in `context_sets`.
        context_sets: Each combination of contexts that there is.
        has_named: For each row, whether its term names words that exempt it.
    """

    rows: list[Sense]
    first: NDArray[np.int64]
    count: NDArray[np.int64]
    subjects: NDArray[np.int64]
    severities: NDArray[np.int64]
    contexts: NDArray[np.int64]
    context_sets: list[tuple[str, ...]]
    has_named: NDArray[np.bool_]


@dataclass(slots=True)
class Word:
    """All that one word is: a term, a harmless longer word, a mark of a context, or several."""

    text: str
    """Folded."""
    first: Kind | None
    """Kind of its first character if that must not continue a longer word or number."""
    last: Kind | None
    senses: list[Sense] = field(default_factory=list)
    is_harmless: bool = False
    is_named: bool = False
    """Whether a term names it as exempting."""
    context: str | None = None

    @property
    def is_only_term(self) -> bool:
        """Whether it is nothing but a term, and stands wherever its characters do."""
        is_other = self.is_harmless or self.is_named or self.context is not None
        return not is_other and self.first is None and self.last is None

    def goes_on(self, kinds: bytes, start: int, end: int) -> bool:
        """Returns whether the place is a part of a longer word or number."""
        return (self.first is not None and start > 0 and kinds[start - 1] == self.first) or (
            self.last is not None and end < len(kinds) and kinds[end] == self.last
        )

    def add(self, sense: Sense) -> None:
        """Adds what it is in one list; of two for a subject the more severe stays."""
        for index, known in enumerate(self.senses):
            if known.subject == sense.subject:
                if sense.term.severity > known.term.severity:
                    self.senses[index] = sense
                return
        self.senses.append(sense)


def words_of(
    lists: Sequence[TermList], contexts: Mapping[str, Sequence[str]], fold: Fold
) -> dict[str, Word]:
    """Returns all words of lists and contexts by their folded form.

    Raises:
        ValueError: Nothing is left of a word when it is folded.
    """
    texts = [term.text for listed in lists for term in listed.terms]
    texts += [text for listed in lists for term in listed.terms for text in term.exempt]
    texts += [text for listed in lists for text in listed.harmless]
    texts += [text for listed in contexts.values() for text in listed]
    forms = fold(texts)
    if not all(forms):
        raise ValueError(f"nothing is left of `{texts[forms.index('')]}`; take it out of its list")
    words = {form: Word(form, _edge(form[0]), _edge(form[-1])) for form in forms}
    for listed in lists:
        for term, form in zip(listed.terms, fold(term.text for term in listed.terms), strict=True):
            words[form].add(_sense(term, form, words, fold))
        for form in fold(listed.harmless):
            words[form].is_harmless = True
    for context, marks in contexts.items():
        for form in fold(marks):
            words[form].context = context
    return words


def senses_of(words: Iterable[Word]) -> Senses:
    """Returns the senses of words, in their order."""
    listed = list(words)
    rows = [sense for word in listed for sense in word.senses]
    counts = np.array([len(word.senses) for word in listed], np.int64)
    sets = list(dict.fromkeys(sense.contexts for sense in rows))
    subjects = {subject: place for place, subject in enumerate(SUBJECTS)}
    return Senses(
        rows=rows,
        first=np.cumsum(counts) - counts,
        count=counts,
        subjects=np.array([subjects[sense.subject] for sense in rows], np.int64),
        severities=np.array([sense.term.severity for sense in rows], np.int64),
        contexts=np.array([sets.index(sense.contexts) for sense in rows], np.int64),
        context_sets=sets,
        has_named=np.array([bool(sense.named) for sense in rows], np.bool_),
    )


def _sense(term: Term, form: str, words: dict[str, Word], fold: Fold) -> Sense:
    named = tuple(fold(term.exempt)) if term.exempt else ()
    for name in named:
        words[name].is_named = True
    return Sense(term, form, subject_of(term.category), contexts_of(term.category), named)


def _edge(character: str) -> Kind | None:
    kind = kind_of(character)
    return kind if kind in {Kind.LETTER, Kind.DIGIT} else None
