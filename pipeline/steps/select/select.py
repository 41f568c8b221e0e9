"""Select: from an item's staged evidence and signals to verdicts."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jingyu.filters.rights.evidence import Rights
from jingyu.filters.rights.exclusion import exclusion
from jingyu.filters.select import KEPT, select
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.read import storage
from jingyu.pipeline.steps.select.grounds import BAD_SOURCE
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.staging import read_table, write_table
from jingyu.schemas.rights import RIGHTS


def select_item(key: str, layout: Layout, config: RunConfig) -> None:
    """Writes the first ground that rejects each staged document of an item, if any."""
    rules, excluded = config.rules, config.rights.exclude
    names = sorted({signal for rule in rules for signal in rule.signals})
    staged = layout.staged(key).table([*names, *(RIGHTS.names if excluded else ())])
    selection = select(staged, rules)
    rejecting = np.where(selection.is_kept, KEPT, selection.rejecting + len(excluded))
    measured = selection.measured
    if excluded:
        shown = [
            exclusion(Rights(**row), config.rights)
            for row in staged.select(RIGHTS.names).to_pylist()
        ]
        places = np.array([excluded.index(n) if n else KEPT for n in shown], np.int64)
        rejecting = np.where(places == KEPT, rejecting, places)
        measured = np.where(places == KEPT, measured, np.nan)
    columns = {
        "rejecting": pa.array(rejecting, pa.int16()),
        "measured": pa.array(measured, pa.float64()),
    }
    write_table(layout.verdicts(key), pa.table(columns))


def rejecting_grounds(key: str, layout: Layout) -> tuple[NDArray[np.int16], NDArray[np.float64]]:
    """Returns the ground that rejects each document, or `KEPT`, and what was measured."""
    table = read_table(layout.verdicts(key))
    rejecting, measured = table["rejecting"].to_numpy(), table["measured"].to_numpy()
    if not (layout.sources and storage.exists(layout.dropped_rows(key))):
        return rejecting, measured
    dropped = read_table(layout.dropped_rows(key))
    rows = dropped["row"].to_numpy()
    rejecting, measured = rejecting.copy(), measured.copy()
    rejecting[rows], measured[rows] = BAD_SOURCE, dropped["bad_ratio"].to_numpy()
    return rejecting, measured
