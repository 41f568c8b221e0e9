"""How much of a text is the glue of sentences."""

from jingyu.filters.quality.characters import characters, share
from jingyu.filters.quality.kind_counts import count_kinds

_MODERN = "的了是在和有不着过吗呢吧也就都而及与或被把从对为以于将地得我你他她它们这那个到又还但因所"
_TRADITIONAL = "過嗎與從對為爲於將們這個還"
_CLASSICAL = "之其者乎矣焉哉兮曰则則乃若吾汝尔爾亦夫且故此何"
FUNCTION_CHARS = _MODERN + _TRADITIONAL + _CLASSICAL
"""Particles, pronouns, prepositions, conjunctions and the like."""


def _function_chars() -> bytes:
    """Returns whether each code point is one, up to the last one and one more."""
    points = list(map(ord, FUNCTION_CHARS))
    table = bytearray(max(points) + 2)
    for point in points:
        table[point] = 1
    return bytes(table)


_IS_FUNCTION_CHAR = _function_chars()


def function_char_ratio(text: str) -> float:
    """Returns the share of Han characters that are function characters.

    Particles, pronouns, prepositions, conjunctions and the like, modern (的, 了, 是,
    在), traditional (這, 與, 為) and classical (之, 其, 者, 也). Prose has 0.1 to 0.3,
    notices of offices 0.05, lists of names and links next to none. Text without Han
    has ratio 0.

    Source: after the stop-word signal of ROOTS (Laurençon et al. 2022), by character.
    """
    _, count = count_kinds(text, _IS_FUNCTION_CHAR, 2)
    return share(count, characters(text).han_count)
