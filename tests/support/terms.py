"""Lexicons for tests: a few terms, named where the test is."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from jingyu.filters.lexicon.engine import Found, Lexicon, Places
from jingyu.filters.lexicon.terms import Term, TermList
from jingyu.filters.rule import Rule
from jingyu.pipeline.config.built_in import find_config
from jingyu.pipeline.config.config import load_config


class Hit(NamedTuple):
    """A place of a term in a text."""

    start: int
    """First character."""
    end: int
    """Character after the last; signs put between are within."""
    term: Term
    subject: str
    """Key of `schemas.lexicon.SUBJECTS` that it is measured under."""


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
    return [text[hit.start : hit.end] for hit in hits_of(lexicon.find(text))]


def words_exempt(found: Found, text: str) -> list[str]:
    """Returns what stands at the places that do not count."""
    return [text[hit.start : hit.end] for hit in exempt_hits_of(found)]


def word_rules() -> tuple[Rule, ...]:
    """Returns the rules of `web_zh` on what word lists find: the limits for the starter lists."""
    rules = load_config(find_config("web_zh")).rules
    return tuple(rule for rule in rules if rule.signal.startswith("lexicon_"))


def hits_of(found: Found) -> list[Hit]:
    """Returns the places that count, as they stand in the text."""
    return _hits(found.counted, found)


def exempt_hits_of(found: Found) -> list[Hit]:
    """Returns the places that do not count, as they stand in the text."""
    return _hits(found.exempt, found)


def _hits(places: Places, found: Found) -> list[Hit]:
    positions = found.folded.positions
    starts, lasts = positions[places.starts].tolist(), positions[places.ends - 1].tolist()
    senses = [found.senses.rows[row] for row in places.senses.tolist()]
    return [
        Hit(start, last + 1, sense.term, sense.subject)
        for start, last, sense in zip(starts, lasts, senses, strict=True)
    ]
