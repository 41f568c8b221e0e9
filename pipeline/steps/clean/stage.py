"""Clean as a step: counts of lines and passages are sent from place to place, texts never."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.config.decontamination import Decontamination
from jingyu.pipeline.config.lines import LinesSection
from jingyu.pipeline.config.passages import PassagesSection
from jingyu.pipeline.page.sign.minhash import mix
from jingyu.pipeline.steps.clean.cleaning import Cleaner
from jingyu.pipeline.steps.clean.counts import places_in
from jingyu.pipeline.steps.clean.item import clean_item, item_lines, item_passages
from jingyu.pipeline.steps.clean.kept import HeldDocuments
from jingyu.pipeline.steps.clean.lines import boilerplate
from jingyu.pipeline.steps.clean.lines.boilerplate import (
    LINE_COUNT,
    add_up_lines,
    dealt_lines,
    find_boilerplate,
    line_keys,
    parts_of_a_host,
)
from jingyu.pipeline.steps.clean.passages.counting import (
    REPEATED,
    WINDOW_COUNT,
    Limits,
    find_repeated,
)
from jingyu.pipeline.steps.clean.passages.cutting import Cutter
from jingyu.pipeline.steps.clean.questions import questions_of
from jingyu.pipeline.steps.deduplicate.packs import pack_by
from jingyu.pipeline.steps.work import Collection, Function
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.work_list import WorkList

_DOCUMENTS_IN_PARTITION = 50_000
_MIN_PARTITIONS = 4
_LINES, _WINDOWS = "lines", "windows"
_FOUND = "found"

Counted = tuple[int, tuple[int, bytes]]
"""A partition, and for it the number of an item and packed counts."""
Found = tuple[int, tuple[str, bytes]]
"""Number of an item, and for it packed lines or windows."""
Piece = tuple[int, str]
"""Number of an item, and its key."""


@dataclass(frozen=True)
class CleanDocuments:
    """Writes, for each item, what leaves the texts of its documents.

    A line of a host is counted in one place, which is told all pages of the host; what is
    boilerplate goes back to the items that have it. Passages are counted likewise, of what the
    lines leave. The pieces of work are the items' numbers and keys.

    Attributes:
        lines: Which lines leave a text.
        decontamination: What is done about questions of evaluation sets.
        layout: Where things are.
        documents: About how many there are: the number of partitions follows from it.
        passages: Which passages leave a text.
    """

    lines: LinesSection
    decontamination: Decontamination
    layout: Layout
    documents: int
    passages: PassagesSection = field(default_factory=PassagesSection)
    name: ClassVar[str] = "clean"

    def build(self, work: Collection) -> None:
        """Describes the way from items to changes of their texts."""
        partitions = max(_MIN_PARTITIONS, self.documents // _DOCUMENTS_IN_PARTITION)
        has_passages = self.passages.action != "nothing"
        item = _Item(self, HeldDocuments(self.layout, times=3 if has_passages else 2))
        parts = parts_of_a_host(self.documents)
        count_lines = _CountLines(self.lines, partitions, parts, item.held)
        lines = _found(work, "Lines", count_lines, _FindBoilerplate(self.lines))
        told = (
            work.each("EveryItem", _nothing_found)
            .merged_with("AllBoilerplate", lines)
            .by_target("BoilerplateOfItems")
        )
        if has_passages:
            limits = Limits(self.passages.min_documents, self.passages.min_hosts)
            count = _CountPassages(item, partitions)
            passages = _found(told, "Passages", count, _FindPassages(limits))
            told = (
                told.each("LinesOfItems", _each_found)
                .merged_with("AllPassages", passages)
                .by_target("PassagesOfItems")
            )
        told.each("CleanItem", _CleanItem(item))


def _found(of: Collection, what: str, count: Function, find: Function) -> Collection:
    """Returns, of what is counted over all items, what was found and the items that have it."""
    (found,) = of.each(f"Count{what}", count).meet(f"Find{what}", find, (_FOUND,))
    return found


def _nothing_found(piece: Piece) -> Iterator[Found]:
    yield piece[0], (_LINES, b"")


def _each_found(element: tuple[int, Iterable[tuple[str, bytes]]]) -> Iterator[Found]:
    for found in element[1]:
        yield element[0], found


@dataclass(frozen=True)
class _CountLines:
    lines: LinesSection
    partitions: int
    parts: int
    held: HeldDocuments

    def __call__(self, piece: Piece) -> Iterator[Counted]:
        number, key = piece
        counts = item_lines(self.lines, self.held.of(key))
        dealt, targets = dealt_lines(counts, self.partitions, self.parts)
        for target, packed in pack_by(targets, dealt):
            yield target, (number, packed)


@dataclass(frozen=True)
class _FindBoilerplate:
    lines: LinesSection

    def __call__(
        self, element: tuple[int, Iterable[tuple[int, bytes]]]
    ) -> Iterator[tuple[str, Found]]:
        parts = [(number, np.frombuffer(packed, LINE_COUNT)) for number, packed in element[1]]
        limits = boilerplate.Limits(self.lines.min_pages, self.lines.min_page_ratio)
        keys = find_boilerplate(add_up_lines([counts for _, counts in parts]), limits)
        for number, counts in parts:
            found = keys[places_in(keys, line_keys(counts["host"], counts["line"]))]
            if found.size:
                yield _FOUND, (number, (_LINES, found.astype("<u8").tobytes()))


@dataclass
class _Item:
    """What is known of items whose lines were found."""

    step: CleanDocuments
    held: HeldDocuments

    @cached_property
    def work(self) -> WorkList:
        """All pieces of work."""
        return WorkList(self.step.layout.work_list)

    def key_of(self, number: int) -> str:
        key: str = self.work[number][1]
        return key

    @property
    def cleaner(self) -> Cleaner:
        decontamination = self.step.decontamination
        return Cleaner(self.step.lines, decontamination, questions_of(decontamination))


@dataclass(frozen=True)
class _CountPassages:
    item: _Item
    partitions: int

    def __call__(self, element: tuple[int, Iterable[tuple[str, bytes]]]) -> Iterator[Counted]:
        number, found = element
        documents = self.item.held.of(self.item.key_of(number))
        lines, _ = _told(found)
        min_han = self.item.step.passages.min_han
        counts = item_passages(min_han, self.item.cleaner, lines, documents)
        targets = (mix(counts["window"]) % np.uint64(self.partitions)).astype(np.int64)
        for target, packed in pack_by(targets, counts):
            yield target, (number, packed)


@dataclass(frozen=True)
class _FindPassages:
    limits: Limits

    def __call__(
        self, element: tuple[int, Iterable[tuple[int, bytes]]]
    ) -> Iterator[tuple[str, Found]]:
        parts = [(number, np.frombuffer(packed, WINDOW_COUNT)) for number, packed in element[1]]
        repeated = find_repeated([counts for _, counts in parts], self.limits)
        windows = repeated["window"].copy()
        for number, counts in parts:
            found = repeated[places_in(windows, counts["window"])]
            if found.size:
                yield _FOUND, (number, (_WINDOWS, found.tobytes()))


@dataclass(frozen=True)
class _CleanItem:
    item: _Item

    def __call__(self, element: tuple[int, Iterable[tuple[str, bytes]]]) -> Iterator[str]:
        number, found = element
        key = self.item.key_of(number)
        lines, windows = _told(found)
        by = self.item.cleaner, Cutter(self.item.step.passages, windows)
        clean_item(key, self.item.step.layout, by, lines, self.item.held.of(key))
        yield key


def _told(found: Iterable[tuple[str, bytes]]) -> tuple[NDArray[np.uint64], NDArray[np.void]]:
    """Returns the boilerplate of an item, and its repeated windows, each sorted."""
    packed: dict[str, list[bytes]] = {_LINES: [], _WINDOWS: []}
    for kind, rows in found:
        packed[kind].append(rows)
    lines = np.frombuffer(b"".join(packed[_LINES]), "<u8").astype(np.uint64)
    windows: NDArray[Any] = np.frombuffer(b"".join(packed[_WINDOWS]), REPEATED)
    return np.sort(lines), windows[np.argsort(windows["window"])]
