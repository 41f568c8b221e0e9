"""Extract: from one work item to staged documents and ledger rows."""

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from jingyu.filters.settings.errors import JingyuError
from jingyu.pipeline.page.address.canonical_url import url_key
from jingyu.pipeline.page.admission import Admission
from jingyu.pipeline.page.defect import INTERNAL_ERROR, internal_error
from jingyu.pipeline.page.page import About, Page
from jingyu.pipeline.page.sandbox import Sandbox
from jingyu.pipeline.page.settings import PageSettings
from jingyu.pipeline.read.record import PAGE_TYPES, ROW, WARC_TYPES, WARCINFO, Record
from jingyu.pipeline.steps.extract.crawl import crawl_of
from jingyu.pipeline.steps.extract.provenance import (
    BARE_COLUMNS,
    bare_row,
    provenance_row,
    refers_to,
    with_lost_characters,
)
from jingyu.pipeline.steps.extract.reading import reading
from jingyu.pipeline.store.items import WorkItem
from jingyu.pipeline.store.parquet import ROWS_IN_GROUP
from jingyu.pipeline.store.row_writer import Row, row_writer
from jingyu.pipeline.store.staging import ExtractSummary, Staged
from jingyu.schemas.decisions import Decision
from jingyu.schemas.gate import GATE
from jingyu.schemas.staging import ENDED, STAGING

_TELLING_FAILURES = 100  # our choice: fewer say little of a ratio
_COUNTED = WARC_TYPES | {ROW, ""}
_CUTS = frozenset({"truncated_record", "truncated_member"})
Report = Callable[[int, int, int], None]
"""Is told the offset reached, the page-bearing records read and the documents staged."""


def extract_item(
    item: WorkItem,
    settings: PageSettings,
    staged: Staged,
    sandbox: Sandbox,
    watch: "Watch",
) -> ExtractSummary:
    """Reads an item's records and stages each page as a document or as a row for the ledger.

    Raises:
        OSError: The input or the output fails.
        JingyuError: More pages fail by defects of ours than may.
    """
    admission = Admission.of(settings)
    counts: Counter[str] = Counter()
    with ExitStack() as stack:
        records = stack.enter_context(reading(item, settings.inputs))
        examining = _Examining(sandbox, staged, stack)
        is_cut = False
        crawl: dict[str, str] = {}
        for record in records:
            counts[_counted_as(record.record_type)] += 1
            is_cut = record.damage in _CUTS
            if record.record_type == WARCINFO:
                crawl = crawl or crawl_of(record)
            if not record.bears_page:
                continue
            _stage(record, item.file.name, admission, examining)
            watch.see(item.file.name, record.offset, examining)
        examining.finish()
        known = records.known()
    summary = ExtractSummary(
        records=dict(sorted(counts.items())),
        page_count=sum(counts[kind] for kind in (*PAGE_TYPES, ROW)),
        document_count=examining.documents.count,
        ended_count=examining.ended.count,
        is_cut=item.is_last and is_cut and not item.chosen,
        crawl=crawl,
        **known,
    )
    staged.write_summary(summary)
    return summary


@dataclass(frozen=True)
class Watch:
    """What looks at an item while it is read.

    Attributes:
        report: Is told how far it is.
        max_failed_ratio: Most pages that may fail by defects of ours.
    """

    report: Report
    max_failed_ratio: float = 1.0

    def see(self, name: str, offset: int, examining: "_Examining") -> None:
        """Tells how far an item is.

        Raises:
            JingyuError: More pages failed by defects of ours than may: one that is met page after
                page is told after some, not after a whole crawl.
        """
        pages = examining.documents.count + examining.ended.count
        self.report(offset, pages, examining.documents.count)
        failed = examining.internal_errors
        if failed >= _TELLING_FAILURES and failed > self.max_failed_ratio * pages:
            raise JingyuError(
                f"{name}: {failed} of {pages} pages failed by a defect of Jingyu, the last one at "
                f"offset {offset}: {examining.last_error}; more than `output.max_failed_ratio` of "
                f"{self.max_failed_ratio:g} allows; please report it"
            )


def _counted_as(record_type: str) -> str:
    """Returns the type under which a record is counted: a file may invent as many as it likes."""
    return record_type if record_type in _COUNTED else "other"


def _stage(record: Record, source_file: str, admission: Admission, examining: "_Examining") -> None:
    row = bare_row(record, source_file)
    try:
        row = provenance_row(record, row)
        admitted = admission.admit(record, row["url"], row["host"])
        if admitted.measured:
            row |= zip(GATE.names, admitted.measured, strict=True)
        refers, key = refers_to(record), url_key(record.url) if admitted.page else 0
    except Exception as error:  # noqa: BLE001  (whatever a record makes us raise, the run goes on)
        examining.add_failed(row, error)
        return
    if admitted.decision:
        examining.add_ended(row | {"duplicate_of": refers} | admitted.decision._asdict())
    elif admitted.page:
        about = About(record.url, row["host"], record.ip, record.captured_at, record.http_headers)
        examining.add(row, key, admitted.page._replace(about=about))


class _Examining:
    """Writes rows in the order of their records while one page is examined by another process."""

    def __init__(self, sandbox: Sandbox, staged: Staged, stack: ExitStack) -> None:
        self._sandbox = sandbox
        # Ended records are written last: a document that no file can hold becomes one.
        self.ended = stack.enter_context(row_writer(staged.ended, ENDED, self._refuse))
        self.documents = stack.enter_context(row_writer(staged.documents, STAGING, self._refuse))
        self.internal_errors = 0
        self.last_error: str | None = None
        self._row: dict[str, Any] | None = None
        """Row of the page that is being examined."""
        self._key = 0
        self._waiting: list[Row] = []
        """Rows for the ledger of records after it."""

    def add(self, row: dict[str, Any], key: int, page: Page) -> None:
        """Has a page examined, once the one before it is; a document has a key of its address."""
        self.finish()
        self._row, self._key = row, key
        self._sandbox.begin(page)

    def add_ended(self, row: Row) -> None:
        """Writes a record's row for the ledger, as soon as those before it are written."""
        self._waiting.append(row)
        if self._row is None or len(self._waiting) >= ROWS_IN_GROUP:
            self.finish()

    def add_failed(self, row: Row, error: Exception) -> None:
        """Writes that our own code raised on a record."""
        bare = {name: row[name] for name in BARE_COLUMNS}
        self.add_ended(bare | self._counted(internal_error("read", error))._asdict())

    def finish(self) -> None:
        """Writes all rows so far."""
        if self._row is not None:
            examined = self._sandbox.finish()
            if examined.ended is None:
                columns = examined.columns
                damage = with_lost_characters(self._row, columns)
                more = {"url_key": self._key, "damage": damage, "damage_count": len(damage)}
                self.documents.append(self._row | columns | more)
            else:
                self.ended.append(self._row | self._counted(examined.ended)._asdict())
            self._row = None
        for row in self._waiting:
            self.ended.append(row)
        self._waiting.clear()

    def _refuse(self, row: Row, error: Exception) -> None:
        bare = {name: row[name] for name in BARE_COLUMNS}
        self.ended.append(bare | self._counted(internal_error("write", error))._asdict())

    def _counted(self, decision: Decision) -> Decision:
        if decision.reason == INTERNAL_ERROR:
            self.internal_errors += 1
            self.last_error = decision.evidence
        return decision
