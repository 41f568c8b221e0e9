"""Fingerprints of passages: what a document within a longer one shares with it."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.page.sign.minhash import normal_form
from jingyu.pipeline.page.sign.sketch import shingles

WIDTH: Final = 20
"""Characters of a passage that a fingerprint stands for: shorter ones are phrases that many use."""
WINDOW: Final = 100
"""Passages of which one at least is a fingerprint, about each fiftieth. A document of 119
characters or more that stands as a whole in another has a fingerprint in common with it."""


INDEX_WINDOW: Final = 2 * WINDOW
"""The same of what an index has: half of the fingerprints, among those of `WINDOW`."""


def fingerprints(text: str, window: int = WINDOW) -> NDArray[np.uint64]:
    """Returns the fingerprints of a text's normal form, sorted, each once.

    They are the least hashes of each run of `window` passages, so that it does not matter where in
    a longer text a passage stands. A form of fewer passages has one, one of fewer than `WIDTH`
    characters none.

    Source: Schleimer, Wilkerson and Aiken, Winnowing (2003), section 3.
    """
    form = normal_form(text)
    if len(form) < WIDTH:
        return np.zeros(0, np.uint64)
    whole = np.frombuffer(shingles(form, WIDTH), np.uint32).astype(np.uint64)
    shorter = np.frombuffer(shingles(form, WIDTH - 1), np.uint32)[: whole.size]
    hashes = (whole << np.uint64(32)) | shorter
    least = np.sort(_least_of_windows(hashes, window))
    # `np.unique` does no other, but imports masked arrays first.
    return least[np.concatenate(([True], least[1:] != least[:-1]))]


def _least_of_windows(values: NDArray[np.uint64], window: int) -> NDArray[np.uint64]:
    """Returns the least value of each window, or of all if there are fewer.

    Each window is the end of one block and the beginning of the next: van Herk's algorithm.
    """
    if values.size <= window:
        return values[[values.argmin()]]
    padded = np.full(-(-values.size // window) * window, np.iinfo(np.uint64).max)
    padded[: values.size] = values
    blocks = padded.reshape(-1, window)
    ahead = np.minimum.accumulate(blocks, axis=1).ravel()
    behind = np.minimum.accumulate(blocks[:, ::-1], axis=1)[:, ::-1].ravel()
    count = values.size - window + 1
    least: NDArray[np.uint64] = np.minimum(behind[:count], ahead[window - 1 : window - 1 + count])
    return least
