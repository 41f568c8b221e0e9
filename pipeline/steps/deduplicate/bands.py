"""Keys under which similar documents meet."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.page.sign.minhash import EMPTY, fold, mix
from jingyu.pipeline.steps.deduplicate.short import short

NO_KEY: Final = 0
"""Stands where a document has no key."""

# Keys of other kinds are mixed with these, so that they never mean a band's key.
_EXACT = np.uint64(0xD1B54A32D192ED03)
_URL = np.uint64(0xAEF17502108EF2D9)
_PASSAGE = np.uint64(0x8CB92BA72F3D8DD7)
# The lowest bit of a key, which travels, says whether it is that of a passage.
_KIND = np.uint64(1)


class Keyed(NamedTuple):
    """Keys and, in the same order, the documents that hold them."""

    keys: NDArray[np.uint64]
    documents: NDArray[np.uint64]


def band_keys(signatures: NDArray[np.uint32], bands: int, rows: int) -> NDArray[np.uint64]:
    """Returns one key per document and band; equal keys mean equal rows of that band.

    Of each hash 16 bits count, which is what an index has of them.

    Keys of different bands never meet, whatever they hash, but by chance (2**-64
    a pair). An empty signature has `NO_KEY` in every band.

    Args:
        signatures: One signature per row.
        bands: Bands that are cut from the beginning of a signature, at least 1.
        rows: Values of a band, at least 1.

    Raises:
        ValueError: The bands need more values than a signature has.
    """
    hashes = signatures.shape[1]
    if bands < 1 or rows < 1 or bands * rows > hashes:
        raise ValueError(
            f"{bands} bands of {rows} rows do not fit {hashes} hashes: "
            f"both must be at least 1, and bands * rows at most {hashes}"
        )
    cut = short(signatures[:, : bands * rows]).reshape(-1, bands, rows)
    first = np.broadcast_to(mix(np.arange(1, bands + 1, dtype=np.uint64)), cut.shape[:2])
    keys = fold(first, np.moveaxis(cut, 2, 0))
    keys[(signatures == EMPTY).all(axis=1)] = NO_KEY
    return keys


def exact_keys(text_hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Returns the keys under which documents of one normal form meet."""
    return mix(text_hashes ^ _EXACT)


def url_keys(urls: NDArray[np.uint64], documents: NDArray[np.uint64]) -> Keyed:
    """Returns the keys under which captures of one address meet; those of no address, 0, do not."""
    is_known = urls != 0
    return Keyed(mix(urls[is_known] ^ _URL), documents[is_known])


def passage_keys(fingerprints: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Returns the keys under which documents that share passages meet, as `is_passage` tells."""
    return mix(fingerprints ^ _PASSAGE) | _KIND


def plain(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Returns keys of other kinds, as `is_passage` tells."""
    return keys & ~_KIND


def is_passage(keys: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Returns whether each key is that of a passage."""
    return (keys & _KIND).astype(np.bool_)


def document_keys(
    documents: NDArray[np.uint64],
    text_hashes: NDArray[np.uint64],
    signatures: NDArray[np.uint32],
    bands: int,
    rows: int,
) -> Keyed:
    """Returns all keys of documents, each with its document.

    Documents of one text hash have one signature and so meet in every band; only those
    whose signature is empty have an exact key instead.
    """
    keys = band_keys(signatures, bands, rows)
    is_empty = keys[:, 0] == NO_KEY
    keys[is_empty, 0] = exact_keys(text_hashes[is_empty])
    has_key = keys != NO_KEY
    return Keyed(keys[has_key], np.repeat(documents, has_key.sum(axis=1)))


def detection_probability(
    similarity: float | NDArray[np.float64], bands: int, rows: int
) -> NDArray[np.float64]:
    """Returns how probably two documents of a similarity share a band's key, 0 to 1.

    Source: Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, section 3.4.2.
    """
    return np.asarray(1 - (1 - np.asarray(similarity, np.float64) ** rows) ** bands)
