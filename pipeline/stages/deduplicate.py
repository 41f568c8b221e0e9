"""Deduplicate as a Beam transform: keys, edges and figures are shuffled, texts never."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import apache_beam as beam
import numpy as np
from apache_beam.pvalue import PBegin, PCollection

from pipeline.duplicates.candidates import join, pack, pack_partitions, unpack
from pipeline.duplicates.clusters import Clusters, components
from pipeline.layout import Layout
from pipeline.sections import Deduplication
from pipeline.stages.work_list import ReadWorkList, read_work_list
from pipeline.text.minhash import mix
from pipeline.work.deduplicate import (
    DECISION,
    by_item,
    decide,
    item_keys,
    item_members,
    item_of,
    member_type,
    write_item,
)

_DOCUMENTS_IN_PARTITION = 100_000
_MIN_PARTITIONS = 4
Packed = tuple[int, bytes]


@dataclass
class DeduplicateDocuments(beam.PTransform[PBegin, PCollection[str]]):
    """Writes, for each item, which of its documents are duplicates: `pipeline.work.deduplicate`.

    Documents meet under the keys of their bands, partition by partition; the edges are joined
    into clusters on one worker; the members of each cluster then travel to one place, where the
    survivors are chosen. All arrays are packed, so that the shuffles see few elements. The work
    list holds the items' numbers and keys.
    """

    settings: Deduplication
    layout: Layout
    documents: int
    hashes: int

    def expand(self, begin: PBegin) -> PCollection[str]:
        partitions = max(_MIN_PARTITIONS, self.documents // _DOCUMENTS_IN_PARTITION)
        items = begin | "Items" >> ReadWorkList(self.layout.work_list)
        decided = (
            items
            | "KeyDocuments" >> beam.ParDo(_KeyDocuments(self.settings, self.layout, partitions))
            | "MeetUnderKeys" >> beam.GroupByKey()
            | "JoinKeys" >> beam.ParDo(_JoinKeys())
            | "GatherEdges" >> beam.GroupByKey()
            | "ConnectComponents" >> beam.ParDo(_ConnectComponents())
            | "ReturnToItems" >> beam.GroupByKey()
            | "ReadMembers" >> beam.ParDo(_ReadMembers(self.layout, partitions))
            | "GatherClusters" >> beam.GroupByKey()
            | "ChooseSurvivors" >> beam.ParDo(_ChooseSurvivors(self.settings, self.hashes))
        )
        every_item = items | "EveryItem" >> beam.MapTuple(_nothing_decided)
        written: PCollection[str] = (
            (decided, every_item)
            | "Merge" >> beam.Flatten()
            | "DecisionsOfItems" >> beam.GroupByKey()
            | "WriteDecisions" >> beam.ParDo(_WriteDecisions(self.layout))
        )
        return written


def _nothing_decided(number: int, key: str) -> Packed:
    del key
    return number, b""


@dataclass
class _KeyDocuments(beam.DoFn):
    settings: Deduplication
    layout: Layout
    partitions: int

    def process(self, element: tuple[int, str]) -> Iterator[Packed]:
        if self.settings.find != "nothing":
            keyed = item_keys(*element, self.layout, self.settings)
            yield from pack_partitions(keyed.keys, keyed.documents, self.partitions)


class _JoinKeys(beam.DoFn):
    def process(self, element: tuple[int, Iterable[bytes]]) -> Iterator[Packed]:
        edges = join(*unpack(b"".join(element[1])))
        if len(edges):
            yield 0, pack(*edges.T)


class _ConnectComponents(beam.DoFn):
    def process(self, element: tuple[int, Iterable[bytes]]) -> Iterator[Packed]:
        edges = np.stack(unpack(b"".join(element[1])), axis=1)
        for number, clusters in by_item(components(edges)):
            yield number, pack(clusters.documents, clusters.labels)


class _OnItems(beam.DoFn):
    """Work that is told an item's number and needs its key."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._keys: dict[int, str] = {}

    def setup(self) -> None:
        self._keys = dict(read_work_list(self._layout.work_list))


class _ReadMembers(_OnItems):
    def __init__(self, layout: Layout, partitions: int) -> None:
        super().__init__(layout)
        self._partitions = np.uint64(partitions)

    def process(self, element: tuple[int, Iterable[bytes]]) -> Iterator[Packed]:
        number, packed = element
        clusters = Clusters(*unpack(b"".join(packed)))
        members = item_members(clusters, self._keys[number], self._layout)
        targets = (mix(members["label"]) % self._partitions).astype(np.int64)
        for target in np.unique(targets).tolist():
            yield target, members[targets == target].tobytes()


@dataclass
class _ChooseSurvivors(beam.DoFn):
    settings: Deduplication
    hashes: int

    def process(self, element: tuple[int, Iterable[bytes]]) -> Iterator[Packed]:
        members = np.frombuffer(b"".join(element[1]), member_type(self.hashes))
        decided = decide(members, self.settings)
        items = item_of(decided["document"])
        for number in np.unique(items).tolist():
            yield number, decided[items == number].tobytes()


class _WriteDecisions(_OnItems):
    def process(self, element: tuple[int, Iterable[bytes]]) -> Iterator[str]:
        number, packed = element
        decided = np.frombuffer(b"".join(packed), DECISION)
        write_item(decided, self._layout.duplicates(self._keys[number]))
        yield self._keys[number]
