"""Work items: the inputs, in pieces that one worker reads."""

import functools
import itertools
import math
import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from jingyu.filters.settings.errors import InputError
from jingyu.pipeline.read import storage
from jingyu.pipeline.read.records import read_records
from jingyu.pipeline.read.settings import PIECE_MIB, Inputs
from jingyu.pipeline.read.sniff import Format, NoPages, UnreadableInput, sniff
from jingyu.pipeline.store.chosen import Chosen

_HEAD_BYTES = 1 << 20
_THREADS = 16
_MAX_RANGES = 16
_WITH_ROWS = frozenset({Format.PARQUET, Format.JSONL, Format.CSV})
ROWS_OF_TEXT = _WITH_ROWS | {Format.TEXT}
"""Formats whose pages are text; a column of HTML is the exception."""


@dataclass(frozen=True)
class Input:
    """A file of pages."""

    file: storage.StoredFile
    format: Format


@dataclass(frozen=True)
class WorkItem:
    """A file, or the part of a WARC file in which its records start."""

    file: storage.StoredFile
    format: Format
    start: int = 0
    stop: int | None = None
    """Offset after the last possible start of a record; none for the end of the file."""
    is_last: bool = True
    chosen: Chosen | None = None
    """The records that are read; none for all."""

    @property
    def identity(self) -> tuple[object, ...]:
        """What tells whether this work was done before."""
        if self.chosen:
            return (self.file.name, self.chosen.digest)
        return (self.file.name, self.file.size, self.file.modified, self.start, self.stop)

    @property
    def size(self) -> int:
        """Bytes to read, 0 where they are not known."""
        if self.chosen:
            return self.chosen.size
        stop = self.stop if self.stop is not None else self.file.size
        return (stop or 0) - self.start


@dataclass(frozen=True)
class Refused:
    """An input that is left out, and why."""

    path: str
    reason: str
    is_skipped: bool = False
    """Whether nobody expects pages in it: it is empty, or belongs to a saved page."""


def find_inputs(
    paths: Sequence[str], wanted: Inputs, without: Sequence[str] = ()
) -> tuple[list[Input], list[Refused]]:
    """Returns the readable inputs by name, and those that cannot be read.

    Each file is opened and must show a record; nothing else has been started by then.

    Args:
        paths: Files, folders, globs or addresses.
        wanted: Which records are pages.
        without: Files and folders that are left out: an output may lie in a folder of inputs.

    Raises:
        InputError: There is no such file, or two files have one name.
    """
    if not paths:
        raise InputError("there is no input: give `--input PATH` or `inputs.paths` in the config")
    found = {file for path in paths for file in storage.find(path)}
    left_out = [_real(place) for place in without]
    files = sorted(file for file in found if not _is_in(_real(file.path), left_out))
    if not files:
        raise InputError("there is no input: all that was found is an output of Jingyu")
    for one, other in itertools.pairwise(files):
        if one.name == other.name and one.path != other.path:
            raise InputError(
                f"{one.path} and {other.path} would both be named {one.name} in the ledger; "
                "give their common folder as one input"
            )
    unique = {file.path: file for file in files}
    with ThreadPoolExecutor(_THREADS) as pool:
        looked_at = list(pool.map(functools.partial(_look_at, wanted), unique.values()))
    return (
        [found for found in looked_at if isinstance(found, Input)],
        [found for found in looked_at if isinstance(found, Refused)],
    )


def _is_in(path: str, places: Sequence[str]) -> bool:
    """Returns whether a path is one of some files, or in one of some folders."""
    return any(f"{path}/".startswith(f"{place.rstrip('/')}/") for place in places)


def _real(path: str) -> str:
    return os.path.realpath(path) if storage.is_local(path) else path


def _look_at(wanted: Inputs, file: storage.StoredFile) -> Input | Refused:
    try:
        with storage.open_to_read(file.path) as stream:
            head = stream.read(_HEAD_BYTES)
            found = Input(file, sniff(head, file.path, wanted.text_files))
        if found.format in _WITH_ROWS and not _has_row(found, wanted):
            return Refused(file.path, f"{file.path}: holds no row", is_skipped=True)
    except UnreadableInput as error:
        return Refused(file.path, str(error), is_skipped=isinstance(error, NoPages))
    except OSError as error:
        return Refused(file.path, f"{file.path}: cannot be opened: {error.strerror or error}")
    return found


def _has_row(found: Input, wanted: Inputs) -> bool:
    with storage.open_to_read(found.file.path) as stream:
        rows = read_records(stream, found.format, found.file.path, wanted)
        return next(rows, None) is not None


def work_items(
    inputs: Iterable[Input], whole: frozenset[str] = frozenset(), piece_mib: int = PIECE_MIB
) -> list[WorkItem]:
    """Returns the pieces of the inputs, in the order of names and offsets.

    WARC files are cut into ranges by their own size and a setting, so that the pieces, and what is
    staged of them, do not depend on workers or on other inputs.

    Args:
        inputs: The files.
        whole: Names of files that are not cut.
        piece_mib: Least size of a range.
    """
    items: list[WorkItem] = []
    for source in inputs:
        size = source.file.size
        is_cut = (
            source.format is Format.WARC
            and size is not None
            and not storage.is_web(source.file.path)
            and source.file.name not in whole
        )
        length = max(piece_mib << 20, math.ceil((size or 0) / _MAX_RANGES)) if is_cut else 0
        starts = list(range(0, max(size or 0, 1), length)) if length else [0]
        stops = [*starts[1:], None]
        items.extend(
            WorkItem(source.file, source.format, start, stop, is_last=stop is None)
            for start, stop in zip(starts, stops, strict=True)
        )
    return items
