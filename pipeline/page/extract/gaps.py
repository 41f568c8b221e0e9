"""Gaps in a run of chosen paragraphs: lines that most likely belong to it all the same."""

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.page.extract.markup import Lines

Mask = NDArray[np.bool_]

_MOST_LINES = 2
_PARAGRAPH = 25


def gaps_in(kept: Mask, may_close: Mask, lines: Lines) -> list[int]:
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


def is_within_run(first: int, last: int, kept: Mask, lines: Lines) -> bool:
    """Returns whether chosen lines stand right before and behind a stretch, of the same kind.

    A line is of the same kind if it stands in the same container, or in one of equal tags.

    Args:
        first: Number of the first line of the stretch.
        last: Number of its last line.
        kept: Which lines are chosen.
        lines: The lines of the page.
    """
    before, behind = np.flatnonzero(kept[:first]), np.flatnonzero(kept[last + 1 :])
    if not len(before) or not len(behind):
        return False
    around = (int(before[-1]), last + 1 + int(behind[0]))
    return all(lines.group[place] == lines.group[first] for place in around)
