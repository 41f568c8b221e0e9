"""The passages of documents that many others have, and whether a document keeps its copies."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jingyu.filters.code import programs_in
from jingyu.filters.lazy_pattern import lazy_pattern
from jingyu.pipeline.steps.clean.lines.lines import Lines
from jingyu.pipeline.steps.clean.passages.windows import Windows

Range = tuple[int, int]

_CLAUSE = lazy_pattern("[\u3400-\u9fff\U00020000-\U000323af]+")
_LEAD = lazy_pattern("[：:][\\s\u3000]*\\Z")
_LINES_OF_VERSE = 4
_VERSE = ({4}, {5}, {7})
_ROW_OR_FORMULA = lazy_pattern(r"^(?:\|.*|.*\t.*)$|[\\$]", re.MULTILINE)

_OF_ROWS_AND_FORMULAS = "|\t\\$"


class Passage(NamedTuple):
    """A passage of a document: sentences in a row, each within a window that many documents have.

    Attributes:
        sentences: Their numbers.
        documents: How many documents have the most frequent of its windows.
        holders: Names of the documents in which a window of it stays, ascending.
    """

    sentences: NDArray[np.int64]
    documents: int
    holders: tuple[int, ...]


def passages_in(
    text: str, sentences: Lines, windows: Windows, told: NDArray[np.void], min_han: int
) -> Iterator[Passage]:
    """Yields the passages of a text, in order.

    What stands in programs, in rows of tables or has formulas is part of none, nor is what leads
    over to the text behind it with a colon, and what is left has to be long enough. A sentence by
    itself with which a text begins is what it is about, such as the question of an answer, and no
    passage; neither is verse, which is quoted. One passage that follows another without a sentence
    between is no other one.

    Args:
        text: The text.
        sentences: Its sentences that may be part of one, in order.
        windows: Windows of them that many documents have; they name sentences by their place among
            these.
        told: What is known of each window, `REPEATED`.
        min_han: Fewest Han of a passage.
    """
    depth = np.zeros(len(sentences.hashes) + 1, np.int64)
    np.add.at(depth, windows.firsts, 1)
    np.add.at(depth, windows.lasts + 1, -1)
    is_covered = np.cumsum(depth)[:-1] > 0
    covered = np.flatnonzero(is_covered & ~touches(sentences, _left_alone(text)))
    for covered_run in np.split(covered, np.flatnonzero(np.diff(covered) > 1) + 1):
        run = _without_lead(text, sentences, covered_run)
        is_title = run.size == 1 and run[0] == 0
        if is_title or sentences.han_counts[run].sum() < min_han or _is_verse(text, sentences, run):
            continue
        here = told[(windows.firsts <= run[-1]) & (windows.lasts >= run[0])]
        holders = np.unique(here["holder"]).tolist()
        yield Passage(run, int(here["documents"].max()), tuple(holders))


def places_of(text: str, sentences: Lines) -> list[Range]:
    """Returns where sentences stand in their text, without the line ends behind them."""
    places = zip(sentences.starts.tolist(), sentences.ends.tolist(), strict=True)
    return [(start, end - text.endswith("\n", start, end)) for start, end in places]


def touches(sentences: Lines, ranges: Sequence[Range]) -> NDArray[np.bool_]:
    """Returns which sentences of a text have a character in a range of it."""
    if not ranges:
        return np.zeros(len(sentences.hashes), np.bool_)
    starts, ends = np.sort(np.array(ranges, np.int64).reshape(-1, 2), axis=0).T
    begun = np.searchsorted(starts, sentences.ends)
    return np.asarray(begun > np.searchsorted(ends, sentences.starts, "right"))


def _without_lead(text: str, sentences: Lines, run: NDArray[np.int64]) -> NDArray[np.int64]:
    """Returns sentences in a row without those at their end that lead over to what follows."""
    while run.size and _LEAD.search(text, *places_of(text, sentences.of(run[-1:]))[0]):
        run = run[:-1]
    return run


def _is_verse(text: str, sentences: Lines, run: NDArray[np.int64]) -> bool:
    """Returns whether sentences in a row are four clauses or more of one length that verse has."""
    parts = (text[start:end] for start, end in places_of(text, sentences.of(run)))
    lengths = [len(each) for part in parts for each in _CLAUSE.findall(part)]
    return len(lengths) >= _LINES_OF_VERSE and set(lengths) in _VERSE


def _left_alone(text: str) -> list[Range]:
    """Returns what may not leave a text, whoever else has it: programs, tables, formulas."""
    # Most texts have none of the characters that the expression looks for, line by line.
    has_some = any(sign in text for sign in _OF_ROWS_AND_FORMULAS)
    found = _ROW_OR_FORMULA.finditer(text) if has_some else ()
    return [*programs_in(text), *(each.span() for each in found)]
