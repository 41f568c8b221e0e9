"""The word lists that come with Jingyu."""

import functools
from importlib.resources import files

from jingyu.filters.lexicon.folding import folded_each
from jingyu.filters.lexicon.taxonomy import CATEGORIES
from jingyu.filters.lexicon.term_files import plain_rows
from jingyu.filters.lexicon.terms import Term, TermList
from jingyu.schemas.lexicon import CONTEXTS


@functools.cache
def starter_lists() -> tuple[TermList, ...]:
    """Returns the starter list of each of our own categories, in the order of `CATEGORIES`.

    They are what `parse_terms` makes of the files, as a test makes sure: so they are not checked
    again in each process.
    """
    return tuple(_starter_list(category.key) for category in CATEGORIES)


def _starter_list(category: str) -> TermList:
    rows, harmless = plain_rows(_text(f"{category}.txt"))
    terms = tuple(Term(row.term, category) for row in rows)
    return TermList(terms, tuple(dict.fromkeys(harmless)))


@functools.cache
def context_words() -> dict[str, tuple[str, ...]]:
    """Returns the words that mark each kind of context."""
    return {context: _context_words(_text(f"context_{context}.txt")) for context in CONTEXTS}


def _context_words(text: str) -> tuple[str, ...]:
    words = [line.partition("#")[0].strip() for line in text.splitlines()]
    forms = zip(words, folded_each(words), strict=True)
    return tuple(dict.fromkeys(word for word, form in forms if form))


def _text(name: str) -> str:
    return files("jingyu.configs").joinpath("lists", "lexicon", name).read_text("utf-8")
