"""What each value of one limit would keep, all else as it is."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from jingyu.filters.rule import Rule
from jingyu.pipeline.audit.output import Output
from jingyu.pipeline.audit.whatif.ends import Endings
from jingyu.pipeline.audit.whatif.published import Lengths, taken_down
from jingyu.pipeline.audit.whatif.verdicts import verdicts
from jingyu.pipeline.config.config import RunConfig
from jingyu.schemas.staging import RULED

if TYPE_CHECKING:
    from jingyu.pipeline.audit.whatif.whatif import Decide

_POINTS: Final = 21
_NO_LIMIT: Final = 1e300


@dataclass(frozen=True)
class Sweep:
    """A limit whose values are tried."""

    config: RunConfig
    reason: str
    """Reason of the rule whose limit it is."""

    @property
    def rule(self) -> Rule:
        """The rule."""
        return next(rule for rule in self.config.rules if rule.reason == self.reason)

    @property
    def without_limit(self) -> RunConfig:
        """The config with a limit that no document passes."""
        is_ratio = RULED.field(self.rule.signal).metadata[b"unit"] == b"ratio"
        least, greatest = (0.0, 1.0) if is_ratio else (-_NO_LIMIT, _NO_LIMIT)
        bound = {self.rule.bound: greatest if self.rule.bound == "max" else least}
        rules = tuple(
            rule.model_copy(update=bound) if rule.reason == self.reason else rule
            for rule in self.config.rules
        )
        return self.config.model_copy(update={"rules": rules})


def curve(sweep: Sweep, decide: "Decide", output: Output, lengths: Lengths) -> dict[str, Any]:
    """Returns documents and characters that are kept at some values of a limit.

    Sources that are left out whole stay as they are without the limit.

    Args:
        sweep: The limit.
        decide: Decides by a config.
        output: What a run left.
        lengths: Those of its texts.
    """
    rule = sweep.rule
    trial, layout = decide(sweep.without_limit, None), output.layout
    values, sizes = [], []
    untouched = np.zeros(2, np.int64)
    columns = [*dict.fromkeys([*rule.columns, "char_count", "document_id"])]
    for one in verdicts(output.keys, layout, trial, Endings(), columns, taken_down(output)):
        table = one.documents
        is_open = one.after.is_open
        can_go = is_open & (rule.also.rejected(table) if rule.also else np.True_)
        own = lengths.of(one.key, table)
        untouched += (int((is_open & ~can_go).sum()), int(own[is_open & ~can_go].sum()))
        values.append(rule.measured(table)[can_go])
        sizes.append(own[can_go])
    signal, size = np.concatenate(values), np.concatenate(sizes)
    points = []
    for limit in _limits(signal, rule):
        is_kept = signal >= limit if rule.bound == "min" else signal <= limit
        points.append(
            {"limit": limit, "documents": int(is_kept.sum() + untouched[0])}
            | {"characters": int(size[is_kept].sum() + untouched[1])}
        )
    told = {"reason": rule.reason, "signal": rule.signal, "bound": rule.bound}
    return told | {"points": points}


def _limits(values: NDArray[np.float64], rule: Rule) -> list[float]:
    """Returns limits that part the documents into about equally many, the rule's own among them."""
    if not len(values):
        return [*rule.values]
    parts = np.quantile(values, np.linspace(0, 1, _POINTS))
    return sorted({*(float(f"{part:.3g}") for part in parts), *rule.values})
