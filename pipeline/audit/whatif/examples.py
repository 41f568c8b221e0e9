"""Documents that would come or go, with what decides on them."""

from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jingyu.pipeline.audit.whatif.deciding import deciding_line
from jingyu.pipeline.audit.whatif.verdicts import Verdicts
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.row_groups import taken
from jingyu.schemas.decisions import KEPT

_SHOWN: Final = ("document_id", "title", "url", "host", "source_name", "char_count", "text")


class Picked(NamedTuple):
    """A document that is shown."""

    document_id: str
    key: str
    row: int
    before: dict[str, Any]
    after: dict[str, Any]


def picked(one: Verdicts, rows: NDArray[np.int64], most: int) -> list[Picked]:
    """Returns a few of an item's rows: those of the least ids, which are as good as drawn."""
    places = pa.array(rows, pa.int64())
    names = one.documents["document_id"].take(places)
    first = pc.select_k_unstable(names, most, [("", "ascending")])
    return [
        Picked(name, one.key, row, one.before.told(row), one.after.told(row))
        for name, row in zip(
            names.take(first).to_pylist(), places.take(first).to_pylist(), strict=True
        )
    ]


def examples(
    chosen: Iterable[Picked], layout: Layout, configs: tuple[RunConfig, RunConfig]
) -> list[dict[str, Any]]:
    """Returns what is shown of documents, in the order of their ids.

    Args:
        chosen: Which ones.
        layout: Where they are staged.
        configs: That of the run, and the other one.
    """
    shown = []
    for one in sorted(chosen):
        config = configs[0 if one.after["outcome"] == KEPT else 1]
        ended = one.before if one.after["outcome"] == KEPT else one.after
        rule = next((rule for rule in config.rules if rule.reason == ended["reason"]), None)
        row = _row(layout, one, rule.signals if rule else ())
        told: dict[str, Any] = {"before": one.before, "after": one.after}
        told["values"] = {name: row[name] for name in (rule.signals if rule else ())}
        plain = rule.model_dump() if rule else None
        told["deciding"] = deciding_line(row["text"], plain, config.lexicon)
        shown.append({name: row[name] for name in _SHOWN[:-1]} | told)
    return shown


def _row(layout: Layout, one: Picked, signals: Sequence[str]) -> dict[str, Any]:
    columns = list(dict.fromkeys([*_SHOWN, *signals]))
    ((_, batch),) = taken(layout.staged(one.key).documents, columns, np.array([one.row]))
    (row,) = batch.to_pylist()
    found: dict[str, Any] = row
    return found
