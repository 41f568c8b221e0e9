"""The keys under which documents meet."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jingyu.pipeline.config.deduplication import Deduplication
from jingyu.pipeline.page.sign.minhash import EMPTY
from jingyu.pipeline.steps.deduplicate.bands import (
    Keyed,
    document_keys,
    exact_keys,
    passage_keys,
    plain,
    url_keys,
)

KEY_COLUMNS = ("url_key", "text_hash", "char_count", "signature", "fingerprints")


def keys_of(
    batch: pa.RecordBatch,
    signatures: NDArray[np.uint32],
    documents: NDArray[np.uint64],
    settings: Deduplication,
) -> list[Keyed]:
    """Returns the keys of the documents of a batch, which has `KEY_COLUMNS`, by its signatures.

    There must be one.
    """
    hashes = batch.column("text_hash").to_numpy()
    if settings.find == "exact":
        found = [Keyed(exact_keys(hashes), documents)]
    else:
        is_short = batch.column("char_count").to_numpy() < settings.min_near_chars
        if is_short.any():
            signatures = np.where(is_short[:, None], np.uint32(EMPTY), signatures)
        banding = settings.banding(signatures.shape[1])
        found = [document_keys(documents, hashes, signatures, *banding)]
    if settings.one_per_url:
        found.append(url_keys(batch.column("url_key").to_numpy(), documents))
    found = [Keyed(plain(each.keys), each.documents) for each in found]
    if settings.finds_contained:
        values, counts = fingerprints_of(batch.column("fingerprints"))
        found.append(Keyed(passage_keys(values), np.repeat(documents, counts)))
    return found


def fingerprints_of(column: pa.Array) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Returns the fingerprints of documents, end to end, and how many each has."""
    packed = [each or b"" for each in column.to_pylist()]
    counts = np.array([len(each) // 8 for each in packed], np.int64)
    return np.frombuffer(b"".join(packed), "<u8").astype(np.uint64), counts


def joined(found: Sequence[Keyed]) -> Keyed:
    """Returns several, one after the other."""
    nothing = np.zeros(0, np.uint64)
    return Keyed(
        np.concatenate([nothing, *(each.keys for each in found)]),
        np.concatenate([nothing, *(each.documents for each in found)]),
    )
