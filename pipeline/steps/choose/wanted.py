"""Wanted records of one file of an index, as files of places."""

from contextlib import ExitStack
from typing import Any, Final

from jingyu.pipeline.read.index.choice import Choice, Place, is_page
from jingyu.pipeline.read.index.index_files import read_index
from jingyu.pipeline.read.index.parts import Parts
from jingyu.pipeline.read.web import WebFile
from jingyu.pipeline.steps.choose.runs import PARTITIONS, RunsWriter, partition_of
from jingyu.pipeline.store import filesystem

COUNTED: Final = (b"records_indexed", b"index_bytes")
"""Figures in the metadata of such a file: records of the index file, and bytes that were read."""

NO_FILE: Final = ""
"""Stands for the place of a host that has a wanted page."""

_KNOWN_HOSTS = 1 << 20


def of_hosts(target: str) -> str:
    """Returns where hosts of wanted pages and captures of robots.txt are written beside them."""
    return f"{target.removesuffix('.parquet')}.hosts"


def write_wanted(target: str, path: str, parts: Parts, choice: Choice) -> tuple[int, int]:
    """Writes the wanted records of a file of an index; returns how many it has and are wanted.

    If captures of robots.txt are asked for, a second file, written first, has them and the hosts of
    wanted pages.

    Raises:
        InputError: It is no index.
        OSError: It cannot be read.
    """
    known = wanted = 0
    with ExitStack() as stack:
        pages = _opened(stack, target)
        hosts = _Hosts(_opened(stack, of_hosts(target))) if choice.robotstxt else None
        with parts.opened(path) as stream:
            for count, found in read_index(stream, path, choice):
                known += count
                for place in found:
                    if is_page(place.filename):
                        wanted += 1
                        pages.add(partition_of(place.filename), place[:3])
                    if hosts:
                        hosts.add(place)
            figures = zip(COUNTED, (known, _moved_bytes(stream)), strict=True)
        pages.tell({name: str(value).encode() for name, value in figures})
    return known, wanted


def _opened(stack: ExitStack, target: str) -> RunsWriter:
    return stack.enter_context(RunsWriter(stack.enter_context(filesystem.open_to_write(target))))


class _Hosts:
    """Writes hosts of wanted pages, and captures of robots.txt, by host."""

    def __init__(self, writer: RunsWriter) -> None:
        self._writer = writer
        self._known: set[int] = set()

    def add(self, place: Place) -> None:
        """Adds what is new of a wanted record."""
        host = place.host
        if not is_page(place.filename):
            self._writer.add(host % PARTITIONS, place[:3], host)
        elif host not in self._known:
            if len(self._known) >= _KNOWN_HOSTS:
                self._known.clear()  # that a host stands twice does no harm
            self._known.add(host)
            self._writer.add(host % PARTITIONS, (NO_FILE, 0, 0), host)


def _moved_bytes(stream: Any) -> int:
    """Returns the bytes that were read of a file on the web, or the size of another."""
    raw = getattr(stream, "raw", None)
    if isinstance(raw, WebFile):
        return raw.moved_bytes
    return int(stream.seek(0, 2))
