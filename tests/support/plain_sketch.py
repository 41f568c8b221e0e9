"""What `sketch` computes in C, with numpy."""

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.page.sign.sketch import shingles

_ESCAPE = 255


def winnow(form: str, width: int, window: int) -> NDArray[np.uint64]:
    """Returns the least value of each window of a form's passages, or of all if there are fewer."""
    if len(form) < width:
        return np.zeros(0, np.uint64)
    whole = np.frombuffer(shingles(form, width), np.uint32).astype(np.uint64)
    shorter = np.frombuffer(shingles(form, width - 1), np.uint32)[: whole.size]
    values = (whole << np.uint64(32)) | shorter
    window = min(window, values.size)
    windows = np.lib.stride_tricks.sliding_window_view(values, window)
    least: NDArray[np.uint64] = windows.min(axis=1)
    return least


def pack_set(hashes: NDArray[np.uint32], each: int) -> bytes:
    """Returns a small set of n-grams: how many are distinct, then gaps of taken cells."""
    found = np.unique(hashes).astype(np.uint64)
    cells = np.unique((found * np.uint64(found.size * each)) >> np.uint64(31)).astype(np.int64)
    gaps = np.diff(cells, prepend=0)
    told = b"".join(bytes([_ESCAPE] * (gap // _ESCAPE) + [gap % _ESCAPE]) for gap in gaps.tolist())
    return np.array([found.size], "<u4").tobytes() + told
