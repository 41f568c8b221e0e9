"""What the lines of a text look like: sentences, labels, list items or teasers."""

from functools import lru_cache
from typing import NamedTuple

from jingyu.filters.quality.characters import share
from jingyu.filters.quality.length import line_count
from jingyu.filters.quality.outline import shape_lines

_SENTENCE_ENDS = "。．！？…；：!?.;:" + "”’」』）】》〉〕\"')]"
_BULLETS = "•·●○■□◆◇▪▫►▶▷◎‣⁃∙・※★☆✓✔➢➤-*–—"
_SHORT = 10
_TEASER_ARROWS = "<>《》〈〉«»→[]［］【】()（） "
_TEASER_ENDS = ("…", "...", "。。。", "···", "展开", "更多", "全文", "readmore", "read more")
_LAST_OF_TEASER = "".join(end[-1] + end[-1].upper() for end in _TEASER_ENDS)
_LONGEST_TEASER_END = max(map(len, _TEASER_ENDS))


def _marks() -> bytes:
    """Returns what each code point of the basic plane is, in the bits of filters/outline.c."""
    marks = bytearray(0x10000)
    signs = (_SENTENCE_ENDS, _BULLETS, _TEASER_ARROWS, _LAST_OF_TEASER)
    for bit, characters in enumerate(signs):
        for char in set(characters):
            marks[ord(char)] |= 1 << bit
    return bytes(marks)


_MARKS = _marks()


class _Shapes(NamedTuple):
    """How many lines of a text are short, end a sentence, begin with a bullet or are teasers."""

    short: int
    ended: int
    bulleted: int
    teasers: int


def punctuated_line_ratio(text: str) -> float:
    """Returns the share of lines that end like a sentence.

    They end in one of 。．！？…；： or their half-width forms, or in a closing quote
    or bracket such as ” 」 ） 】. A text without lines has ratio 0.

    Source: a signal of C4 (Raffel et al. 2020, section 2.2) and FineWeb2.
    """
    return share(_shapes(text).ended, line_count(text))


def short_line_ratio(text: str) -> float:
    """Returns the share of lines of fewer than ten characters."""
    return share(_shapes(text).short, line_count(text))


def bullet_line_ratio(text: str) -> float:
    """Returns the share of lines that begin with a bullet, such as • ● ■ ◆ ※ ★ - *.

    A sign that is doubled is none: —— begins a quotation's author or a speech, and
    *** parts sections. Numbers are no bullets. A text without lines has ratio 0.

    Source: a signal of Gopher (Rae et al. 2021, appendix A) and MAP-CC, limit 0.9.
    """
    return share(_shapes(text).bulleted, line_count(text))


def ellipsis_line_ratio(text: str) -> float:
    """Returns the share of lines that end in an ellipsis, as teasers do.

    … ... 。。。 ··· and the words of a teaser's link, 展开, 更多, 全文 and read more,
    whatever arrows and brackets follow. An ellipsis within quotes, as in speech,
    does not count. A text without lines has ratio 0.

    Source: a signal of Gopher (Rae et al. 2021, appendix A) and MAP-CC, limit 0.3.
    """
    return share(_shapes(text).teasers, line_count(text))


@lru_cache(maxsize=1)
def _shapes(text: str) -> _Shapes:
    """Returns what the lines look like; of the last text."""
    short, ended, bulleted, ends = shape_lines(text, _MARKS, _SHORT, _LONGEST_TEASER_END)
    teasers = sum(end.lower().endswith(_TEASER_ENDS) for end in ends)
    return _Shapes(short, ended, bulleted, teasers)
