"""Clean as a Beam transform: counts of lines are shuffled, texts never."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import apache_beam as beam
import numpy as np
from apache_beam.pvalue import PBegin, PCollection

from jingyu.pipeline.config.decontamination import Decontamination
from jingyu.pipeline.config.lines import LinesSection
from jingyu.pipeline.page.sign.minhash import mix
from jingyu.pipeline.steps.clean.cleaning import Cleaner
from jingyu.pipeline.steps.clean.item import clean_item, item_lines
from jingyu.pipeline.steps.clean.items import items_of
from jingyu.pipeline.steps.clean.lines.boilerplate import (
    LINE_COUNT,
    Limits,
    add_up_lines,
    find_boilerplate,
    line_keys,
)
from jingyu.pipeline.steps.deduplicate.packs import pack_by
from jingyu.pipeline.steps.meet import Packed
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.work_list import ReadWorkList, read_work_list

_DOCUMENTS_IN_PARTITION = 50_000
_MIN_PARTITIONS = 4

PackedLines = tuple[int, tuple[int, bytes]]


@dataclass
class CleanDocuments(beam.PTransform[PBegin, PCollection[str]]):
    """Writes, for each item, what leaves the texts of its documents: `pipeline.work.clean`.

    All lines of a host are counted in one place; what is boilerplate goes back to the items that
    have it. The work list holds the items' numbers and keys.

    Attributes:
        lines: Which lines leave a text.
        decontamination: What is done about items of evaluation sets.
        layout: Where things are.
        documents: About how many there are: the number of partitions follows from it.
    """

    lines: LinesSection
    decontamination: Decontamination
    layout: Layout
    documents: int

    def expand(self, begin: PBegin) -> PCollection[str]:
        partitions = max(_MIN_PARTITIONS, self.documents // _DOCUMENTS_IN_PARTITION)
        items = begin | "Items" >> ReadWorkList(self.layout.work_list)
        boilerplate = (
            items
            | "CountLines" >> beam.ParDo(_CountLines(self.lines, self.layout, partitions))
            | "MeetLines" >> beam.GroupByKey()
            | "FindBoilerplate" >> beam.ParDo(_FindBoilerplate(self.lines))
        )
        every_item = items | "EveryItem" >> beam.MapTuple(_no_boilerplate)
        written: PCollection[str] = (
            (boilerplate, every_item)
            | "Merge" >> beam.Flatten()
            | "BoilerplateOfItems" >> beam.GroupByKey()
            | "CleanItem" >> beam.ParDo(_CleanItem(self.lines, self.decontamination, self.layout))
        )
        return written


def _no_boilerplate(number: int, key: str) -> Packed:
    del key
    return number, b""


@dataclass
class _CountLines(beam.DoFn):
    lines: LinesSection
    layout: Layout
    partitions: int

    def process(self, element: tuple[int, str]) -> Iterator[PackedLines]:
        number, key = element
        counts = item_lines(key, self.layout, self.lines)
        targets = (mix(counts["host"]) % np.uint64(self.partitions)).astype(np.int64)
        for target, packed in pack_by(targets, counts):
            yield target, (number, packed)


@dataclass
class _FindBoilerplate(beam.DoFn):
    lines: LinesSection

    def process(self, element: tuple[int, Iterable[tuple[int, bytes]]]) -> Iterator[Packed]:
        parts = [(number, np.frombuffer(packed, LINE_COUNT)) for number, packed in element[1]]
        limits = Limits(self.lines.min_pages, self.lines.min_page_ratio)
        boilerplate = find_boilerplate(add_up_lines([counts for _, counts in parts]), limits)
        for number, counts in parts:
            found = np.intersect1d(line_keys(counts["host"], counts["line"]), boilerplate)
            if found.size:
                yield number, found.astype("<u8").tobytes()


class _CleanItem(beam.DoFn):
    def __init__(
        self, lines: LinesSection, decontamination: Decontamination, layout: Layout
    ) -> None:
        self._settings = (lines, decontamination)
        self._layout = layout
        self._keys: dict[int, str] = {}
        self._cleaner: Cleaner | None = None

    def setup(self) -> None:
        lines, decontamination = self._settings
        self._keys = dict(read_work_list(self._layout.work_list))
        self._cleaner = Cleaner(lines, decontamination, items_of(decontamination))

    def process(self, element: tuple[int, Iterable[bytes]]) -> Iterator[str]:
        number, packed = element
        key = self._keys[number]
        boilerplate = np.frombuffer(b"".join(packed), "<u8").astype(np.uint64)
        if self._cleaner:
            clean_item(key, self._layout, self._cleaner, np.sort(boilerplate))
        yield key
