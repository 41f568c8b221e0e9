"""What is measured on each line of a page, before anything is known of its text."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipeline.text.extraction.characters import Counted, Floats, Indices, count_characters
from pipeline.text.extraction.containers import (
    CONTAINER_COLUMNS,
    Containers,
    Sums,
    container_columns,
    containers_of,
)
from pipeline.text.extraction.hints import NAMES
from pipeline.text.extraction.markup import Markup
from pipeline.text.extraction.phrases import PHRASES, phrases_in

_LONGEST_WITH_PHRASES = 120
_FURNITURE = 0b1111
_LONGEST_FURNITURE = 80
_LINK = 0.5
_SENTENCE_MARKS = 2
"""Of which one that ends a sentence counts three."""
_SHORTEST_SENTENCE = 12
_FAIR_LENGTH = 25
_WINDOW = 4
_PHRASE_BITS = np.arange(len(PHRASES))
_HINT_BITS = np.arange(len(NAMES))

_LINE = (
    *("log_length", "link", "ends", "pauses", "punctuation", "han", "digits", "letters"),
    *("closed", "kind", "repeated", "title", "since_title"),
)
_PAGE = (
    *("page_lines", "page_length", "page_sentences", "page_sentence_share", "page_link_share"),
    *("place", "length_before", "sentences_before", "depth"),
)
_AROUND = (
    *("log_length_before", "link_before", "punctuation_before"),
    *("log_length_after", "link_after", "punctuation_after"),
    *("window_sentences", "window_links", "window_length", "sentence_before", "sentence_after"),
)
COLUMNS = (
    *_LINE,
    *_PAGE,
    *_AROUND,
    *CONTAINER_COLUMNS,
    *(f"phrase_{name}" for name in PHRASES),
    *(f"hint_{name}" for name in NAMES),
)


class Measured(NamedTuple):
    """A row per line, and what the second look needs again."""

    matrix: Floats
    """Columns as in `COLUMNS`."""
    lengths: Floats
    containers: Containers


class _Lines(NamedTuple):
    """The lines of a page, one value each."""

    counted: Counted
    linked: Floats
    link: Floats
    log_length: Floats
    punctuation: Floats
    is_sentence: NDArray[np.bool_]
    phrases: Indices
    sums: Sums


def measure_lines(markup: Markup, title: str | None) -> Measured:
    """Returns a row of `COLUMNS` per line of a page, which has at least one."""
    texts = markup.lines.text
    lines = _lines(markup, texts)
    containers = containers_of(markup)
    depth = containers.depth[containers.node]
    columns = (
        *_line_columns(markup, texts, lines, title),
        *_page_columns(lines.sums, depth),
        *_around_columns(lines),
        *container_columns(containers, lines.sums),
    )
    count = len(columns)
    matrix = np.empty((len(texts), len(COLUMNS)), np.float32)
    for index, column in enumerate(columns):
        matrix[:, index] = column
    hints = count + len(PHRASES)
    matrix[:, count:hints] = lines.phrases[:, None] >> _PHRASE_BITS & 1
    matrix[:, hints:] = _hint_columns(markup, containers)
    return Measured(matrix, lines.counted.lengths, containers)


def _lines(markup: Markup, texts: list[str]) -> _Lines:
    counted = count_characters(texts)
    lengths = counted.lengths
    linked: Floats = np.minimum(np.array(markup.lines.link_length, np.float32), lengths)
    link = linked / lengths
    marks = counted.ends * 3 + counted.pauses
    is_link = link > _LINK
    is_sentence = (marks >= _SENTENCE_MARKS) & (lengths >= _SHORTEST_SENTENCE) & ~is_link
    phrases = _phrases(texts, lengths)
    plain = lengths - linked
    is_furniture = (phrases & _FURNITURE != 0) & (lengths < _LONGEST_FURNITURE)
    # What a line speaks for or against its containers: long sentences for, links and short against.
    worth = np.where(lengths >= _FAIR_LENGTH, plain * 0.3, -3)
    worth[is_link] = -8 - np.minimum(lengths[is_link], 12)
    worth[is_sentence] = np.minimum(plain[is_sentence], 400)
    worth[is_furniture] = -15
    return _Lines(
        counted,
        linked,
        link,
        np.log1p(lengths),
        (counted.ends + counted.pauses) / lengths,
        is_sentence,
        phrases,
        Sums.over(lengths, linked, plain * is_sentence, worth),
    )


def _phrases(texts: list[str], lengths: Floats) -> Indices:
    """Returns the bits of each line's set phrases; a long line is a text, whatever it mentions."""
    bits = np.zeros(len(texts), np.int64)
    short = np.flatnonzero(lengths <= _LONGEST_WITH_PHRASES)
    found = phrases_in("".join([texts[index] for index in short.tolist()]))
    if found:
        places, kinds = np.array(found).T
        ends = np.cumsum(lengths[short])
        np.bitwise_or.at(bits, short[np.searchsorted(ends, places, "right")], kinds)
    return bits


