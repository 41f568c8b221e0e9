"""Records of a crawl file that an index names: only their bytes are read."""

import hashlib
import io
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from jingyu.pipeline.read.index.choice import joined
from jingyu.pipeline.read.index.parts import Parts
from jingyu.pipeline.read.record import Record
from jingyu.pipeline.read.warc import read_warc
from jingyu.pipeline.read.web import MissingError, Part

_GAP_BYTES = 16 << 10
"""Between records: a request of its own costs a server more than so many bytes."""
_REQUEST_BYTES = 4 << 20


class ChosenRecords:
    """Reads some records of a crawl file.

    A place at which there is no record is a record with damage `missing_record`.

    Attributes:
        moved_bytes: Bytes that were read so far.
        file_bytes: Size of the whole file, if it is known.
        digest: SHA-256 of what was read, in the order of the places.
    """

    def __init__(self, path: str, parts: Parts, requests: int, max_bytes: int) -> None:
        """Takes how to read.

        Args:
            path: The crawl file.
            parts: What reads parts of it.
            requests: Most requests at a time.
            max_bytes: Size up to which records, and their pages, are held.
        """
        self._path = path
        self._parts = parts
        self._requests = requests
        self._max_bytes = max_bytes
        self.moved_bytes = 0
        self.file_bytes: int | None = None
        self.digest = hashlib.sha256()

    def read(self, places: Sequence[tuple[int, int]]) -> Iterator[Record]:
        """Yields the records at some places, offset and length, ascending.

        Raises:
            OSError: The file cannot be read now.
        """
        requests = joined(places, _GAP_BYTES, _REQUEST_BYTES)
        with ThreadPoolExecutor(self._requests) as pool:
            waiting: deque[tuple[list[tuple[int, int]], Future[Part | None]]] = deque()
            try:
                for request in requests:
                    waiting.append((request, pool.submit(self._asked, request)))
                    if len(waiting) > self._requests:
                        yield from self._records(*waiting.popleft())
                while waiting:
                    yield from self._records(*waiting.popleft())
            finally:
                for _, future in waiting:
                    future.cancel()

    def _asked(self, request: list[tuple[int, int]]) -> Part | None:
        start = request[0][0]
        length = max(offset + size for offset, size in request) - start
        if length > max(self._max_bytes, _REQUEST_BYTES):
            return Part(b"", None)  # a single record
        try:
            return self._parts.read(self._path, start, length)
        except MissingError:
            return None

    def _records(
        self, request: list[tuple[int, int]], asked: Future[Part | None]
    ) -> Iterable[Record]:
        part = asked.result() or Part(b"", None)
        self.moved_bytes += len(part.content)
        self.file_bytes = part.file_bytes or self.file_bytes
        self.digest.update(part.content)
        start = request[0][0]
        for offset, length in request:
            stored = part.content[offset - start : offset - start + length]
            yield from self._at(offset, length, stored)

    def _at(self, offset: int, length: int, stored: bytes) -> Iterable[Record]:
        """Yields what begins at a place, one by one: a few bytes may inflate to many records."""
        limit = self._max_bytes
        is_there = False
        if stored:
            found = read_warc(io.BytesIO(stored), max_record_bytes=limit, max_payload_bytes=limit)
            for record in found:
                if record.offset:
                    break  # another record, whose place may be named, too
                is_there = True
                record.offset = offset
                yield record
        if not is_there:
            is_too_large = length > max(limit, _REQUEST_BYTES)
            damage = "record_too_large" if is_too_large else "missing_record"
            yield Record(offset, 0, length, "response", payload_bytes=length, damage=damage)
