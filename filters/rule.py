"""A rule: which signal, which limit, and what is wrong beyond it."""

from difflib import get_close_matches
from typing import Annotated, Any, Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    FiniteFloat,
    model_validator,
)

from jingyu.filters.settings.places import listed
from jingyu.filters.standing import (
    BY_VERDICT,
    Scale,
    Standing,
    checked_limit,
    limits_by_standing,
    scale_of,
)
from jingyu.schemas.staging import RULED


def _existing_signal(name: str) -> str:
    """Returns the name of a column of `RULED`, or raises with the likeliest one."""
    if name not in RULED.names:
        close = get_close_matches(name, RULED.names, n=1)
        hint = f"did you mean {close[0]}?" if close else f"there are {listed(RULED.names)}"
        raise ValueError(f"`{name}` is not a signal; {hint}")
    return name


Number = Annotated[FiniteFloat | dict[Standing, FiniteFloat] | None, BeforeValidator(checked_limit)]
"""One number, or one for each tier or verdict."""


class Limit(BaseModel):
    """A bound of a signal; on it documents pass."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    signal: Annotated[str, AfterValidator(_existing_signal)] = Field(
        description="Column of the signals that is looked at."
    )
    min: Number = Field(
        None,
        description="Smallest value kept: a number, or one for each tier of sources or verdict on "
        "sites (`{trusted: 0.1, unknown: 0.2}`). One that is not named has that of the next better "
        "one; where none is better, all is kept.",
    )
    max: Number = Field(None, description="Largest value kept: as `min`.")

    @model_validator(mode="after")
    def _has_one_limit(self) -> Self:
        if (self.min is None) == (self.max is None):
            raise ValueError("give either `min` or `max`: one reason means one limit")
        return self

    @model_validator(mode="after")
    def _is_within_its_unit(self) -> Self:
        is_ratio = RULED.field(self.signal).metadata[b"unit"] == b"ratio"
        beyond = [value for value in self.values if not 0 <= value <= 1] if is_ratio else []
        if beyond:
            raise ValueError(
                f"`{self.signal}` is a ratio: its limit lies from 0 to 1, not at {beyond[0]:g}"
            )
        return self

    @property
    def bound(self) -> str:
        """Which of the two it is: `min` or `max`."""
        return "max" if self.min is None else "min"

    @property
    def limit(self) -> float | dict[Any, float]:
        """Its number, or its numbers by standing."""
        return next(limit for limit in (self.min, self.max) if limit is not None)

    @property
    def values(self) -> tuple[float, ...]:
        """The numbers that it is, each once, from the least."""
        limit = self.limit
        return tuple(sorted({*limit.values()})) if isinstance(limit, dict) else (limit,)

    @property
    def scale(self) -> Scale | None:
        """What it differs by: tiers or verdicts, or None."""
        return scale_of(self.limit) if isinstance(self.limit, dict) else None

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns that deciding needs."""
        return (self.signal, self.scale.column) if self.scale else (self.signal,)

    def measured(self, rows: pa.Table | pa.RecordBatch) -> NDArray[np.float64]:
        """Returns the signal of each row.

        Raises:
            ValueError: A row lacks the signal.
        """
        column = rows.column(self.signal)
        if column.null_count:
            raise ValueError(f"{column.null_count} rows lack the signal `{self.signal}`")
        return np.asarray(column.to_numpy(), np.float64)

    def limits(self, rows: pa.Table | pa.RecordBatch) -> NDArray[np.float64]:
        """Returns the limit of each row, NaN where it has none."""
        limit = self.limit
        if isinstance(limit, dict):
            return limits_by_standing(rows, limit)
        return np.full(rows.num_rows, limit)

    def rejected(self, rows: pa.Table | pa.RecordBatch) -> NDArray[np.bool_]:
        """Returns, for each row, whether it lies beyond its limit.

        Raises:
            ValueError: A row lacks the signal.
        """
        values, limits = self.measured(rows), self.limits(rows)
        return values > limits if self.min is None else values < limits


class Rule(Limit):
    """Rejects documents whose signal lies beyond a limit."""

    also: Limit | None = Field(
        None,
        description="A second limit: only documents that lie beyond both are rejected.",
    )
    reason: str = Field(
        pattern=r"^[a-z][a-z0-9_]*$", description="What is wrong with a document beyond the limit."
    )

    @property
    def signals(self) -> tuple[str, ...]:
        """Columns of signals that the rule looks at."""
        return (self.signal, self.also.signal) if self.also else (self.signal,)

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns that deciding needs."""
        return (*super().columns, *(self.also.columns if self.also else ()))

    @property
    def scales(self) -> tuple[Scale, ...]:
        """What its limits differ by, each once."""
        found = (self.scale, self.also.scale if self.also else None)
        return tuple(dict.fromkeys(scale for scale in found if scale))

    @property
    def is_by_verdict(self) -> bool:
        """Whether it has to wait for the verdicts on sites."""
        return BY_VERDICT in self.scales

    def rejected(self, rows: pa.Table | pa.RecordBatch) -> NDArray[np.bool_]:
        """Returns, for each row, whether it lies beyond all limits.

        Raises:
            ValueError: A row lacks a signal.
        """
        beyond = super().rejected(rows)
        return np.asarray(beyond & self.also.rejected(rows)) if self.also else beyond
