"""Clusters as a Beam transform: from keys of documents to requests for the members of clusters."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import apache_beam as beam
import numpy as np
from apache_beam.pvalue import PCollection, TaggedOutput
from numpy.typing import NDArray

from jingyu.pipeline.page.sign.minhash import mix
from jingyu.pipeline.run.metrics import count
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
from jingyu.pipeline.steps.meet import Meet, Packed

DOCUMENTS_ON_ONE_WORKER: Final = 20_000_000
"""Documents up to which their edges are joined on one worker at once. Contracted in partitions,
they leave less than one edge a document as a rule: 320 MB, and as much again as an array."""
ROUNDS: Final = 3
"""Rounds of stars before the rest is joined on one worker. A job graph has as many rounds as are
written into it. Three leave none of the edges of chains of five documents and 0.1 to 1.3 % of
those of random graphs short of a giant cluster (measured 2026-11-22); of a path of 100,000 they
leave all, and one worker joins those in a second."""

Edges = NDArray[np.uint64]


@dataclass
class ConnectDocuments(beam.PTransform[PCollection[Packed], Any]):
    """Connects documents that share keys; yields requests for them by part, and figures.

    Edges are joined partition by partition, contracted in rounds while there are many, and
    finished on one worker.

    Attributes:
        partitions: Number of partitions.
        rounds: Rounds of stars.
    """

    partitions: int
    rounds: int

    @beam.typehints.no_annotations
    def expand(self, keyed: PCollection[Packed]) -> tuple[Any, Any]:
        rounds = self.rounds
        to_larger, to_both = _ToLargerEnds(self.partitions), _ToBothEnds(self.partitions)
        steps: list[tuple[str, beam.DoFn]] = []
        if rounds:
            steps = [("Contract", _Relate("contracted", contract, to_both))]
        for number in range(1, rounds + 1):
            stars = _Relate(f"starred.{number}", large_stars, to_larger)
            again = _Relate(f"contracted.{number}", contract, to_both)
            steps += [(f"LargeStars{number}", stars), (f"Contract{number}", again)]
        if rounds:
            steps.append(("MarkStars", _Relate(None, marked, _ToCenters(self.partitions))))
            steps.append(("Settle", _Settle()))
        steps.append(("ConnectComponents", _ConnectComponents()))
        join_keys = _JoinKeys(to_larger if rounds else _ToOneWorker())
        edges, figures, clusters = keyed, [], []
        for name, work in (("JoinKeys", join_keys), *steps):
            edges, asked, told = edges | name >> Meet(work, ("edges", "requests", "figures"))
            figures.append(told)
            clusters.append(asked)
        return (
            clusters | "MergeClusters" >> beam.Flatten(),
            figures | "MergeFigures" >> beam.Flatten(),
        )


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


def _figure(name: str, amount: int) -> Any:
    count("deduplicate", name, amount)
    return TaggedOutput("figures", (0, (name.replace(".", "_"), amount)))


def _sent(edges: Edges, send: Send) -> Iterator[Any]:
    for packed in send(edges):
        yield TaggedOutput("edges", packed)


def _asked(clusters: Clusters) -> Iterator[Any]:
    for packed in requests_by_part(requests_for(clusters)):
        yield TaggedOutput("requests", packed)


@dataclass
class _JoinKeys(beam.DoFn):
    send: Send

    def process(self, element: tuple[int, Iterable[bytes]]) -> Iterator[Any]:
        edges = join(*unpack_keys(element[1]))
        yield _figure("edges_found", len(edges))
        yield from _sent(contract(edges), self.send)


@dataclass
class _Relate(beam.DoFn):
    """Replaces edges by others that connect the same documents."""

    figure: str | None
    work: Callable[[Edges], Edges]
    send: Send

    def process(self, element: tuple[int, Iterable[bytes]]) -> Iterator[Any]:
        edges = self.work(unpack_edges(b"".join(element[1])))
        if self.figure:
            yield _figure(f"edges_{self.figure}", len(edges))
        yield from _sent(edges, self.send)


class _Settle(beam.DoFn):
    def process(self, element: tuple[int, Iterable[bytes]]) -> Iterator[Any]:
        clusters, edges = settle(unpack_edges(b"".join(element[1]), columns=3))
        yield _figure("documents_settled", clusters.documents.size)
        yield from _asked(clusters)
        yield from _sent(edges, _ToOneWorker())


class _ConnectComponents(beam.DoFn):
    def process(self, element: tuple[int, Iterable[bytes]]) -> Iterator[Any]:
        edges = unpack_edges(b"".join(element[1]))
        yield _figure("edges_finished_on_one_worker", len(edges))
        yield from _asked(components(edges))
