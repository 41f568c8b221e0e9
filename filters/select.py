"""Applies rules to measured rows."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jingyu.filters.rule import Rule

KEPT = -1


class Selection(NamedTuple):
    """What became of each row, in the order of the rows."""

    rejecting: NDArray[np.int64]
    """Index of the first rule that rejects the row; `KEPT`, -1, if none does."""

    measured: NDArray[np.float64]
    """Value of that rule's signal; NaN of a kept row."""

    @property
    def is_kept(self) -> NDArray[np.bool_]:
        """Whether no rule rejects the row."""
        is_kept: NDArray[np.bool_] = self.rejecting == KEPT
        return is_kept


def select(rows: pa.Table | pa.RecordBatch, rules: Sequence[Rule]) -> Selection:
    """Returns, for each row, which rule rejects it first, and on which value.

    A row's reason is the first rule, in the config's order, that rejects it. A row
    is judged by itself: where a batch begins and ends never changes a result.

    Args:
        rows: Staged columns, at least those that the rules look at; no text needed.
        rules: Rules in the order of the config; without rules every row is kept.

    Raises:
        KeyError: The rows have no column of a rule's signal.
        ValueError: A row lacks the signal of a rule.
    """
    rejecting = np.full(rows.num_rows, KEPT, np.int64)
    measured = np.full(rows.num_rows, np.nan)
    for index, rule in enumerate(rules):
        rows_here = rule.rejected(rows) & (rejecting == KEPT)
        rejecting[rows_here] = index
        measured[rows_here] = rule.measured(rows)[rows_here]
    return Selection(rejecting, measured)
