"""The n-grams of texts as hashes in their order: what tells which parts of a text another holds."""

import string
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.page.sign.minhash import NGRAM, normal_form
from jingyu.pipeline.page.sign.sketch import shingles
from jingyu.pipeline.steps.deduplicate.grams import distinct
from jingyu.pipeline.steps.deduplicate.marking import sequence

MAX_LENGTH: Final = 65_536
"""N-grams up to which a sequence is whole, 256 KiB. Of longer texts a sample of the n-grams is
carried, chosen by their hashes, so that two texts are compared by the same ones."""

_FIGURE = np.uint32(1)
# A Han numeral counts as a figure where it numbers or dates: 一 in 一样, 一个 or 一年 is none.
_NUMERALS: Final = "〇零一二三四五六七八九十百千万亿"
_COUNTED: Final = "二三四五六七八九十"
_UNITS: Final = "年月日号期批届级班组楼室路册卷章"
_ORDINAL: Final = "第"
# As in `marking.c`.
_KINDS: Final = (string.digits, string.ascii_lowercase, _NUMERALS, _COUNTED, _UNITS, _ORDINAL)


def sequence_of(text: str, ngram: int = NGRAM, most: int = MAX_LENGTH) -> NDArray[np.uint32]:
    """Returns a number for each character of a text's normal form, in their order.

    Its upper 31 bits are a hash of the n-gram that begins there, 0 where none does any more; the
    lowest bit says whether the character is part of a figure. A form shorter than the n-gram is
    one n-gram. Of a form of more n-grams than `most` only so many stay, those of the smallest
    hashes.

    Args:
        text: Any text.
        ngram: Length of an n-gram, in code points.
        most: N-grams up to which all stay, at least 1.

    Raises:
        ValueError: `ngram` is less than 1.

    Source: the sample is that of Broder, On the resemblance and containment of documents (1997),
    section 4.
    """
    if ngram < 1:
        raise ValueError(f"ngram must be at least 1, not {ngram}")
    form = normal_form(text)
    hashes = shingles(form, ngram)
    values = np.frombuffer(sequence(form, hashes, _kinds()), np.uint32)
    grams = len(hashes) // values.itemsize
    if grams <= most:
        return values
    sampled = values[:grams]
    largest = np.partition(sampled, most - 1)[most - 1]
    sample: NDArray[np.uint32] = sampled[sampled <= largest][:most]
    return sample


def grams_of(text: str, ngram: int = NGRAM) -> NDArray[np.uint32]:
    """Returns the hashes of a text's n-grams as a sequence has them: 31 bits, sorted, each once."""
    hashes = np.frombuffer(shingles(normal_form(text), ngram), np.uint32)
    # 0 and 1 stand for no n-gram.
    return distinct(np.maximum(hashes, np.uint32(2)) >> _FIGURE)


def figures_in(form: str) -> NDArray[np.uint32]:
    """Returns 1 for each character of a normal form that is part of a figure, else 0.

    Figures are numbers and codes (a run of digits and ASCII letters that has a digit, or is one
    letter), numerals behind 第, two numerals or more in a row, and one of 二 to 十 before a unit of
    dates and numbering.
    """
    return np.frombuffer(sequence(form, b"", _kinds()), np.uint32) & _FIGURE


@cache
def _kinds() -> bytes:
    """Returns the kinds of each code point; the end of the table stands for those beyond it."""
    table = bytearray(max(ord(each) for kind in _KINDS for each in kind) + 2)
    for bit, characters in enumerate(_KINDS):
        for character in characters:
            table[ord(character)] |= 1 << bit
    return bytes(table)
