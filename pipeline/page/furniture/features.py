"""What is measured on each line of a text without markup."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jingyu.filters.lazy_pattern import lazy_pattern
from jingyu.pipeline.page.extract.markup import CLOSING
from jingyu.pipeline.page.extract.phrases import PHRASES, phrases_in
from jingyu.pipeline.page.extract.trees import Floats
from jingyu.pipeline.page.furniture.signs import Sign, Signs, is_one_of
from jingyu.pipeline.page.furniture.stretches import (
    Values,
    block,
    distances,
    same,
    shifted,
    windows,
)

_LONGEST_WITH_PHRASES = 120
_SENTENCE = 15
_PARAGRAPH = 25
_NEAR, _FAR = 3, 12
_COST = 12
_LONGEST_TITLE = 200
_SHORTEST_PART = 4
_HEADING = (7, 44)
_LONGEST_MARKER = 30
_MARKERS = ("share", "neighbours", "offers", "legal", "stated", "place", "account")
_DATE = lazy_pattern(
    r"\d(?:\d{0,3}[-/.年]\d{1,2}(?:[-/.月]|\b)|:\d\d"
    r"|[^\S\n]?(?:[人次条條篇]|评论|阅读|赞|回复|views))"
)
_LINE = (
    *("log_length", "ends", "pauses", "parts", "spaces", "other", "han", "digits", "letters"),
    *("function", "closed", "colon", "repeated", "in_first", "first_char"),
)
_AROUND = ("log_length", "ends", "pauses", "function", "closed", "prose")
_NEIGHBOURS = (-2, -1, 1, 2)
_PLACES = (
    *("place", "lines_before", "lines_after", "length_before", "prose_before"),
    *("near_prose", "near_length", "far_prose", "far_length", "far_phrases", "near_phrases"),
    *("since_prose", "until_prose", "same_length", "same_start"),
    *("in_block", "from_block"),
    *("dated", "near_dated", "far_dated", "near_headings", "far_headings"),
    *(f"{where}_{name}" for name in _MARKERS for where in ("since", "until")),
)
_TEXT = ("text_lines", "text_length", "text_prose")
_SINCE_PROSE = _PLACES.index("since_prose")
_FIRST_PLACE = len(_LINE) + len(_NEIGHBOURS) * len(_AROUND)
_ENDS, _PAUSES, _HAN = map(_LINE.index, ("ends", "pauses", "han"))
_AROUND_OF_LINE = [_LINE.index(name) for name in _AROUND[:-1]]
# The signs that the counts of `_LINE` are of, in their order.
_COUNTED: tuple[tuple[Sign, ...], ...] = (
    *((Sign.END,), (Sign.PAUSE,), (Sign.PART,), (Sign.SPACE,), (Sign.OTHER,)),
    *((Sign.HAN, Sign.FUNCTION), (Sign.DIGIT,), (Sign.LETTER,), (Sign.FUNCTION,)),
)
_FIRST_CHARS = "([（【·•-◆■●★※"
_MARKED = [PHRASES.index(name) for name in _MARKERS]
COLUMNS = (
    *_LINE,
    *(f"{name}{by:+d}" for by in _NEIGHBOURS for name in _AROUND),
    *_PLACES,
    *_TEXT,
    *(f"phrase_{name}" for name in PHRASES),
)
"""What the first look sees of a line: the line, its neighbours, where it stands, the text, set
phrases. *Prose* are the characters of lines that look like sentences; the *block* is the stretch of
lines with most prose for the lines between that are none."""
CONTEXT = (
    *("likely", *(f"likely{by:+d}" for by in _NEIGHBOURS)),
    *("near_likely", "far_likely", "text_likely", "likely_before", "likely_after"),
    *("in_likely_block", "from_likely_block", "likeliest"),
)
"""What the second look sees beyond it: what the first one said of the lines around."""


class Measured(NamedTuple):
    """A row per line."""

    matrix: Floats
    """Columns as in `COLUMNS`, each in one piece."""
    lengths: Floats


def measure_lines(lines: Sequence[str]) -> Measured:
    """Returns a row of `COLUMNS` per line; there is at least one, and none is empty."""
    signs, joined = Signs(lines), "\n".join(lines)
    lengths = signs.length.astype(np.float32)
    # Most texts have few lines: each array more would cost more than what it holds.
    matrix = np.empty((len(COLUMNS), len(lines)), np.float32)
    of_line = matrix[: len(_LINE)]
    closed = _write_lines(of_line, lines, signs, lengths)
    is_prose = (lengths >= _PARAGRAPH) & (of_line[_ENDS] + of_line[_PAUSES] > 0)
    is_prose |= (lengths >= _SENTENCE) & closed & (of_line[_HAN] > 0)
    prose = lengths * is_prose
    starts = np.cumsum(signs.length + 1)
    phrases = _phrases(joined, signs.length, starts)
    dated = _dated(joined, starts)
    around = np.concatenate((of_line[_AROUND_OF_LINE], is_prose[np.newaxis]), dtype=np.float32)
    _write_neighbours(matrix[len(_LINE) : _FIRST_PLACE], around)
    is_marker = (phrases[_MARKED] > 0) & (lengths <= _LONGEST_MARKER)
    next_to = distances(np.concatenate(((prose > 0)[np.newaxis], is_marker)))
    rows = _places(signs, lengths, prose, (phrases.max(axis=0), dated, _headings(lengths, closed)))
    before, after = rows[:_SINCE_PROSE], rows[_SINCE_PROSE:]
    rest = (*next_to[:2], *after, *next_to[2:], *_of_text(lengths, prose))
    for place, row in enumerate((*before, *rest), _FIRST_PLACE):
        matrix[place] = row
    matrix[-len(PHRASES) :] = phrases
    return Measured(matrix.T, lengths)


def with_context(measured: Measured, probability: Floats) -> Floats:
    """Returns the rows of the first look, each with what it said of the lines around."""
    lengths = measured.lengths
    mass = probability * lengths
    so_far, whole = np.cumsum(mass), max(float(mass.sum()), 1.0)
    stretch = block(mass - (1 - probability) * (lengths * 0.5 + _COST))
    rows = [
        probability,
        *(shifted(probability[np.newaxis], by)[0] for by in _NEIGHBOURS),
        *(each[0] / each[1] for each in windows((mass, lengths), _NEAR, _FAR)),
        np.full(len(lengths), mass.sum() / lengths.sum()),
        (so_far - mass) / whole,
        1 - so_far / whole,
        *stretch,
        np.full(len(lengths), probability.max()),
    ]
    more = np.stack(rows).astype(np.float32)
    return np.concatenate((measured.matrix.T, more)).T


def _write_lines(
    of_line: Floats, lines: Sequence[str], signs: Signs, lengths: Floats
) -> NDArray[np.bool_]:
    """Writes the rows of `_LINE`; returns which lines end as sentences do."""
    first = "".join(lines[0].split()) if len(lines[0]) <= _LONGEST_TITLE else ""
    closed = is_one_of(signs.last, CLOSING)
    of_line[0] = np.log1p(lengths)
    of_line[1 : len(_COUNTED) + 1] = signs.counts(_COUNTED) / lengths
    of_line[len(_COUNTED) + 1 :] = (
        closed,
        is_one_of(signs.last, ":："),
        _repeated(lines),
        _in_first(lines, first),
        _flags([line[0].isdigit() or line[0] in _FIRST_CHARS for line in lines]),
    )
    return closed


def _write_neighbours(block: Floats, around: Floats) -> None:
    """Writes what is around of the lines so many later, -1 where there is none."""
    count = around.shape[1]
    block.fill(-1)
    for place, by in enumerate(_NEIGHBOURS):
        rows = block[place * len(around) : (place + 1) * len(around)]
        if abs(by) < count:
            rows[:, max(0, -by) : count - max(0, by)] = around[:, max(0, by) : count - max(0, -by)]


def _flags(values: Sequence[bool]) -> Floats:
    return np.array(values, np.float32)


def _repeated(lines: Sequence[str]) -> Floats:
    """Returns how often each line stands in the text, at most four times."""
    if len(set(lines)) == len(lines):
        return np.ones(len(lines), np.float32)
    counts = Counter(lines)
    return np.array([min(counts[line], 4) for line in lines], np.float32)


def _in_first(lines: Sequence[str], first: str) -> Floats:
    """Returns which lines are part of the first; a shorter one is a word."""
    if not first:
        return np.zeros(len(lines), np.float32)
    return _flags(
        [
            line[-1] in first and len(line) >= _SHORTEST_PART and "".join(line.split()) in first
            for line in lines
        ]
    )


def _dated(joined: str, starts: NDArray[np.int64]) -> Floats:
    """Returns which lines hold a date or a count; `starts` says where the line after each does."""
    dated = np.zeros(len(starts), np.float32)
    places = [found.start() for found in _DATE.finditer(joined)]
    if places:
        dated[starts.searchsorted(places, "right")] = 1
    return dated


def _phrases(joined: str, lengths: NDArray[np.int64], starts: NDArray[np.int64]) -> Floats:
    """Returns a row per sort of phrases: which lines hold one; a long line is a text."""
    found = np.zeros((len(PHRASES), len(lengths)), np.float32)
    places = phrases_in(joined)
    if places:
        at, bits = np.array(places, np.int64).T
        line = starts.searchsorted(at, "right")
        is_short = lengths.take(line) <= _LONGEST_WITH_PHRASES
        found[np.log2(bits).astype(np.int64)[is_short], line[is_short]] = 1
    return found


def _places(
    signs: Signs, lengths: Floats, prose: Floats, around: tuple[Floats, Floats, Floats]
) -> list[Values]:
    """Returns where lines stand, and what stands around them: phrases, dates, headings."""
    count = len(lengths)
    order = np.arange(count)
    total, of_prose = lengths.sum(), max(float(prose.sum()), 1.0)
    alike = (same(lengths), same(signs.first))
    near, far = windows((prose, lengths, *around, *alike), _NEAR, _FAR)
    logs = np.log1p(order)
    return [
        order / count,
        logs,
        logs[::-1],
        (np.cumsum(lengths) - lengths) / total,
        (np.cumsum(prose) - prose) / of_prose,
        *(part for each in (near, far) for part in (each[0] / each[1], np.log1p(each[1]))),
        far[2],
        near[2],
        *near[5:],
        *block(np.where(prose > 0, prose, -lengths * 0.5 - _COST)),
        around[1],
        near[3],
        far[3],
        near[4],
        far[4],
    ]


def _headings(lengths: Floats, closed: NDArray[np.bool_]) -> Floats:
    """Returns which lines may be headings."""
    is_heading = (lengths >= _HEADING[0]) & (lengths <= _HEADING[1]) & ~closed
    headings: Floats = is_heading.astype(np.float32)
    return headings


def _of_text(lengths: Floats, prose: Floats) -> tuple[np.floating, np.floating, np.floating]:
    """Returns what all lines have in common."""
    total = lengths.sum()
    return np.log1p(len(lengths)), np.log1p(total), prose.sum() / total
