"""Documents that edges connect."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Clusters(NamedTuple):
    """Documents, sorted, and for each the label of its cluster: the smallest document in it."""

    documents: NDArray[np.uint64]
    labels: NDArray[np.uint64]


def components(edges: NDArray[np.uint64]) -> Clusters:
    """Returns the connected components of the documents that edges name.

    Order, direction and repetition of edges do not matter; an edge from a
    document to itself makes it known.

    In each round every cluster takes the label of its smallest neighbor, then
    labels are followed to their ends. Two rounds at least halve the clusters
    that still have neighbors: one that keeps its label in both is the smallest
    neighbor of another, which gave up its own. So n documents take O(log n) rounds.

    Args:
        edges: Two documents per row.
    """
    documents, ends = np.unique(edges.ravel(), return_inverse=True)
    left, right = ends.reshape(-1, 2).T
    labels = np.arange(documents.size)
    while left.size:
        np.minimum.at(labels, np.maximum(left, right), np.minimum(left, right))
        labels = _followed(labels)
        left, right = labels[left], labels[right]
        differs = left != right
        left, right = left[differs], right[differs]
    return Clusters(documents, documents[labels])


def _followed(labels: NDArray[np.intp]) -> NDArray[np.intp]:
    while True:
        further = labels[labels]
        if np.array_equal(further, labels):
            return labels
        labels = further
