"""Select: from an item's staged signals to verdicts by the rules."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from filters.rule import Rule
from filters.select import select
from pipeline.layout import Layout
from pipeline.staging import read_table, write_table


def select_item(key: str, layout: Layout, rules: Sequence[Rule]) -> None:
    """Writes, for each staged document of an item, the first rule that rejects it, if any."""
    signals = layout.staged(key).table(sorted({rule.signal for rule in rules}))
    selection = select(signals, rules)
    columns = {
        "rejecting": pa.array(selection.rejecting, pa.int16()),
        "measured": pa.array(selection.measured, pa.float64()),
    }
    write_table(layout.verdicts(key), pa.table(columns))


def rejecting_rules(key: str, layout: Layout) -> tuple[NDArray[np.int16], NDArray[np.float64]]:
    """Returns the index of the rule that rejects each document, or -1, and what it measured."""
    table = read_table(layout.verdicts(key))
    return table["rejecting"].to_numpy(), table["measured"].to_numpy()
