"""The lines of a text, measured once for all signals that look at them."""

from dataclasses import dataclass
from functools import lru_cache

from jingyu.filters.quality.outline import measure_lines


@dataclass(frozen=True)
class Lines:
    r"""How many lines a text has and how long they are.

    A line is what stands between two "\n": a paragraph, heading, list item or
    table row. White space around it does not count; empty lines are left out.

    Attributes:
        count: Lines.
        length: Their code points.
        distinct_count: Lines that equal no earlier one.
        distinct_length: Their code points.
    """

    count: int
    length: int
    distinct_count: int
    distinct_length: int


@lru_cache(maxsize=1)
def lines(text: str) -> Lines:
    """Returns the lines of a text; those of the last text are remembered."""
    # The hash of a string is secret, so that no text can be made whose lines collide.
    return Lines(*measure_lines(text, hash(text)))
