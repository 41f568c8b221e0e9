"""Stores that are not this machine's disk: `s3://`, `gs://`, `hdfs://` and others, through Arrow.

Settings are those that the stores' own tools read: `AWS_PROFILE`, `AWS_REGION`, `AWS_ENDPOINT_URL`
and their like for S3, `GOOGLE_APPLICATION_CREDENTIALS` and `STORAGE_EMULATOR_HOST` for Google.
`AWS_NO_SIGN_REQUEST=1` reads public buckets without an account.
"""

import io
import os
import re
import sys
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from typing import Any, BinaryIO, Final
from urllib.parse import urlsplit

import pyarrow as pa
from pyarrow import fs

from jingyu.filters.settings.errors import InputError

_ATTEMPTS = 8  # with waits that double: a store that answers 503 for a minute ends no run
_CONNECT_SECONDS = 10
_REQUEST_SECONDS = 60
_READ_AHEAD: Final = 4 << 20
"""Bytes that one request asks for: at 50 ms a request this is as fast as a core inflates."""
_HOME_REGION = "us-east-1"


class Store:
    """A place of files, and paths in it.

    Attributes:
        files: Arrow's filesystem.
        scheme: With which addresses of it begin.
    """

    def __init__(self, files: fs.FileSystem, scheme: str) -> None:
        """Wraps a filesystem of Arrow."""
        self.files = files
        self.scheme = scheme

    def info(self, address: str) -> fs.FileInfo:
        """Returns what there is at an address: a file, a folder or nothing."""
        (found,) = self.files.get_file_info([self.path(address)])
        return found

    def files_below(self, address: str) -> Iterator[fs.FileInfo]:
        """Yields all files in a folder and those below it, none if there is no such folder."""
        return (each for each in self._selected(address, recursive=True) if each.is_file)

    def names_in(self, address: str) -> dict[str, bool]:
        """Returns the names right in a folder, each with whether it is a folder."""
        if self.scheme != "gs":
            found = self._selected(address, recursive=False)
            return {each.base_name: not each.is_file for each in found}
        # Arrow lists all objects in any case, and of folders only those that are objects.
        start = len(self.path(address)) + 1
        paths = (file.path[start:].partition("/") for file in self.files_below(address))
        return {name: bool(slash) for name, slash, _ in paths}

    def delete(self, address: str) -> None:
        """Removes a file or a folder with all that is in it, if it exists."""
        found = self.info(address)
        if found.is_file:
            self.files.delete_file(found.path)
        elif found.type == fs.FileType.Directory and self.scheme == "gs":
            self.files.delete_dir_contents(found.path, missing_dir_ok=True)
        elif found.type == fs.FileType.Directory:
            self.files.delete_dir(found.path)

    def _selected(self, address: str, *, recursive: bool) -> list[fs.FileInfo]:
        folder = self.path(address)
        selector = fs.FileSelector(folder, allow_not_found=True, recursive=recursive)
        found: list[fs.FileInfo] = self.files.get_file_info(selector)
        return found

    def open(self, address: str) -> BinaryIO:
        """Returns a stream of a file's bytes that can seek and asks for many at a time."""
        stream: Any = self.files.open_input_file(self.path(address))
        return io.BufferedReader(stream, _READ_AHEAD)

    def read_range(self, address: str, start: int, stop: int) -> bytes:
        """Returns some bytes of a file."""
        with self.files.open_input_file(self.path(address)) as stream:
            content: bytes = stream.read_at(stop - start, start)
        return content

    def path(self, address: str) -> str:
        """Returns the path of an address in the store's own form."""
        _, _, rest = address.partition("://")
        # Of a cluster the authority names the cluster, of an object store the bucket.
        return "/" + rest.partition("/")[2] if self._is_cluster else rest.rstrip("/")

    def address(self, path: str, like: str) -> str:
        """Returns the address of a path that was found at another address of the same store."""
        root = like[: len(like) - len(like.partition("://")[2])]
        authority = urlsplit(like).netloc if self._is_cluster else ""
        return f"{root}{authority}{path}"

    @property
    def _is_cluster(self) -> bool:
        return self.scheme not in _BUCKETS


