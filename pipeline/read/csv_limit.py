"""The longest value of a CSV file: Python has one limit for all readers of a process."""

import contextlib
import csv
from collections import Counter
from collections.abc import Iterator
from threading import Lock
from typing import Final

_LOCK: Final = Lock()
_wanted: Counter[int] = Counter()
"""Limits of the readers that are open."""
_before: list[int] = []
"""The limit that was found, while there are any."""


@contextlib.contextmanager
def long_values(most: int) -> Iterator[None]:
    """Has values of up to `most` code points be read while the block runs.

    Several files may be read at a time, in turns or by several threads: the limit is the largest
    that any of them wants, and is again what it was once the last of them is read. So each checks
    its own values, too.
    """
    with _LOCK:
        if not _before:
            _before.append(csv.field_size_limit())
        _wanted[most] += 1
        _set()
    try:
        yield
    finally:
        with _LOCK:
            _wanted[most] -= 1
            _set()
            if not +_wanted:
                _before.clear()


def _set() -> None:
    csv.field_size_limit(max([*_before, *+_wanted]))
