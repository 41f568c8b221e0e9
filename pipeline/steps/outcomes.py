"""All that was decided on an item's staged documents, up to what is left of their texts."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.config.takedown_lists import Entry
from jingyu.pipeline.read import storage
from jingyu.pipeline.steps.clean.cleaning import Cleaned
from jingyu.pipeline.steps.clean.verdicts import read_cleaned
from jingyu.pipeline.steps.verdicts import Verdicts, read_verdicts
from jingyu.pipeline.steps.write.takedown import Takedown
from jingyu.pipeline.steps.write.taken_down import taken_down
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.staging import read_table


@dataclass(frozen=True)
class Outcomes:
    """Decisions on the staged documents of an item.

    Attributes:
        verdicts: Those of rules and deduplication.
        cleaned: Those of cleaning, by row.
        taken_down: Entries of takedown lists that name documents, by row.
        capped: Share of the source that a document goes for, and the largest allowed, by row.
    """

    verdicts: Verdicts
    cleaned: Mapping[int, Cleaned]
    taken_down: Mapping[int, Entry]
    capped: Mapping[int, tuple[float, float]]

    @cached_property
    def is_kept(self) -> NDArray[np.bool_]:
        """Whether each document enters the corpus."""
        is_kept = self.verdicts.is_kept.copy()
        is_kept[[row for row, cleaned in self.cleaned.items() if cleaned.reason]] = False
        is_kept[[*self.taken_down, *self.capped]] = False
        return is_kept


def read_outcomes(
    key: str, layout: Layout, takedown: Takedown | None = None, *, with_caps: bool = True
) -> Outcomes:
    """Returns what was decided on an item, before any takedown unless one is given."""
    cleaned = {each.row: each for each in read_cleaned(key, layout)}
    named = taken_down(key, layout, takedown) if takedown else {}
    capped = _capped(key, layout) if with_caps and layout.caps else {}
    return Outcomes(read_verdicts(key, layout), cleaned, named, capped)


def _capped(key: str, layout: Layout) -> dict[int, tuple[float, float]]:
    if not storage.exists(layout.capped_rows(key)):
        return {}
    rows = read_table(layout.capped_rows(key)).to_pylist()
    return {row["row"]: (row["share"], row["max_share"]) for row in rows}
