"""Deduplicate as a Beam transform: keys, edges and figures are shuffled, texts never."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import apache_beam as beam
import numpy as np
from apache_beam.pvalue import PBegin, PCollection, TaggedOutput

from jingyu.pipeline.config.deduplication import Deduplication
from jingyu.pipeline.page.sign.minhash import NGRAM
from jingyu.pipeline.run.metrics import count
from jingyu.pipeline.steps.deduplicate.candidates import partitions_for
from jingyu.pipeline.steps.deduplicate.connect import ConnectDocuments, rounds_for, target_of
from jingyu.pipeline.steps.deduplicate.decisions import DECISION, decide, write_part
from jingyu.pipeline.steps.deduplicate.here import write_figures
from jingyu.pipeline.steps.deduplicate.packs import pack_by, pack_keys
from jingyu.pipeline.steps.deduplicate.parts.members import (
    REQUEST,
    Members,
    parts_of,
    requests_by_part,
)
from jingyu.pipeline.steps.deduplicate.parts.parts import Part
from jingyu.pipeline.steps.deduplicate.parts.staged_part import StagedPart
from jingyu.pipeline.steps.meet import Meet, Packed
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.work_list import ReadWorkList, read_work_list

PackedMembers = tuple[int, tuple[bytes, bytes]]


@dataclass
class DeduplicateDocuments(beam.PTransform[PBegin, PCollection[str]]):
    """Writes, for each item, which of its documents are duplicates: `pipeline.work.deduplicate`.

    Documents meet under the keys of their bands, partition by partition; the edges are joined
    into clusters; the members of each cluster then travel to one place, where the survivors are
    chosen, and if an estimate leaves a doubt, once more with the shingles of those concerned. All
    arrays are packed, so that the shuffles see few elements. The work list holds the parts.

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
        keys_of_each = self.settings.banding(self.hashes)[0] + self.settings.one_per_url
        partitions = self.partitions or partitions_for(self.documents, keys_of_each)
        rounds = rounds_for(self.documents) if self.rounds is None else self.rounds
        parts = begin | "Parts" >> ReadWorkList(self.layout.work_list)
        keyed = parts | "KeyDocuments" >> beam.ParDo(_KeyDocuments(self.settings, partitions))
        requests, figures = keyed | "Connect" >> ConnectDocuments(partitions, rounds)
        decided = self._decided(requests, partitions)
        every_part = parts | "EveryPart" >> beam.ParDo(_NothingDecided())
        written: PCollection[str] = (
            (*decided, every_part)
            | "Merge" >> beam.Flatten()
            | "DecisionsOfParts" >> beam.GroupByKey()
            | "WriteDecisions" >> beam.ParDo(_WriteDecisions(self.layout))
        )
        _ = (
            figures
            | "GatherFigures" >> beam.GroupByKey()
            | "WriteFigures" >> beam.ParDo(_WriteFigures(self.layout))
        )
        return written

    def _decided(self, requests: Any, partitions: int) -> tuple[Any, Any]:
        """Returns decisions by part, of the first time and of the last."""
        decided = []
        for name, is_last in (("", False), ("Doubtful", True)):
            members = (
                requests
                | f"Return{name}ToParts" >> beam.GroupByKey()
                | f"Read{name}Members"
                >> beam.ParDo(_ReadMembers(self.layout, partitions, self.ngram))
            )
            choose = _ChooseSurvivors(self.settings, self.hashes, is_last)
            outputs = ("requests", "decided")
            requests, chosen = members | f"Choose{name}Survivors" >> Meet(choose, outputs)
            decided.append(chosen)
        return decided[0], decided[1]


class _NothingDecided(beam.DoFn):
    def process(self, part: Part) -> Iterator[Packed]:
        if isinstance(part, StagedPart):
            yield part.number, b""


@dataclass
class _KeyDocuments(beam.DoFn):
    settings: Deduplication
    partitions: int

    def process(self, part: Part) -> Iterator[Packed]:
        if self.settings.find != "nothing":
            yield from pack_keys(part.keys(self.settings), self.partitions)


class _WriteFigures(beam.DoFn):
    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    def process(self, element: tuple[int, Iterable[tuple[str, int]]]) -> None:
        figures: Counter[str] = Counter()
        for name, amount in element[1]:
            figures[name] += amount
        write_figures(figures, self._layout)


class _OnParts(beam.DoFn):
    """Work that is told a part's number and needs the part."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._parts: tuple[Part, ...] = ()

    def setup(self) -> None:
        self._parts = read_work_list(self._layout.work_list)


class _ReadMembers(_OnParts):
    def __init__(self, layout: Layout, partitions: int, ngram: int) -> None:
        super().__init__(layout)
        self._partitions = partitions
        self._ngram = ngram

    def process(self, element: tuple[int, Iterable[bytes]]) -> Iterator[PackedMembers]:
        number, packed = element
        requests = np.frombuffer(b"".join(packed), REQUEST)
        members = self._parts[number].members(requests, self._ngram)
        yield from members.pack_by(target_of(members.rows["label"], self._partitions))


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
        for packed in pack_by(parts_of(decisions["document"]), decisions):
            yield TaggedOutput("decided", packed)
        for packed in requests_by_part(requests):
            yield TaggedOutput("requests", packed)


class _WriteDecisions(_OnParts):
    def process(self, element: tuple[int, Iterable[bytes]]) -> Iterator[str]:
        number, packed = element
        part = self._parts[number]
        if isinstance(part, StagedPart):
            decided = np.frombuffer(b"".join(packed), DECISION)
            path = self._layout.duplicates(part.key)
            write_part(decided, [each.corpus for each in self._parts], path)
            yield part.key
