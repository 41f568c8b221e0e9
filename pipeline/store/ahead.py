"""Work that mostly reads columns, done by a few threads: Arrow reads without Python's lock.

Only steps that change nothing of a run are done so; what a run does is `run.engine`'s.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

_MOST_THREADS = 4

_Piece = TypeVar("_Piece")
_Done = TypeVar("_Done")


def ahead(function: Callable[[_Piece], _Done], pieces: Iterable[_Piece]) -> Iterator[_Done]:
    """Yields what a function makes of pieces, in their order; a few are done ahead.

    No more than those are held, however many there are.
    """
    count = min(_MOST_THREADS, os.cpu_count() or 1)
    begun: deque[Future[_Done]] = deque()
    with ThreadPoolExecutor(count) as threads:
        for piece in pieces:
            begun.append(threads.submit(function, piece))
            if len(begun) > count:
                yield begun.popleft().result()
        while begun:
            yield begun.popleft().result()
