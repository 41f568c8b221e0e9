"""How much of a text is lines that stood before."""

from jingyu.filters.code import without_programs
from jingyu.filters.quality.characters import share
from jingyu.filters.quality.lines import lines


def duplicate_line_ratio(text: str) -> float:
    """Returns the share of lines that equal an earlier line of the text.

    White space around a line does not count, and lines of programs repeat none. A text without
    lines has ratio 0.

    Source: Gopher (Rae et al. 2021, appendix A), duplicate line fraction.
    """
    count = lines(text).count
    prose = lines(without_programs(text))
    return share(prose.count - prose.distinct_count, count)


def duplicate_line_char_ratio(text: str) -> float:
    """Returns the share of the lines' characters that stand in lines which stood before.

    Lines of programs repeat none.

    Source: Gopher (Rae et al. 2021, appendix A), duplicate line character fraction.
    """
    length = lines(text).length
    prose = lines(without_programs(text))
    return share(prose.length - prose.distinct_length, length)
