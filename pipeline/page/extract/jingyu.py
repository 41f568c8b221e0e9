"""Our own engine: main text of Chinese pages, in time linear in the page."""

from typing import NamedTuple

import numpy as np

from jingyu.pipeline.page.extract.features import Measured, measure_lines
from jingyu.pipeline.page.extract.formulas import has_formulas
from jingyu.pipeline.page.extract.markup import Markup, read_markup
from jingyu.pipeline.page.extract.metadata import title_of
from jingyu.pipeline.page.extract.model import choose, fitted, probabilities
from jingyu.pipeline.page.extract.refinement import refined
from jingyu.pipeline.page.extract.rewriting import rewritten
from jingyu.pipeline.page.extract.structure import text_of
from jingyu.pipeline.page.extract.trees import Trees


class Found(NamedTuple):
    """Main text of a page."""

    text: str
    confidence: float
    """F1 that the text can expect, 0 to 1; low as well if there is none."""
    markup: Markup
    places: tuple[int, ...] = ()
    """Numbers of the lines that are main text."""


def main_text(page: str, trees: tuple[Trees, Trees] | None = None) -> Found:
    """Returns the lines of a page that are main text, in reading order.

    Paragraphs, headings, items and rows are lines; the cells of a row are parted by tabs. A stretch
    of lines that stood before is left out, and a line that holds the whole text again: pages that
    serve two layouts, or a summary for sharing, hold their text twice.

    Args:
        page: HTML, of any size and shape.
        trees: What judges the lines, in place of the fitted trees.
    """
    plain = rewritten(page)
    markup = read_markup(plain)._replace(has_formulas=plain is not page and has_formulas(plain))
    texts = markup.lines.text
    if not texts:
        return Found("", 0.0, markup)
    measured = measure_lines(markup, title_of(page))
    places, confidence = places_by(markup, measured, trees or fitted())
    return Found(text_of(markup, places), round(confidence, 4), markup, tuple(places))


def places_by(
    markup: Markup, measured: Measured, trees: tuple[Trees, Trees]
) -> tuple[list[int], float]:
    """Returns the lines that some trees find on a page, and the confidence in them."""
    probability = probabilities(measured, *trees)
    choice = choose(probability, measured.lengths)
    kept = refined(choice.chosen, choice.limit, probability, measured, markup)
    return np.flatnonzero(kept).tolist(), choice.confidence
