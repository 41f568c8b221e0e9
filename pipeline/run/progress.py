"""How far a run is: a live bar on a terminal, plain lines elsewhere."""

import contextlib
import json
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from rich.console import Console

from jingyu.pipeline.read import storage
from jingyu.pipeline.store import filesystem
from jingyu.pipeline.store.in_turn import in_turn
from jingyu.pipeline.store.items import WorkItem
from jingyu.pipeline.store.language import Language, said
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.staging import Staged
from jingyu.pipeline.store.terminal import printable

_TERMINAL_SECONDS = 0.5
_LINE_SECONDS = 15.0
_MANY_ITEMS = 10_000
_MANY_SECONDS = 60.0
_LEAST_SHARE = 0.02
"""What must be done before the time that is left is told: it takes some time to start."""


@dataclass(frozen=True)
class State:
    """How far extract is."""

    items_done: int
    bytes_done: int
    records: int
    documents: int


class Progress:
    """Tells what a run does, on stderr, so that stdout stays for results."""

    def __init__(
        self, console: Console | None = None, log: str = "", language: Language = "en"
    ) -> None:
        """Takes where things are told, and in which language.

        Args:
            console: Standard error unless given.
            log: A file to which lines are added, if any; these are in English.
            language: That of the console.

        Raises:
            OSError: The log cannot be written.
        """
        self._language = language
        self._log = log
        self._console = console or Console(stderr=True)
        if log:  # that it cannot be written is known before the work, and not after it
            with open(log, "a", encoding="utf-8"):
                pass
        self.seconds: dict[str, float] = {}
        """How long each step took, of those that had work."""

    def say(self, message: str) -> None:
        """Prints a line."""
        line = said(message, self._language)
        self._console.print(line, markup=False, highlight=False, emoji=False, soft_wrap=True)
        if self._log:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            with open(self._log, "a", encoding="utf-8") as file:
                file.write(f"{now} {printable(message)}\n")

    @contextlib.contextmanager
    def step(self, name: str, work: int) -> Iterator[None]:
        """Prints a step's name and time, if it has any work."""
        started = time.monotonic()
        yield
        if work:
            self._tell(name, time.monotonic() - started)

    def _tell(self, name: str, seconds: float) -> None:
        self.seconds[name] = self.seconds.get(name, 0.0) + seconds
        self.say(f"{name}: {seconds:.1f} s")

    @contextlib.contextmanager
    def extracting(
        self, layout: Layout, items: Mapping[str, WorkItem], missing: Mapping[str, WorkItem]
    ) -> Iterator[None]:
        """Shows how far the missing items are while the block runs."""
        reused = len(items) - len(missing)
        if reused:
            self.say(f"extract: {reused} of {len(items)} pieces are staged already")
        filesystem.delete(layout.progress_folder)
        watch = _Watch(layout, missing)
        stopped = threading.Event()
        thread = threading.Thread(target=self._show, args=(watch, stopped), daemon=True)
        started = time.monotonic()
        thread.start()
        try:
            yield
        finally:
            stopped.set()
            thread.join()
            filesystem.delete(layout.progress_folder)
        self._tell("extract", time.monotonic() - started)

    def _show(self, watch: "_Watch", stopped: threading.Event) -> None:
        if not self._console.is_terminal:
            # A log that cannot be written to any longer is told by what the run says next.
            with contextlib.suppress(OSError):
                while not stopped.wait(max(_LINE_SECONDS, watch.seconds)):
                    if line := watch.line():
                        self.say(f"extract: {line}")
            return
        # Only a terminal has a bar.
        from rich.progress import BarColumn, SpinnerColumn, TextColumn
        from rich.progress import Progress as Bar

        columns = (
            SpinnerColumn(),
            TextColumn(said("extract", self._language)),
            BarColumn(),
            TextColumn("{task.description}"),
        )
        with Bar(*columns, console=self._console, transient=True) as bar:
            task = bar.add_task(said("starting", self._language), total=watch.total_bytes or None)
            while not stopped.wait(max(_TERMINAL_SECONDS, watch.seconds)):
                if line := said(watch.line(), self._language):
                    bar.update(task, description=line, completed=watch.state.bytes_done)


class _Watch:
    """Looks at what workers leave on a disk or on a store.

    Attributes:
        seconds: How long it waits, at least, before it looks again: lists of a store are asked for.
        total_bytes: Bytes of all items.
        state: What it saw last.
    """

    def __init__(self, layout: Layout, items: Mapping[str, WorkItem]) -> None:
        self._layout = layout
        self._items = items
        self._started = time.monotonic()
        self._finished: dict[str, tuple[int, int]] = {}
        many = len(items) > _MANY_ITEMS
        is_local = storage.is_local(layout.staging_folder)
        self.seconds = 0.0 if is_local else _MANY_SECONDS if many else _LINE_SECONDS
        self.total_bytes = sum(item.size for item in items.values())
        self.state = State(0, 0, 0, 0)

    def line(self) -> str:
        """Returns pieces done, pages read, documents, pages a second and time left.

        It is empty where a store does not answer.
        """
        try:
            self.state = state = self._look()
        except OSError:
            return ""
        seconds = time.monotonic() - self._started
        share = state.bytes_done / self.total_bytes if self.total_bytes else 0.0
        left = (
            f", {_duration(seconds / share - seconds)} left" if _LEAST_SHARE <= share <= 1 else ""
        )
        return (
            f"{state.items_done} of {len(self._items)} pieces, {state.records:,} pages read, "
            f"{state.documents:,} Chinese, {state.records / seconds:,.0f} pages/s{left}"
        )

    def _look(self) -> State:
        done = Staged.complete_in(self._layout.folder("extract")) & self._items.keys()
        new = list(done - self._finished.keys())
        read = in_turn(
            lambda key: self._layout.staged(key).read_summary(), new, self._layout.staging_folder
        )
        for key, summary in zip(new, read, strict=True):
            self._finished[key] = (summary.page_count, summary.document_count)
        bytes_done = sum(self._items[key].size for key in done)
        records = sum(pages for pages, _ in self._finished.values())
        documents = sum(count for _, count in self._finished.values())
        folder = self._layout.progress_folder
        in_work = list(filesystem.names_in(folder) & self._items.keys() - done)
        told = in_turn(_told, [storage.join(folder, key) for key in in_work], folder)
        for key, (offset, pages, staged) in zip(in_work, told, strict=True):
            bytes_done += max(0, offset - self._items[key].start)
            records += pages
            documents += staged
        return State(len(done), bytes_done, records, documents)


def _told(path: str) -> tuple[int, int, int]:
    """Returns what is told of an item: offset, pages and documents; nothing where it is gone."""
    with contextlib.suppress(OSError, ValueError):
        told = json.loads(storage.read_bytes(path))
        return told["offset"], told["records"], told["documents"]
    return 0, 0, 0


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}"
