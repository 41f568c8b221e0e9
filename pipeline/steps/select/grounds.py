"""On what grounds staged documents are rejected, in the order in which they count."""

from typing import Final, NamedTuple

import numpy as np

from jingyu.filters.select import KEPT
from jingyu.pipeline.config.config import RunConfig

BAD_SOURCE: Final = -2
"""Stands in verdicts for a document whose source has too many bad pages."""


class Ground(NamedTuple):
    """Why a document is rejected."""

    stage: str
    reason: str | None
    limit: float = np.nan


def grounds_of(config: RunConfig) -> list[Ground]:
    """Returns all grounds; verdicts are places in this list, `BAD_SOURCE` and `KEPT` from its end.

    What a page's rights exclude comes first, then the rules.
    """
    assert (BAD_SOURCE, KEPT) == (-2, -1)  # noqa: S101  (what the order below rests on)
    return [
        *(Ground("rights", name) for name in config.rights.exclude),
        *(Ground("select", rule.reason, rule.limit) for rule in config.rules),
        Ground("sources", "bad_source", config.source_gate.max_bad_ratio),
        Ground("write", None),
    ]
