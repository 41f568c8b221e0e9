"""Where sentences end, in Python: what `hashing.c` must agree with."""

from collections.abc import Iterator
from itertools import pairwise

_PAIRS = {"“": "”", "「": "」", "『": "』", "（": "）", "(": ")", "《": "》", "【": "】"}
_FOLLOWS = {*_PAIRS.values(), *"’\"' \u3000"}
_ENDS, _PERHAPS = set("。！？｡"), set("!?")


def plain_sentences(text: str, is_han: dict[str, bool]) -> list[str]:
    """Returns the sentences of a text."""
    ends = [0, *_ends(text, is_han), len(text)]
    found = [text[start:end] for start, end in pairwise(ends)]
    return found if found[-1] or text.endswith("\n") or not text else found[:-1]


def _ends(text: str, is_han: dict[str, bool]) -> Iterator[int]:
    place = 0
    while place < len(text):
        character, after = text[place], place + 1
        if character == "\n":
            yield after
        elif character in _PAIRS:
            after = _closing(text, place) + 1
        elif character in _ENDS or (
            character in _PERHAPS and _is_end(text[after : after + 1], is_han)
        ):
            while after < len(text) and text[after] in _ENDS | _PERHAPS | _FOLLOWS:
                after += 1
            if after < len(text) and text[after] != "\n":
                yield after
        place = after


def _closing(text: str, place: int) -> int:
    """Returns where what opens at a place closes, or the place."""
    opens, closes = text[place], _PAIRS[text[place]]
    within = text[place + 1 : place + 202].partition("\n")[0]
    found = min((within + closes).index(closes), (within + opens).index(opens))
    return place + 1 + found if within[found : found + 1] == closes else place


def _is_end(after: str, is_han: dict[str, bool]) -> bool:
    return after in {"", "\n"} or is_han.get(after, False) or after in _ENDS | _FOLLOWS
