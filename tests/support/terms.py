"""Lexicons for tests: a few terms, named where the test is."""

from collections.abc import Mapping, Sequence
from typing import Any

from jingyu.filters.lexicon.engine import Found, Lexicon
from jingyu.filters.lexicon.terms import Term, TermList


def make_lexicon(
    *terms: str | Term,
    harmless: Sequence[str] = (),
    contexts: Mapping[str, Sequence[str]] | None = None,
    category: str = "gambling",
    **options: Any,
) -> Lexicon:
    """Returns a lexicon of terms, those given as words in one category."""
    listed = tuple(t if isinstance(t, Term) else Term(t, category) for t in terms)
    return Lexicon([TermList(listed, tuple(harmless))], contexts, **options)


def words_found(lexicon: Lexicon, text: str) -> list[str]:
    """Returns what stands at the places that count."""
    return [text[hit.start : hit.end] for hit in lexicon.find(text).hits]


def words_exempt(found: Found, text: str) -> list[str]:
    """Returns what stands at the places that do not count."""
    return [text[hit.start : hit.end] for hit in found.exempt_hits]
