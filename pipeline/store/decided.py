"""What steps decided on the documents of an item: a file each, and all of them together."""

import os
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

import pyarrow as pa

from jingyu.filters.decisions import Decisions
from jingyu.pipeline.read import storage
from jingyu.pipeline.store import filesystem
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.tables import read_table, write_table

STEPS: Final = ("select", "sources", "deduplicate", "clean", "caps")
"""Those that decide, in their order: each on what those before it let go on."""

_OPTIONAL: Final = ("sources", "caps")
"""Those that write no file for an item whose documents they all let go on."""
_COUNT: Final = b"rows"
"""Where a file's metadata hold how many documents the item has: most have no row in it."""
_ENDED: Final = ".ended"


def write_decisions(step: str, key: str, layout: Layout, decisions: Decisions) -> None:
    """Writes what a step decided on an item's documents."""
    table = decisions.table().replace_schema_metadata({_COUNT: str(len(decisions))})
    write_table(layout.decisions(step, key), table)


def read_decisions(key: str, layout: Layout, through: str) -> Decisions:
    """Returns what was decided on an item's documents up to a step.

    Args:
        key: The item.
        layout: Where things are.
        through: The last step that counts.
    """
    decisions = Decisions.none(documents_decided(key, layout))
    for table in tables_decided(key, layout, STEPS[: STEPS.index(through) + 1]):
        decisions.add(table)
    return decisions


def documents_decided(key: str, layout: Layout) -> int:
    """Returns how many documents an item has that was decided on."""
    return _count(_decided(layout.decisions(STEPS[0], key), ("row",)))


def tables_decided(
    key: str, layout: Layout, steps: Sequence[str], columns: Sequence[str] | None = None
) -> Iterator[pa.Table]:
    """Yields what steps wrote on an item's documents: columns of `DECISIONS`, or all of them."""
    for step in steps:
        path = layout.decisions(step, key)
        if step not in _OPTIONAL or (getattr(layout, step) and storage.exists(path)):
            yield _decided(path, columns)


def _decided(path: str, columns: Sequence[str] | None) -> pa.Table:
    """Returns what a step wrote; on this machine what was read last is at hand."""
    if not storage.is_local(path):
        return read_table(path, columns)
    status = os.stat(path)
    table = _held(path, (status.st_ino, status.st_mtime_ns, status.st_size))
    return table if columns is None else table.select(columns)


@lru_cache(maxsize=32)  # each step reads what those before it decided, some several times
def _held(path: str, state: tuple[int, ...]) -> pa.Table:  # noqa: ARG001
    """Returns what a step wrote, by path and by what tells the file from another one there."""
    return read_table(path)


def write_decisions_on_ended(key: str, layout: Layout, decisions: Decisions) -> None:
    """Writes what select decided on records of an item whose way ended in extract."""
    write_decisions("select", f"{key}{_ENDED}", layout, decisions)


def read_decisions_on_ended(key: str, layout: Layout) -> Decisions | None:
    """Returns what select decided on such records, or None if all stay as extract ended them."""
    path = layout.decisions("select", f"{key}{_ENDED}")
    if not storage.exists(path):
        return None
    table = read_table(path)
    decisions = Decisions.none(_count(table))
    decisions.add(table)
    return decisions


def _count(table: pa.Table) -> int:
    """Returns how many documents an item has that a file of decisions is about."""
    return int(table.schema.metadata[_COUNT])


def missing_from(step: str, keys: Sequence[str], layout: Layout) -> list[str]:
    """Returns the items on which a step that decides on all of them has not decided yet."""
    done = filesystem.names_in(layout.folder(step))
    names = {key: layout.decisions(step, key).rpartition("/")[2] for key in keys}
    return [key for key, name in names.items() if name not in done]
