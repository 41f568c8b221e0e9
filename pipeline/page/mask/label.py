"""Values that only a label such as 微信号 tells from anything else."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from jingyu.filters.lazy_pattern import lazy_pattern
from jingyu.filters.lexicon.literals import Literals
from jingyu.pipeline.page.mask.span import Span

MARK = (
    "(?:联系|咨询)?(?:号码|号|码|[账帐]号|[账帐]户|[Ii][Dd])?[ \\t]{0,3}"
    "(?:[(（][^()（）\\[\\]\\n]{1,10}[)）])?[\"'”]?[ \\t]{0,3}"
    "(?P<mark>[:：=＝﹕∶]|是[:：]?|为[:：]?|即|-{1,2}|—{1,2})?[ \\t]{0,3}"
    "(?P<open>[「『“\"'‘（(【<《]?)[ \\t]?"
)
"""What stands between a label and its value, with the groups `mark` and `open`."""


class Labelled(NamedTuple):
    """Values of one type that stand after labels."""

    words: tuple[str, ...]
    """Labels, as they are written: Latin ones in each case that counts."""
    value: re.Pattern[str]
    """Matches from the end of a label on."""
    check: Callable[[re.Match[str], str], Iterator[Span]]
    """Yields the spans of a value, given the match and the label."""


class Labels:
    """Finds labels of several types in one pass."""

    def __init__(self, types: Mapping[str, Labelled]) -> None:
        self._types = tuple(types.items())
        self._labels = Literals(types)
        self._are_latin = all(map(str.isascii, types))

    def __call__(self, text: str) -> Iterator[Span]:
        """Yields the spans of values that stand after a label."""
        # Labels may overlap: 住 after a comma and 住址 do.
        for number, start in self._labels.longest(text):
            # Within a Latin word there is no label.
            if self._are_latin and start and _LETTER.match(text, start - 1):
                continue
            word, labelled = self._types[number]
            end = start + len(word)
            value = labelled.value.match(text, end)
            if value and not _is_within_a_word(text, start, end):
                yield from labelled.check(value, word)


def words(*lines: str) -> tuple[str, ...]:
    """Returns the words of lines in which | parts them."""
    return tuple(word for line in lines for word in line.split("|"))


def labels(types: Iterable[Labelled]) -> Labels:
    """Returns what finds those labels of the types that are not in ASCII."""
    return Labels({w: labelled for labelled in types for w in labelled.words if not w.isascii()})


def latin_labels(types: Iterable[Labelled]) -> Labels:
    """Returns what finds those labels of the types that are in ASCII."""
    return Labels({w: labelled for labelled in types for w in labelled.words if w.isascii()})


_LETTER = lazy_pattern("[A-Za-z]")
_LETTERS = lazy_pattern("[A-Za-z]{2}")
_ID = lazy_pattern("(?i:id)(?![A-Za-z_])|(?i:number|no[.])")


def _is_within_a_word(text: str, start: int, end: int) -> bool:
    if _LETTERS.match(text, max(0, start - 1), start + 1) and start:
        return True
    return _LETTERS.match(text, end - 1, end + 1) is not None and not _ID.match(text, end)
