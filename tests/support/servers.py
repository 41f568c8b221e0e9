"""Servers of stores on this machine, and a proxy before them that injects faults."""

import contextlib
import http.client
import json
import logging
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any

import pytest
from pyarrow.fs import S3FileSystem

from jingyu.pipeline.read import stores

REGION = "us-east-1"
_SETTINGS = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_REGION": REGION,
    "AWS_EC2_METADATA_DISABLED": "true",
}

_SLOW_SECONDS = 0.3
_START_SECONDS = 30
_HOW_TO_INSTALL = "go install github.com/fsouza/fake-gcs-server@latest"
_OF_A_CONNECTION = frozenset({"connection", "content-length", "expect", "transfer-encoding"})

Fault = str
"""`error` answers 503, `cut` closes the connection in the middle of the body, `slow` waits."""

Decide = Callable[[int, str, str], Fault | None]
"""What happens to a request, by its number from 0, its method and its path."""


@contextlib.contextmanager
def server(scheme: str) -> Iterator[str]:
    """Yields the address of a server of `s3` or `gs` that holds nothing; skips without one."""
    with _s3_server() if scheme == "s3" else _gs_server() as address:
        yield address


@contextlib.contextmanager
def _s3_server() -> Iterator[str]:
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # it would tell of each request
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        yield f"http://{host}:{port}"
    finally:
        server.stop()


@contextlib.contextmanager
def _gs_server() -> Iterator[str]:
    program = shutil.which("fake-gcs-server")
    if not program:
        pytest.skip(f"fake-gcs-server is not installed: {_HOW_TO_INSTALL}")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    where = ["-scheme", "http", "-host", "127.0.0.1", "-port", str(port), "-backend", "memory"]
    with subprocess.Popen([program, *where, "-log-level", "error"]) as process:
        try:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()


def _wait_for(port: int) -> None:
    ends = time.monotonic() + _START_SECONDS
    while time.monotonic() < ends:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.02)
    raise TimeoutError(f"nothing answers at port {port}")


@contextlib.contextmanager
def at_endpoint(scheme: str, address: str) -> Iterator[dict[str, str]]:
    """Has addresses mean a server while the block runs; yields the settings for processes."""
    if scheme == "s3":
        settings = _SETTINGS | {"AWS_ENDPOINT_URL": address}
    else:
        settings = {"STORAGE_EMULATOR_HOST": address}
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    stores.forget()
    try:
        yield settings
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
        stores.forget()


def make_bucket(scheme: str, address: str, name: str) -> None:
    """Makes a bucket of a server."""
    if scheme == "s3":
        files = S3FileSystem(
            region=REGION, endpoint_override=address, allow_bucket_creation=True, anonymous=True
        )
        files.create_dir(name)
        return
    wanted = json.dumps({"name": name}).encode()
    told = {"Content-Type": "application/json"}
    server = http.client.HTTPConnection(address.removeprefix("http://"), timeout=60)
    server.request("POST", "/storage/v1/b?project=test", wanted, told)
    assert server.getresponse().status == http.HTTPStatus.OK
    server.close()


class Proxy:
    """Passes requests on, but for those that are to fail.

    Attributes:
        address: Where it listens.
        seen: Method and path of each request, in order.
        target: Host and port of the server.
    """

    def __init__(self, target: str, decide: Decide) -> None:
        """Begins to listen."""
        self.seen: list[tuple[str, str]] = []
        self.decide = decide
        self.target = target.removeprefix("http://")
        self._lock = Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Ends listening."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def fault(self, method: str, path: str) -> Fault | None:
        """Returns what is to happen to the next request."""
        with self._lock:
            number = len(self.seen)
            self.seen.append((method, path))
        return self.decide(number, method, path)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        return type("Handler", (_PassOn,), {"proxy": self})


class _PassOn(BaseHTTPRequestHandler):
    """Passes a request on, or what its proxy decides."""

    protocol_version = "HTTP/1.1"
    proxy: Proxy

    def log_message(self, *_: Any) -> None:
        pass

    def handle_one_request(self) -> None:
        with contextlib.suppress(OSError):
            super().handle_one_request()
            return
        self.close_connection = True

    def _pass_on(self) -> None:
        body = self._body()
        fault = self.proxy.fault(self.command, self.path)
        if fault == "slow":
            time.sleep(_SLOW_SECONDS)
        if fault == "error":
            self.send_response(503, "Slow Down")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self._answer(*self._asked(body), is_cut=fault == "cut")

    def _asked(self, body: bytes) -> tuple[http.client.HTTPResponse, bytes]:
        """Returns what the server answers."""
        server = http.client.HTTPConnection(self.proxy.target, timeout=60)
        passed = {k: v for k, v in self.headers.items() if k.lower() not in _OF_A_CONNECTION}
        server.request(self.command, self.path, body, passed)
        answer = server.getresponse()
        content = answer.read()
        server.close()
        return answer, content

    def _answer(self, answer: http.client.HTTPResponse, content: bytes, *, is_cut: bool) -> None:
        self.send_response(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in _OF_A_CONNECTION:
                self.send_header(name, value)
        length = answer.getheader("Content-Length") if self.command == "HEAD" else None
        self.send_header("Content-Length", length or str(len(content)))
        self.end_headers()
        if is_cut and content:
            self.wfile.write(content[: len(content) // 2])
            self.close_connection = True
            self.connection.close()
            return
        self.wfile.write(content)

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        found = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            found += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return found

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = _pass_on  # noqa: N815


@contextlib.contextmanager
def proxied(target: str, decide: Decide) -> Iterator[Proxy]:
    """Yields a proxy before a server."""
    proxy = Proxy(target, decide)
    try:
        yield proxy
    finally:
        proxy.close()
