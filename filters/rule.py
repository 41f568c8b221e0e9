"""A rule: which signal, which limit, and what is wrong beyond it."""

from difflib import get_close_matches
from typing import Annotated, Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from jingyu.schemas.staging import RULED


def _existing_signal(name: str) -> str:
    """Returns the name of a column of `RULED`, or raises with the likeliest one."""
    if name not in RULED.names:
        close = get_close_matches(name, RULED.names, n=1)
        hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(RULED.names)}"
        raise ValueError(f"`{name}` is not a signal; {hint}")
    return name


class Limit(BaseModel):
    """A bound of a signal; on it documents pass."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    signal: Annotated[str, AfterValidator(_existing_signal)] = Field(
        description="Column of the signals that is looked at."
    )
    min: float | None = Field(None, allow_inf_nan=False, description="Smallest value kept.")
    max: float | None = Field(None, allow_inf_nan=False, description="Largest value kept.")

    @model_validator(mode="after")
    def _has_one_limit(self) -> Self:
        if (self.min is None) == (self.max is None):
            raise ValueError("give either `min` or `max`: one reason means one limit")
        return self

    @model_validator(mode="after")
    def _is_within_its_unit(self) -> Self:
        is_ratio = RULED.field(self.signal).metadata[b"unit"] == b"ratio"
        if is_ratio and not 0 <= self.limit <= 1:
            raise ValueError(
                f"`{self.signal}` is a ratio: its limit lies from 0 to 1, not at {self.limit:g}"
            )
        return self

    @property
    def limit(self) -> float:
        """The bound, whichever of the two it is."""
        return next(bound for bound in (self.min, self.max) if bound is not None)

    def measured(self, rows: pa.Table | pa.RecordBatch) -> NDArray[np.float64]:
        """Returns the signal of each row.

        Raises:
            ValueError: A row lacks the signal.
        """
        column = rows.column(self.signal)
        if column.null_count:
            raise ValueError(f"{column.null_count} rows lack the signal `{self.signal}`")
        return np.asarray(column.to_numpy(), np.float64)

    def rejects(self, values: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Returns, for each value of the signal, whether it lies beyond the limit."""
        return values > self.limit if self.min is None else values < self.limit


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
        """Columns that the rule looks at."""
        return (self.signal, self.also.signal) if self.also else (self.signal,)

    def rejected(self, rows: pa.Table | pa.RecordBatch) -> NDArray[np.bool_]:
        """Returns, for each row, whether it lies beyond all limits.

        Raises:
            ValueError: A row lacks a signal.
        """
        limits = (self, self.also) if self.also else (self,)
        beyond = [limit.rejects(limit.measured(rows)) for limit in limits]
        return np.asarray(np.logical_and.reduce(beyond))
