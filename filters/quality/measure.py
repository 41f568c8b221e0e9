"""All signals of a text."""

from collections.abc import Callable

from jingyu.filters.quality.bracket_ratio import bracket_ratio
from jingyu.filters.quality.char_entropy import char_entropy
from jingyu.filters.quality.composition import digit_ratio, punctuation_ratio, symbol_ratio
from jingyu.filters.quality.duplicate_lines import duplicate_line_char_ratio, duplicate_line_ratio
from jingyu.filters.quality.function_char_ratio import function_char_ratio
from jingyu.filters.quality.han import han_count, han_ratio
from jingyu.filters.quality.length import char_count, line_count, mean_line_length
from jingyu.filters.quality.line_shapes import (
    bullet_line_ratio,
    cut_line_ratio,
    ellipsis_line_ratio,
    punctuated_line_ratio,
    short_line_ratio,
)
from jingyu.filters.quality.lost_char_ratio import lost_char_ratio
from jingyu.filters.quality.ngrams import (
    duplicate_5gram_ratio,
    duplicate_10gram_ratio,
    top_2gram_ratio,
    top_3gram_ratio,
    top_4gram_ratio,
)
from jingyu.filters.quality.prose import longest_prose_length, prose_count, prose_ratio

MEASURES: tuple[Callable[[str], float], ...] = (
    char_count,
    line_count,
    mean_line_length,
    han_count,
    han_ratio,
    digit_ratio,
    punctuation_ratio,
    symbol_ratio,
    function_char_ratio,
    punctuated_line_ratio,
    short_line_ratio,
    bullet_line_ratio,
    ellipsis_line_ratio,
    cut_line_ratio,
    bracket_ratio,
    duplicate_line_ratio,
    duplicate_line_char_ratio,
    top_2gram_ratio,
    top_3gram_ratio,
    top_4gram_ratio,
    duplicate_5gram_ratio,
    duplicate_10gram_ratio,
    char_entropy,
    prose_count,
    prose_ratio,
    longest_prose_length,
    lost_char_ratio,
)
"""Every signal of a text, in the order of the first columns of `SIGNALS`."""

MEASURED = tuple(function.__name__ for function in MEASURES)
"""Their columns."""


def measure(text: str) -> dict[str, float]:
    """Returns the value of each signal by the name of its column."""
    return {name: function(text) for name, function in zip(MEASURED, MEASURES, strict=True)}
