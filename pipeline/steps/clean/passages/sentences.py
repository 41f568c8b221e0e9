"""The sentences of many texts at once, as hashes."""

from collections.abc import Sequence
from functools import cache

from jingyu.pipeline.steps.clean.lines.lines import Lines, han_kinds, hashed

_ENDS = "。！？｡"
_PERHAPS_ENDS = "!?"
_PAIRS = (
    ("“", "”"),
    ("「", "」"),
    ("『", "』"),
    ("（", "）"),
    ("(", ")"),
    ("《", "》"),
    ("【", "】"),
)
"""What is quoted or put in brackets; quotation marks that are the same at both ends are none."""
_FOLLOWS = "’\"' \u3000" + "".join(closes for _, closes in _PAIRS)

# As in `hashing.c`; a Han is 1.
_IS_END, _IS_PERHAPS_END, _IS_FOLLOWING, _OPENS, _PAIR = 2, 4, 8, 16, 5


def sentences_of(texts: Sequence[str]) -> Lines:
    """Returns the sentences of texts, with what `lines_of` tells of lines.

    A sentence ends where its line does, and behind 。！？ with the marks that close there; behind !
    and ? only before white space, another mark or a Han. A full stop of Latin, which abbreviations
    have too, ends none, nor does what stands within quotation marks or brackets that close within
    200 code points of their line. So a sentence may be longer than a reader would have it, and is
    never a part of one.

    Together the sentences of a text make it up; its end belongs to the last one of a line.
    """
    return hashed(texts, _kinds())


@cache
def _kinds() -> bytes:
    """Returns the kind of each code point."""
    table = bytearray(han_kinds())
    marks = ((_ENDS, _IS_END), (_PERHAPS_ENDS, _IS_PERHAPS_END), (_FOLLOWS, _IS_FOLLOWING))
    for characters, kind in marks:
        for character in characters:
            table[ord(character)] |= kind
    for number, (opens, closes) in enumerate(_PAIRS, start=1):
        table[ord(opens)] |= _OPENS | number << _PAIR
        table[ord(closes)] |= number << _PAIR
    return bytes(table)
