"""What extract leaves of each work item: staged files, and how far it is."""

import contextlib
import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Final

import pyarrow as pa

from jingyu.pipeline.read import storage
from jingyu.pipeline.store import filesystem
from jingyu.pipeline.store.items import WorkItem
from jingyu.pipeline.store.parquet import read_parquet

SECTIONS: Final = "sections"
WIDTH: Final = "width-"
"""How files begin that say what a pass measured, and how wide it was, beside what it staged."""


@dataclass(frozen=True)
class ExtractSummary:
    """What reading one work item yielded. It is written last: once it is there, all is."""

    records: dict[str, int] = field(default_factory=dict)
    """Records read, by WARC type."""
    page_count: int = 0
    """Page-bearing records, as counted while reading."""
    document_count: int = 0
    """Rows staged as documents."""
    ended_count: int = 0
    """Rows staged for the ledger."""
    first_offset: int | None = None
    """Where the first record of the item starts."""
    end_offset: int | None = None
    """Where the first record of the file's next item must start."""
    skipped_bytes: int = 0
    """Bytes that belong to no record."""
    is_cut: bool = False
    """Whether the file ends inside a record."""
    sha256: str | None = None
    """Digest of the whole file; told by the item that begins it."""
    chosen_sha256: str | None = None
    """Digest of what was read by an index."""
    crawl: dict[str, str] = field(default_factory=dict)
    """What the file says of the crawl: fields of its first `warcinfo` record."""
    moved_bytes: int = 0
    """Bytes that were read by an index."""
    file_bytes: int | None = None
    """Size of the file that these are of, if it is known."""


class Staged:
    """The staged files of one work item."""

    def __init__(self, folder: str, key: str) -> None:
        self.key = key
        self.documents = storage.join(folder, f"{key}.documents.parquet")
        self.ended = storage.join(folder, f"{key}.ledger.parquet")
        self._summary = storage.join(folder, f"{key}.json")

    @classmethod
    def complete_in(cls, folder: str) -> frozenset[str]:
        """Returns the keys of the items that are staged whole."""
        names = filesystem.names_in(folder)
        keys = (name.removesuffix(".json") for name in names if name.endswith(".json"))
        return frozenset(k for k in keys if k != SECTIONS and not k.startswith(WIDTH))

    def read_summary(self) -> ExtractSummary:
        """Returns what reading the item yielded."""
        return ExtractSummary(**json.loads(storage.read_bytes(self._summary)))

    def write_summary(self, summary: ExtractSummary) -> None:
        """Declares the item staged whole."""
        filesystem.write_bytes(self._summary, json.dumps(asdict(summary)).encode())

    def table(self, columns: Sequence[str]) -> pa.Table:
        """Returns columns of the staged documents."""
        return read_parquet(self.documents, columns)


class ProgressFile:
    """Tells how far an item is: at most twice a second, on a store every 15 seconds.

    Of an item of a store that is done sooner nothing is told.
    """

    _SECONDS = 0.5
    _STORE_SECONDS = 15.0

    def __init__(self, path: str) -> None:
        self._path = path
        is_local = storage.is_local(path)
        self._seconds = self._SECONDS if is_local else self._STORE_SECONDS
        self._next = 0.0 if is_local else time.monotonic() + self._seconds
        self._is_told = False

    def __call__(self, offset: int, records: int, documents: int) -> None:
        now = time.monotonic()
        if now >= self._next:
            self._next = now + self._seconds
            state = {"offset": offset, "records": records, "documents": documents}
            self._is_told = True
            self._write(json.dumps(state).encode())

    def _write(self, told: bytes) -> None:
        try:
            filesystem.write_bytes(self._path, told)
        except OSError:
            if storage.is_local(self._path):
                raise
            # A store that fails now fails where it matters, too, or it is well again by then.

    def end(self) -> None:
        """Tells nothing any more: the item is staged."""
        if self._is_told:
            with contextlib.suppress(OSError):
                filesystem.delete(self._path)


@dataclass(frozen=True)
class Extracted:
    """Items that are staged, with what reading them yielded."""

    items: dict[str, WorkItem]
    summaries: dict[str, ExtractSummary]

    @property
    def keys(self) -> list[str]:
        """Names of the staged items, in the order of the inputs."""
        return list(self.items)

    @property
    def documents(self) -> int:
        """Staged documents."""
        return sum(summary.document_count for summary in self.summaries.values())
