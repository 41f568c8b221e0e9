"""What is told of a written file of the output, in a file beside it."""

import json
from dataclasses import asdict
from typing import NamedTuple

from jingyu.pipeline.read import storage
from jingyu.pipeline.steps.write.statistics import Statistics
from jingyu.pipeline.store import filesystem
from jingyu.pipeline.store.row_writer import Written


class Counted(NamedTuple):
    """What is told of a file.

    Attributes:
        written: The file itself.
        statistics: Counts over its rows; empty for a file of the index.
    """

    written: Written
    statistics: Statistics


def write_counted(path: str, written: Written, statistics: Statistics) -> None:
    """Writes what is told of a file, last of all: what has it is whole."""
    told = {"written": asdict(written), "statistics": statistics}
    filesystem.write_bytes(counted_path(path), json.dumps(told).encode())


def read_counted(path: str) -> Counted:
    """Returns what is told of a file."""
    told = json.loads(storage.read_bytes(counted_path(path)))
    return Counted(Written(**told["written"]), told["statistics"])


def counted_path(path: str) -> str:
    """Returns where it is told."""
    return f"{path.removesuffix('.parquet')}.json"
