"""How elements travel through a runner's shuffle: many of them as one.

A step sends each of its targets what it has for it, and with many targets that is little: an item
of 1,200 documents has one or two pairs for each partition of a billion. So elements travel twice.
First those of many targets go together to one of a few places, and from there those of one target
together to it. Both times what is sent is tens of kilobytes.
"""

import pickle
import struct
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Final, Self

PLACES: Final = 256
"""Places that elements meet at first."""
MOST_BYTES: Final = 32 << 20
"""Bytes that are held until they are sent: with as many for each place, 128 KiB for one."""

_FRAME: Final = struct.Struct("<I?")

Frames = bytes
"""Values one after the other, each with its length and whether it is more than bytes."""
Pack = bytes
"""Targets of a place, each with frames."""


def framed(value: Any) -> Frames:
    """Returns a value as it is packed."""
    is_bytes = isinstance(value, bytes)
    content = value if is_bytes else pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return _FRAME.pack(len(content), not is_bytes) + content


class Values:
    """The values of frames, which may be looked at several times, as those of a runner may."""

    def __init__(self, chunks: Iterable[Frames]) -> None:
        """Takes frames of one target."""
        self._chunks = chunks

    def __reduce__(self) -> tuple[type[Self], tuple[list[Frames]]]:
        return type(self), (list(self._chunks),)

    def __iter__(self) -> Iterator[Any]:
        for chunk in self._chunks:
            yield from _values_in(chunk)


def _values_in(chunk: Frames) -> Iterator[Any]:
    place = 0
    while place < len(chunk):
        size, is_pickled = _FRAME.unpack_from(chunk, place)
        place += _FRAME.size
        content = chunk[place : place + size]
        place += size
        yield pickle.loads(content) if is_pickled else content  # noqa: S301  (our own)


def place_of(target: Any, places: int = PLACES) -> int:
    """Returns the place of a target, the same in every process."""
    if isinstance(target, int):
        return target % places
    return zlib.crc32(repr(target).encode("utf-8", "backslashreplace")) % places


class ToPlaces:
    """Collects values of targets, and gives them away in packs."""

    def __init__(self, most_bytes: int = MOST_BYTES, places: int = PLACES) -> None:
        """Takes how many bytes are held, and how many places there are."""
        self._most_bytes = most_bytes
        self._places = places
        self._held: dict[int, dict[Any, bytearray]] = defaultdict(lambda: defaultdict(bytearray))
        self._bytes = 0

    def add(self, target: Any, value: Any) -> Iterator[tuple[int, Pack]]:
        """Takes a value for a target, and yields packs if too much is held, each with its place."""
        frames = framed(value)
        self._held[place_of(target, self._places)][target] += frames
        self._bytes += len(frames)
        if self._bytes >= self._most_bytes:
            yield from self.rest()

    def rest(self) -> Iterator[tuple[int, Pack]]:
        """Yields packs of all that is held."""
        while self._held:
            place, targets = self._held.popitem()
            told = [(target, bytes(frames)) for target, frames in targets.items()]
            yield place, pickle.dumps(told, pickle.HIGHEST_PROTOCOL)
        self._bytes = 0


def by_target(packs: Iterable[Pack], most_bytes: int = MOST_BYTES) -> Iterator[tuple[Any, Frames]]:
    """Yields, of all packs of a place, targets with frames of theirs.

    A target comes once, and again whenever so many bytes are held that they have to go.
    """
    held: dict[Any, bytearray] = defaultdict(bytearray)
    size = 0
    for pack in packs:
        for target, frames in pickle.loads(pack):  # noqa: S301  (our own)
            held[target] += frames
            size += len(frames)
        if size >= most_bytes:
            yield from _emptied(held)
            size = 0
    yield from _emptied(held)


def _emptied(held: dict[Any, bytearray]) -> Iterator[tuple[Any, Frames]]:
    while held:
        target, frames = held.popitem()
        yield target, bytes(frames)
