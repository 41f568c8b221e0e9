"""Terms of word lists, and which of them can be used."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from jingyu.filters.lexicon.characters import Kind, kind_of
from jingyu.filters.lexicon.folding import folded_each
from jingyu.filters.lexicon.taxonomy import existing_key

_PARTING = frozenset("\t\n,，、;；")
_SHOWN = 20
_LONGEST = 64


class LexiconError(ValueError):
    """A word list that cannot be used; each line names file, line, what is wrong and the fix."""


@dataclass(frozen=True)
class Term:
    """A word or phrase to look for.

    Attributes:
        text: As the list has it.
        category: A key of `taxonomy.KEYS`.
        severity: 1 (weak: common in good texts too), 2, or 3 (presence alone tells).
        exempt: Words that speak for a harmless use: longer words that the term stands in, or
            words near it.
    """

    text: str
    category: str
    severity: int = 2
    exempt: tuple[str, ...] = ()


@dataclass(frozen=True)
class TermList:
    """What a file of terms holds.

    Attributes:
        terms: In the order of the file, none twice in a category.
        harmless: Longer words that hold a term and mean no harm; they exempt every term.
    """

    terms: tuple[Term, ...]
    harmless: tuple[str, ...] = ()


@dataclass(frozen=True)
class Defaults:
    """What terms are that do not say it themselves.

    Attributes:
        category: A key of `taxonomy.KEYS`; None if each term must say.
        severity: 1 to 3.
    """

    category: str | None = None
    severity: int = 2


@dataclass(frozen=True)
class Row:
    """A term as its file states it; empty cells take the defaults."""

    line: int
    term: str
    category: str = ""
    severity: str = ""
    exempt: tuple[str, ...] = ()


def checked(
    rows: Iterable[Row], harmless: Iterable[str], name: str, defaults: Defaults
) -> TermList:
    """Returns the terms of rows.

    Raises:
        LexiconError: A row cannot be used, or there is none; each is named with its line.
    """
    rows, harmless = list(rows), list(harmless)
    errors: list[str] = []
    terms: dict[tuple[str, str], Term] = {}
    for row, key in zip(rows, folded_each(row.term for row in rows), strict=True):
        problems = list(_problems(row, key, defaults))
        errors += (f"{name}:{row.line}: {problem}" for problem in problems)
        if not problems:
            category = row.category or defaults.category or ""
            term = Term(row.term, category, int(row.severity or defaults.severity), row.exempt)
            terms.setdefault((category, key), term)
    errors += (f"{name}: {problem}" for problem in _exempt_problems(harmless))
    if not (terms or errors):
        errors.append(f"{name}:1: holds no term; write one a line or take the list out")
    if errors:
        more = [f"… and {len(errors) - _SHOWN} more"] if len(errors) > _SHOWN else []
        raise LexiconError("\n".join([*errors[:_SHOWN], *more]))
    return TermList(tuple(terms.values()), tuple(dict.fromkeys(harmless)))


def _problems(row: Row, key: str, defaults: Defaults) -> Iterator[str]:
    if problem := _problem_of(row.term, key):
        yield problem
    yield from _exempt_problems(row.exempt)
    if row.severity and row.severity not in {"1", "2", "3"}:
        yield f"severity is `{row.severity}`; write 1, 2 or 3"
    if not (row.category or defaults.category):
        yield f"`{row.term}` has no category; give it one, or give one for the whole list"
    elif row.category:
        try:
            existing_key(row.category)
        except ValueError as error:
            yield str(error)


def _problem_of(text: str, key: str) -> str | None:
    if not key:
        return f"nothing is left of `{text}` without spaces and symbols; take the line out"
    if len(key) == 1:
        return f"`{text}` is one character and stands in countless words; list these words instead"
    if not _PARTING.isdisjoint(text):
        return f"`{text}` looks like several terms; write one a line, or name the file .csv or .tsv"
    if len(key) > _LONGEST:
        return f"a term has at most {_LONGEST} characters, this one {len(key)}; shorten it"
    if Kind.SYMBOL in (kind_of(text[0]), kind_of(text[-1])):
        return f"`{text}` begins or ends with a sign that matching passes over; leave it out"
    return None


def _exempt_problems(words: Sequence[str]) -> list[str]:
    """Returns what is wrong with words that exempt."""
    return [
        f"`{word}` exempts nothing; write a word of two characters or more"
        for word, key in zip(words, folded_each(words), strict=True)
        if len(key) < 2  # noqa: PLR2004 (as of a term)
    ]
