"""Small documents whose signatures often agree."""

import numpy as np
from hypothesis import strategies as st

from pipeline.duplicates.survivors import Documents
from pipeline.text.minhash import EMPTY

HASHES = 6


def documents_from(rows: list[tuple[int, int, list[int], int]]) -> Documents:
    """Returns documents from rows of key, text hash, signature and rank."""
    keys, hashes, signatures, ranks = zip(*rows, strict=True) if rows else ((), (), (), ())
    return Documents(
        np.array(keys, np.uint64),
        np.array(hashes, np.uint64),
        np.array(signatures, np.uint32).reshape(len(rows), -1 if rows else HASHES),
        (np.array(ranks, np.int64),),
    )


_signatures = st.lists(st.integers(0, 2), min_size=HASHES, max_size=HASHES)
_row = st.tuples(
    st.integers(0, 2**64 - 1),
    st.integers(0, 30),
    _signatures | st.just([EMPTY] * HASHES),
    st.integers(0, 3),
)
rows_of_documents = st.lists(_row, max_size=25, unique_by=lambda row: row[0])
