"""What kinds of characters a text is made of."""

from jingyu.filters.quality.characters import characters, share


def digit_ratio(text: str) -> float:
    """Returns the share of visible characters that are digits.

    Full-width, circled and Roman numerals are digits; 一二三 are Han. Text without
    visible characters has ratio 0.
    """
    found = characters(text)
    return share(found.digit_count, found.visible_count)


def punctuation_ratio(text: str) -> float:
    """Returns the share of visible characters that are punctuation (Unicode category P).

    Text without visible characters has ratio 0.
    """
    found = characters(text)
    return share(found.punctuation_count, found.visible_count)


def symbol_ratio(text: str) -> float:
    """Returns the share of visible characters that are no letter, digit or punctuation.

    Signs such as ★, |, + and emoji, and damage: lone surrogates, private use and
    unassigned code points. Text without visible characters has ratio 0.
    """
    found = characters(text)
    return share(found.symbol_count, found.visible_count)
