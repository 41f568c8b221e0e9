"""Sources as a step: figures of sites meet, verdicts go back to the items that have them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jingyu.filters.decisions import Decisions
from jingyu.filters.rule import Rule
from jingyu.filters.select import columns_of
from jingyu.filters.source.settings import Verdicts
from jingyu.pipeline.page.sign.minhash import mix
from jingyu.pipeline.steps.deduplicate.packs import pack_by
from jingyu.pipeline.steps.sources import claims, figures, forms
from jingyu.pipeline.steps.sources.claims import (
    CLAIM,
    SCRIPT,
    claims_of,
    scripts_of,
    sites_of_shared,
    sites_of_traced,
)
from jingyu.pipeline.steps.sources.figures import add_up, count_sites, hashes_of
from jingyu.pipeline.steps.sources.forms import (
    FILLED,
    filled_forms,
    item_and_row,
    templates_of,
)
from jingyu.pipeline.steps.sources.item import drop_sites, end_by_verdict, places_of, verdicts_of
from jingyu.pipeline.steps.sources.judged import COUNTED, VERDICT, judge
from jingyu.pipeline.steps.sources.templates import described_templates
from jingyu.pipeline.steps.work import Collection, Packed
from jingyu.pipeline.store.decided import read_decisions, write_decisions
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.row_groups import taken
from jingyu.pipeline.store.tables import write_table
from jingyu.pipeline.store.work_list import WorkList
from jingyu.schemas.sites import VERDICTS

_DOCUMENTS_IN_PARTITION = 500_000

Piece = tuple[int, str]
"""Number of an item, and its key."""
Counted = tuple[int, tuple[int, bytes]]
"""A partition, and for it the number of an item and packed figures; the number is below 0 for what
is counted elsewhere."""
_OF_CLAIMS, _OF_SCRIPTS, _OF_TEMPLATES = -1, -2, -3


def partitions_for(documents: int) -> int:
    """Returns into how many partitions sites are dealt: as many files have rows of `SITES`."""
    return max(1, documents // _DOCUMENTS_IN_PARTITION)


@dataclass(frozen=True)
class JudgeSites:
    """Writes verdicts on sites, and for each item which of its documents leave because of them.

    The pieces of work are the items' numbers and keys.

    Attributes:
        settings: What decides.
        least_domains: Registered domains that must claim a number for it to count as shared.
        layout: Where things are.
        documents: About how many there are: the number of partitions follows from it.
        rules: Those of the config that wait for the verdicts.
    """

    settings: Verdicts
    least_domains: int
    layout: Layout
    documents: int
    rules: Sequence[Rule] = ()
    name: ClassVar[str] = "sources"

    def build(self, work: Collection) -> None:
        """Describes the way from items to decisions on their documents."""
        partitions = partitions_for(self.documents)
        count = _CountSites(self.settings, self.layout, partitions, self.rules)
        outputs = ("counted", "claimed", "scripts", "filled")
        counted, claimed, scripts, filled = work.split("CountSites", count, outputs)
        shared = claimed.by_target("MeetClaims").each(
            "FindShared", _FindShared(self.least_domains, partitions)
        )
        networks = scripts.by_target("MeetScripts").each(
            "FindNetworks", _FindNetworks(self.settings, partitions)
        )
        templates = filled.by_target("MeetForms").each(
            "FindTemplates",
            _FindTemplates(self.layout, self.settings.min_template_titles, partitions),
        )
        told = (
            counted.merged_with("FiguresAndClaims", shared, networks, templates)
            .by_target("MeetSites")
            .each("Judge", _Judge(self.settings, self.layout))
        )
        (
            work.each("EveryItem", _nothing_told)
            .merged_with("AllVerdicts", told)
            .by_target("VerdictsOfItems")
            .each("DecideBySite", _DecideBySite(self.layout, self.settings, self.rules))
        )


def _nothing_told(piece: Piece) -> Iterator[Packed]:
    yield piece[0], b""


@dataclass(frozen=True)
class _CountSites:
    settings: Verdicts
    layout: Layout
    partitions: int
    rules: Sequence[Rule]

    def __call__(self, piece: Piece) -> Iterator[tuple[str, Any]]:
        number, key = piece
        decisions = read_decisions(key, self.layout, "select")
        columns = dict.fromkeys(
            (*figures.COLUMNS, *claims.COLUMNS, *forms.COLUMNS, *columns_of(self.rules))
        )
        documents = self.layout.staged(key).table(list(columns))
        nobody_judged = pa.nulls(documents.num_rows, pa.string())
        end_by_verdict(decisions, documents, self.rules, nobody_judged, decisions.is_open)
        counted = count_sites(documents, decisions, self.settings.bad_reasons)
        hashes = hashes_of(counted["site"].to_pylist())
        for target, rows in _rows_by(_partition(hashes, self.partitions)):
            yield "counted", (target, (number, _packed(counted.take(rows))))
        claimed = claims_of(documents)
        for packed in pack_by(_partition(claimed["number"], self.partitions), claimed):
            yield "claimed", packed
        had = scripts_of(documents)
        for packed in pack_by(_partition(had["script"], self.partitions), had):
            yield "scripts", packed
        filled = filled_forms(documents, number, figures.let_in(decisions))
        for packed in pack_by(_partition(filled["form"], self.partitions), filled):
            yield "filled", packed


@dataclass(frozen=True)
class _FindShared:
    least_domains: int
    partitions: int

    def __call__(self, element: tuple[int, Iterable[bytes]]) -> Iterator[Counted]:
        claimed = np.frombuffer(b"".join(element[1]), CLAIM)
        sites = sites_of_shared(claimed, self.least_domains)
        for target, packed in pack_by(_partition(sites, self.partitions), sites):
            yield target, (_OF_CLAIMS, packed)


@dataclass
class _OfItems:
    """Work that is told an item's number and needs its key."""

    layout: Layout

    @cached_property
    def work(self) -> WorkList:
        """All pieces of work."""
        return WorkList(self.layout.work_list)

    def key_of(self, number: int) -> str:
        key: str = self.work[number][1]
        return key


