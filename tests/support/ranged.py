"""A web server that answers ranged requests, and fails as it is told."""

import contextlib
import re
import time
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any

_RANGE = re.compile(r"bytes=(\d+)-(\d+)")

Decide = Callable[[int, str], str | None]
"""What happens to a request, by its number from 0 and its path: `error`, `busy` (429 and to wait
for a second), `later` (503 and to wait for an hour), `cut`, `dropped`, `slow`, `whole` (the file in
place of the part), `forbidden`."""


class RangedServer:
    """Serves files from memory.

    Attributes:
        address: Where it listens.
        requests: Path and range of each request, in order.
        sent_bytes: Bytes of answers.
        most_at_once: Most requests that were open at a time.
        connections: How many there were.
    """

    def __init__(self, files: Mapping[str, bytes], decide: Decide = lambda *_: None) -> None:
        """Begins to listen."""
        self.files = files
        self.decide = decide
        self.requests: list[tuple[str, str]] = []
        self.sent_bytes = 0
        self.most_at_once = 0
        self.connections = 0
        self._open = 0
        self._lock = Lock()
        handler = type("Handler", (_Answer,), {"of": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        ).start()

    def close(self) -> None:
        """Ends listening."""
        self._server.shutdown()
        self._server.server_close()

    @contextlib.contextmanager
    def counted(self, path: str, wanted: str) -> Iterator[str | None]:
        """Yields what is to happen to a request."""
        with self._lock:
            number = len(self.requests)
            self.requests.append((path, wanted))
            self._open += 1
            self.most_at_once = max(self.most_at_once, self._open)
        try:
            yield self.decide(number, path)
        finally:
            with self._lock:
                self._open -= 1


class _Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    of: RangedServer

    def setup(self) -> None:
        self.of.connections += 1
        super().setup()

    def log_message(self, *_: Any) -> None:
        pass

    def do_GET(self) -> None:
        with self.of.counted(self.path, self.headers.get("Range", "")) as fault:
            self._answer(fault)

    def _answer(self, fault: str | None) -> None:
        if fault == "slow":
            time.sleep(0.2)
        if fault == "dropped":
            self.close_connection = True
            return
        statuses = {"error": 500, "busy": 429, "later": 503, "forbidden": 403}
        content = self.of.files.get(self.path)
        if fault in statuses or content is None:
            waits = {"busy": "1", "later": "3600"}
            self._head(statuses.get(fault or "", 404), 0, {"Retry-After": waits.get(fault or "")})
            return
        found = _RANGE.match(self.headers.get("Range", ""))
        if not found or fault == "whole":
            self._head(200, len(content))
            self._body(content, fault)
            return
        start, end = int(found[1]), min(int(found[2]) + 1, len(content))
        if start >= len(content):
            self._head(416, 0, {"Content-Range": f"bytes */{len(content)}"})
            return
        told = f"bytes {start}-{end - 1}/{len(content)}"
        self._head(206, end - start, {"Content-Range": told})
        self._body(content[start:end], fault)

    def _head(self, status: int, length: int, fields: Mapping[str, str | None] = {}) -> None:
        self.send_response(status)
        for name, value in fields.items():
            if value is not None:
                self.send_header(name, value)
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def _body(self, content: bytes, fault: str | None) -> None:
        if fault == "cut":
            content = content[: len(content) // 2]
            self.close_connection = True
        with contextlib.suppress(OSError):
            self.wfile.write(content)
        self.of.sent_bytes += len(content)


@contextlib.contextmanager
def ranged_server(
    files: Mapping[str, bytes], decide: Decide = lambda *_: None
) -> Iterator[RangedServer]:
    """Yields a server of files by path."""
    server = RangedServer(files, decide)
    try:
        yield server
    finally:
        server.close()
