"""What is measured on each line of a page, before anything is known of its text."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from jingyu.pipeline.page.extract.hints import NAMES
from jingyu.pipeline.page.extract.looks import measure, repeats
from jingyu.pipeline.page.extract.markup import Markup, Numbers
from jingyu.pipeline.page.extract.phrases import PHRASES, phrases_of
from jingyu.pipeline.page.extract.trees import Floats

_LONGEST_WITH_PHRASES = 120
_WHOLE_TITLE = 2
_PHRASES_OF_LINE = 11
_LEVELS = 3
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
_STATISTICS = ("length", "links", "sentences", "sentence_share", "lines", "mean")
_CONTAINERS = (
    *(f"{name}_{level}" for level in range(_LEVELS) for name in _STATISTICS),
    *("group_lines", "group_length", "group_links", "group_sentences", "group_share"),
    *("in_half", "in_most", "from_most", "most_links", "most_share"),
    *("in_best", "from_best", "best_links", "best_share", "above_best", "below_path"),
)
COLUMNS = (
    *_LINE,
    *_PAGE,
    *_AROUND,
    *_CONTAINERS,
    *(f"phrase_{name}" for name in PHRASES),
    *(f"hint_{name}" for name in NAMES),
)
"""What the first look sees of a line: the line, the page, the lines around it, the containers that
hold it and those that hold most of the page's sentences, set phrases, and hints: 1 if a container
around the line gives one, 2 if one of the nearest two does. `looks.c` computes them."""
_CONTEXT = (
    *("likely", "likely_before", "likely_after", "likely_2_before", "likely_2_after"),
    "window_likely",
    *(f"{name}_{level}" for level in range(_LEVELS) for name in ("likely", "likely_share")),
    *("group_likely", "group_likely_share", "group_size"),
    *("in_likely_half", "in_likely_most", "in_likeliest", "from_likeliest"),
    *("page_likeliest", "page_likely_length", "page_likely_share", "likely_length_before"),
)


class Measured(NamedTuple):
    """A row per line, and what the second look is measured from."""

    matrix: Floats
    """Columns as in `COLUMNS`, each in one piece."""
    lengths: Floats
    of_lines: tuple[Numbers, ...]
    of_nodes: tuple[Numbers, ...]

    @property
    def phrases(self) -> Numbers:
        """The bits of each line's set phrases."""
        return self.of_lines[_PHRASES_OF_LINE]


def measure_lines(markup: Markup, title: str | None) -> Measured:
    """Returns a row of `COLUMNS` per line of a page, which has at least one."""
    nodes, lines = markup.nodes, markup.lines
    repeated, titled = _repeats_and_titles(lines.text, title)
    of_lines = (
        *(lines.length, lines.link_length, lines.ends, lines.pauses, lines.han, lines.digits),
        *(lines.letters, lines.closed, lines.kind, repeated, titled),
        *(phrases_of(lines.text, _LONGEST_WITH_PHRASES), lines.node, lines.group),
    )
    of_nodes = (
        *(nodes.parent, nodes.hints, nodes.inherited, nodes.depth, nodes.first, nodes.last),
    )
    rows = _rows(COLUMNS, measure(of_lines, of_nodes))
    return Measured(rows.T, lines.length.astype(np.float32), of_lines, of_nodes)


def with_context(measured: Measured, probability: Floats) -> Floats:
    """Returns the rows of the first look, each with what the probabilities around it are."""
    more = _rows(_CONTEXT, measure(measured.of_lines, measured.of_nodes, probability))
    return np.concatenate((measured.matrix.T, more)).T


def _rows(names: Sequence[str], measured: bytes) -> Floats:
    return np.frombuffer(measured, np.float32).reshape(len(names), -1)


def _repeats_and_titles(texts: list[str], title: str | None) -> tuple[Numbers, Numbers]:
    """Returns which lines stand more than once, and which are part (1) or start (2) of a title."""
    stated = "".join((title or "").split())
    found, ends = repeats(texts, stated)
    titled = np.zeros(len(texts), np.int32)
    # No line ends with a space. Most are no part of the title by their last character.
    for place in ends:
        packed = texts[place].replace(" ", "")
        if 4 <= len(texts[place]) <= 100 and packed in stated:  # noqa: PLR2004  (what may be a title)
            titled[place] = _WHOLE_TITLE if stated.startswith(packed) else 1
    return np.frombuffer(found, np.int32), titled
