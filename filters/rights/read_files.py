"""Files of sites as they were read, of the last sites: held within a number of bytes."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import TypeVar, TypeVarTuple, Unpack

_MOST_FILES = 1 << 12
_MOST_BYTES = 1 << 23
"""What is made of a file takes up to 25 times its bytes, as it has a rule every few of them: 200
MiB in all. Of 2 KiB, as most have, these are all of the files."""

_More = TypeVarTuple("_More")
_Read = TypeVar("_Read")


def held(
    read: Callable[[bytes, Unpack[_More]], _Read],
    most_files: int = _MOST_FILES,
    most_bytes: int = _MOST_BYTES,
) -> Callable[[bytes, Unpack[_More]], _Read]:
    """Returns a function that reads a file, and holds what it read of the files last asked for.

    Args:
        read: Reads a file's bytes; further arguments come by their places.
        most_files: How many are held.
        most_bytes: How long these may be in all. A longer one is held alone.
    """
    known: OrderedDict[object, tuple[int, _Read]] = OrderedDict()
    lock, size = Lock(), 0

    def reading(body: bytes, *more: *_More) -> _Read:
        nonlocal size
        key = (body, *more)
        with lock:
            if key in known:
                known.move_to_end(key)
                return known[key][1]
        found = read(body, *more)
        with lock:
            if key not in known:
                size += len(body)
            known[key] = len(body), found
            while len(known) > 1 and (len(known) > most_files or size > most_bytes):
                size -= known.popitem(last=False)[1][0]
        return found

    return reading
