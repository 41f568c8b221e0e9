"""Small documents whose signatures often agree."""

import numpy as np
from hypothesis import strategies as st

from jingyu.pipeline.page.sign.minhash import EMPTY
from jingyu.pipeline.steps.deduplicate.survivors import Documents

HASHES = 6
Row = tuple[int, int, list[int], int]
"""Key, text hash, signature and rank."""


def documents_from(rows: list[Row]) -> Documents:
    """Returns documents from rows."""
    keys, hashes, signatures, ranks = zip(*rows, strict=True) if rows else ((), (), (), ())
    return Documents(
        np.array(keys, np.uint64),
        np.array(hashes, np.uint64),
        np.array(signatures, np.uint32).reshape(len(rows), -1 if rows else HASHES),
        (np.array(ranks, np.int64),),
    )


def permuted(rows: list[Row], seed: int) -> list[Row]:
    """Returns the rows in another order."""
    return [rows[row] for row in np.random.default_rng(seed).permutation(len(rows))]


_signatures = st.lists(st.integers(0, 2), min_size=HASHES, max_size=HASHES)
# One text hash goes with one signature.
_texts = st.tuples(st.integers(0, 30), _signatures | st.just([EMPTY] * HASHES))


@st.composite
def _rows(draw: st.DrawFn) -> list[Row]:
    texts = draw(st.lists(_texts, min_size=1, max_size=20, unique_by=lambda text: text[0]))
    keys = draw(st.lists(st.integers(0, 2**64 - 1), max_size=25, unique=True))
    chosen = [draw(st.sampled_from(texts)) for _ in keys]
    return [(key, *text, draw(st.integers(0, 3))) for key, text in zip(keys, chosen, strict=True)]


rows_of_documents = _rows()
