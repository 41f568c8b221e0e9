"""What the lines of a text look like: sentences, labels, list items or teasers.

A text of one line has none of these shapes: it came without its lines, whatever they were, so that
it counts as punctuated, and neither as short nor as a bullet or teaser.
"""

from functools import lru_cache
from typing import NamedTuple

from jingyu.filters.quality.characters import share
from jingyu.filters.quality.length import line_count
from jingyu.filters.quality.outline import shape_lines

_SENTENCE_ENDS = "。．！？…；：!?.;:" + "”’」』）】》〉〕\"')]"
_BULLETS = "•·●○■□◆◇▪▫►▶▷◎‣⁃∙・※★☆✓✔➢➤-*–—"
_SHORT = 10
_LONG = 200
_OF_A_SENTENCE = 40
_ENDS_WITHIN = "。．！？…；!?;"
_TEASER_ARROWS = "<>《》〈〉«»→[]［］【】()（） "
_TEASER_ENDS = ("…", "...", "。。。", "···", "展开", "更多", "全文", "readmore", "read more")
_LAST_OF_TEASER = "".join(end[-1] + end[-1].upper() for end in _TEASER_ENDS)
_LONGEST_TEASER_END = max(map(len, _TEASER_ENDS))


def _marks() -> bytes:
    """Returns what each code point of the basic plane is, in the bits of filters/outline.c."""
    marks = bytearray(0x10000)
    signs = (_SENTENCE_ENDS, _BULLETS, _TEASER_ARROWS, _LAST_OF_TEASER, _ENDS_WITHIN)
    for bit, characters in enumerate(signs):
        for char in set(characters):
            marks[ord(char)] |= 1 << bit
    return bytes(marks)


_MARKS = _marks()


class _Shapes(NamedTuple):
    """How many lines of a text are short, punctuated, begin with a bullet, are cut or teasers."""

    short: int
    ended: int
    bulleted: int
    cut: int
    teasers: int


def punctuated_line_ratio(text: str) -> float:
    """Returns the share of lines that end like a sentence.

    They end in one of 。．！？…；： or their half-width forms, or in a closing quote
    or bracket such as ” 」 ） 】. A line of 200 characters or more is a whole passage:
    it counts if a sentence ends in it, too. A text of one line has ratio 1, one
    without lines 0.

    Source: a signal of C4 (Raffel et al. 2020, section 2.2) and FineWeb2. Measured,
    2026-11, on texts of broad crawls that a reader judged: of 218 good texts on one
    line 110 had ratio 0, for want of a mark at its end; that long lines count if a
    sentence ends in them keeps 8 of 345 more, and no menu or list.
    """
    return _share_of_lines(text, _shapes(text).ended, of_one_line=1.0)


def short_line_ratio(text: str) -> float:
    """Returns the share of lines of fewer than ten characters; 0 for a text of one line."""
    return _share_of_lines(text, _shapes(text).short)


def bullet_line_ratio(text: str) -> float:
    """Returns the share of lines that begin with a bullet, such as • ● ■ ◆ ※ ★ - *.

    A sign that is doubled is none: —— begins a quotation's author or a speech, and
    *** parts sections. Numbers are no bullets. A text of one line, or none, has ratio 0.

    Source: a signal of Gopher (Rae et al. 2021, appendix A) and MAP-CC, limit 0.9.
    """
    return _share_of_lines(text, _shapes(text).bulleted)


def ellipsis_line_ratio(text: str) -> float:
    """Returns the share of lines that end in an ellipsis, as teasers do.

    … ... 。。。 ··· and the words of a teaser's link, 展开, 更多, 全文 and read more,
    whatever arrows and brackets follow. An ellipsis within quotes, as in speech,
    does not count. A text of one line, or none, has ratio 0.

    Source: a signal of Gopher (Rae et al. 2021, appendix A) and MAP-CC, limit 0.3.
    """
    return _share_of_lines(text, _shapes(text).teasers)


def cut_line_ratio(text: str) -> float:
    """Returns the share of lines that stop in mid-sentence.

    They have 40 characters or more, and no mark at their end that ends a sentence, a
    quotation or a bracket: lists of articles cut the beginning of each at one length.
    Verses and headings are shorter, rows of tables have tabs. A text of one line, or
    none, has ratio 0.

    Source: own labels (2026-11, in-sample): see the rule in `configs/web_zh.yaml`.
    """
    return _share_of_lines(text, _shapes(text).cut)


def _share_of_lines(text: str, number: int, of_one_line: float = 0.0) -> float:
    count = line_count(text)
    return of_one_line if count == 1 else share(number, count)


@lru_cache(maxsize=1)
def _shapes(text: str) -> _Shapes:
    """Returns what the lines look like; of the last text."""
    short, ended, bulleted, cut, ends = shape_lines(
        text, _MARKS, _SHORT, _LONG, _OF_A_SENTENCE, _LONGEST_TEASER_END
    )
    teasers = sum(end.lower().endswith(_TEASER_ENDS) for end in ends)
    return _Shapes(short, ended, bulleted, cut, teasers)
