"""`corrections.c` and `expectation.c` of extraction in numpy: what they are held to."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.page.extract.features import COLUMNS, Measured
from jingyu.pipeline.page.extract.hints import NAMES
from jingyu.pipeline.page.extract.markup import Lines, Markup, Nodes
from jingyu.pipeline.page.extract.trees import Floats

Mask = NDArray[np.bool_]

_PLACE = {name: place for place, name in enumerate(COLUMNS)}
_LINK, _FAINTLY, _LIKELY, _SURELY, _MOST = 0.5, 0.3, 0.5, 0.95, 0.8
_LEAST_IN_GAP, _LEAST_OF_POST = 0.1, 0.05
_TEXT = 1 << NAMES.index("text")
_DEEPER = 1 << 10
_LONGEST_LABEL, _LONGEST_FURNITURE, _LONGEST_OFFER = 6, 60, 20
_PARAGRAPH, _SHORTEST_LINE = 25, 20
_MOST_LINES = 2
_FURNITURE = ("neighbours", "place", "stated", "offers", "share")
_PHRASES = [_PLACE[f"phrase_{name}"] for name in _FURNITURE]
_COLONS = (":", "：")


def expected_score(probability: Floats, lengths: Floats) -> float:
    """Returns the highest F1 that a choice of the likeliest lines can expect."""
    order = np.argsort(-probability, kind="stable")
    expected = np.cumsum((probability * lengths)[order])
    return float((2 * expected / (np.cumsum(lengths[order]) + expected[-1])).max())


def corrected(
    chosen: Mask, limit: float, probability: Floats, measured: Measured, markup: Markup
) -> tuple[Mask, int, bool]:
    """Returns which lines are chosen, the first paragraph, and whether any is legal."""
    texts = markup.lines.text
    is_plain = measured.matrix[:, _PLACE["link"]] < _LINK
    groups = markup.lines.group
    mass = np.bincount(groups, measured.lengths * probability)
    mean = (mass / np.bincount(groups, measured.lengths)).take(groups)
    kept = chosen | (is_plain & (probability >= _FAINTLY * limit) & (mean >= limit))
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
    cleaned[_gaps_in(cleaned, may_close, markup.lines)] = True
    first = int((cleaned & (measured.lengths >= _PARAGRAPH)).argmax())
    is_legal = measured.matrix[:, _PLACE["phrase_legal"]] > 0
    return cleaned, first, bool((cleaned & is_legal).any())


def _gaps_in(kept: Mask, may_close: Mask, lines: Lines) -> list[int]:
    """Returns the lines that stand between two chosen paragraphs as one of their own.

    At most two lines in a row, in the container of the paragraphs around them: a text whose middle
    is missing says something else, a line too many is only a line too many.

    Args:
        kept: Which lines are chosen.
        may_close: Which lines are no furniture with certainty.
        lines: The lines of the page.
    """
    places = np.flatnonzero(kept)
    first, last = places[:-1], places[1:]
    is_run = (last - first > 1) & (last - first <= _MOST_LINES + 1)
    is_run &= np.minimum(lines.length[first], lines.length[last]) >= _PARAGRAPH
    is_run &= lines.node[first] == lines.node[last]
    closed: list[int] = []
    for at in np.flatnonzero(is_run).tolist():
        gap = slice(int(first[at]) + 1, int(last[at]))
        if (lines.node[gap] == lines.node[first[at]]).all():
            closed += [gap.start + each for each in np.flatnonzero(may_close[gap]).tolist()]
    return closed


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
