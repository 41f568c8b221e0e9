"""Duplicates among documents that fit in memory."""

import numpy as np

from pipeline.duplicates.bands import document_keys
from pipeline.duplicates.candidates import join
from pipeline.duplicates.clusters import components
from pipeline.duplicates.survivors import Decisions, Documents, choose


def find_duplicates(
    documents: Documents, *, bands: int, rows: int, min_similarity: float
) -> Decisions:
    """Returns the decision on each document: keys, edges, clusters and survivors in one process.

    Documents of one normal form meet through their text hash, however short they are;
    similar ones meet if they share the key of a band.

    Args:
        documents: All documents.
        bands: Bands of a signature.
        rows: Values of a band.
        min_similarity: Smallest similarity of a duplicate, above 0 to 1.

    Raises:
        ValueError: The bands need more values than a signature has, or the similarity is out of
            range.
    """
    keyed = document_keys(documents.keys, documents.text_hashes, documents.signatures, bands, rows)
    clusters = components(join(keyed.keys, keyed.documents))
    order = np.argsort(documents.keys)
    members = order[np.searchsorted(documents.keys, clusters.documents, sorter=order)]
    chosen = choose(clusters.labels, documents.take(members), min_similarity)
    sorted_keys = documents.keys[order]
    places = np.searchsorted(sorted_keys, chosen.documents)
    decisions = Decisions(
        sorted_keys,
        sorted_keys.copy(),
        np.ones(sorted_keys.size),
        np.zeros(sorted_keys.size, np.bool_),
    )
    decisions.survivors[places] = chosen.survivors
    decisions.similarities[places] = chosen.similarities
    decisions.is_exact[places] = chosen.is_exact
    return decisions
