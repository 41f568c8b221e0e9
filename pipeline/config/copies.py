"""Copies of the files that a config names, at paths that are the same on every machine.

What reads word lists, registers and models reads local files. So a file on a store is copied when
the config is read, and where a runner's workers are other machines, the files that the config
names go with the run: each machine puts them at the same paths.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from jingyu.filters.settings.errors import InputError
from jingyu.pipeline.config.paths import PATHS, replaced_at
from jingyu.pipeline.read import storage
from jingyu.pipeline.read.own_folder import entry_of, make_own, own_folder, remove_unused, use

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
            # From now on nobody removes it: who asks is about to use it.
            use(entry_of(self.path))
            return hashlib.sha256(storage.read_bytes(self.path)).hexdigest() == self.sha256
        except OSError:
            return False

    def put(self, content: bytes) -> None:
        """Writes it on this machine.

        Raises:
            ConfigError: The folder of copies, which many may write beside, is somebody else's.
        """
        folder = os.path.dirname(self.path)
        make_own(folder)
        with tempfile.TemporaryDirectory(dir=folder) as aside:
            path = os.path.join(aside, "copy")
            Path(path).write_bytes(content)
            os.utime(path, (self.modified, self.modified))
            os.replace(path, self.path)
        use(entry_of(self.path))


def copied(values: Any, is_wanted: Callable[[str], bool]) -> tuple[Any, tuple[Copy, ...]]:
    """Returns the values of a config with paths replaced by those of copies, and the copies.

    Earlier corpora are not copied.

    Args:
        values: The values.
        is_wanted: Whether the files of a path, folder or glob are to be copied.

    Raises:
        InputError: There is no such file, or its name leads out of its folder.
        ConfigError: The folder of copies is somebody else's.
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
    check_names(files)
    # One file at a time: a folder of robots.txt files may be larger than memory.
    digests = [hashlib.sha256(storage.read_bytes(file.path)).hexdigest() for file in files]
    # A file of another date is another copy: a date may tell whether it was read before.
    told = [(file.name, file.modified, digest) for file, digest in zip(files, digests, strict=True)]
    whole = hashlib.sha256(repr(told).encode("utf-8", "surrogateescape"))
    folder = str(own_folder() / whole.hexdigest()[:16])
    copies = [Copy(f"{folder}/{name}", digest, modified) for name, modified, digest in told]
    make_own(str(own_folder()))
    if not use(folder):
        remove_unused()
        make_own(folder)
        use(folder)
    for copy, file in zip(copies, files, strict=True):
        if not copy.is_there:
            copy.put(storage.read_bytes(file.path))
    is_file = [file.path for file in files] == [path]
    return copies[0].path if is_file else folder, copies


def check_names(files: Sequence[storage.StoredFile]) -> None:
    """Checks that no name leads out of the folder of copies: keys of a store may be anything.

    Raises:
        InputError: One does.
    """
    for file in files:
        if {"", ".", ".."} & set(file.name.split("/")):
            raise InputError(f"{file.path}: no file can have this name; rename it")
