"""Which word lists a config names, and from when on a document has too much of them."""

import hashlib
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from jingyu.filters.lexicon.engine import Lexicon
from jingyu.filters.lexicon.starter import context_words, starter_lists
from jingyu.filters.lexicon.taxonomy import existing_key, subject_of
from jingyu.filters.lexicon.term_files import read_terms
from jingyu.filters.lexicon.terms import Defaults, TermList, digest
from jingyu.schemas.lexicon import SUBJECTS

Key = Annotated[str, AfterValidator(existing_key)]


def _existing_subject(subject: str) -> str:
    if subject not in SUBJECTS:
        close = get_close_matches(subject, SUBJECTS, n=1)
        hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(SUBJECTS)}"
        raise ValueError(f"`{subject}` is not measured; {hint}")
    return subject


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class WordList(_Settings):
    """A file of terms."""

    path: Path = Field(
        description="Plain text (a term a line, `#` starts a comment, `!` a harmless longer word), "
        "CSV or TSV with column names, or YAML."
    )
    category: Key | None = Field(
        None, description="Category or risk of the terms that do not state their own."
    )
    severity: Literal[1, 2, 3] = Field(
        2,
        description="Of the terms that do not state their own: 1 weak, common in good texts too; "
        "3 so strong that presence alone tells.",
    )


class LexiconSettings(_Settings):
    """Which words are looked for, and how."""

    lists: tuple[WordList, ...] = Field((), description="Lists of your own.")
    starter: bool = Field(
        default=True,
        description="Whether to use the lists that come with Jingyu: commercial spam, gambling, "
        "pornography and fraud.",
    )
    tolerate_symbols: bool = Field(
        default=True,
        description="Whether a term is found with spaces and symbols between its characters.",
    )
    simplify: bool = Field(
        default=True, description="Whether terms and texts match across the two Chinese scripts."
    )
    context_window: int = Field(
        12,
        ge=0,
        le=200,
        description="Characters from a term within which a word that marks law, medicine or "
        "education exempts it; 0 exempts none.",
    )

    @model_validator(mode="after")
    def _names_each_list_once(self) -> Self:
        paths = [listed.path for listed in self.lists]
        repeated = sorted({str(path) for path in paths if paths.count(path) > 1})
        if repeated:
            raise ValueError(f"`lists` names a file twice: {', '.join(repeated)}")
        return self


class Excess(_Settings):
    """From when on a document has too much of a subject: both limits must be passed.

    A share alone would reject a short text for one word, a number of terms alone a long one that
    reports on them.
    """

    subject: Annotated[str, AfterValidator(_existing_subject)] = Field(
        description="What is measured: a key of `schemas.lexicon.SUBJECTS`."
    )
    max_ratio: float = Field(
        0.01, ge=0, le=1, description="Largest share of characters kept, however many the terms."
    )
    max_distinct: int = Field(
        2, ge=0, description="Most different terms kept, however large their share."
    )

    @property
    def signals(self) -> tuple[str, str]:
        """The columns that it looks at: share and number of terms."""
        return f"lexicon_{self.subject}_ratio", f"lexicon_{self.subject}_distinct"

    def rejects(
        self, ratios: NDArray[np.float64], distincts: NDArray[np.int64]
    ) -> NDArray[np.bool_]:
        """Returns, for each document, whether it lies beyond both limits; on one it passes."""
        return np.asarray((ratios > self.max_ratio) & (distincts > self.max_distinct))


RECOMMENDED = tuple(
    Excess(subject=subject) for subject in ("commercial_spam", "gambling", "pornography", "fraud")
)
"""Limits for the starter lists: over 1 % of the characters, in three different terms or more.

Source: own measurement (2026-11) on extracted texts of 3,477 Chinese pages: rejects 104 of 357
pages of doorway and advertising sites and 1 for gambling, 4 of 1,296 pages of mixed sites, none of
1,726 pages of government, schools, reference, blogs, news and literature; none of 1,500 abstracts.
"""


def configured_lists(settings: LexiconSettings) -> tuple[TermList, ...]:
    """Returns the terms that settings name, starter lists first.

    Raises:
        LexiconError: A file cannot be read or used.
    """
    own = [
        read_terms(listed.path, Defaults(listed.category, listed.severity))
        for listed in settings.lists
    ]
    return (*(starter_lists() if settings.starter else ()), *own)


def configured_subjects(settings: LexiconSettings) -> tuple[str, ...]:
    """Returns the keys of `SUBJECTS` that settings name a list for, in their order.

    Raises:
        LexiconError: A file cannot be read or used.
    """
    categories = {term.category for listed in configured_lists(settings) for term in listed.terms}
    found = {subject_of(category) for category in categories}
    return tuple(subject for subject in SUBJECTS if subject in found)


def lexicon_digest(settings: LexiconSettings) -> str:
    """Returns a SHA-256 in hexadecimal of all words that settings name, marks of contexts too.

    With the settings themselves it determines what is found.

    Raises:
        LexiconError: A file cannot be read or used.
    """
    marks = sorted(
        f"{context}\t{word}" for context, words in context_words().items() for word in words
    )
    parts = (digest(configured_lists(settings)), *marks)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def lexicon_of(settings: LexiconSettings) -> Lexicon | None:
    """Returns the lexicon that settings name; None if they name no list.

    Raises:
        LexiconError: A file cannot be read or used.
        ValueError: The words have too many different characters.
    """
    lists = configured_lists(settings)
    if not lists:
        return None
    return Lexicon(
        lists,
        context_words(),
        tolerate_symbols=settings.tolerate_symbols,
        simplify=settings.simplify,
        context_window=settings.context_window,
    )
