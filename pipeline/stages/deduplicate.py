"""Deduplicate as a Beam transform: keys, edges and figures are shuffled, texts never."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import apache_beam as beam
import numpy as np
from apache_beam.pvalue import PBegin, PCollection, TaggedOutput
from numpy.typing import NDArray

from pipeline.duplicates.candidates import join, partitions_for
from pipeline.duplicates.clusters import (
    Clusters,
    both_ways,
    components,
    contract,
    large_stars,
    marked,
    settle,
)
from pipeline.duplicates.packs import pack_by, pack_keys, unpack_edges, unpack_keys
from pipeline.layout import Layout
from pipeline.metrics import count
from pipeline.sections import Deduplication
from pipeline.stages.work_list import ReadWorkList, read_work_list
from pipeline.text.minhash import NGRAM, mix
from pipeline.work.deduplicate import (
    DECISION,
    REQUEST,
    Members,
    decide,
    item_keys,
    item_members,
    item_of,
    requests_by_item,
    requests_for,
    write_figures,
    write_item,
)

DOCUMENTS_ON_ONE_WORKER: Final = 20_000_000
"""Documents up to which their edges are joined on one worker at once. Contracted in partitions,
they leave less than one edge a document as a rule: 320 MB, and as much again as an array."""
ROUNDS: Final = 3
"""Rounds of stars before the rest is joined on one worker. A job graph has as many rounds as are
written into it. Three leave none of the edges of chains of five documents and 0.1 to 1.3 % of
those of random graphs short of a giant cluster (measured 2026-11-22); of a path of 100,000 they
leave all, and one worker joins those in a second."""

_WAVES = 4

Packed = tuple[int, bytes]
PackedMembers = tuple[int, tuple[bytes, bytes]]
Edges = NDArray[np.uint64]


@dataclass
class DeduplicateDocuments(beam.PTransform[PBegin, PCollection[str]]):
    """Writes, for each item, which of its documents are duplicates: `pipeline.work.deduplicate`.

    Documents meet under the keys of their bands, partition by partition; the edges are joined
    into clusters; the members of each cluster then travel to one place, where the survivors are
    chosen, and if an estimate leaves a doubt, once more with the shingles of those concerned. All
    arrays are packed, so that the shuffles see few elements. The work list holds the items'
    numbers and keys.

    Attributes:
        settings: What counts as a duplicate.
        layout: Where things are.
        documents: About how many there are: the number of partitions follows from it.
        hashes: Length of a signature.
        ngram: Length of a shingle.
        partitions: Number of partitions, if not that which follows.
        rounds: Rounds of stars, if not those that follow.
    """

    settings: Deduplication
    layout: Layout
    documents: int
    hashes: int
    ngram: int = NGRAM
    partitions: int | None = None
    rounds: int | None = None

    def expand(self, begin: PBegin) -> PCollection[str]:
        partitions = self.partitions or partitions_for(self.documents, self.settings.bands)
        items = begin | "Items" >> ReadWorkList(self.layout.work_list)
        keyed = items | "KeyDocuments" >> beam.ParDo(
            _KeyDocuments(self.settings, self.layout, partitions)
        )
        clusters, figures = self._clusters(keyed, partitions)
        decided = self._decided(clusters, partitions)
        every_item = items | "EveryItem" >> beam.MapTuple(_nothing_decided)
        written: PCollection[str] = (
            (*decided, every_item)
            | "Merge" >> beam.Flatten()
            | "DecisionsOfItems" >> beam.GroupByKey()
            | "WriteDecisions" >> beam.ParDo(_WriteDecisions(self.layout))
        )
        _ = (
            figures
            | "MergeFigures" >> beam.Flatten()
            | "GatherFigures" >> beam.GroupByKey()
            | "WriteFigures" >> beam.ParDo(_WriteFigures(self.layout))
        )
        return written

    def _clusters(self, keyed: Any, partitions: int) -> tuple[list[Any], list[Any]]:
        """Returns requests for the documents of clusters, by item, and figures."""
        rounds = self.rounds
        if rounds is None:
            rounds = ROUNDS if self.documents > DOCUMENTS_ON_ONE_WORKER else 0
        to_larger, to_both = _ToLargerEnds(partitions), _ToBothEnds(partitions)
        steps: list[tuple[str, beam.DoFn]] = []
        if rounds:
            steps = [("Contract", _Relate("contracted", contract, to_both))]
        for number in range(1, rounds + 1):
            stars = _Relate(f"starred.{number}", large_stars, to_larger)
            again = _Relate(f"contracted.{number}", contract, to_both)
            steps += [(f"LargeStars{number}", stars), (f"Contract{number}", again)]
        if rounds:
            steps.append(("MarkStars", _Relate(None, marked, _ToCenters(partitions))))
            steps.append(("Settle", _Settle()))
        steps.append(("ConnectComponents", _ConnectComponents()))
        join_keys = _JoinKeys(to_larger if rounds else _ToOneWorker())
        edges, figures, clusters = keyed, [], []
        for name, work in (("JoinKeys", join_keys), *steps):
            edges, asked, told = edges | name >> _Meet(work, ("edges", "requests", "figures"))
            figures.append(told)
            clusters.append(asked)
        return clusters, figures

    def _decided(self, clusters: list[Any], partitions: int) -> tuple[Any, Any]:
        """Returns decisions by item, of the first time and of the last."""
        requests = clusters | "MergeClusters" >> beam.Flatten()
        decided = []
        for name, is_last in (("", False), ("Doubtful", True)):
            members = (
                requests
                | f"Return{name}ToItems" >> beam.GroupByKey()
                | f"Read{name}Members"
                >> beam.ParDo(_ReadMembers(self.layout, partitions, self.ngram))
            )
            choose = _ChooseSurvivors(self.settings, self.hashes, is_last)
            outputs = ("requests", "decided")
            requests, chosen = members | f"Choose{name}Survivors" >> _Meet(choose, outputs)
            decided.append(chosen)
        return decided[0], decided[1]


@dataclass
class _Meet(beam.PTransform[PCollection[Any], Any]):
    """Brings together what is sent to one target, and does some work there.

    Beam's local runner copies a shuffle twice when it reads it, so a quarter at a time is shuffled.
    """

    work: beam.DoFn
    outputs: Sequence[str]

    @beam.typehints.no_annotations
    def expand(self, sent: PCollection[Any]) -> tuple[Any, ...]:
        waves = sent | "Part" >> beam.Partition(_Wave(), _WAVES)
        done = [
            wave
            | f"Meet{number}" >> beam.GroupByKey()
            | f"Work{number}" >> beam.ParDo(self.work).with_outputs(*self.outputs)
            for number, wave in enumerate(waves)
        ]
        return tuple(
            [wave[output] for wave in done] | f"Merge{output.capitalize()}" >> beam.Flatten()
            for output in self.outputs
        )


class _Wave(beam.PartitionFn):
    def partition_for(self, element: Any, num_partitions: int, *_: Any, **__: Any) -> int:
        target: int = element[0]
        return target % num_partitions


def _nothing_decided(number: int, key: str) -> Packed:
    del key
    return number, b""


class _ToOneWorker:
    def __call__(self, edges: Edges) -> Iterator[Packed]:
        if len(edges):
            yield 0, edges.tobytes()


@dataclass(frozen=True)
class _ToLargerEnds:
    partitions: int

    def __call__(self, edges: Edges) -> Iterator[Packed]:
        return pack_by(_target(edges[:, 1], self.partitions), edges)


@dataclass(frozen=True)
class _ToBothEnds:
    partitions: int

    def __call__(self, edges: Edges) -> Iterator[Packed]:
        twice = both_ways(edges)
        return pack_by(_target(twice[:, 0], self.partitions), twice)


@dataclass(frozen=True)
class _ToCenters:
    partitions: int

    def __call__(self, marks: Edges) -> Iterator[Packed]:
        return pack_by(_target(marks[:, 0], self.partitions), marks)


def _target(documents: NDArray[np.uint64], partitions: int) -> NDArray[np.int64]:
    return (mix(documents) % np.uint64(partitions)).astype(np.int64)


Send = Callable[[Edges], Iterator[Packed]]


def _figure(name: str, amount: int) -> Any:
    count("deduplicate", name, amount)
    return TaggedOutput("figures", (0, (name.replace(".", "_"), amount)))


def _sent(edges: Edges, send: Send) -> Iterator[Any]:
    for packed in send(edges):
        yield TaggedOutput("edges", packed)


def _asked(clusters: Clusters) -> Iterator[Any]:
    for packed in requests_by_item(requests_for(clusters)):
        yield TaggedOutput("requests", packed)


@dataclass
class _KeyDocuments(beam.DoFn):
    settings: Deduplication
    layout: Layout
    partitions: int

    def process(self, element: tuple[int, str]) -> Iterator[Packed]:
        if self.settings.find != "nothing":
            keyed = item_keys(*element, self.layout, self.settings)
            yield from pack_keys(keyed, self.partitions)


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


class _WriteFigures(beam.DoFn):
    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    def process(self, element: tuple[int, Iterable[tuple[str, int]]]) -> None:
        figures: Counter[str] = Counter()
        for name, amount in element[1]:
            figures[name] += amount
        write_figures(figures, self._layout)


class _OnItems(beam.DoFn):
    """Work that is told an item's number and needs its key."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._keys: dict[int, str] = {}

    def setup(self) -> None:
        self._keys = dict(read_work_list(self._layout.work_list))


