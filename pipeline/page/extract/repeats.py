"""Chosen lines that stood before: texts that a page serves twice."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import groupby, islice

from jingyu.pipeline.page.extract.markup import Lines
from jingyu.pipeline.page.extract.tags import IN_PREFORMATTED

_SHORTEST_REPEAT = 60
_FEW = 2
_WHOLE_PAGE = 400
_FIRST_LINES = 3
_SHORTEST_LINE = 20


def without_repeats(places: Sequence[int], lines: Lines) -> list[int]:
    """Returns which of the chosen lines are left without what stood before.

    A stretch of chosen lines goes if each stood before and they are 60 characters long together: a
    page that serves two layouts holds its text twice. Lines of a program repeat in their own right,
    as do single short ones. A line that holds the whole text again, for sharing, goes too.
    """
    kept = list(places)
    texts = [lines.text[place] for place in kept]
    if len(set(texts)) < len(texts):
        repeated = set(_repeated(kept, lines))
        kept = [place for place in kept if place not in repeated]
    if max(map(len, texts), default=0) >= _WHOLE_PAGE:
        whole = set(_whole(kept, lines.text))
        kept = [place for place in kept if place not in whole]
    return kept


def _repeated(places: Sequence[int], lines: Lines) -> list[int]:
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
        if not (len(stretch) <= _FEW and _is_within_run(stretch, places, lines)):
            repeated += stretch
    return repeated


def _is_within_run(stretch: Sequence[int], places: Sequence[int], lines: Lines) -> bool:
    """Returns whether chosen lines stand right before and behind some others, of the same kind.

    A line is of the same kind if it stands in the same container, or in one of equal tags.
    """
    before, behind = bisect_left(places, stretch[0]), bisect_right(places, stretch[-1])
    if not before or behind == len(places):
        return False
    around = places[before - 1], places[behind]
    return all(lines.group[place] == lines.group[stretch[0]] for place in around)


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