@dataclass
class _FindTemplates(_OfItems):
    min_titles: int
    partitions: int

    def __call__(self, element: tuple[int, Iterable[bytes]]) -> Iterator[Counted]:
        partition, packed = element
        templates = templates_of(np.frombuffer(b"".join(packed), FILLED), self.min_titles)
        write_table(
            self.layout.templates(partition), described_templates(templates, self._read_pages)
        )
        sites = templates["site"]
        for target, some in pack_by(_partition(sites, self.partitions), sites):
            yield target, (_OF_TEMPLATES, some)

    def _read_pages(self, pages: Sequence[int]) -> dict[int, dict[str, Any]]:
        found: dict[int, dict[str, Any]] = {}
        wanted = {page: item_and_row(page) for page in sorted(pages)}
        for item in sorted({item for item, _ in wanted.values()}):
            here = [page for page, (its_item, _) in wanted.items() if its_item == item]
            rows = np.array([wanted[page][1] for page in here])
            path = self.layout.staged(self.key_of(item)).documents
            for some, batch in taken(path, ["document_id", "site", "text"], rows):
                found |= zip(here[some], batch.to_pylist(), strict=True)
        return found


@dataclass(frozen=True)
class _FindNetworks:
    settings: Verdicts
    partitions: int

    def __call__(self, element: tuple[int, Iterable[bytes]]) -> Iterator[Counted]:
        claims = np.frombuffer(b"".join(element[1]), SCRIPT)
        sites = sites_of_traced(claims, self.settings)
        for target, packed in pack_by(_partition(sites, self.partitions), sites):
            yield target, (_OF_SCRIPTS, packed)


@dataclass(frozen=True)
class _Judge:
    settings: Verdicts
    layout: Layout

    def __call__(self, element: tuple[int, Iterable[tuple[int, bytes]]]) -> Iterator[Packed]:
        partition, packs = element
        counted: dict[int, list[bytes]] = {_OF_CLAIMS: [], _OF_SCRIPTS: [], _OF_TEMPLATES: []}
        of_items = {}
        for number, packed in packs:
            if number in counted:
                counted[number].append(packed)
            else:
                of_items[number] = _unpacked(packed)
        if not of_items:
            return
        hashes = (np.frombuffer(b"".join(some), "<u8") for some in counted.values())
        times = dict(zip(COUNTED, hashes, strict=True))
        judged = judge(
            add_up(of_items[number] for number in sorted(of_items)), times, self.settings
        )
        write_table(self.layout.sites(partition), judged.table())
        told = judged.told[np.argsort(judged.told["site"])]
        for number, table in of_items.items():
            places = np.searchsorted(told["site"], hashes_of(table["site"].to_pylist()))
            yield number, told[places].tobytes()


@dataclass
class _DecideBySite(_OfItems):
    settings: Verdicts
    rules: Sequence[Rule]

    def __call__(self, element: tuple[int, Iterable[bytes]]) -> Iterator[str]:
        number, packed = element
        told = np.frombuffer(b"".join(packed), VERDICT)
        if not (len(told) or self.rules):
            return
        key = self.key_of(number)
        if not self.rules:  # only sites that are dropped matter
            leaving = [VERDICTS.index(verdict) for verdict in self.settings.drop]
            told = told[np.isin(told["verdict"], leaving)]
            if not len(told):
                yield key
                return
        documents = self.layout.staged(key).table(["site", *columns_of(self.rules)])
        is_open = read_decisions(key, self.layout, "select").is_open
        decisions = Decisions.none(len(is_open))
        places = places_of(documents["site"], told)
        drop_sites(decisions, np.where(is_open, places, -1), told, self.settings)
        verdicts = verdicts_of(places, told)
        end_by_verdict(decisions, documents, self.rules, verdicts, is_open)
        if not decisions.is_open.all():
            write_decisions("sources", key, self.layout, decisions)
        yield key


def _partition(hashes: NDArray[np.uint64], partitions: int) -> NDArray[np.int64]:
    return (mix(hashes) % np.uint64(partitions)).astype(np.int64)


def _rows_by(targets: NDArray[np.int64]) -> Iterator[tuple[int, NDArray[np.int64]]]:
    for target in np.unique(targets).tolist():
        yield target, np.flatnonzero(targets == target)


def _packed(table: pa.Table) -> bytes:
    held = pa.BufferOutputStream()
    with pa.ipc.new_stream(held, table.schema) as writer:
        writer.write_table(table)
    packed: bytes = held.getvalue().to_pybytes()
    return packed


def _unpacked(packed: bytes) -> pa.Table:
    return pa.ipc.open_stream(packed).read_all()
