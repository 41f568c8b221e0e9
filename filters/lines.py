"""The lines of a text, split once for all signals that look at them."""

from functools import lru_cache


@lru_cache(maxsize=1)
def lines(text: str) -> tuple[str, ...]:
    r"""Returns the lines without the white space around them; empty ones are left out.

    A line is what stands between two "\n": a paragraph, heading, list item or
    table row. Those of the last text are remembered.
    """
    return tuple(filter(None, map(str.strip, text.split("\n"))))
