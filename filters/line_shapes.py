"""What the lines of a text look like: sentences, labels, list items or teasers."""

from filters.characters import share
from filters.lines import lines

_SENTENCE_ENDS = tuple("。．！？…；：!?.;:" + "”’」』）】》〉〕\"')]")
_BULLETS = frozenset("•·●○■□◆◇▪▫►▶▷◎‣⁃∙・※★☆✓✔➢➤-*–—")
_SHORT = 10
_TEASER_ARROWS = "<>《》〈〉«»→[]［］【】()（） "
_TEASER_ENDS = ("…", "...", "。。。", "···", "展开", "更多", "全文", "readmore", "read more")
_LAST_OF_TEASER = {char for end in _TEASER_ENDS for char in (end[-1], end[-1].upper())}
_LONGEST_TEASER_END = max(map(len, _TEASER_ENDS))


def punctuated_line_ratio(text: str) -> float:
    """Returns the share of lines that end like a sentence.

    They end in one of 。．！？…；： or their half-width forms, or in a closing quote
    or bracket such as ” 」 ） 】. A text without lines has ratio 0.

    Source: a signal of C4 (Raffel et al. 2020, section 2.2) and FineWeb2.
    """
    found = lines(text)
    return share(sum(line.endswith(_SENTENCE_ENDS) for line in found), len(found))


def short_line_ratio(text: str) -> float:
    """Returns the share of lines of fewer than ten characters."""
    found = lines(text)
    return share(sum(len(line) < _SHORT for line in found), len(found))


def bullet_line_ratio(text: str) -> float:
    """Returns the share of lines that begin with a bullet, such as • ● ■ ◆ ※ ★ - *.

    A sign that is doubled is none: —— begins a quotation's author or a speech, and
    *** parts sections. Numbers are no bullets. A text without lines has ratio 0.

    Source: a signal of Gopher (Rae et al. 2021, appendix A) and MAP-CC, limit 0.9.
    """
    found = lines(text)
    return share(sum(line[0] in _BULLETS and line[1:2] != line[0] for line in found), len(found))


def ellipsis_line_ratio(text: str) -> float:
    """Returns the share of lines that end in an ellipsis, as teasers do.

    … ... 。。。 ··· and the words of a teaser's link, 展开, 更多, 全文 and read more,
    whatever arrows and brackets follow. An ellipsis within quotes, as in speech,
    does not count. A text without lines has ratio 0.

    Source: a signal of Gopher (Rae et al. 2021, appendix A) and MAP-CC, limit 0.3.
    """
    found = lines(text)
    return share(sum(map(_is_teaser, found)), len(found))


def _is_teaser(line: str) -> bool:
    end = line.rstrip(_TEASER_ARROWS)
    # Most lines end in another character, which is told sooner than the words.
    return end[-1:] in _LAST_OF_TEASER and (
        end[-_LONGEST_TEASER_END:].lower().endswith(_TEASER_ENDS)
    )
