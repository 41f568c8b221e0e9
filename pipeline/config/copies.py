"""Copies of the files that a config names, at paths that are the same on every machine.

What reads word lists, registers and models reads local files. So a file on a store is copied when
the config is read, and where a runner's workers are other machines, the files that the config
names go with the run: each machine puts them at the same paths.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from jingyu.pipeline.config.paths import PATHS, replaced_at
from jingyu.pipeline.read import storage

_EARLIER_CORPORA = ("deduplication", "against", "*")


class Copy(NamedTuple):
    """A copy of a file.

    Attributes:
        path: Where it lies, on each machine.
        sha256: Of its content.
        modified: Seconds since 1970, as of the original.
    """

    path: str
    sha256: str
    modified: float

    @property
    def is_there(self) -> bool:
        """Whether this machine has it, whole and as it should be."""
        try:
            return hashlib.sha256(storage.read_bytes(self.path)).hexdigest() == self.sha256
        except OSError:
            return False

    def put(self, content: bytes) -> None:
        """Writes it on this machine."""
        os.makedirs(os.path.dirname(self.path), exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=os.path.dirname(self.path), delete=False) as aside:
            aside.write(content)
        os.utime(aside.name, (self.modified, self.modified))
        os.replace(aside.name, self.path)


def copied(values: Any, is_wanted: Callable[[str], bool]) -> tuple[Any, tuple[Copy, ...]]:
    """Returns the values of a config with paths replaced by those of copies, and the copies.

    Earlier corpora are not copied.

    Args:
        values: The values.
        is_wanted: Whether the files of a path, folder or glob are to be copied.

    Raises:
        InputError: There is no such file.
        OSError: A file cannot be read.
    """
    made: dict[Copy, None] = {}

    def replace(path: str) -> str:
        if not is_wanted(path):
            return path
        root, copies = _copies_of(path)
        made.update(dict.fromkeys(copies))
        return root

    for place in PATHS:
        if place != _EARLIER_CORPORA:
            values = replaced_at(place, values, replace)
    return values, tuple(made)


def _copies_of(path: str) -> tuple[str, list[Copy]]:
    """Returns what stands for a path, folder or glob, and the copies, which lie there now."""
    files = storage.find(path)
    contents = [storage.read_bytes(file.path) for file in files]
    digests = [hashlib.sha256(content).hexdigest() for content in contents]
    # A file of another date is another copy: a date may tell whether it was read before.
    told = [(file.name, file.modified, digest) for file, digest in zip(files, digests, strict=True)]
    whole = hashlib.sha256(repr(told).encode())
    folder = str(_folder() / whole.hexdigest()[:16])
    copies = [
        Copy(f"{folder}/{file.name}", digest, file.modified)
        for file, digest in zip(files, digests, strict=True)
    ]
    for copy, content in zip(copies, contents, strict=True):
        if not copy.is_there:
            copy.put(content)
    is_file = [file.path for file in files] == [path]
    return copies[0].path if is_file else folder, copies


def _folder() -> Path:
    return Path(tempfile.gettempdir()) / f"jingyu-files-{os.getuid()}"
