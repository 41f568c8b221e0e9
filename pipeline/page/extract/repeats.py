"""Chosen lines that stood before: texts that a page serves twice."""

from collections.abc import Mapping, Sequence
from itertools import groupby, islice

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.page.extract.gaps import is_within_run
from jingyu.pipeline.page.extract.markup import Lines
from jingyu.pipeline.page.extract.tags import IN_PREFORMATTED

Mask = NDArray[np.bool_]

_SHORTEST_REPEAT = 60
_FEW = 2
_WHOLE_PAGE = 400
_FIRST_LINES = 3
_SHORTEST_LINE = 20


def without_repeats(chosen: Mask, lines: Lines) -> Mask:
    """Returns a choice without what stood before.

    A stretch of chosen lines goes if each stood before and they are 60 characters long together: a
    page that serves two layouts holds its text twice. Lines of a program repeat in their own right,
    as do single short ones. A line that holds the whole text again, for sharing, goes too.
    """
    places = np.flatnonzero(chosen).tolist()
    texts = [lines.text[place] for place in places]
    kept = chosen
    if len(set(texts)) < len(texts):
        kept = chosen.copy()
        kept[_repeated(places, chosen, lines)] = False
    if max(map(len, texts), default=0) >= _WHOLE_PAGE:
        kept = kept.copy()
        kept[_whole(np.flatnonzero(kept).tolist(), lines.text)] = False
    return kept


def _repeated(places: Sequence[int], chosen: Mask, lines: Lines) -> list[int]:
    """Returns which of the chosen lines stand in a long stretch of lines that stood before.

    A line or two within a run of others like them are no repeat: a summary or a table of contents
    said them first, and the text would miss them.
    """
    texts = lines.text
    seen: set[str] = set()
    is_repeat = {}
    for place in places:
        is_repeat[place] = texts[place] in seen and lines.kind[place] != IN_PREFORMATTED
        seen.add(texts[place])
    repeated: list[int] = []
    for stood_before, group in groupby(places, is_repeat.__getitem__):
        if not stood_before:
            continue
        stretch = list(group)
        if sum(len(texts[place]) for place in stretch) < _SHORTEST_REPEAT:
            continue
        is_few = len(stretch) <= _FEW
        if not (is_few and is_within_run(stretch[0], stretch[-1], chosen, lines)):
            repeated += stretch
    return repeated


def _whole(places: Sequence[int], texts: Sequence[str]) -> list[int]:
    """Returns which of the chosen lines hold those before them once more."""
    seen: dict[str, None] = {}
    whole = []
    for place in places:
        text = texts[place]
        if len(text) >= _WHOLE_PAGE and _holds(text, seen):
            whole.append(place)
        elif len(text) >= _SHORTEST_LINE:
            seen[text] = None
    return whole


def _holds(text: str, seen: Mapping[str, None]) -> bool:
    """Returns whether a text is the whole page once more, on one line."""
    return len(seen) >= _FIRST_LINES and all(line in text for line in islice(seen, _FIRST_LINES))
