"""Which word lists a config names, and how their words are looked for."""

import functools
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from jingyu.filters.lexicon.engine import Lexicon
from jingyu.filters.lexicon.starter import context_words, starter_lists
from jingyu.filters.lexicon.taxonomy import CATEGORIES, existing_key, subject_of
from jingyu.filters.lexicon.term_files import read_terms
from jingyu.filters.lexicon.terms import Defaults, TermList
from jingyu.schemas.lexicon import SUBJECTS

Key = Annotated[str, AfterValidator(existing_key)]


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
    own = configured_lists(settings.model_copy(update={"starter": False}))
    categories = {term.category for listed in own for term in listed.terms}
    if settings.starter:  # a list for each, which need not be read to know that
        categories |= {category.key for category in CATEGORIES}
    found = {subject_of(category) for category in categories}
    return tuple(subject for subject in SUBJECTS if subject in found)


@functools.cache
def lexicon_of(settings: LexiconSettings) -> Lexicon | None:
    """Returns the lexicon that settings name, made ready once; None if they name no list.

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
