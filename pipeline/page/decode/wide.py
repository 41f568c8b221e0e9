"""Recognizes UTF-16 and UTF-32 without a byte order mark."""

import functools

import numpy as np
from numpy.typing import NDArray

_SAMPLE_BYTES = 1 << 12
_UNIT_BYTES = 4
_MOSTLY, _NEARLY_ALL, _SOME = 0.9, 0.95, 0.02


def unmarked(payload: bytes) -> str | None:
    """Returns the codec of bytes whose zeros stand as in UTF-16 or UTF-32, or none.

    In UTF-32 half of each unit is zero. In UTF-16 the markup is ASCII with a zero on one side, and
    what is not must be Chinese or punctuation: English read in pairs looks like Han, too, but it
    has no zeros. Without any ASCII in the first 4,096 bytes nothing is recognized.
    """
    if b"\0" not in payload[:_SAMPLE_BYTES]:
        return None
    sample = np.frombuffer(payload[:_SAMPLE_BYTES], np.uint8)
    sample = sample[: len(sample) // _UNIT_BYTES * _UNIT_BYTES].reshape(-1, _UNIT_BYTES)
    if not len(sample):
        return None
    for codec, zero, mostly_zero in (("utf-32-le", 3, 2), ("utf-32-be", 0, 1)):
        if not sample[:, zero].any() and np.mean(sample[:, mostly_zero] == 0) > _MOSTLY:
            return codec
    for codec, dtype in (("utf-16-le", "<u2"), ("utf-16-be", ">u2")):
        units = sample.reshape(-1).view(dtype)
        is_ascii, is_expected = _ascii()[units], _expected()[units]
        if is_ascii.mean() > _SOME and is_expected.mean() > _NEARLY_ALL:
            return codec
    return None


@functools.cache
def _ascii() -> NDArray[np.bool_]:
    units = np.zeros(1 << 16, np.bool_)
    units[0x20:0x7F] = True
    units[[ord(space) for space in "\t\n\r"]] = True
    return units


@functools.cache
def _expected() -> NDArray[np.bool_]:
    units = _ascii().copy()
    units[0xA0:0x100] = units[0x2000:0xA000] = units[0xFF00:0xFFFE] = True
    return units
