"""Terms of word lists, and how a file of them is read."""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from filters.lexicon.characters import Kind, kind_of
from filters.lexicon.folding import folded_each
from filters.lexicon.taxonomy import existing_key

_COLUMNS = ("term", "category", "severity", "exempt")
_DELIMITERS = {".csv": ",", ".tsv": "\t"}
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


def read_terms(path: Path, defaults: Defaults) -> TermList:
    """Returns the terms of a file: `.csv`, `.tsv`, `.yaml`, `.yml`, any other as plain text.

    Raises:
        LexiconError: The file cannot be read or a term in it cannot be used.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise LexiconError(f"{path}: cannot be read ({reason}); check the path") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise LexiconError(f"{path}:{line}: is not UTF-8; save the file as UTF-8") from error
    return parse_terms(text, str(path), defaults)


def parse_terms(text: str, name: str, defaults: Defaults) -> TermList:
    """Returns the terms of a file's text; the end of its name tells the format.

    Plain text has a term a line; `#` starts a comment, and a line that starts with `!` is a
    harmless longer word. CSV and TSV begin with a line of column names: `term`, then any of
    `category`, `severity` and `exempt` (words parted by `|`). For YAML see `parse_yaml`.

    Raises:
        LexiconError: A term cannot be used, or there is none; all such lines are named.
    """
    suffix = Path(name).suffix.lower()
    if suffix in {".yaml", ".yml"}:
        from filters.lexicon.yaml_terms import parse_yaml

        return parse_yaml(text, name, defaults)
    if suffix in _DELIMITERS:
        return checked(_table_rows(text, name, _DELIMITERS[suffix]), (), name, defaults)
    lines = [
        (number, bare)
        for number, line in enumerate(text.splitlines(), 1)
        if (bare := line.partition("#")[0].strip())
    ]
    rows = [Row(number, line) for number, line in lines if not line.startswith("!")]
    harmless = [line[1:].strip() for _, line in lines if line.startswith("!")]
    return checked(rows, harmless, name, defaults)


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


def digest(lists: Sequence[TermList]) -> str:
    """Returns a SHA-256 in hexadecimal of what lists mean: not of order, comments or format."""
    terms = [term for words in lists for term in words.terms]
    keys = folded_each(term.text for term in terms)
    lines = {
        "\t".join((term.category, str(term.severity), key, *sorted(folded_each(term.exempt))))
        for term, key in zip(terms, keys, strict=True)
    }
    lines |= {f"!{word}" for words in lists for word in folded_each(words.harmless)}
    return hashlib.sha256("\n".join(sorted(lines)).encode("utf-8", "surrogatepass")).hexdigest()


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


def _table_rows(text: str, name: str, delimiter: str) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] | None = None
    rows = []
    try:
        for cells in reader:
            line, stripped = reader.line_num, [cell.strip() for cell in cells]
            if not any(stripped) or stripped[0].startswith("#"):
                continue
            if header is None:
                header = _header(stripped, f"{name}:{line}")
            elif len(stripped) > len(header):
                raise LexiconError(
                    f"{name}:{line}: {len(stripped)} cells under {len(header)} column names; put a "
                    "cell that holds the delimiter in double quotes"
                )
            else:
                rows.append(_row(line, dict(zip(header, stripped, strict=False))))
    except csv.Error as error:
        raise LexiconError(f"{name}:{reader.line_num}: {error}; check the quotes") from error
    return rows


def _header(cells: list[str], place: str) -> list[str]:
    unknown = [cell for cell in cells if cell not in _COLUMNS]
    if "term" not in cells or unknown or len(set(cells)) < len(cells):
        raise LexiconError(
            f"{place}: the first line names the columns: term, and any of "
            f"{', '.join(_COLUMNS[1:])}, each once; found {', '.join(cells)}"
        )
    return cells


def _row(line: int, cells: dict[str, str]) -> Row:
    exempt = tuple(word.strip() for word in cells.get("exempt", "").split("|") if word.strip())
    return Row(line, cells["term"], cells.get("category", ""), cells.get("severity", ""), exempt)
