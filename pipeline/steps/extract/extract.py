"""Extract: from one work item to staged documents and ledger rows."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import IO, Any

from jingyu.filters.source.address import host_of, registered_domain
from jingyu.pipeline.page.address.canonical_url import url_key
from jingyu.pipeline.page.admission import Admission
from jingyu.pipeline.page.mask.masking import mask_url
from jingyu.pipeline.page.page import About, Page
from jingyu.pipeline.page.sandbox import Sandbox
from jingyu.pipeline.page.settings import PageSettings
from jingyu.pipeline.read import storage
from jingyu.pipeline.read.record import PAGE_TYPES, Record
from jingyu.pipeline.read.rows import read_jsonl, read_parquet
from jingyu.pipeline.read.sniff import Format
from jingyu.pipeline.read.warc import WarcReader, read_warc
from jingyu.pipeline.store.items import WorkItem
from jingyu.pipeline.store.parquet import ROWS_IN_GROUP
from jingyu.pipeline.store.row_writer import RowWriter, row_writer
from jingyu.pipeline.store.staging import ExtractSummary, Staged
from jingyu.schemas.gate import GATE
from jingyu.schemas.staging import ENDED, STAGING

_ROW = "row"
_CHUNK = 1 << 20
_ID_BYTES = 16
Report = Callable[[int, int, int], None]
"""Is told the offset reached, the page-bearing records read and the documents staged."""


def extract_item(
    item: WorkItem, settings: PageSettings, staged: Staged, sandbox: Sandbox, report: Report
) -> ExtractSummary:
    """Reads an item's records and stages each page as a document or as a row for the ledger.

    Raises:
        OSError: The input or the output fails.
    """
    admission = Admission.of(settings)
    counts: Counter[str] = Counter()
    with ExitStack() as stack:
        stream = stack.enter_context(storage.open_to_read(item.file.path))
        hashed = _Hashed(stream) if storage.is_web(item.file.path) else None
        documents = stack.enter_context(row_writer(staged.documents, STAGING))
        ended = stack.enter_context(row_writer(staged.ended, ENDED))
        reader = _Reader(item, settings, hashed or stream)
        examining = _Examining(sandbox, documents, ended)
        for record in reader:
            counts[record.record_type] += 1
            if record.record_type not in PAGE_TYPES and record.record_type != _ROW:
                continue
            _stage(record, item.file.name, admission, examining)
            report(record.offset, documents.count + ended.count, documents.count)
        examining.finish()
    summary = ExtractSummary(
        records=dict(sorted(counts.items())),
        page_count=sum(counts[kind] for kind in (*PAGE_TYPES, _ROW)),
        document_count=documents.count,
        ended_count=ended.count,
        first_offset=reader.first_offset,
        end_offset=reader.end_offset,
        skipped_bytes=reader.skipped_bytes,
        sha256=hashed.hexdigest() if hashed else _digest(item),
    )
    staged.write_summary(summary)
    return summary


def _stage(record: Record, source_file: str, admission: Admission, examining: "_Examining") -> None:
    row = provenance_row(record, source_file)
    admitted = admission.admit(record, row["url"], row["host"])
    if admitted.measured:
        row |= zip(GATE.names, admitted.measured, strict=True)
    if admitted.decision:
        refers = {"duplicate_of": _refers_to(record)}
        examining.add_ended(row | refers | admitted.decision._asdict())
    elif admitted.page:
        about = About(record.url, row["host"], record.ip, record.captured_at, record.http_headers)
        examining.add(row, url_key(record.url), admitted.page._replace(about=about))


class _Examining:
    """Writes rows in the order of their records while one page is examined by another process."""

    def __init__(self, sandbox: Sandbox, documents: RowWriter, ended: RowWriter) -> None:
        self._sandbox = sandbox
        self._documents = documents
        self._ended = ended
        self._row: dict[str, Any] | None = None
        """Row of the page that is being examined."""
        self._key = 0
        self._waiting: list[dict[str, Any]] = []
        """Rows for the ledger of records after it."""

    def add(self, row: dict[str, Any], key: int, page: Page) -> None:
        """Has a page examined, once the one before it is; a document has a key of its address."""
        self.finish()
        self._row, self._key = row, key
        self._sandbox.begin(page)

    def add_ended(self, row: dict[str, Any]) -> None:
        """Writes a record's row for the ledger, as soon as those before it are written."""
        self._waiting.append(row)
        if self._row is None or len(self._waiting) >= ROWS_IN_GROUP:
            self.finish()

    def finish(self) -> None:
        """Writes all rows so far."""
        if self._row is not None:
            examined = self._sandbox.finish()
            if examined.ended is None:
                self._documents.append(self._row | {"url_key": self._key} | examined.columns)
            else:
                self._ended.append(self._row | examined.ended._asdict())
            self._row = None
        for row in self._waiting:
            self._ended.append(row)
        self._waiting.clear()


