"""Files on web servers, as inputs are read."""

import io
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, BinaryIO, NamedTuple

from urllib3.exceptions import HTTPError

from jingyu.pipeline.read.web import MissingError, Web, WebFile
from jingyu.pipeline.read.web_requests import (
    WebError,
    answer,
    asked,
    cause_of,
    in_time,
    pool_of,
    seconds_for,
)

_ATTEMPTS = 8
_WAIT_SECONDS = 1.0
_READ_AHEAD = 4 << 20
_MOST_DIGITS = 18
_NO_HEAD = frozenset({HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_IMPLEMENTED})


class Described(NamedTuple):
    """What a server says of a file."""

    size: int | None
    """Bytes; none where it does not tell, or tells what is no number."""
    modified: float
    """Seconds since 1970, or 0."""


def described(address: str) -> Described:
    """Returns what a server says of a file.

    Raises:
        WebError: There is no such file, or the server does not answer.
    """
    try:
        with answer(pool_of(1), "HEAD", address, {}, seconds_for(0)) as response:
            status, headers = response.status, response.headers
    except HTTPError as error:
        raise WebError(cause_of(error)) from error
    if status in _NO_HEAD:
        return Described(None, 0.0)
    if status != HTTPStatus.OK:
        raise WebError(f"HTTP status {status}")
    return Described(_size(headers), _modified(headers))


def _size(headers: Mapping[str, str]) -> int | None:
    stated = headers.get("Content-Length", "").strip()
    return int(stated) if stated.isdecimal() and len(stated) <= _MOST_DIGITS else None


def _modified(headers: Mapping[str, str]) -> float:
    try:
        return parsedate_to_datetime(headers["Last-Modified"]).timestamp()
    except (KeyError, ValueError, TypeError, OverflowError):
        return 0.0


def opened(address: str) -> BinaryIO:
    """Returns a stream of a file: by ranged requests, or of one answer if a server has no ranges.

    Raises:
        OSError: It cannot be read.
    """
    try:
        file: Any = WebFile(Web(1, _ATTEMPTS, _WAIT_SECONDS), address)
    except MissingError:
        raise
    except WebError:
        file = _OneAnswer(address)
    return io.BufferedReader(file, _READ_AHEAD)


class _OneAnswer(io.RawIOBase):
    """A file as a server sends it from its beginning."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.name = address
        self._waited = 0.0
        self._read = 0
        try:
            with in_time(address, seconds_for(0)):
                headers = {"Accept-Encoding": "identity"}
                self._response = asked(pool_of(1), "GET", address, headers)
        except HTTPError as error:
            raise WebError(f"{address}: {cause_of(error)}") from error
        if self._response.status != HTTPStatus.OK:
            self.close()
            raise WebError(f"{address}: HTTP status {self._response.status}")

    def readable(self) -> bool:
        """Returns that it is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Reads on."""
        started = time.monotonic()
        try:
            content = self._response.read1(len(buffer), decode_content=False)
        except HTTPError as error:
            raise WebError(f"{self.name}: {cause_of(error)}; run again to continue") from error
        self._waited += time.monotonic() - started
        self._read += len(content)
        # What whoever reads needs of the time is not the server's.
        if self._waited > seconds_for(self._read):
            raise WebError(f"{self.name}: the server sends {self._read:,} bytes in this long")
        buffer[: len(content)] = content
        return len(content)

    def close(self) -> None:
        """Ends the request."""
        if not self.closed:
            self._response.close()
        super().close()
