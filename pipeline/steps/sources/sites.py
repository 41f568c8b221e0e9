"""Sites that were judged, of all partitions, and those of them that leave whole."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

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

_MOST_TOLD: Final = 10_000
"""Dropped sites that `stats.json` names."""
_ROWS_AT_ONCE: Final = 10_000
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
    """Writes the sites that leave whole, sorted: once they are there, all of the step is.

    In memory are six columns of these sites, about 80 bytes each, and one partition of all.
    """
    verdicts = pa.array(settings.drop, pa.string())
    dropped = [_DROPPED.empty_table()]
    for table in judged_sites(layout):
        found = table.filter(pc.is_in(table["verdict"], verdicts))
        ratio = pc.divide(pc.cast(found["bad_pages"], pa.float64()), found["pages"])
        dropped.append(found.append_column("bad_ratio", ratio).select(_DROPPED.names))
    write_table(layout.dropped_sources, pa.concat_tables(dropped).sort_by("site"))


def dropped_sources(layout: Layout) -> tuple[int, list[dict[str, Any]]]:
    """Returns how many sites leave whole, and those of most pages among them, sorted."""
    dropped = read_table(layout.dropped_sources)
    count = dropped.num_rows
    if count > _MOST_TOLD:
        by_pages = [("pages", "descending"), ("site", "ascending")]
        dropped = dropped.sort_by(by_pages)[:_MOST_TOLD].sort_by("site")
    return count, dropped.to_pylist()


def all_dropped_sources(layout: Layout) -> Iterator[dict[str, Any]]:
    """Yields the sites that leave whole, sorted."""
    for batch in read_table(layout.dropped_sources).to_batches(_ROWS_AT_ONCE):
        yield from batch.to_pylist()


def block_list(dropped: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yields the lines of a list of dropped sites, for `sources.block_lists` of later runs.

    Sites that no such list can name, such as `[2001:db8::1]`, stand in it as comments.
    """
    yield "# sites that left whole\n"
    for row in dropped:
        yield f"{_line(row)}\n"


def _line(row: dict[str, Any]) -> str:
    site = str(row["site"])
    told = f"# {row['verdict']}, {row['bad_pages']} of {row['pages']} pages bad"
    others = [name for name in row["against"] if name != "bad_pages"]
    told += f"; {', '.join(others)}" if others else ""
    entry = entry_of_site(site)
    return f"{entry}  {told}" if entry else f"# no list can name {site!r}  {told}"
