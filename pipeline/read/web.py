"""Parts of files on web servers, by ranged requests that a server can bear."""

import io
import random
import re
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

from urllib3.exceptions import HTTPError

from jingyu.pipeline.read.web_requests import (
    TooSlowError,
    WebError,
    answer,
    cause_of,
    pool_of,
    seconds_for,
)

_GONE = frozenset(
    {HTTPStatus.NOT_FOUND, HTTPStatus.GONE, HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE}
)
_FOR_NOW = frozenset(
    {
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT,
    }
)
_LONGEST_WAIT_SECONDS = 60.0
_MOST_ASKED_SECONDS = 600.0
"""Longest wait that a server may ask for: of what asks for more, the run is told."""
_RANGE = re.compile(r"bytes\s+(\d{1,18})-\d+/(\d{1,18}|\*)")


class MissingError(WebError):
    """There is no such file, or nothing at that place of it."""


@dataclass(frozen=True)
class Part:
    """A part of a file."""

    content: bytes
    """Shorter than asked for where the file ends."""
    file_bytes: int | None
    """Size of the whole file, if the server tells."""


class Web:
    """Asks web servers for parts of files, by few connections that stay open.

    A request that fails for now (cut, too slow, answered 408, 429 or 5xx) is repeated after waits
    that double, each of a random length up to that; `Retry-After` holds back all requests. May be
    used by many threads.
    """

    def __init__(self, requests: int, attempts: int, wait_seconds: float) -> None:
        """See `IndexSection`."""
        self._pool = pool_of(requests)
        self._open = threading.BoundedSemaphore(requests)
        self._attempts = attempts
        self._wait_seconds = wait_seconds
        self._not_before = 0.0

    def read(self, address: str, start: int, length: int) -> Part:
        """Returns a part of a file.

        Raises:
            MissingError: There is no such file, or it ends before.
            OSError: The server refuses, gives the whole file in place of a part, or fails again
                and again.
        """
        problem = ""
        for attempt in range(self._attempts):
            self._wait(attempt)
            try:
                with self._open:
                    answer = self._asked(address, start, length)
            except (HTTPError, TooSlowError) as error:
                problem = cause_of(error) if isinstance(error, HTTPError) else str(error)
                continue
            if isinstance(answer, Part):
                return answer
            problem = answer
        raise WebError(f"{address}: cannot be read after {self._attempts} attempts: {problem}")

    def _asked(self, address: str, start: int, length: int) -> Part | str:
        """Returns what a server answers, or why it has to be asked again."""
        wanted = {"Range": f"bytes={start}-{start + length - 1}", "Accept-Encoding": "identity"}
        with answer(self._pool, "GET", address, wanted, seconds_for(length)) as response:
            return self._read(response, address, start, length)

    def _read(self, response: Any, address: str, start: int, length: int) -> Part | str:
        status = response.status
        if status in _FOR_NOW:
            self._hold_back(response.headers)
            return f"HTTP status {status}"
        if status in _GONE:
            raise MissingError(f"{address}: HTTP status {status} for bytes from {start} on")
        found = _RANGE.match(response.headers.get("Content-Range", ""))
        stated = response.length_remaining
        if status == HTTPStatus.PARTIAL_CONTENT and found and int(found[1]) == start:
            file_bytes = None if found[2] == "*" else int(found[2])
        elif status == HTTPStatus.OK and not start and stated is not None and stated <= length:
            file_bytes = stated
        else:
            raise WebError(f"{address}: HTTP status {status} in place of a range of bytes")
        content = response.read(length, decode_content=False)
        ends = start + length if file_bytes is None else min(start + length, file_bytes)
        return Part(content, file_bytes) if len(content) >= ends - start else "the answer was cut"

    def _hold_back(self, headers: Mapping[str, str]) -> None:
        asked = _seconds_of(headers.get("Retry-After", ""))
        if asked > _MOST_ASKED_SECONDS:
            raise WebError(f"the server asks to wait for {asked:.0f} s; run again to continue then")
        self._not_before = max(self._not_before, time.monotonic() + asked)

    def _wait(self, attempt: int) -> None:
        wait = 0.0
        if attempt:
            longest = min(_LONGEST_WAIT_SECONDS, self._wait_seconds * 2 ** (attempt - 1))
            wait = longest * random.uniform(0.5, 1)  # noqa: S311  (no secret)
        time.sleep(max(wait, self._not_before - time.monotonic(), 0))


def _seconds_of(retry_after: str) -> float:
    """Returns how long a server asks to wait, in seconds or until a date.

    Source: RFC 9110, section 10.2.3.
    """
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        until = parsedate_to_datetime(retry_after)
    except (ValueError, OverflowError):
        return 0.0
    return max(0.0, (until - datetime.now(until.tzinfo and UTC)).total_seconds())


class WebFile(io.RawIOBase):
    """A file on a web server that can seek.

    Attributes:
        name: Its address.
        moved_bytes: Bytes that were read of it.
    """

    def __init__(self, web: Web, address: str) -> None:
        """Asks for the file's size."""
        super().__init__()
        self._web = web
        self.name = address
        self._at = 0
        size = web.read(address, 0, 1).file_bytes
        if size is None:
            raise WebError(f"{address}: the server does not tell how large it is")
        self._size = size
        self.moved_bytes = 0

    def readable(self) -> bool:
        """Returns that it is."""
        return True

    def seekable(self) -> bool:
        """Returns that it is."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Goes to another place."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        """Returns the place."""
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Reads on."""
        length = min(len(buffer), self._size - self._at)
        if length <= 0:
            return 0
        part = self._web.read(self.name, self._at, length)
        if part.file_bytes not in {self._size, None}:
            raise WebError(f"{self.name}: it became another file while it was read; run again")
        content = part.content
        buffer[: len(content)] = content
        self._at += len(content)
        self.moved_bytes += len(content)
        return len(content)
