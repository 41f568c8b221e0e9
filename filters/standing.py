"""Limits by standing: by the tier of a document's source, or by the verdict on its site."""

from collections.abc import Mapping
from difflib import get_close_matches
from math import isfinite
from typing import Any, Final, Literal, NamedTuple, get_args

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jingyu.filters.source.source import Tier
from jingyu.schemas.sites import VERDICTS

Verdict = Literal["trusted", "fine", "unknown", "doubtful", "bad"]
Standing = Literal[Tier, "unregistered", Verdict]


class Scale(NamedTuple):
    """What a document's standing is read from.

    Attributes:
        column: Column of documents that tells it.
        names: What stands there, from the best to the worst.
        untold: What counts where nothing stands there.
    """

    column: str
    names: tuple[str, ...]
    untold: str


BY_TIER: Final = Scale("source_tier", (*get_args(Tier), "unregistered"), "unregistered")
BY_VERDICT: Final = Scale("verdict", VERDICTS, "unknown")
_SCALES: Final = (BY_TIER, BY_VERDICT)
_NAMES: Final = tuple(name for scale in _SCALES for name in scale.names)

Limits = Mapping[str, float]
"""A limit by standing; of names of one scale, those before the first have none."""


def scale_of(limits: Limits) -> Scale:
    """Returns the scale that limits name."""
    return next(scale for scale in _SCALES if not limits.keys() - set(scale.names))


def checked_limit(given: Any) -> Any:
    """Returns a limit that holds for all, or one for each standing, or None.

    A standing that is not named has the limit of the next better one that is; where none is better,
    it has none.

    Raises:
        ValueError: It is neither.
    """
    if not isinstance(given, dict):
        return None if given is None else _number(given)
    unknown = [name for name in given if name not in _NAMES]
    if unknown:
        close = get_close_matches(str(unknown[0]), _NAMES, n=1)
        hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(_NAMES)}"
        raise ValueError(f"`{unknown[0]}` is no tier and no verdict; {hint}")
    scales = [scale for scale in _SCALES if given.keys() & set(scale.names)]
    if len(scales) != 1:
        raise ValueError(
            "name tiers or verdicts, and not both: tiers are "
            f"{', '.join(BY_TIER.names)}, verdicts {', '.join(BY_VERDICT.names)}"
        )
    return _filled({name: _number(value) for name, value in given.items()}, scales[0])


def _number(value: Any) -> float:
    try:
        number = float(value) if not isinstance(value, bool | bytes) else None
    except (TypeError, ValueError, OverflowError):
        number = None
    if number is None:
        raise ValueError(
            "give a number, or one for each tier or verdict, as in {trusted: 0.5, unknown: 0.1}"
        )
    if not isfinite(number):
        raise ValueError("a limit is a finite number")
    return number


def _filled(given: Limits, scale: Scale) -> dict[str, float]:
    filled: dict[str, float] = {}
    last = None
    for name in scale.names:
        last = given.get(name, last)
        if last is not None:
            filled[name] = last
    return filled


def standings(rows: pa.Table | pa.RecordBatch, scale: Scale) -> list[str]:
    """Returns the standing of each row."""
    told: list[str] = _told(rows, scale).to_pylist()
    return told


def limits_by_standing(rows: pa.Table | pa.RecordBatch, limits: Limits) -> NDArray[np.float64]:
    """Returns the limit of each row, NaN where it has none."""
    scale = scale_of(limits)
    places = pc.index_in(_told(rows, scale), pa.array(scale.names, pa.string()))
    of_each = np.array([limits.get(name, np.nan) for name in scale.names], np.float64)
    return np.asarray(of_each[places.to_numpy(zero_copy_only=False)])


def _told(rows: pa.Table | pa.RecordBatch, scale: Scale) -> pa.ChunkedArray:
    column = rows.column(scale.column).cast(pa.string())  # a row by itself has no type
    return pc.fill_null(column, scale.untold)
