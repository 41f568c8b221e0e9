"""Fingerprints of passages: what a document within a longer one shares with it."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.page.sign.minhash import normal_form
from jingyu.pipeline.page.sign.sketch import winnow

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
    found = np.frombuffer(winnow(normal_form(text), WIDTH, window), np.uint64)
    least = np.sort(found)
    is_first = np.ones(least.size, np.bool_)
    np.not_equal(least[1:], least[:-1], out=is_first[1:])
    # `np.unique` does no other, but imports masked arrays first.
    return least[is_first]
