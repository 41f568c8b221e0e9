"""The records of a work item, and what is known of them once they were read."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from jingyu.pipeline.read import storage
from jingyu.pipeline.read.record import Record
from jingyu.pipeline.read.records import read_records
from jingyu.pipeline.read.settings import Inputs
from jingyu.pipeline.read.sniff import Format
from jingyu.pipeline.read.warc import WarcReader, read_warc
from jingyu.pipeline.steps.extract.digest import Hashed, digest_of
from jingyu.pipeline.store.chosen import Chosen
from jingyu.pipeline.store.items import WorkItem


class Reading(Protocol):
    """The records of an item, whatever its format."""

    def __iter__(self) -> Iterator[Record]: ...

    def known(self) -> dict[str, Any]:
        """Returns what reading to the end told, as fields of `ExtractSummary`."""


@contextmanager
def reading(item: WorkItem, inputs: Inputs) -> Iterator[Reading]:
    """Yields the records of an item.

    Raises:
        OSError: The file cannot be read.
    """
    if item.chosen:
        yield _Chosen(item, item.chosen, inputs)
        return
    with storage.open_to_read(item.file.path) as stream:
        hashed = Hashed(stream) if storage.is_web(item.file.path) else None
        yield _File(item, inputs, hashed or stream, hashed)


class _File:
    """A file or a range of it."""

    def __init__(self, item: WorkItem, inputs: Inputs, stream: Any, hashed: Hashed | None) -> None:
        self._item = item
        self._hashed = hashed
        self._warc: WarcReader | None = None
        self._rows: Iterator[Record] = iter(())
        if item.format is Format.WARC:
            limit = inputs.max_record_mib << 20
            self._warc = read_warc(
                stream,
                start=item.start,
                stop=item.stop,
                max_record_bytes=limit,
                max_payload_bytes=limit,
            )
        else:
            self._rows = read_records(stream, item.format, item.file.path, inputs)

    def __iter__(self) -> Iterator[Record]:
        return iter(self._warc) if self._warc else self._rows

    def known(self) -> dict[str, Any]:
        found: dict[str, Any] = {"sha256": self._digest()}
        if self._warc is None:
            return found
        return found | {
            "first_offset": self._warc.first_offset,
            "end_offset": self._warc.end_offset,
            "skipped_bytes": self._warc.skipped_bytes,
        }

    def _digest(self) -> str | None:
        """Returns the digest of the file; whoever reads its beginning tells it."""
        if self._hashed:
            return self._hashed.hexdigest()
        return digest_of(self._item.file.path) if self._item.start == 0 else None


class _Chosen:
    """Records that an index names."""

    def __init__(self, item: WorkItem, chosen: Chosen, inputs: Inputs) -> None:
        # What asks web servers takes 0.1 s to import: most runs read no index.
        from jingyu.pipeline.read.index.chosen_records import ChosenRecords
        from jingyu.pipeline.read.index.parts import Parts

        self._chosen = chosen
        section = inputs.index
        limit = inputs.max_record_mib << 20
        self._records = ChosenRecords(item.file.path, Parts(section), section.requests, limit)

    def __iter__(self) -> Iterator[Record]:
        return self._records.read(self._chosen.places())

    def known(self) -> dict[str, Any]:
        return {
            "chosen_sha256": self._records.digest.hexdigest(),
            "moved_bytes": self._records.moved_bytes,
            "file_bytes": self._records.file_bytes,
        }
