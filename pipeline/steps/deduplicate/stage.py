"""Deduplicate as a step: keys, edges and figures are sent from place to place, texts never."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, Final

import numpy as np

from jingyu.pipeline.config.deduplication import Deduplication
from jingyu.pipeline.page.sign.minhash import NGRAM
from jingyu.pipeline.read import storage
from jingyu.pipeline.steps.deduplicate.candidates import partitions_for
from jingyu.pipeline.steps.deduplicate.connect import connect, rounds_for, target_of
from jingyu.pipeline.steps.deduplicate.decisions import DECISION, decide
from jingyu.pipeline.steps.deduplicate.packs import pack_by, pack_keys
from jingyu.pipeline.steps.deduplicate.parts.aside import put_aside
from jingyu.pipeline.steps.deduplicate.parts.members import (
    REQUEST,
    Members,
    PackedMembers,
    parts_of,
    requests_by_part,
)
from jingyu.pipeline.steps.deduplicate.parts.parts import Part
from jingyu.pipeline.steps.deduplicate.parts.staged_part import StagedPart
from jingyu.pipeline.steps.deduplicate.written import write_part
from jingyu.pipeline.steps.work import FIGURES, Collection, Packed, figure
from jingyu.pipeline.store import filesystem
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.work_list import WorkList

_CLUSTERS_TOGETHER: Final = 5_000
_MAX_TARGETS: Final = 64
"""Documents whose clusters are decided on at once, and the most places at which that is done, if
their keys need no more: what was read of them, 4 bytes a character, is in memory there."""


@dataclass(frozen=True)
class DeduplicateDocuments:
    """Writes, for each item, which of its documents are duplicates.

    Documents meet under the keys of their bands, partition by partition. Those that share a key
    are joined by edges, and edges into clusters. The members of each cluster travel to one place,
    where the survivors are chosen; if some may be near duplicates, they travel once more, with the
    n-grams of those concerned. Arrays travel packed, so that few elements are sent. The pieces of
    work are the parts.

    Attributes:
        settings: What counts as a duplicate.
        layout: Where things are.
        documents: About how many there are: the number of partitions follows from it.
        hashes: Length of a signature.
        ngram: Length of an n-gram.
        partitions: Number of partitions, if not that which follows.
        rounds: Rounds of stars (`connect.ROUNDS`), if not as many as the documents need.
    """

    settings: Deduplication
    layout: Layout
    documents: int
    hashes: int
    ngram: int = NGRAM
    partitions: int | None = None
    rounds: int | None = None
    name: ClassVar[str] = "deduplicate"

    def build(self, work: Collection) -> None:
        """Describes the way from parts to decisions."""
        keys_of_each = self.settings.banding(self.hashes)[0] + self.settings.one_per_url
        partitions = self.partitions or partitions_for(self.documents, keys_of_each)
        rounds = rounds_for(self.documents) if self.rounds is None else self.rounds
        keyed = work.each("KeyDocuments", _KeyDocuments(self.settings, partitions))
        requests, figures = connect(keyed, partitions, rounds)
        nothing = work.each("EveryPart", _nothing_decided)
        decided = self._decided(requests, partitions)
        (
            nothing.merged_with("AllDecisions", *decided)
            .by_target("DecisionsOfParts")
            .each("WriteDecisions", _WriteDecisions(self.layout, self.settings.min_similarity))
        )
        figures.by_target("GatherFigures").each("WriteFigures", _WriteFigures(self.layout))

    def _decided(self, requests: Collection, partitions: int) -> list[Collection]:
        """Returns decisions by part: those of the first time, and those of the last."""
        targets = max(partitions, min(self.documents // _CLUSTERS_TOGETHER, _MAX_TARGETS))
        decided = []
        for name, is_last in (("", False), ("Doubtful", True)):
            read = _ReadMembers(self.layout, targets=targets, ngram=self.ngram)
            members = requests.by_target(f"Return{name}ToParts").each(f"Read{name}Members", read)
            choose = _ChooseSurvivors(self.settings, self.hashes, self.ngram, is_last)
            outputs = ("requests", "decided", FIGURES)
            requests, chosen, _ = members.meet(f"Choose{name}Survivors", choose, outputs)
            decided.append(chosen)
        return decided


def _nothing_decided(part: Part) -> Iterator[Packed]:
    if isinstance(part, StagedPart):
        yield part.number, b""


@dataclass(frozen=True)
class _KeyDocuments:
    settings: Deduplication
    partitions: int

    def __call__(self, part: Part) -> Iterator[Packed]:
        if self.settings.find != "nothing":
            yield from pack_keys(part.keys(self.settings), self.partitions)


@dataclass(frozen=True)
class _WriteFigures:
    layout: Layout

    def __call__(self, element: tuple[int, Iterable[tuple[str, int]]]) -> Iterator[str]:
        figures: Counter[str] = Counter()
        for name, amount in element[1]:
            figures[name.replace(".", "_")] += amount
        path = self.layout.cluster_figures
        filesystem.write_bytes(path, json.dumps(dict(figures), sort_keys=True).encode())
        yield path


@dataclass
class _OnParts:
    """Work that is told a part's number and needs the part."""

    layout: Layout
    corpora: dict[int, str | None] = field(default_factory=dict, init=False)
    """Corpora of parts that were asked for."""

    @cached_property
    def parts(self) -> WorkList:
        """All parts."""
        return WorkList(self.layout.work_list)

    def part(self, number: int) -> Part:
        part: Part = self.parts[number]
        return part

    def corpus_of(self, number: int) -> str | None:
        """Returns the corpus of a part."""
        if number not in self.corpora:
            self.corpora[number] = self.part(number).corpus
        return self.corpora[number]


