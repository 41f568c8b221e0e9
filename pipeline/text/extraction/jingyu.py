"""Our own engine: main text of Chinese pages, in time linear in the page."""

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.text.extraction.features import Measured, measure_lines
from pipeline.text.extraction.markup import Markup, read_markup
from pipeline.text.extraction.metadata import title_of
from pipeline.text.extraction.model import choose, fitted, probabilities
from pipeline.text.extraction.refinement import refined
from pipeline.text.extraction.trees import Trees

_REPEATABLE = 20
_WHOLE_PAGE = 400
_FIRST_LINES = 3


class Found(NamedTuple):
    """Main text of a page."""

    text: str
    confidence: float
    """F1 that the text can expect, 0 to 1; low as well if there is none."""
    markup: Markup


def main_text(page: str, trees: tuple[Trees, Trees] | None = None) -> Found:
    """Returns the lines of a page that are main text, in reading order.

    Paragraphs, headings, items and rows are lines; the cells of a row are parted by tabs. A long
    line that stood before is left out, and one that holds the whole text again: pages that serve
    two layouts, or a summary for sharing, hold their text twice.

    Args:
        page: HTML, of any size and shape.
        trees: What judges the lines, in place of the fitted trees.
    """
    markup = read_markup(page)
    texts = markup.lines.text
    if not texts:
        return Found("", 0.0, markup)
    measured = measure_lines(markup, title_of(page))
    text, confidence = text_by(markup, measured, trees or fitted())
    return Found(text, round(confidence, 4), markup)


def text_by(markup: Markup, measured: Measured, trees: tuple[Trees, Trees]) -> tuple[str, float]:
    """Returns the text that some trees find on a page, and the confidence in it."""
    probability = probabilities(measured, *trees)
    choice = choose(probability, measured.lengths)
    kept = refined(choice.chosen, choice.limit, probability, measured, markup)
    return _text_of(markup.lines.text, kept), choice.confidence


def _text_of(texts: Sequence[str], chosen: NDArray[np.bool_]) -> str:
    """Returns the chosen lines, each long one once, in its own right or within a longer one."""
    seen: dict[str, None] = {}
    kept = []
    for index in np.flatnonzero(chosen).tolist():
        text = texts[index]
        if len(text) >= _REPEATABLE:
            if text in seen or _repeats(text, seen):
                continue
            seen[text] = None
        kept.append(text)
    return "\n".join(kept)


def _repeats(text: str, seen: Mapping[str, None]) -> bool:
    """Returns whether a text is the whole page once more, on one line."""
    if len(text) < _WHOLE_PAGE or len(seen) < _FIRST_LINES:
        return False
    return all(line in text for line in islice(seen, _FIRST_LINES))
