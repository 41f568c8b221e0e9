"""How long a text and its lines are."""

from jingyu.filters.quality.characters import share
from jingyu.filters.quality.lines import lines


def char_count(text: str) -> int:
    """Returns the code points of the text without line ends; spaces count."""
    return len(text) - text.count("\n")


def line_count(text: str) -> int:
    """Returns the lines that hold more than white space."""
    return lines(text).count


def mean_line_length(text: str) -> float:
    """Returns the mean length of the lines, in code points.

    White space around a line does not count. A text without lines has mean 0.
    """
    found = lines(text)
    return share(found.length, found.count)
