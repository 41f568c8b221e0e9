"""Our own engine: main text of Chinese pages, in time linear in the page."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np

from jingyu.pipeline.page.extract.comments import comments_in
from jingyu.pipeline.page.extract.features import Measured, measure_lines
from jingyu.pipeline.page.extract.formulas import has_formulas
from jingyu.pipeline.page.extract.held import is_prose, opened, text_in_data
from jingyu.pipeline.page.extract.hints import HIDDEN
from jingyu.pipeline.page.extract.markup import Markup, read_markup
from jingyu.pipeline.page.extract.metadata import Head, title_of
from jingyu.pipeline.page.extract.model import choose, fitted, probabilities
from jingyu.pipeline.page.extract.refinement import refined, short_article
from jingyu.pipeline.page.extract.remain_lines import remains_in
from jingyu.pipeline.page.extract.remains import without_remains
from jingyu.pipeline.page.extract.rewriting import rewritten
from jingyu.pipeline.page.extract.structure import text_of
from jingyu.pipeline.page.extract.traits import traits
from jingyu.pipeline.page.extract.trees import Trees
from jingyu.pipeline.page.extract.unseen import notes_of, seen_of

_LEAST_SHOWN = 80
"""Characters from which on a page shows text of its own. Shorter ones are notices like 加载中."""
_OF_DATA = 0.8
"""Confidence in text that a page holds as data: nothing around it can be taken for it."""


class Found(NamedTuple):
    """Main text of a page."""

    text: str
    confidence: float
    """F1 that the text can expect, 0 to 1; low as well if there is none."""
    markup: Markup
    first: int | None = None
    """Number of the first line of the text."""
    hidden_count: int = 0
    """Characters that the page hides and that are no part of the text."""
    places: tuple[int, ...] = ()
    """Numbers of the lines that are main text."""
    head: Head | None = None
    """The page that was given, and what stands in its head."""
    notes: Collection[str] = ()
    """Marks of notes that were looked for in the text."""


def main_text(
    page: str, trees: tuple[Trees, Trees] | None = None, *, comments: bool = False
) -> Found:
    """Returns the lines of a page that are main text, in reading order.

    Paragraphs, headings, items and rows are lines; the cells of a row are parted by tabs. A stretch
    of lines that stood before is left out, and a line that holds the whole text again: pages that
    serve two layouts, or a summary for sharing, hold their text twice. Where the page shows next to
    nothing, text counts that it holds: in `noscript`, `template` and `textarea`, as `articleBody`
    of linked data, or as other data for its scripts, if that is prose.

    Args:
        page: HTML, of any size and shape.
        trees: What judges the lines, in place of the fitted trees.
        comments: Whether comments of readers behind an article stay.
    """
    shown = _shown(page, trees, comments=comments)
    if len(shown.text) >= _LEAST_SHOWN:
        return shown
    # A page that shows no text may hold it for where no script runs, or for a script to show.
    page_opened = opened(page)
    held = _shown(page_opened, trees, comments=comments) if page_opened else None
    if held and is_prose(held.text):
        return held._replace(head=shown.head)  # the other is that of the page that was opened
    text = text_in_data(page)
    return shown._replace(text=text, confidence=_OF_DATA, first=None, places=()) if text else shown


def _shown(page: str, trees: tuple[Trees, Trees] | None, *, comments: bool) -> Found:
    # Formulas first: some stand in what nobody sees.
    found = traits(page)
    plain = rewritten(page, found)
    seen = seen_of(plain, found[2] if plain is page else None)
    markup = read_markup(seen.page)
    markup = markup._replace(has_formulas=plain is not page and has_formulas(plain))
    head = Head(page, title_of(page), found[3])
    if not markup.lines.text:
        return Found("", 0.0, markup, head=head)
    measured = measure_lines(markup, head.title)
    places, confidence = lines_by(markup, measured, trees or fitted(), comments=comments)
    text = text_of(markup, places)
    notes = notes_of(page) if "[" in text else ()
    text = without_remains(text, notes)
    hidden_count = seen.hidden_count + _hidden_beside(places, markup)
    first = next(iter(places), None)
    return Found(
        text, round(confidence, 4), markup, first, hidden_count, tuple(places), head, notes
    )


def _hidden_beside(places: Sequence[int], markup: Markup) -> int:
    """Returns how many characters stand in hidden containers, chosen lines left out."""
    lines, nodes = markup.lines, markup.nodes
    if not np.bitwise_or.reduce(nodes.inherited) & HIDDEN:
        return 0
    is_beside = (nodes.inherited & HIDDEN).take(lines.node)
    is_beside[places] = 0
    return int(lines.length.take(np.flatnonzero(is_beside)).sum())


def lines_by(
    markup: Markup, measured: Measured, trees: tuple[Trees, Trees], *, comments: bool = False
) -> tuple[list[int], float]:
    """Returns the lines that some trees take for main text, and the confidence in them."""
    probability = probabilities(measured, *trees)
    choice = choose(probability, measured.lengths)
    chosen = (
        choice.chosen if np.count_nonzero(choice.chosen) else short_article(probability, measured)
    )
    kept = refined(chosen, choice.limit, probability, measured, markup)
    gone = set() if comments else comments_in(kept, markup)
    kept = [place for place in kept if place not in gone]
    gone = set(remains_in(kept, markup.lines))
    return [place for place in kept if place not in gone], choice.confidence
