"""Clusters: from keys of documents to requests for the members of clusters."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.page.sign.minhash import mix
from jingyu.pipeline.steps.deduplicate.candidates import join
from jingyu.pipeline.steps.deduplicate.clusters import (
    Clusters,
    both_ways,
    components,
    contract,
    large_stars,
    marked,
    settle,
)
from jingyu.pipeline.steps.deduplicate.packs import pack_by, unpack_edges, unpack_keys
from jingyu.pipeline.steps.deduplicate.parts.members import requests_by_part, requests_for
from jingyu.pipeline.steps.work import FIGURES, Collection, Function, Packed, figure

DOCUMENTS_ON_ONE_WORKER: Final = 20_000_000
"""Documents up to which their edges are joined on one worker at once. Contracted in partitions,
they leave less than one edge a document as a rule: 320 MB, and as much again as an array."""
ROUNDS: Final = 3
"""Rounds of stars before the rest is joined on one worker. A job graph has as many rounds as are
written into it. Three leave none of the edges of chains of five documents and 0.1 to 1.3 % of
those of random graphs short of a giant cluster (measured 2026-11-22); of a path of 100,000 they
leave all, and one worker joins those in a second."""

Edges = NDArray[np.uint64]


def connect(keyed: Collection, partitions: int, rounds: int) -> tuple[Collection, Collection]:
    """Connects documents that share keys.

    Returns requests for the members of clusters, by part, and figures of how they were found.

    Edges are joined partition by partition, contracted in rounds while there are many, and
    finished on one worker.

    Args:
        keyed: Packed keys.
        partitions: Number of partitions.
        rounds: Rounds of stars.
    """
    edges, figures, requests = keyed, [], []
    for name, function in _functions(partitions, rounds):
        edges, asked, told = edges.meet(name, function, ("edges", "requests", FIGURES))
        figures.append(told)
        requests.append(asked)
    return (
        requests[0].merged_with("MergeRequests", *requests[1:]),
        figures[0].merged_with("MergeFigures", *figures[1:]),
    )


def _functions(partitions: int, rounds: int) -> Iterator[tuple[str, Function]]:
    """Yields what is done to keys and then to edges, in its order, each with its label."""
    to_larger, to_both = _ToLargerEnds(partitions), _ToBothEnds(partitions)
    yield "JoinKeys", _JoinKeys(to_larger if rounds else _ToOneWorker())
    if rounds:
        yield "Contract", _Relate("edges_contracted", contract, to_both)
    for number in range(1, rounds + 1):
        yield f"LargeStars{number}", _Relate(f"edges_starred.{number}", large_stars, to_larger)
        yield f"Contract{number}", _Relate(f"edges_contracted.{number}", contract, to_both)
    if rounds:
        yield "MarkStars", _Relate(None, marked, _ToCenters(partitions))
        yield "Settle", _settle
    yield "ConnectComponents", _connect_components


def rounds_for(documents: int) -> int:
    """Returns the rounds of stars that so many documents need."""
    return ROUNDS if documents > DOCUMENTS_ON_ONE_WORKER else 0


class _ToOneWorker:
    def __call__(self, edges: Edges) -> Iterator[Packed]:
        if len(edges):
            yield 0, edges.tobytes()


@dataclass(frozen=True)
class _ToLargerEnds:
    partitions: int

    def __call__(self, edges: Edges) -> Iterator[Packed]:
        return pack_by(target_of(edges[:, 1], self.partitions), edges)


@dataclass(frozen=True)
class _ToBothEnds:
    partitions: int

    def __call__(self, edges: Edges) -> Iterator[Packed]:
        twice = both_ways(edges)
        return pack_by(target_of(twice[:, 0], self.partitions), twice)


@dataclass(frozen=True)
class _ToCenters:
    partitions: int

    def __call__(self, marks: Edges) -> Iterator[Packed]:
        return pack_by(target_of(marks[:, 0], self.partitions), marks)


def target_of(documents: NDArray[np.uint64], partitions: int) -> NDArray[np.int64]:
    """Returns where documents are sent."""
    return (mix(documents) % np.uint64(partitions)).astype(np.int64)


Send = Callable[[Edges], Iterator[Packed]]


def _sent(edges: Edges, send: Send) -> Iterator[Any]:
    for packed in send(edges):
        yield "edges", packed


def _asked(clusters: Clusters) -> Iterator[Any]:
    for packed in requests_by_part(requests_for(clusters)):
        yield "requests", packed


@dataclass(frozen=True)
class _JoinKeys:
    send: Send

    def __call__(self, element: tuple[int, Iterable[bytes]]) -> Iterator[Any]:
        edges = join(*unpack_keys(element[1]))
        yield figure("edges_found", len(edges))
        yield from _sent(contract(edges), self.send)


@dataclass(frozen=True)
class _Relate:
    """Replaces edges by others that connect the same documents."""

    figure: str | None
    work: Callable[[Edges], Edges]
    send: Send

    def __call__(self, element: tuple[int, Iterable[bytes]]) -> Iterator[Any]:
        edges = self.work(unpack_edges(b"".join(element[1])))
        if self.figure:
            yield figure(self.figure, len(edges))
        yield from _sent(edges, self.send)


def _settle(element: tuple[int, Iterable[bytes]]) -> Iterator[Any]:
    clusters, edges = settle(unpack_edges(b"".join(element[1]), columns=3))
    yield figure("documents_settled", clusters.documents.size)
    yield from _asked(clusters)
    yield from _sent(edges, _ToOneWorker())


def _connect_components(element: tuple[int, Iterable[bytes]]) -> Iterator[Any]:
    edges = unpack_edges(b"".join(element[1]))
    yield figure("edges_finished_on_one_worker", len(edges))
    yield from _asked(components(edges))
