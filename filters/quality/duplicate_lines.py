"""How much of a text is lines that stood before."""

from jingyu.filters.quality.characters import share
from jingyu.filters.quality.lines import lines


def duplicate_line_ratio(text: str) -> float:
    """Returns the share of lines that equal an earlier line of the text.

    White space around a line does not count. A text without lines has ratio 0.

    Source: Gopher (Rae et al. 2021, appendix A), duplicate line fraction.
    """
    found = lines(text)
    return share(found.count - found.distinct_count, found.count)


def duplicate_line_char_ratio(text: str) -> float:
    """Returns the share of the lines' characters that stand in lines which stood before.

    Source: Gopher (Rae et al. 2021, appendix A), duplicate line character fraction.
    """
    found = lines(text)
    return share(found.length - found.distinct_length, found.length)