@dataclass
class _ReadMembers(_OnParts):
    targets: int = field(kw_only=True)
    ngram: int = field(kw_only=True)

    def __call__(self, element: tuple[int, Iterable[bytes]]) -> Iterator[tuple[int, PackedMembers]]:
        number, packed = element
        requests = np.sort(np.frombuffer(b"".join(packed), REQUEST), order="document")
        part = self.part(number)
        members = part.members(requests)
        targets = target_of(members.rows["label"], self.targets)
        is_read = requests["reads_text"]
        if not is_read.any():
            yield from members.pack_by(targets)
            return
        readings = part.readings(requests, self.ngram)
        path = self.layout.readings(number)
        if storage.is_local(path):
            members = members.with_readings(is_read, put_aside(path, readings))
            yield from members.pack_by(targets, path)
        else:
            read = list(readings)
            sizes = np.array([len(each) for each in read], np.int64)
            yield from members.with_readings(is_read, sizes, b"".join(read)).pack_by(targets)


@dataclass(frozen=True)
class _ChooseSurvivors:
    settings: Deduplication
    hashes: int
    ngram: int
    is_last: bool

    def __call__(self, element: tuple[int, Iterable[PackedMembers]]) -> Iterator[Any]:
        members = Members.unpack(element[1], self.hashes)
        decisions, requests = decide(members, self.settings, is_last=self.is_last, ngram=self.ngram)
        yield figure("documents_compared", len(members.rows))
        yield figure("documents_left_in_doubt", int(requests["reads_text"].sum()))
        for packed in pack_by(parts_of(decisions["document"]), decisions):
            yield "decided", packed
        for packed in requests_by_part(requests):
            yield "requests", packed


@dataclass
class _WriteDecisions(_OnParts):
    min_similarity: float

    def __call__(self, element: tuple[int, Iterable[bytes]]) -> Iterator[str]:
        number, packed = element
        part = self.part(number)
        if isinstance(part, StagedPart):
            decided = np.frombuffer(b"".join(packed), DECISION)
            write_part(decided, self.corpus_of, part, self.min_similarity)
            yield part.key
