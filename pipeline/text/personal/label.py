"""Values that only a label such as 微信号 tells from anything else."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from pipeline.text.personal.span import Span

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
    """Finds labels of several types in one pass.

    The pattern begins with a class of characters, and only looks behind after a look at the next
    character: so it scans at full speed.
    """

    def __init__(self, types: Mapping[str, Labelled]) -> None:
        self._types = types
        rests = defaultdict(list)
        for word in sorted(types, key=len, reverse=True):
            rests[word[0]].append(re.escape(word[1:]))
        firsts, seconds = (re.escape("".join(sorted({w[i] for w in types}))) for i in (0, 1))
        branches = (f"(?<={re.escape(c)})(?:{'|'.join(rest)})" for c, rest in rests.items())
        # Within a Latin word there is no label.
        boundary = "(?<![A-Za-z].)" if all(map(str.isascii, types)) else ""
        self._pattern = re.compile(f"[{firsts}]{boundary}(?=[{seconds}])(?:{'|'.join(branches)})")

    def are_in(self, text: str) -> bool:
        """Returns whether any label stands in the text."""
        return self._pattern.search(text) is not None

    def __call__(self, text: str) -> Iterator[Span]:
        """Yields the spans of values that stand after a label."""
        end = 0
        # Labels may overlap: 住 after a comma and 住址 do.
        while label := self._pattern.search(text, end):
            end = label.start() + 1
            labelled = self._types[label[0]]
            value = labelled.value.match(text, label.end())
            if value and not _is_within_a_word(text, label.start(), label.end()):
                yield from labelled.check(value, label[0])


def words(*lines: str) -> tuple[str, ...]:
    """Returns the words of lines in which | parts them."""
    return tuple(word for line in lines for word in line.split("|"))


def labels(types: Iterable[Labelled], *, is_ascii: bool) -> Labels:
    """Returns what finds those labels of the types that are in ASCII, or those that are not."""
    return Labels(
        {
            word: labelled
            for labelled in types
            for word in labelled.words
            if word.isascii() is is_ascii
        }
    )


_LETTERS = re.compile("[A-Za-z]{2}")
_ID = re.compile("(?i:id)(?![A-Za-z_])|(?i:number|no[.])")


def _is_within_a_word(text: str, start: int, end: int) -> bool:
    if _LETTERS.match(text, max(0, start - 1), start + 1) and start:
        return True
    return _LETTERS.match(text, end - 1, end + 1) is not None and not _ID.match(text, end)
