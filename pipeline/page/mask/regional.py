"""Identity numbers of Hong Kong, Macau and Taiwan."""

import re
import string
from collections.abc import Iterator
from operator import mul

from jingyu.filters.lazy_pattern import lazy_pattern
from jingyu.pipeline.page.mask.context import Context, before
from jingyu.pipeline.page.mask.span import Span

_CANDIDATE = lazy_pattern(
    "[A-Z157](?=[0-9A-Z/][0-9]{5})(?<![A-Za-z0-9].)(?:"
    "(?<=[A-Z])(?P<hong_kong>[A-Z]?[0-9]{6})[ -]?"
    "(?P<hong_kong_check>[(（][0-9A]|[0-9A](?![0-9A-Za-z]))[)）]?"
    "|(?<=[A-Z])(?P<taiwan>[1289A-D][0-9]{8})(?![0-9A-Za-z])"
    "|(?<=[157])(?P<macau>[0-9]{6}[(（][0-9][)）]|/?[0-9]{6}/[0-9](?![0-9])))"
)
SHAPES = (b"A000000", b"0000000", b"0/000000")
"""What the ASCII of a text with any of these has, as `shape` has it."""
ASCII_SHAPES = (b"A000000", b"0000000(", b"0000000/0", b"0/000000/0")
"""What a text in ASCII has."""
_NAMED = Context("身[份分][证證]|[证證]件|統一[编編][号號]|统一编号|居民证|HKID|ID ?(?:card|no)")
_VALUES = {sign: int(sign, 36) for sign in string.digits + string.ascii_uppercase}
# Letters in the order of their values 10 to 35. Source: National Immigration Agency of Taiwan.
_TAIWAN_LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO"


def regional_ids(text: str) -> Iterator[Span]:
    """Yields IDs of which the check digit is right and a word such as 身份证 stands before.

    One of Hong Kong in its full form, with brackets, needs no word; Macau's have no published
    check digit.

    Source: stdnum has no module for these; Immigration Department of Hong Kong, form of the
    symbol; weights 9 to 1 modulo 11, 1 9 8 7 6 5 4 3 2 1 1 modulo 10 (computed on public samples).
    """
    for found in _CANDIDATE.finditer(text):
        is_full = False
        if found["hong_kong"]:
            number = found[0][0] + found["hong_kong"] + found["hong_kong_check"][-1]
            is_full = found[0][-1] in ")）" and found["hong_kong_check"][0] in "(（"
            if not _is_hong_kong(number):
                continue
        elif found["taiwan"] and not is_taiwan(found[0][0] + found["taiwan"]):
            continue
        if is_full or _NAMED.search(before(text, found.start())):
            value = re.sub("[^A-Z0-9]", "", found[0])
            yield Span(found.start(), found.end(), "regional_id", value)


def _is_hong_kong(number: str) -> bool:
    """Returns whether the weighted sum of letters (10 to 35, none 36) and digits is right."""
    weights = range(len(number), 0, -1)
    total: int = sum(map(mul, map(_VALUES.__getitem__, number), weights))
    # With one letter: its place is taken by what stands for none.
    return (total + (36 * 9 if len(number) < 9 else 0)) % 11 == 0  # noqa: PLR2004 (places)


def is_taiwan(number: str) -> bool:
    """Returns whether the check digit is right, also of residents' with a second letter."""
    first = _TAIWAN_LETTERS.index(number[0]) + 10
    second = number[1] if number[1].isdigit() else str((_TAIWAN_LETTERS.index(number[1])) % 10)
    digits = [first // 10, first % 10, int(second), *map(int, number[2:])]
    weights = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)
    return sum(d * w for d, w in zip(digits, weights, strict=True)) % 10 == 0
