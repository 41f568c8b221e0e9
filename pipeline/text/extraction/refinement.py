"""Corrections to a choice of lines that no line's own probability can make."""

import numpy as np
from numpy.typing import NDArray

from pipeline.text.extraction.characters import Floats
from pipeline.text.extraction.features import COLUMNS, Measured
from pipeline.text.extraction.markup import Markup

Mask = NDArray[np.bool_]

_PLACE = {name: place for place, name in enumerate(COLUMNS)}
_LINK = 0.5
_CLEARLY = 1.2
_FAINTLY = 0.3
_MOST = 0.8
_ONLY_IMPRINT = 0.7
_FURNITURE = (
    ([_PLACE["phrase_neighbours"], _PLACE["phrase_place"], _PLACE["phrase_stated"]], 60),
    ([_PLACE["phrase_offers"]], 20),
)


def refined(
    chosen: Mask, limit: float, probability: Floats, measured: Measured, markup: Markup
) -> Mask:
    """Returns a choice with like lines treated alike, tables whole, and without set phrases.

    - Lines in containers of equal tags follow their like: where these are clearly above the limit
      on average, a line far below it is chosen too. So the last, short reply of a thread stays.
    - Rows of tables stay where most of the text stands.
    - Short lines that point elsewhere (上一篇, 当前位置, 更多) or state a source go, and links that
      do something with the page (打印, 分享到).
    - If most of what is left says who owns the page, nothing stays.

    Source: our measurement, 2026-11-22, on sites that the trees do not know: the mean F1 of the
    kinds of gold rises by 0.004, no kind falls by more than 0.001.
    """
    if not chosen.any():
        return chosen
    is_plain = measured.matrix[:, _PLACE["link"]] < _LINK
    groups = measured.containers.groups
    mass = np.bincount(groups, measured.lengths * probability)
    mean = (mass / np.bincount(groups, measured.lengths))[groups]
    alike = is_plain & (probability >= _FAINTLY * limit) & (mean >= _CLEARLY * limit)
    rows = np.fromiter(("\t" in text for text in markup.lines.text), np.bool_, len(chosen))
    kept = chosen | alike
    kept |= rows & is_plain & _in_core(kept, measured)
    cleaned: Mask = kept & ~_is_furniture(measured)
    imprint = cleaned & (measured.matrix[:, _PLACE["phrase_legal"]] > 0)
    if measured.lengths[imprint].sum() >= _ONLY_IMPRINT * measured.lengths[cleaned].sum():
        return np.zeros(len(chosen), np.bool_)
    return cleaned


def _in_core(kept: Mask, measured: Measured) -> Mask:
    """Returns which lines stand in the innermost container with most of the text."""
    sums = np.zeros(len(kept) + 1)
    np.cumsum(measured.lengths * kept, out=sums[1:])
    containers = measured.containers
    inside = sums[containers.last] - sums[containers.first]
    return containers.holds(int(np.flatnonzero(inside >= _MOST * sums[-1])[-1]))


def _is_furniture(measured: Measured) -> Mask:
    matrix = measured.matrix
    is_furniture = np.zeros(len(matrix), np.bool_)
    for places, longest in _FURNITURE:
        is_furniture |= matrix[:, places].any(axis=1) & (measured.lengths < longest)
    is_open: Mask = matrix[:, _PLACE["closed"]] == 0
    is_tool = (matrix[:, _PLACE["phrase_share"]] > 0) & (matrix[:, _PLACE["link"]] > _LINK)
    return is_open & (is_furniture | is_tool)