def _line_columns(
    markup: Markup, texts: list[str], lines: _Lines, title: str | None
) -> tuple[Floats, ...]:
    counted = lines.counted
    index = np.arange(len(texts))
    kind = np.array(markup.lines.kind, np.float32)
    repeated, titled = _repeats_and_titles(texts, title)
    since = index - np.maximum.accumulate(np.where(titled == 2, index, -60))  # noqa: PLR2004  (a title whole)
    return (
        lines.log_length,
        lines.link,
        counted.ends,
        counted.pauses,
        lines.punctuation,
        *counted.shares.T,
        counted.closed,
        kind,
        repeated,
        titled,
        np.minimum(since, 60),
    )


def _repeats_and_titles(texts: list[str], title: str | None) -> tuple[Floats, Floats]:
    """Returns which lines stand more than once, and which are part (1) or start (2) of a title."""
    repeated = np.zeros(len(texts), np.float32)
    titled = np.zeros(len(texts), np.float32)
    stated = "".join((title or "").split())
    seen: dict[str, int] = {}
    for index, text in enumerate(texts):
        earlier = seen.setdefault(text, index)
        if earlier != index:
            repeated[index] = repeated[earlier] = 1
        elif 4 <= len(text) <= 100:  # noqa: PLR2004  (what may be a title)
            packed = text.replace(" ", "")
            if packed in stated:
                titled[index] = 2 if stated.startswith(packed) else 1
    return repeated, titled


def _page_columns(sums: Sums, depth: Floats) -> tuple[ArrayLike, ...]:
    lines = len(depth)
    length, linked, good = sums.total
    return (
        np.log1p(lines),
        np.log1p(length),
        np.log1p(good),
        good / length,
        linked / length,
        np.arange(lines) / lines,
        sums.table[:-1, 0] / length,
        sums.table[:-1, 2] / max(good, 1),
        depth,
    )


def _around_columns(lines: _Lines) -> tuple[Floats, ...]:
    table = lines.sums.table
    count = len(lines.link)
    index = np.arange(count)
    padded = np.zeros((3, count + 2), np.float32)
    padded[1] = 1
    padded[:, 1:-1] = lines.log_length, lines.link, lines.punctuation
    low, high = np.maximum(index - _WINDOW, 0), np.minimum(index + _WINDOW + 1, count)
    window = table[high] - table[low]
    before = index - np.maximum.accumulate(np.where(lines.is_sentence, index, -200))
    after = np.where(lines.is_sentence, index, count + 200)[::-1]
    return (
        *padded[:, :-2],
        *padded[:, 2:],
        window[:, 2] / window[:, 0],
        window[:, 1] / window[:, 0],
        np.log1p(window[:, 0]),
        np.minimum(before, 100),
        np.minimum(np.minimum.accumulate(after)[::-1] - index, 100),
    )


def _hint_columns(markup: Markup, containers: Containers) -> NDArray[np.int64]:
    """Returns per hint 1 if a container around the line gives it, 2 if one of the nearest two."""
    node = containers.node
    own = np.array(markup.nodes.hints)
    inherited = np.array(markup.nodes.inherited)
    near = (own | own[containers.parent])[node]
    hints: NDArray[np.int64] = (near[:, None] >> _HINT_BITS & 1) + (
        inherited[node][:, None] >> _HINT_BITS & 1
    )
    return hints