class _ReadMembers(_OnItems):
    def __init__(self, layout: Layout, partitions: int, ngram: int) -> None:
        super().__init__(layout)
        self._partitions = partitions
        self._ngram = ngram

    def process(self, element: tuple[int, Iterable[bytes]]) -> Iterator[PackedMembers]:
        number, packed = element
        requests = np.frombuffer(b"".join(packed), REQUEST)
        members = item_members(requests, self._keys[number], self._layout, self._ngram)
        yield from members.pack_by(_target(members.rows["label"], self._partitions))


@dataclass
class _ChooseSurvivors(beam.DoFn):
    settings: Deduplication
    hashes: int
    is_last: bool

    def process(self, element: tuple[int, Iterable[tuple[bytes, bytes]]]) -> Iterator[Any]:
        members = Members.unpack(element[1], self.hashes)
        decisions, requests = decide(members, self.settings, is_last=self.is_last)
        count("deduplicate", "documents_compared", len(members.rows))
        count("deduplicate", "documents_left_in_doubt", int(requests["reads_text"].sum()))
        for packed in pack_by(item_of(decisions["document"]), decisions):
            yield TaggedOutput("decided", packed)
        for packed in requests_by_item(requests):
            yield TaggedOutput("requests", packed)


class _WriteDecisions(_OnItems):
    def process(self, element: tuple[int, Iterable[bytes]]) -> Iterator[str]:
        number, packed = element
        decided = np.frombuffer(b"".join(packed), DECISION)
        write_item(decided, self._layout.duplicates(self._keys[number]))
        yield self._keys[number]
