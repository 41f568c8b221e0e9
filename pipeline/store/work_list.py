"""Pieces of work in a file, for workers to read: a job graph that held them would grow too large.

Source: Dataflow refuses job graphs of more than 10 MB, which mC4 met with its list of files
(https://github.com/tensorflow/datasets/issues/2711).
"""

import pickle
from collections.abc import Sequence
from typing import Any

from jingyu.pipeline.read import storage
from jingyu.pipeline.store import filesystem


def write_work_list(path: str, work: Sequence[Any]) -> None:
    """Writes pieces of work where workers can read them."""
    filesystem.write_bytes(path, pickle.dumps(tuple(work)))


def read_work_list(path: str) -> tuple[Any, ...]:
    """Returns the pieces of work that a run wrote."""
    work: tuple[Any, ...] = pickle.loads(storage.read_bytes(path))  # noqa: S301  (our own file)
    return work
