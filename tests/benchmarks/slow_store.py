"""A store that makes its files up when they are asked for, and takes its time for each request."""

import io
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import pyarrow as pa
from pyarrow import fs

_NAMES_IN_ANSWER: Final = 1_000
"""Names that S3 and Google's store list at most in an answer."""
_NOW: Final = 1_700_000_000

Folder = tuple[Sequence[str], Callable[[str], bytes]]
"""Names in a folder, and what the file of a name holds."""


class SlowStore(fs.FileSystemHandler):  # type: ignore[misc]
    """Folders of made-up files, which can be read alone."""

    def __init__(self, folders: Mapping[str, Folder], seconds: float) -> None:
        """Takes folders by path, and how long a request takes."""
        super().__init__()
        self._folders = folders
        self._seconds = seconds
        self._lock = threading.Lock()
        self.requests = 0

    def wait(self, requests: int = 1) -> None:
        """Takes as long as so many requests, one after the other."""
        with self._lock:
            self.requests += requests
        time.sleep(self._seconds * requests)

    def get_type_name(self) -> str:
        """Names the kind of store."""
        return "slow"

    def normalize_path(self, path: str) -> str:
        """Returns a path as it is."""
        return path

    def get_file_info(self, paths: Sequence[str]) -> list[fs.FileInfo]:
        """Returns what there is at each path."""
        self.wait(len(paths))
        return [self._info(path) for path in paths]

    def get_file_info_selector(self, selector: fs.FileSelector) -> list[fs.FileInfo]:
        """Returns what there is in a folder."""
        names, _ = self._folders.get(selector.base_dir, ((), bytes))
        self.wait(1 + len(names) // _NAMES_IN_ANSWER)
        return [self._info(f"{selector.base_dir}/{name}") for name in names]

    def _info(self, path: str) -> fs.FileInfo:
        is_known = path.rpartition("/")[0] in self._folders
        return fs.FileInfo(path, fs.FileType.File if is_known else fs.FileType.NotFound, mtime=_NOW)

    def open_input_file(self, path: str) -> pa.NativeFile:
        """Returns a made-up file; each read that finds something is a request."""
        folder, _, name = path.rpartition("/")
        _, content = self._folders[folder]
        return pa.PythonFile(_Slow(content(name), self.wait), mode="r")

    open_input_stream = open_input_file

    def _refuse(self, *_: Any) -> Any:
        raise NotImplementedError("this store is read alone")

    create_dir = delete_dir = delete_dir_contents = delete_root_dir_contents = _refuse
    delete_file = move = copy_file = open_output_stream = open_append_stream = _refuse


class _Slow(io.BytesIO):
    """Bytes that come after a wait."""

    def __init__(self, content: bytes, wait: Callable[[], None]) -> None:
        super().__init__(content)
        self._wait = wait

    def read(self, size: int | None = -1) -> bytes:
        """Returns bytes, after a wait if there are any."""
        found = super().read(size)
        if found:
            self._wait()
        return found
