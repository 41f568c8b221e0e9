"""Requests to web servers that come to an end, however slowly a server answers."""

import contextlib
import socket
import threading
from collections.abc import Iterator, Mapping
from importlib import metadata
from typing import Any

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, LocationValueError, MaxRetryError, ResponseError

_TIMEOUT = urllib3.Timeout(connect=10, read=60)
_MOST_REDIRECTS = 5
_REDIRECTS = urllib3.Retry(
    None,
    connect=0,
    read=0,
    redirect=_MOST_REDIRECTS,
    status=0,
    other=0,
    respect_retry_after_header=False,
)
_SECONDS = 60.0
_LEAST_BYTES_A_SECOND = 32 << 10
"""A server that is slower for a whole answer is taken for one that does not answer."""

_asking = threading.local()


class WebError(OSError):
    """A server does not give what it is asked for."""


class TooSlowError(WebError):
    """An answer was not whole in time."""


class _Watch:
    """Ends a request whose time is over: a byte now and then keeps no reader waiting for ever."""

    def __init__(self, seconds: float) -> None:
        self.socket: socket.socket | None = None
        self.is_over = False
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True
        self._timer.start()
        _asking.watch = self

    def _end(self) -> None:
        self.is_over = True
        if self.socket:
            with contextlib.suppress(OSError):
                # Not that of TLS, which another thread may be reading from.
                socket.socket.shutdown(self.socket, socket.SHUT_RDWR)

    def stop(self) -> None:
        """Lets the request be."""
        self._timer.cancel()
        _asking.watch = None


class _Connection(HTTPConnection):
    """Of `http://`; tells the thread's watch of its socket."""

    def request(self, *arguments: Any, **named: Any) -> None:
        super().request(*arguments, **named)
        _tell_watch(self.sock)


class _SecureConnection(HTTPSConnection):
    """Of `https://`."""

    def request(self, *arguments: Any, **named: Any) -> None:
        super().request(*arguments, **named)
        _tell_watch(self.sock)


def _tell_watch(connected: socket.socket | None) -> None:
    watch: _Watch | None = getattr(_asking, "watch", None)
    if watch:
        watch.socket = connected


class _Pool(urllib3.HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


def pool_of(requests: int) -> urllib3.PoolManager:
    """Returns what makes so many requests at a time; redirects are few, and to web addresses."""
    pool = urllib3.PoolManager(
        maxsize=requests,
        block=True,
        timeout=_TIMEOUT,
        retries=_REDIRECTS,
        headers={"User-Agent": f"jingyu/{metadata.version('jingyu')}"},
    )
    pool.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}
    return pool


def seconds_for(length: int) -> float:
    """Returns how long an answer of so many bytes may take."""
    return _SECONDS + length / _LEAST_BYTES_A_SECOND


@contextlib.contextmanager
def in_time(address: str, seconds: float) -> Iterator[None]:
    """Ends a request to a server, which the block makes in this thread, when its time is over.

    Raises:
        TooSlowError: It was.
        WebError: It is redirected to no web address, or too often.
        HTTPError: The request failed.
    """
    watch = _Watch(seconds)
    too_slow = f"{address}: the answer was not whole after {seconds:.0f} s"
    try:
        yield
        if watch.is_over:
            raise TooSlowError(too_slow)
    except (HTTPError, WebError) as error:
        if watch.is_over:  # of half an answer, anything may be thought
            raise TooSlowError(too_slow) from error
        if isinstance(error, HTTPError) and _is_misdirected(error):
            raise WebError(f"{address}: {_told(error)}") from error
        raise
    finally:
        watch.stop()


def asked(pool: urllib3.PoolManager, method: str, address: str, headers: Mapping[str, str]) -> Any:
    """Returns an answer whose head has come."""
    told = {**pool.headers, **headers}
    return pool.request(method, address, headers=told, preload_content=False)


@contextlib.contextmanager
def answer(
    pool: urllib3.PoolManager,
    method: str,
    address: str,
    headers: Mapping[str, str],
    seconds: float,
) -> Iterator[Any]:
    """Yields a server's answer, which has to be read in time; raises what `in_time` does."""
    with in_time(address, seconds):
        response = asked(pool, method, address, headers)
        try:
            yield response
        finally:
            # Of an answer in chunks the end may not have been read, if it has one.
            if response.length_remaining != 0:
                response.close()
            response.release_conn()  # or the pool would wait for it for ever


def _is_misdirected(error: HTTPError) -> bool:
    is_endless = isinstance(error, MaxRetryError) and isinstance(error.reason, ResponseError)
    return is_endless or isinstance(error, LocationValueError)


def cause_of(error: HTTPError) -> str:
    """Returns why a request failed, in the words of the system where it was the system."""
    while isinstance(error, MaxRetryError) and isinstance(error.reason, HTTPError):
        error = error.reason
    cause = error.__cause__ or error.__context__
    return (cause.strerror if isinstance(cause, OSError) else None) or str(error)


def _told(error: HTTPError) -> str:
    if isinstance(error, MaxRetryError):
        return f"it is redirected more than {_MOST_REDIRECTS} times"
    return f"it is no web address, or redirected to none: {error}"
