"""The tables of `statistics/`, added up from those of the parts of an output."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from jingyu.pipeline.read import storage
from jingyu.pipeline.steps.write.write import tally_path
from jingyu.pipeline.store import filesystem
from jingyu.pipeline.store.in_turn import in_turn
from jingyu.pipeline.store.layout import STATISTICS_FOLDER, Layout
from jingyu.pipeline.store.tables import read_table
from jingyu.pipeline.store.tallies import Tallies, merged, without_free_text
from jingyu.schemas.statistics import COUNTED, SHARDS, STATISTICS, TEMPLATES


def statistics_tables(layout: Layout, parts: Sequence[str]) -> dict[str, pa.Table]:
    """Returns the tables of what was counted of each file of corpus and ledger.

    Memory grows with the hosts and values that there are, not with documents or parts.

    Args:
        layout: Where things are.
        parts: Files of corpus and ledger.
    """
    empty = {name: STATISTICS[name].empty_table() for name in COUNTED}
    tables = merged(itertools.chain([empty], _tallies(layout.folder("write"), parts, COUNTED)))
    return tables | {"values": without_free_text(tables["values"])}


def write_statistics_files(
    layout: Layout,
    parts: Sequence[str],
    counted: Tallies,
    shards: Sequence[Mapping[str, Any]],
    characters: Mapping[str, int],
) -> list[str]:
    """Writes all tables beside the parts, and returns their names there.

    What each part tells of duplicates is written part by part: it grows with the documents.

    Args:
        layout: Where things are.
        parts: Files of corpus and ledger.
        counted: What `statistics_tables` returned.
        shards: What the manifest says of each file of the corpus.
        characters: Length of the texts in each of these, by path.
    """
    folder, tables = layout.folder("write"), dict(counted)
    tables["shards"] = pa.Table.from_pylist(
        [
            {name: each[name] for name in ("path", "bytes", "sha256")}
            | {"documents": each["rows"], "characters": characters.get(each["path"], 0)}
            for each in shards
        ],
        SHARDS,
    )
    tables["templates"] = templates_found(layout)
    names = []
    for name in STATISTICS:
        names.append(storage.join(STATISTICS_FOLDER, f"{name}.parquet"))
        told = [tables[name]] if name in tables else _told_by_parts(folder, parts, name)
        with (
            filesystem.open_to_write(storage.join(folder, names[-1])) as stream,
            pq.ParquetWriter(stream, STATISTICS[name], compression="zstd") as file,
        ):
            for table in told:
                file.write_table(table)
    return names


def _told_by_parts(folder: str, parts: Sequence[str], name: str) -> Iterator[pa.Table]:
    """Yields one table of each part that has rows of it."""
    for tallies in _tallies(folder, parts, (name,)):
        if tallies[name].num_rows:
            yield tallies[name]


def _tallies(folder: str, parts: Sequence[str], names: Sequence[str]) -> Iterator[Tallies]:
    """Yields what was counted in each of some parts, one table after the other."""
    kept = {place: filesystem.names_in(storage.join(folder, place)) for place in _places(parts)}
    held = [
        (name, path)
        for part in parts
        for name in names
        if (path := tally_path(part, name)).rpartition("/")[2] in kept[path.rpartition("/")[0]]
    ]
    tables = in_turn(read_table, [storage.join(folder, path) for _, path in held], folder)
    for (name, _), table in zip(held, tables, strict=True):
        yield {name: table}


def _places(parts: Sequence[str]) -> set[str]:
    return {part.rpartition("/")[0] for part in parts}


def templates_found(layout: Layout) -> pa.Table:
    """Returns the templates of all partitions, those of most pages first."""
    folder = layout.folder("sources")
    names = sorted(name for name in filesystem.names_in(folder) if layout.is_templates(name))
    found = [read_table(storage.join(folder, name)) for name in names]
    return pa.concat_tables([TEMPLATES.empty_table(), *found]).sort_by(
        [("pages", "descending"), ("form", "ascending")]
    )
