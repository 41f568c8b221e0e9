"""Finds single bytes that set the pairs of a GB18030 text askew."""

import functools

import numpy as np

from jingyu.pipeline.page.decode.charsets import GB18030
from jingyu.pipeline.page.decode.plausibility import familiar_characters
from jingyu.pipeline.page.decode.stray import stray_in

_FAMILIAR, _COMMON, _RARE, _EXTENDED, _NONE = 2, 1, 0, -1, -4
_COST_OF_A_DROPPED_BYTE = 3
_MOST_RUNS = 10_000


def parts_between_strays(payload: bytes) -> list[bytes]:
    """Returns the bytes in parts that each read as Chinese; between two stood a stray byte.

    A decoder pairs each byte above 7F with the next. One byte too many, or too few, spoils all
    pairs as far as the next ASCII byte, often without any that is impossible. Only runs of an odd
    number of such bytes can hold a single stray; each is read with every byte dropped in turn, and
    with none, since a character of GBK may end in an ASCII byte. A stray between the two bytes of a
    character stands behind it. Two strays in one run are not found, nor any after 10,000 odd runs.
    """
    # What the end cuts off is no stray: a digit behind it is taken for a part of the character.
    data = np.frombuffer(b"0" + payload + b"0", np.uint8)
    edges = np.flatnonzero(np.diff((data >= np.uint8(0x80)).view(np.int8)))
    starts, ends = edges[::2], edges[1::2]
    # One byte between ASCII costs a decoder only itself.
    odd = np.flatnonzero(((ends - starts) % 2 == 1) & (ends - starts > 1))[:_MOST_RUNS]
    parts, done = [], 0
    for start, end in zip(starts[odd].tolist(), ends[odd].tolist(), strict=True):
        stray = stray_in(data[start + 1 : end + 2].tobytes(), _worth(), _COST_OF_A_DROPPED_BYTE)
        if stray >= 0:
            place, inside = start + stray, stray % 2
            parts.append(payload[done:place] + payload[place + 1 : place + 1 + inside])
            done = place + 1 + inside
    return [*parts, payload[done:]]


@functools.cache
def _worth() -> bytes:
    """Returns how well each pair of bytes fits in a Chinese text, as signed bytes."""
    worth = np.full((256, 256), _NONE, np.int8)
    worth[0x81:0xFF, 0x40:0x7F] = worth[0x81:0xFF, 0x80:0xFF] = _EXTENDED
    worth[0xA1:0xFF, 0xA1:0xFF] = _NONE
    worth[0xA1:0xA6, 0xA1:0xFF] = worth[0xB0:0xD8, 0xA1:0xFF] = _COMMON
    worth[0xA6:0xAA, 0xA1:0xFF] = worth[0xD8:0xF8, 0xA1:0xFF] = _RARE
    # A digit may be the second of four bytes.
    worth[:, ord("0") : ord("9") + 1] = _RARE
    by_pair = worth.reshape(-1)
    for character in familiar_characters():
        by_pair[int.from_bytes(character.encode(GB18030), "big")] = _FAMILIAR
    return by_pair.tobytes()
