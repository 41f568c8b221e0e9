"""Pieces of work in a file, for workers to read: a job graph that held them would grow too large.

Source: Dataflow refuses job graphs of more than 10 MB, which mC4 met with its list of files
(https://github.com/tensorflow/datasets/issues/2711).
"""

import pickle
import struct
from collections.abc import Iterator, Sequence
from typing import Any, Final, Self

import numpy as np

from jingyu.pipeline.read import storage
from jingyu.pipeline.store import filesystem

MOST_RUNS: Final = 1 << 16
"""Runs that pieces of work are dealt in: with more pieces, several are one run. Their offsets are
512 KiB, all that a worker reads of a list beside its own runs."""
_END: Final = struct.Struct("<QQ")
"""What a list ends with: its pieces, and how many of them a run has."""


def write_work_list(path: str, work: Sequence[Any], most_runs: int = MOST_RUNS) -> None:
    """Writes pieces of work where workers can read them, and where in the file each run is."""
    size = max(1, -(-len(work) // most_runs))
    offsets = [0]
    with filesystem.open_to_write(path) as stream:
        for start in range(0, len(work), size):
            packed = pickle.dumps(tuple(work[start : start + size]))
            stream.write(packed)
            offsets.append(offsets[-1] + len(packed))
        stream.write(np.array(offsets, "<u8").tobytes() + _END.pack(len(work), size))


class WorkList:
    """Pieces of work by their numbers, of which a worker reads those that it asks for.

    It travels as the name of its file.
    """

    def __init__(self, path: str) -> None:
        """Takes the file that `write_work_list` wrote; it is opened when it is first asked."""
        self._path = path
        self._places: tuple[np.ndarray[Any, np.dtype[np.uint64]], int, int] | None = None
        self._last: tuple[int, tuple[Any, ...]] | None = None

    def __reduce__(self) -> tuple[type[Self], tuple[str]]:
        return type(self), (self._path,)

    def __len__(self) -> int:
        return self._read_places()[1]

    def __getitem__(self, number: int) -> Any:
        _, count, size = self._read_places()
        if not 0 <= number < count:
            raise IndexError(number)
        run = number // size
        # Threads may share a list: what is held of it is one object.
        last = self._last
        if last is None or last[0] != run:
            self._last = last = run, self.run(run)
        return last[1][number % size]

    def __iter__(self) -> Iterator[Any]:
        for run in range(self.runs):
            yield from self.run(run)

    @property
    def runs(self) -> int:
        """How many runs of pieces there are."""
        return len(self._read_places()[0]) - 1

    def run(self, number: int) -> tuple[Any, ...]:
        """Returns the pieces of a run; nothing else of the file is read."""
        start, stop = self._read_places()[0][number : number + 2].tolist()
        pieces: tuple[Any, ...] = pickle.loads(  # noqa: S301  (our own file)
            storage.read_range(self._path, start, stop)
        )
        return pieces

    def _read_places(self) -> tuple[np.ndarray[Any, np.dtype[np.uint64]], int, int]:
        if self._places is None:
            end = storage.size_of(self._path)
            told = storage.read_range(self._path, end - _END.size, end)
            count, size = _END.unpack(told)
            first = end - _END.size - 8 * (-(-count // size) + 1)
            offsets = np.frombuffer(storage.read_range(self._path, first, end - _END.size), "<u8")
            self._places = offsets, count, size
        return self._places


def write_step(work_list: str, step: Any) -> str:
    """Writes a step beside its list of work, and returns where: a config may name many files."""
    path = f"{work_list}.step"
    filesystem.write_bytes(path, pickle.dumps(step))
    return path


def read_step(path: str) -> Any:
    """Returns a step that a run wrote."""
    return pickle.loads(storage.read_bytes(path))  # noqa: S301  (our own file)
