"""How Chinese a text looks."""

from jingyu.filters.quality.characters import characters, share


def han_count(text: str) -> int:
    """Returns the Han characters: ideographs of all planes, 々 and 〇, no radicals."""
    return characters(text).han_count


def han_ratio(text: str) -> float:
    """Returns the share of letters and digits that are Han characters.

    Punctuation, symbols and spaces count on neither side, so layout does not
    move the ratio. Text without letters or digits has ratio 0.
    """
    found = characters(text)
    return share(found.han_count, found.han_count + found.letter_count + found.digit_count)
