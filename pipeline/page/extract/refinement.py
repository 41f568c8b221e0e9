"""Corrections to a choice of lines that no line's own probability can make."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.page.extract.features import COLUMNS, Measured
from jingyu.pipeline.page.extract.formulas import is_formula
from jingyu.pipeline.page.extract.gaps import gaps_in
from jingyu.pipeline.page.extract.hints import NAMES
from jingyu.pipeline.page.extract.markup import Markup, Nodes
from jingyu.pipeline.page.extract.program import numbers_beside, preformatted_runs
from jingyu.pipeline.page.extract.repeats import without_repeats
from jingyu.pipeline.page.extract.tags import IN_PREFORMATTED
from jingyu.pipeline.page.extract.trees import Floats

Mask = NDArray[np.bool_]

_PLACE = {name: place for place, name in enumerate(COLUMNS)}
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
_FURNITURE = ("neighbours", "place", "stated", "offers", "share")
_PHRASES = [_PLACE[f"phrase_{name}"] for name in _FURNITURE]
_LONGEST_FURNITURE = 60
_LONGEST_OFFER = 20
_DATE = re.compile(
    r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?(?:\s+\d{1,2}:\d\d(?::\d\d)?)?"
)
_COLONS = (":", "：")
_SHORTEST_LINE = 20


def refined(
    chosen: Mask, limit: float, probability: Floats, measured: Measured, markup: Markup
) -> Mask:
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
    if not chosen.any():
        return chosen
    chosen = _with_structure(chosen, markup)
    texts = markup.lines.text
    is_plain = measured.matrix[:, _PLACE["link"]] < _LINK
    groups = markup.lines.group
    mass = np.bincount(groups, measured.lengths * probability)
    mean = (mass / np.bincount(groups, measured.lengths)).take(groups)
    alike = is_plain & (probability >= _FAINTLY * limit) & (mean >= limit)
    kept = chosen | alike
    kept |= is_plain & _is_post(kept, probability, measured, markup)
    may_be_rows = np.flatnonzero(
        is_plain & ~kept & _in_core(kept, measured.lengths, markup.nodes)
    ).tolist()
    kept[[place for place in may_be_rows if "\t" in texts[place]]] = True
    within = _between_paragraphs(kept, measured) & (probability > _LIKELY)
    is_furniture = _is_furniture(measured, within, texts)
    is_surely_text = within & is_plain & (probability > _SURELY)
    is_surely_text &= measured.lengths > _LONGEST_LABEL
    cleaned: Mask = kept & ~(is_furniture & ~is_surely_text)
    may_close = is_plain & ~is_furniture & (probability >= _LEAST_IN_GAP)
    may_close &= measured.phrases == 0
    may_close &= measured.matrix[:, _PLACE["punctuation"]] > 0
    cleaned[gaps_in(cleaned, may_close, markup.lines)] = True
    cleaned[_lone_dates(cleaned, measured.lengths, texts)] = False
    cleaned[numbers_beside(markup.lines)] = False
    imprint = cleaned & (measured.matrix[:, _PLACE["phrase_legal"]] > 0)
    if measured.lengths[imprint].sum() >= _ONLY_IMPRINT * measured.lengths[cleaned].sum():
        return np.zeros(len(chosen), np.bool_)
    return without_repeats(cleaned, markup.lines)


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
    if not (markup.has_formulas or (lines.kind == IN_PREFORMATTED).any()):
        return chosen
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


def _is_post(kept: Mask, probability: Floats, measured: Measured, markup: Markup) -> Mask:
    """Returns which lines stand in a container named as one for text, like chosen ones do.

    The posts of a thread have ids of their own, so that their tags are not equal; their names are
    alike, and they lie equally deep.
    """
    nodes, node = markup.nodes, markup.lines.node
    is_like = np.zeros(len(kept), np.bool_)
    named = np.flatnonzero((nodes.hints & _TEXT)[node])
    if kept[named].all():
        return is_like
    place = (nodes.hints * _DEEPER + nodes.depth)[node[named]]
    posts = set(place[kept[named] & (probability[named] > _SURELY)].tolist())
    is_like[named] = [each in posts for each in place.tolist()]
    return is_like & (probability >= _LEAST_OF_POST) & (measured.lengths >= _SHORTEST_LINE)


def _between_paragraphs(kept: Mask, measured: Measured) -> Mask:
    """Returns which lines stand between the first and the last chosen paragraph."""
    between = np.zeros(len(kept), np.bool_)
    paragraphs = np.flatnonzero(kept & (measured.lengths >= _PARAGRAPH))
    if len(paragraphs):
        between[paragraphs[0] : paragraphs[-1] + 1] = True
    return between


def _in_core(kept: Mask, lengths: Floats, nodes: Nodes) -> Mask:
    """Returns which lines stand in the innermost container with most of the text."""
    sums = np.zeros(len(kept) + 1)
    np.cumsum(lengths * kept, out=sums[1:])
    inside = sums.take(nodes.last) - sums.take(nodes.first)
    core = np.flatnonzero(inside >= _MOST * sums[-1])[-1]
    is_held = np.zeros(len(kept), np.bool_)
    is_held[nodes.first[core] : nodes.last[core]] = True
    return is_held


def _lone_dates(kept: Mask, lengths: Floats, texts: Sequence[str]) -> list[int]:
    """Returns which of the chosen lines before the first paragraph hold a date and nothing else."""
    first = int((kept & (lengths >= _PARAGRAPH)).argmax())
    return [
        place for place in np.flatnonzero(kept[:first]).tolist() if _DATE.fullmatch(texts[place])
    ]


def _is_furniture(measured: Measured, within: Mask, texts: Sequence[str]) -> Mask:
    lengths = measured.lengths
    neighbours, place, states, offers, share = measured.matrix.T.take(_PHRASES, axis=0) > 0
    is_furniture = (neighbours | place | states & ~within) & (lengths < _LONGEST_FURNITURE)
    is_furniture |= offers & (lengths < _LONGEST_OFFER)
    is_furniture |= share & (measured.matrix[:, _PLACE["link"]] > _LINK)
    is_open = measured.matrix[:, _PLACE["closed"]] == 0
    # A label without its value (发布时间：) ends nothing.
    for index in np.flatnonzero(states & ~is_open).tolist():
        is_open[index] = texts[index].endswith(_COLONS)
    found: Mask = is_open & is_furniture
    return found