def store_of(address: str) -> Store:
    """Returns the store of an address.

    Raises:
        InputError: Nothing here reads such addresses, or the store cannot be opened.
    """
    scheme, _, rest = address.partition("://")
    authority = rest.partition("/")[0]
    try:
        if scheme in _BUCKETS:
            # A public bucket may lie in another region than the account's own.
            return _buckets(scheme, authority if _asks_for_region(scheme) else "")
        return _cluster(scheme, authority)
    except (ValueError, OSError, pa.ArrowException) as error:
        raise InputError(
            f"{address}: cannot be opened: {error}; paths are local, or begin with "
            "`s3://`, `gs://`, `hdfs://`, `abfs://`, `http://` or `https://`"
        ) from error


@cache
def _buckets(scheme: str, bucket: str) -> Store:
    return Store(_BUCKETS[scheme](bucket), scheme)


@cache
def _cluster(scheme: str, authority: str) -> Store:
    files, _ = fs.FileSystem.from_uri(f"{scheme}://{authority}/")
    return Store(files, scheme)


def has_connections() -> bool:
    """Returns whether a store or a web server was asked: a copy of the process cannot ask it on."""
    are_open = _buckets.cache_info().currsize + _cluster.cache_info().currsize > 0
    return are_open or "jingyu.pipeline.read.web_requests" in sys.modules


def forget() -> None:
    """Forgets the stores that are open, so that changed settings count."""
    _buckets.cache_clear()
    _cluster.cache_clear()


def _asks_for_region(scheme: str) -> bool:
    told = ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3")
    return scheme == "s3" and not any(map(os.environ.get, told))


def _s3(bucket: str) -> fs.FileSystem:
    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or _HOME_REGION
    if bucket:
        region = fs.resolve_s3_region(bucket)
    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    return fs.S3FileSystem(
        region=region,
        endpoint_override=endpoint,
        anonymous=os.environ.get("AWS_NO_SIGN_REQUEST", "").lower() in {"1", "yes", "true"},
        connect_timeout=_CONNECT_SECONDS,
        request_timeout=_REQUEST_SECONDS,
        retry_strategy=fs.AwsStandardS3RetryStrategy(max_attempts=_ATTEMPTS),
        # One request for a small file in place of three.
        allow_delayed_open=True,
    )


def _gs(_: str) -> fs.FileSystem:
    limit = timedelta(seconds=_REQUEST_SECONDS)
    if emulator := os.environ.get("STORAGE_EMULATOR_HOST"):
        scheme, _, host = emulator.rpartition("://")
        return fs.GcsFileSystem(
            anonymous=True,
            scheme=scheme or "http",
            endpoint_override=host.rstrip("/"),
            retry_time_limit=limit,
        )
    return fs.GcsFileSystem(retry_time_limit=limit)


_BUCKETS: Final = {"s3": _s3, "gs": _gs}


def glob_pattern(path: str) -> re.Pattern[str]:
    """Returns what a glob matches: `*` and `?` within a folder's name, `**` across folders.

    As in a shell, only a pattern that begins with a dot matches a name that does.
    """
    parts = [_segment(part) for part in path.split("/")]
    pattern = "/".join(parts).replace(f"{_ANY_FOLDERS}/", f"(?:{_ANY_FOLDERS}/)?")
    return re.compile(rf"(?s:{pattern})\Z")


_ANY_FOLDERS = r"(?!\.)[^/]+(?:/(?!\.)[^/]+)*"


def _segment(part: str) -> str:
    if part == "**":
        return _ANY_FOLDERS
    parts = re.split(r"(\*+|\?|\[!?\]?[^]]*\])", part)
    pattern = "".join(map(_matching, parts))
    return pattern if part.startswith(".") else rf"(?!\.){pattern}"


def _matching(part: str) -> str:
    if part.startswith("*"):
        return "[^/]*"
    if part == "?":
        return "[^/]"
    if part.startswith("[") and part.endswith("]"):
        content = part[1:-1].replace("\\", r"\\").replace("[", r"\[")
        return f"[{'^' + content[1:] if content.startswith('!') else content}]"
    return re.escape(part)
