"""Sources as a step: figures of sites meet, verdicts go back to the items that have them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jingyu.filters.rule import Rule
from jingyu.filters.select import columns_of
from jingyu.filters.source.settings import Verdicts
from jingyu.pipeline.steps.deduplicate.packs import pack_by
from jingyu.pipeline.steps.sources import claims, figures, forms, names
from jingyu.pipeline.steps.sources.claims import (
    CLAIM,
    SCRIPT,
    claims_of,
    scripts_of,
    sites_of_shared,
    sites_of_traced,
)
from jingyu.pipeline.steps.sources.decide import DecideBySite
from jingyu.pipeline.steps.sources.figures import add_up, count_sites, hashes_of
from jingyu.pipeline.steps.sources.forms import (
    FILLED,
    filled_forms,
    fillings,
    item_and_row,
    templates_of,
)
from jingyu.pipeline.steps.sources.item import end_by_verdict
from jingyu.pipeline.steps.sources.judged import COUNTED, judge
from jingyu.pipeline.steps.sources.names import NAMED, is_told, names_of
from jingyu.pipeline.steps.sources.of_items import OfItems
from jingyu.pipeline.steps.sources.packing import (
    OF_FILLINGS,
    OF_NAMES,
    OF_SITES,
    packed_table,
    partition_of,
    rows_by,
    unpacked_table,
)
from jingyu.pipeline.steps.sources.templates import described_templates
from jingyu.pipeline.steps.work import Collection, Packed
from jingyu.pipeline.store.decided import read_decisions
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.row_groups import taken
from jingyu.pipeline.store.tables import write_table

_DOCUMENTS_IN_PARTITION = 500_000

Piece = tuple[int, str]
"""Number of an item, and its key."""
Counted = tuple[int, tuple[int, bytes]]
"""A partition, and for it the number of an item and packed figures; the number is below 0 for what
is counted elsewhere."""
_OF_CLAIMS, _OF_SCRIPTS, _OF_TEMPLATES, _OF_NAMES = -1, -2, -3, -4


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
        forms: Forms of which alone a template can be, ordered, where that is known; else any.
        is_told: Whether sites and templates are written down, too, and not decided by alone.
    """

    settings: Verdicts
    least_domains: int
    layout: Layout
    documents: int
    rules: Sequence[Rule] = ()
    forms: NDArray[np.uint64] | None = None
    is_told: bool = True
    name: ClassVar[str] = "sources"

    def build(self, work: Collection) -> None:
        """Describes the way from items to decisions on their documents."""
        partitions = partitions_for(self.documents)
        count = _CountSites(self.settings, self.layout, partitions, self.rules, self.forms)
        outputs = ("counted", "claimed", "scripts", "filled", "named")
        counted, claimed, scripts, filled, named = work.split("CountSites", count, outputs)
        shared = claimed.by_target("MeetClaims").each(
            "FindShared", _FindShared(self.least_domains, partitions)
        )
        networks = scripts.by_target("MeetScripts").each(
            "FindNetworks", _FindNetworks(self.settings, partitions)
        )
        templates, fillings = filled.by_target("MeetForms").split(
            "FindTemplates",
            _FindTemplates(self.layout, self.settings, partitions, self.is_told),
            ("templates", "fillings"),
        )
        told = (
            counted.merged_with("FiguresAndClaims", shared, networks, templates, named)
            .by_target("MeetSites")
            .each("Judge", _Judge(self.settings, self.layout, self.is_told))
        )
        (
            work.each("EveryItem", _nothing_told)
            .merged_with("AllVerdicts", told, fillings)
            .by_target("VerdictsOfItems")
            .each("DecideBySite", DecideBySite(self.layout, self.settings, self.rules))
        )


def _nothing_told(piece: Piece) -> Iterator[Packed]:
    yield piece[0], b""


