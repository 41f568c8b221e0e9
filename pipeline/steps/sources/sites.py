"""Sites that were judged, of all partitions, and those of them that leave whole."""

from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from jingyu.filters.source.settings import Verdicts
from jingyu.filters.source.source_list import entry_of_site
from jingyu.pipeline.read import storage
from jingyu.pipeline.store import filesystem
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.tables import read_table, write_table
from jingyu.schemas.sites import SITES

_DROPPED = pa.schema(
    [SITES.field(name) for name in ("site", "pages", "bad_pages")]
    + [pa.field("bad_ratio", pa.float64()), SITES.field("verdict"), SITES.field("against")]
)


def judged_sites(layout: Layout) -> Iterator[pa.Table]:
    """Yields the rows of `SITES` of each partition, in order."""
    folder = layout.folder("sources")
    names = sorted(name for name in filesystem.names_in(folder) if layout.is_sites(name))
    for name in names:
        yield read_table(storage.join(folder, name))


def write_sites(layout: Layout) -> list[str]:
    """Writes the judged sites as Parquet, where the parts of the output wait, and returns names."""
    names = []
    for number, table in enumerate(judged_sites(layout)):
        name = f"sites/part-{number:05d}.parquet"
        with filesystem.open_to_write(storage.join(layout.folder("write"), name)) as stream:
            pq.write_table(table, stream, compression="zstd")
        names.append(name)
    return names


def write_dropped_sources(layout: Layout, settings: Verdicts) -> None:
    """Writes the sites that leave whole, sorted: once they are there, all of the step is."""
    verdicts = pa.array(settings.drop, pa.string())
    dropped = [table.filter(pc.is_in(table["verdict"], verdicts)) for table in judged_sites(layout)]
    found = pa.concat_tables([SITES.empty_table(), *dropped]).sort_by("site")
    ratio = pc.divide(pc.cast(found["bad_pages"], pa.float64()), found["pages"])
    write_table(
        layout.dropped_sources, found.append_column("bad_ratio", ratio).select(_DROPPED.names)
    )


def dropped_sources(layout: Layout) -> list[dict[str, Any]]:
    """Returns the sites that leave whole."""
    rows: list[dict[str, Any]] = read_table(layout.dropped_sources).to_pylist()
    return rows


def as_block_list(dropped: Sequence[dict[str, Any]]) -> str:
    """Returns dropped sites as a list for `sources.block_lists` of later runs.

    Sites that no such list can name, such as `[2001:db8::1]`, stand in it as comments.
    """
    return "\n".join(["# sites that left whole", *map(_line, dropped), ""])


def _line(row: dict[str, Any]) -> str:
    site = str(row["site"])
    told = f"# {row['verdict']}, {row['bad_pages']} of {row['pages']} pages bad"
    others = [name for name in row["against"] if name != "bad_pages"]
    told += f"; {', '.join(others)}" if others else ""
    entry = entry_of_site(site)
    return f"{entry}  {told}" if entry else f"# no list can name {site!r}  {told}"
