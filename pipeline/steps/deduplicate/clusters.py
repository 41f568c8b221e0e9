"""Documents that edges connect, found in one place or step by step in many."""

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


def contract(edges: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Returns the fewest edges that connect the same documents: stars from the smallest.

    Done to a part of the edges, it leaves at most one edge a document of them.
    """
    clusters = components(edges)
    is_leaf = clusters.documents != clusters.labels
    return np.stack([clusters.labels[is_leaf], clusters.documents[is_leaf]], axis=1)


def both_ways(edges: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Returns each edge from both of its ends, so that each document can meet all its neighbors."""
    return np.concatenate([edges, edges[:, ::-1]])


def large_stars(edges: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Returns edges from the larger neighbors of each document to its smallest one, or to itself.

    What was connected stays so, when all parts have done this: the other half of a round is to
    `contract` the edges by their larger ends. In rounds of both, each cluster becomes a star from
    its smallest document.

    Args:
        edges: All edges from some documents, which stand first; made by `both_ways`.

    Source: Kiveris et al., Connected Components in MapReduce and Beyond (2014): O(log^2 n) rounds.
    """
    documents, place = np.unique(edges[:, 0], return_inverse=True)
    smallest = documents.copy()
    np.minimum.at(smallest, place, edges[:, 1])
    is_larger = edges[:, 1] > edges[:, 0]
    return np.unique(np.stack([smallest[place], edges[:, 1]], axis=1)[is_larger], axis=0)


def marked(edges: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Returns each edge from its smaller end, and whether its larger end has no other edge.

    A document that has a smaller neighbor also gets an edge to itself, unmarked: it is no center.

    Args:
        edges: All edges from some documents, which stand first; made by `both_ways`.
    """
    documents, place, counts = np.unique(edges[:, 0], return_inverse=True, return_counts=True)
    is_leaf = np.zeros(documents.size, np.bool_)
    from_larger = edges[:, 0] > edges[:, 1]
    is_leaf[place[from_larger]] = True
    inner = documents[is_leaf & (counts > 1)]
    marks = (counts[place] == 1).astype(np.uint64)
    found = np.stack([edges[:, 1], edges[:, 0], marks], axis=1)[from_larger]
    return np.concatenate([found, np.stack([inner, inner, np.zeros_like(inner)], axis=1)])


class Settled(NamedTuple):
    """Edges of clusters that are stars, each whole, and all other edges."""

    clusters: Clusters
    edges: NDArray[np.uint64]


def settle(marks: NDArray[np.uint64]) -> Settled:
    """Parts marked edges, all those from some documents, into whole stars and the rest."""
    centers, place = np.unique(marks[:, 0], return_inverse=True)
    is_whole = np.ones(centers.size, np.bool_)
    is_whole[place[marks[:, 2] == 0]] = False
    whole = marks[is_whole[place]]
    stars = Clusters(
        np.concatenate([centers[is_whole], whole[:, 1]]),
        np.concatenate([centers[is_whole], whole[:, 0]]),
    )
    rest = marks[~is_whole[place], :2]
    return Settled(stars, rest[rest[:, 0] != rest[:, 1]])


def _followed(labels: NDArray[np.intp]) -> NDArray[np.intp]:
    while True:
        further = labels[labels]
        if np.array_equal(further, labels):
            return labels
        labels = further