@dataclass(frozen=True)
class _CountSites:
    settings: Verdicts
    layout: Layout
    partitions: int
    rules: Sequence[Rule]
    forms: NDArray[np.uint64] | None

    def __call__(self, piece: Piece) -> Iterator[tuple[str, Any]]:
        number, key = piece
        decisions = read_decisions(key, self.layout, "select")
        columns = dict.fromkeys(
            [
                *figures.COLUMNS,
                *claims.COLUMNS,
                *forms.COLUMNS,
                *names.COLUMNS,
                *columns_of(self.rules),
            ]
        )
        documents = self.layout.staged(key).table(list(columns))
        nobody_judged = pa.nulls(documents.num_rows, pa.string())
        end_by_verdict(decisions, documents, self.rules, nobody_judged, decisions.is_open)
        counted = count_sites(documents, decisions, self.settings.bad_reasons)
        hashes = hashes_of(counted["site"].to_pylist())
        for target, rows in rows_by(partition_of(hashes, self.partitions)):
            yield "counted", (target, (number, packed_table(counted.take(rows))))
        claimed = claims_of(documents)
        for packed in pack_by(partition_of(claimed["number"], self.partitions), claimed):
            yield "claimed", packed
        had = scripts_of(documents)
        for packed in pack_by(partition_of(had["script"], self.partitions), had):
            yield "scripts", packed
        is_let_in = figures.let_in(decisions)
        filled = filled_forms(documents, number, is_let_in, self.forms)
        for packed in pack_by(partition_of(filled["form"], self.partitions), filled):
            yield "filled", packed
        if self.settings.reads_names:
            named = names_of(documents, is_let_in)
            for target, some in pack_by(partition_of(named["site"], self.partitions), named):
                yield "named", (target, (_OF_NAMES, some))


@dataclass(frozen=True)
class _FindShared:
    least_domains: int
    partitions: int

    def __call__(self, element: tuple[int, Iterable[bytes]]) -> Iterator[Counted]:
        claimed = np.frombuffer(b"".join(element[1]), CLAIM)
        sites = sites_of_shared(claimed, self.least_domains)
        for target, packed in pack_by(partition_of(sites, self.partitions), sites):
            yield target, (_OF_CLAIMS, packed)


@dataclass
class _FindTemplates(OfItems):
    settings: Verdicts
    partitions: int
    is_told: bool

    def __call__(self, element: tuple[int, Iterable[bytes]]) -> Iterator[tuple[str, Any]]:
        partition, packed = element
        filled = np.frombuffer(b"".join(packed), FILLED)
        templates = templates_of(filled, self.settings.min_template_titles)
        if self.is_told:
            described = described_templates(templates, self._read_pages)
            write_table(self.layout.templates(partition), described)
        sites = templates["site"]
        for target, some in pack_by(partition_of(sites, self.partitions), sites):
            yield "templates", (target, (_OF_TEMPLATES, some))
        if self.settings.max_template_titles is not None:
            items, rows = fillings(templates, self.settings.max_template_titles)
            for number, some in pack_by(items, rows):
                yield "fillings", (number, OF_FILLINGS + some)

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
        for target, packed in pack_by(partition_of(sites, self.partitions), sites):
            yield target, (_OF_SCRIPTS, packed)


@dataclass(frozen=True)
class _Judge:
    settings: Verdicts
    layout: Layout
    is_told: bool

    def __call__(self, element: tuple[int, Iterable[tuple[int, bytes]]]) -> Iterator[Packed]:
        partition, packs = element
        counted: dict[int, list[bytes]] = {
            number: [] for number in (_OF_CLAIMS, _OF_SCRIPTS, _OF_TEMPLATES, _OF_NAMES)
        }
        of_items = {}
        for number, packed in packs:
            if number in counted:
                counted[number].append(packed)
            else:
                of_items[number] = unpacked_table(packed)
        if not of_items:
            return
        named = np.frombuffer(b"".join(counted.pop(_OF_NAMES)), NAMED)
        hashes = (np.frombuffer(b"".join(some), "<u8") for some in counted.values())
        times = dict(zip(COUNTED, hashes, strict=True))
        judged = judge(
            add_up(of_items[number] for number in sorted(of_items)), times, self.settings
        )
        if self.is_told:
            write_table(self.layout.sites(partition), judged.table())
        order = np.argsort(judged.told["site"])
        told, common = judged.told[order], judged.common_names(named)[order]
        for number, table in of_items.items():
            places = np.searchsorted(told["site"], hashes_of(table["site"].to_pylist()))
            yield number, OF_SITES + told[places].tobytes()
            of_item = common[places]
            yield number, OF_NAMES + of_item[is_told(of_item)].tobytes()