def provenance_row(record: Record, source_file: str) -> dict[str, Any]:
    """Returns the columns of `PROVENANCE`; personal data in the address is masked."""
    host = host_of(record.url)
    return {
        "document_id": document_id(source_file, record.offset, record.ordinal),
        "source_file": source_file,
        "offset": record.offset,
        "ordinal": record.ordinal,
        "length": record.length,
        "record_type": record.record_type,
        "record_id": record.record_id,
        "url": mask_url(record.url) if record.url else None,
        "host": host,
        "registered_domain": registered_domain(host),
        "captured_at": record.captured_at,
        "http_status": record.http_status,
        "content_type": record.content_type,
        "payload_bytes": record.payload_bytes,
    }


def document_id(source_file: str, offset: int, ordinal: int) -> str:
    """Returns the name of a record in every output, 32 hexadecimal digits."""
    place = f"{source_file}\0{offset}\0{ordinal}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(place, digest_size=_ID_BYTES).hexdigest()


def _refers_to(record: Record) -> str | None:
    """Returns what a revisit points to: the record's id, or its address and date."""
    if record.record_type != "revisit":
        return None
    headers = record.headers
    address = headers.get("warc-refers-to-target-uri") or record.url
    if "warc-refers-to" in headers:
        return headers["warc-refers-to"]
    stated = (mask_url(address) if address else None, headers.get("warc-refers-to-date"))
    return " ".join(part for part in stated if part) or None


class _Reader:
    """The records of an item, whatever its format."""

    def __init__(self, item: WorkItem, settings: PageSettings, stream: Any) -> None:
        inputs = settings.inputs
        self._warc: WarcReader | None = None
        self._rows: Iterator[Record] = iter(())
        limit = inputs.max_record_mib << 20
        if item.format is Format.WARC:
            self._warc = read_warc(
                stream,
                start=item.start,
                stop=item.stop,
                max_record_bytes=limit,
                max_payload_bytes=limit,
            )
        elif item.format is Format.PARQUET:
            self._rows = read_parquet(stream, name=item.file.path, columns=inputs.columns)
        else:
            self._rows = read_jsonl(
                stream, name=item.file.path, columns=inputs.columns, max_record_bytes=limit
            )

    def __iter__(self) -> Iterator[Record]:
        return iter(self._warc) if self._warc else self._rows

    @property
    def first_offset(self) -> int | None:
        return self._warc.first_offset if self._warc else None

    @property
    def end_offset(self) -> int | None:
        return self._warc.end_offset if self._warc else None

    @property
    def skipped_bytes(self) -> int:
        return self._warc.skipped_bytes if self._warc else 0


class _Hashed:
    """A stream that can only be read once, and its digest."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        content = self._stream.read(size)
        self._digest.update(content)
        return content

    def hexdigest(self) -> str:
        while self.read(_CHUNK):
            pass
        return self._digest.hexdigest()


def _digest(item: WorkItem) -> str:
    """Returns the SHA-256 of an item's bytes, from its start to its stop."""
    digest = hashlib.sha256()
    left = item.size if item.stop is not None else None
    with storage.open_to_read(item.file.path) as stream:
        if item.start:
            stream.seek(item.start)
        while content := stream.read(_CHUNK if left is None else min(_CHUNK, left)):
            digest.update(content)
            left = left if left is None else left - len(content)
    return digest.hexdigest()
