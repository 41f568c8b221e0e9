"""Clean as a step: counts of lines are sent from place to place, texts never."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from jingyu.pipeline.config.decontamination import Decontamination
from jingyu.pipeline.config.lines import LinesSection
from jingyu.pipeline.page.sign.minhash import mix
from jingyu.pipeline.steps.clean.cleaning import Cleaner
from jingyu.pipeline.steps.clean.item import clean_item, item_lines
from jingyu.pipeline.steps.clean.kept import HeldDocuments
from jingyu.pipeline.steps.clean.lines.boilerplate import (
    LINE_COUNT,
    Limits,
    add_up_lines,
    find_boilerplate,
    line_keys,
)
from jingyu.pipeline.steps.clean.questions import questions_of
from jingyu.pipeline.steps.deduplicate.packs import pack_by
from jingyu.pipeline.steps.work import Collection, Packed
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.work_list import read_work_list

_DOCUMENTS_IN_PARTITION = 50_000
_MIN_PARTITIONS = 4

PackedLines = tuple[int, tuple[int, bytes]]
Piece = tuple[int, str]
"""Number of an item, and its key."""


@dataclass(frozen=True)
class CleanDocuments:
    """Writes, for each item, what leaves the texts of its documents.

    All lines of a host are counted in one place; what is boilerplate goes back to the items that
    have it. The pieces of work are the items' numbers and keys.

    Attributes:
        lines: Which lines leave a text.
        decontamination: What is done about questions of evaluation sets.
        layout: Where things are.
        documents: About how many there are: the number of partitions follows from it.
    """

    lines: LinesSection
    decontamination: Decontamination
    layout: Layout
    documents: int
    name: ClassVar[str] = "clean"

    def build(self, work: Collection) -> None:
        """Describes the way from items to changes of their texts."""
        partitions = max(_MIN_PARTITIONS, self.documents // _DOCUMENTS_IN_PARTITION)
        held = HeldDocuments(self.layout)
        boilerplate = (
            work.each("CountLines", _CountLines(self.lines, self.layout, partitions, held))
            .by_target("MeetLines")
            .each("FindBoilerplate", _FindBoilerplate(self.lines))
        )
        clean = _CleanItem(self.lines, self.decontamination, self.layout, held)
        (
            work.each("EveryItem", _no_boilerplate)
            .merged_with("AllBoilerplate", boilerplate)
            .by_target("BoilerplateOfItems")
            .each("CleanItem", clean)
        )


def _no_boilerplate(piece: Piece) -> Iterator[Packed]:
    yield piece[0], b""


@dataclass(frozen=True)
class _CountLines:
    lines: LinesSection
    layout: Layout
    partitions: int
    held: HeldDocuments

    def __call__(self, piece: Piece) -> Iterator[PackedLines]:
        number, key = piece
        counts = item_lines(self.lines, self.held.of(key))
        targets = (mix(counts["host"]) % np.uint64(self.partitions)).astype(np.int64)
        for target, packed in pack_by(targets, counts):
            yield target, (number, packed)


@dataclass(frozen=True)
class _FindBoilerplate:
    lines: LinesSection

    def __call__(self, element: tuple[int, Iterable[tuple[int, bytes]]]) -> Iterator[Packed]:
        parts = [(number, np.frombuffer(packed, LINE_COUNT)) for number, packed in element[1]]
        limits = Limits(self.lines.min_pages, self.lines.min_page_ratio)
        boilerplate = find_boilerplate(add_up_lines([counts for _, counts in parts]), limits)
        for number, counts in parts:
            found = np.intersect1d(line_keys(counts["host"], counts["line"]), boilerplate)
            if found.size:
                yield number, found.astype("<u8").tobytes()


@dataclass
class _CleanItem:
    lines: LinesSection
    decontamination: Decontamination
    layout: Layout
    held: HeldDocuments
    keys: dict[int, str] = field(default_factory=dict)

    def __call__(self, element: tuple[int, Iterable[bytes]]) -> Iterator[str]:
        number, packed = element
        self.keys = self.keys or dict(read_work_list(self.layout.work_list))
        key = self.keys[number]
        boilerplate = np.frombuffer(b"".join(packed), "<u8").astype(np.uint64)
        cleaner = Cleaner(self.lines, self.decontamination, questions_of(self.decontamination))
        clean_item(key, self.layout, cleaner, np.sort(boilerplate), self.held.of(key))
        yield key
