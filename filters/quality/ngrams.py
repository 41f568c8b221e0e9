"""How much of a text is repeated n-grams of its characters.

An n-gram is n visible characters in a row: white space and line ends do not
count, so that a phrase is found across spaces, cells and lines. What programs
repeat is their syntax: they count among the characters of a text, and never as
repeated.
"""

from functools import lru_cache
from typing import NamedTuple

from jingyu.filters.code import without_programs
from jingyu.filters.quality.characters import characters, share
from jingyu.filters.quality.repeats import covered


def top_2gram_ratio(text: str) -> float:
    """Returns the share of visible characters in occurrences of the most frequent 2-gram.

    A character in two overlapping occurrences counts once; of equally frequent
    n-grams the one that covers most counts; 0 where none stands twice.

    Source: a signal of Gopher (Rae et al. 2021, appendix A), there of words; by
    character as in MAP-CC (Du et al. 2024, Chinese Tiny LLM), limit 0.20.
    """
    return share(_covered(text).top_2, characters(text).visible_count)


def top_3gram_ratio(text: str) -> float:
    """Returns the share of visible characters in occurrences of the most frequent 3-gram.

    A character in two overlapping occurrences counts once; of equally frequent
    n-grams the one that covers most counts; 0 where none stands twice.

    Source: as of the 2-gram; MAP-CC's limit is 0.18.
    """
    return share(_covered(text).top_3, characters(text).visible_count)


def top_4gram_ratio(text: str) -> float:
    """Returns the share of visible characters in occurrences of the most frequent 4-gram.

    A character in two overlapping occurrences counts once; of equally frequent
    n-grams the one that covers most counts; 0 where none stands twice.

    Source: as of the 2-gram; MAP-CC's limit is 0.16.
    """
    return share(_covered(text).top_4, characters(text).visible_count)


def duplicate_5gram_ratio(text: str) -> float:
    """Returns the share of visible characters in 5-grams that stand more than once.

    Every occurrence counts, the first one too; a character in several counts once.

    Source: a signal of Gopher (Rae et al. 2021, appendix A), there of words. MAP-CC's
    limit of 0.60 does not carry over: its code counts distinct characters.
    """
    return share(_covered(text).repeated_5, characters(text).visible_count)


def duplicate_10gram_ratio(text: str) -> float:
    """Returns the share of visible characters in 10-grams that stand more than once.

    Every occurrence counts, the first one too; a character in several counts once.

    Source: as of the 5-gram.
    """
    return share(_covered(text).repeated_10, characters(text).visible_count)


class _Covered(NamedTuple):
    """Characters of a text in n-grams that stand there more than once, by the signal's n-grams."""

    top_2: int
    top_3: int
    top_4: int
    repeated_5: int
    repeated_10: int


@lru_cache(maxsize=1)
def _covered(text: str) -> _Covered:
    """Returns what n-grams cover; of the last text."""
    # The hash of a string is secret, so that no text can be made whose n-grams collide.
    prose = without_programs(text)
    return _Covered._make(covered(characters(prose).code_points, hash(text)))
