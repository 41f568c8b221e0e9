"""Steps that do what their pieces of work say, for tests of what carries steps out."""

import errno
import json
import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from jingyu.pipeline.steps.work import FIGURES, Collection, Figures, figure
from jingyu.pipeline.store.parquet import read_parquet
from tests.support.whereabouts import whereabouts

_LONGEST_WAIT_SECONDS = 60
_OF_NO_PIECE = frozenset({"open", "close"})


class OurOwnError(Exception):
    """An error that a copy of cannot be made from its message alone."""

    def __init__(self, number: int, name: str) -> None:
        super().__init__(f"{name} {number}")


@dataclass(frozen=True)
class Obey:
    """Does what each piece says, and notes the piece and the process."""

    folder: Path
    name: ClassVar[str] = "obey"

    @contextmanager
    def worker(self) -> Iterator[Callable[[str], Figures]]:
        """Yields what obeys; that the context opens and closes is noted too."""
        self._note("open")

        def obey(order: str) -> Figures:
            if order in {"raise", "die"}:
                self._note("begun")
            if order == "raise":
                raise OSError(errno.ENOSPC, "No space left on device", "/somewhere")
            if order == "raise what cannot be sent":
                raise OurOwnError(7, "text")
            if order == "die":
                os.kill(os.getpid(), signal.SIGKILL)
            if order == "leave":
                os._exit(3)
            if order.startswith("wait"):
                self._wait(order)
            self._note(order)
            if order == "where":
                (self.folder / "whereabouts").write_text(whereabouts(), encoding="utf-8")
            return {"orders_obeyed": 1}

        yield obey
        self._note("close")

    def _wait(self, order: str) -> None:
        """Waits until another process has begun a piece, or, if it says `long`, is ended."""
        limit = time.monotonic() + _LONGEST_WAIT_SECONDS
        self._note("waiting")
        while time.monotonic() < limit:
            others = {process for process, what in self.notes() if what not in _OF_NO_PIECE}
            if "long" not in order and others - {os.getpid()}:
                break
            time.sleep(0.01)
        if "raise" in order:
            raise OSError(errno.ENOSPC, "No space left on device", "/somewhere")

    def _note(self, what: str) -> None:
        # A line is written at once, so that those of other processes stand before or after it.
        with (self.folder / "notes").open("a", encoding="utf-8") as notes:
            notes.write(f"{os.getpid()} {what}\n")

    def notes(self) -> list[tuple[int, str]]:
        """Returns process and piece of all that was done, in the order in which it was."""
        path = self.folder / "notes"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        noted = (line.partition(" ") for line in lines)
        return [(int(process), what) for process, _, what in noted]


@dataclass(frozen=True)
class CountRows:
    """Notes, of each Parquet file that a piece names, how many rows it has."""

    notes: Obey
    name: ClassVar[str] = "count"

    @contextmanager
    def worker(self) -> Iterator[Callable[[str], Figures]]:
        """Yields what counts them."""
        with self.notes.worker() as obey:

            def count(order: str) -> Figures:
                if order.endswith(".parquet"):
                    order = f"{order} {read_parquet(order, ['text']).num_rows}"
                return obey(order)

            yield count


@dataclass(frozen=True)
class ListFiles:
    """Writes the names of the files that the process has open to the file that a piece names."""

    name: ClassVar[str] = "list"

    @contextmanager
    def worker(self) -> Iterator[Callable[[str], Figures]]:
        """Yields what writes them."""

        def tell(path: str) -> Figures:
            opened = sorted(Path("/proc/self/fd").iterdir(), key=lambda number: int(number.name))
            names = [os.readlink(number) for number in opened if number.is_symlink()]
            Path(path).write_text(json.dumps(names), encoding="utf-8")
            return {"files_listed": 1}

        yield tell


@dataclass(frozen=True)
class CountWords:
    """A dataflow with all that there is: counts words of texts, long ones apart from short ones.

    The pieces of work are texts; what comes out is a file for each first letter.
    """

    folder: Path
    name: ClassVar[str] = "count_words"

    def build(self, work: Collection) -> None:
        """Describes the way from texts to files of counts."""
        words = work.each("Words", _words)
        long, short, _ = words.split("ByLength", _by_length, ("long", "short", FIGURES))
        counted, told = short.merged_with("All", long).meet("Count", _count, ("counts", FIGURES))
        counted.by_target("ByLetter").each("Write", _Write(self.folder / "counts"))
        told.by_target("Figures").each("WriteFigures", _Write(self.folder / "figures"))
        long.by_target("Long").each("WriteLong", _Write(self.folder / "long"))

    def found(self) -> dict[str, list[str]]:
        """Returns the lines of each file."""
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return {
            str(path.relative_to(self.folder)): path.read_text(encoding="utf-8").splitlines()
            for path in files
        }


def _words(text: str) -> Iterator[str]:
    yield from text.split()


def _by_length(word: str) -> Iterator[Any]:
    yield "long" if len(word) > 3 else "short", (sum(map(ord, word)) % 7, word)
    yield figure("words_split", 1)


def _count(element: tuple[int, Iterable[str]]) -> Iterator[Any]:
    _, words = element
    held = list(words)
    yield figure("words_counted", len(held))
    for word in sorted(set(held)):
        yield "counts", (word[0], f"{word} {held.count(word)}")


@dataclass(frozen=True)
class _Write:
    folder: Path

    def __call__(self, element: tuple[Any, Iterable[Any]]) -> Iterator[str]:
        target, values = element
        self.folder.mkdir(parents=True, exist_ok=True)
        lines = "\n".join(sorted(map(str, values)))
        with (self.folder / str(target)).open("x", encoding="utf-8") as stream:
            stream.write(lines)
        yield str(target)
