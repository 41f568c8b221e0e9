"""What another config would keep: counts by reason and source, a waterfall, examples."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jingyu.filters.select import by_verdict
from jingyu.pipeline.audit.output import Output
from jingyu.pipeline.audit.tokens import ESTIMATE
from jingyu.pipeline.audit.whatif.curve import Sweep, curve
from jingyu.pipeline.audit.whatif.examples import Picked, examples, picked
from jingyu.pipeline.audit.whatif.verdicts import AS_THEY_STAND, counted, verdicts
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.config.overrides import changes, undecidable
from jingyu.pipeline.store.layout import Layout
from jingyu.schemas.decisions import KEPT
from jingyu.schemas.sites import VERDICTS

Watch = Callable[[pa.Table], None]
"""Sees the columns of each item that are decided over, and `char_count`."""
Decide = Callable[[RunConfig, Watch | None], Layout]
"""Makes the decisions of a config over what is staged, and says where they lie."""
EXAMPLES: Final = 20
_KEY: Final = ("stage", "outcome", "reason")
_MOST_SOURCES: Final = 20
_OF_VERDICTS: Final = tuple(f"{verdict}_source" for verdict in reversed(VERDICTS))


@dataclass(frozen=True)
class Question:
    """What is asked: an output, and another config.

    Attributes:
        output: What a run left.
        before: Its config.
        after: The other one.
        decide: Decides by a config.
        not_staged: Sections by which the other config lets in what was staged nowhere.
        sweep: A limit whose values are tried, if one is.
    """

    output: Output
    before: RunConfig
    after: RunConfig
    decide: Decide
    not_staged: Sequence[str] = ()
    sweep: Sweep | None = None


def whatif(question: Question) -> dict[str, Any]:
    """Returns what would be kept and lost."""
    output = question.output
    layout, keys = output.layout, output.keys
    alone = _Alone(question.after)
    trial = question.decide(question.after, alone)
    sums: list[tuple[pa.Table, pa.Table]] = []
    comes: list[Picked] = []
    goes: list[Picked] = []
    for one in verdicts(keys, layout, trial, taken_down(output)):
        table = layout.staged(one.key).table(["document_id", "host", "char_count"])
        characters, host = table["char_count"], table["host"].combine_chunks().dictionary_encode()
        sums.append((counted(one.before, characters, host), counted(one.after, characters, host)))
        ids = table["document_id"]
        comes = sorted([*comes, *picked(one, one.comes, ids, EXAMPLES)])[:EXAMPLES]
        goes = sorted([*goes, *picked(one, one.goes, ids, EXAMPLES)])[:EXAMPLES]
    before, after = (pa.concat_tables(_plain(pair[n]) for pair in sums) for n in (0, 1))
    configs = (question.before, question.after)
    return {
        "changed": [
            change
            for change in changes(*(config.model_dump(mode="json") for config in configs))
            if not undecidable([change["key"]])
        ],
        "as_they_stand": list(AS_THEY_STAND),
        "not_staged": _to_be_read(question),
        "kept": {"before": _kept(before), "after": _kept(after)},
        "reasons": _reasons(before, after),
        "sources": _sources(before, after),
        "waterfall": alone.rows(_by_reason(after)),
        "sweep": curve(question.sweep, question.decide, output) if question.sweep else None,
        "comes": examples(comes, layout, configs),
        "goes": examples(goes, layout, configs),
    }


def taken_down(output: Output) -> frozenset[str]:
    """Returns the ids of documents that takedown lists name."""
    if not output.stats.get("taken_down"):
        return frozenset()
    named = output.ledger.to_table(["document_id"], filter=pc.field("reason") == "taken_down")
    return frozenset(named["document_id"].to_pylist())


class _Alone:
    """What each rule removes by itself, of all that was staged.

    Of rules that wait for the verdicts on sites, which a look at one item does not know, it is not
    told.
    """

    def __init__(self, config: RunConfig) -> None:
        self._rules = config.rules
        self._counts = np.zeros((len(config.rules), 2), np.int64)
        self._waiting = [rule.reason for rule in by_verdict(config.rules)]

    def __call__(self, table: pa.Table) -> None:
        """Counts what each rule removes of an item."""
        lengths = table["char_count"].to_numpy()
        for place, rule in enumerate(self._rules):
            if rule.reason in self._waiting:
                continue
            is_rejected = rule.rejected(table)
            self._counts[place] += (int(is_rejected.sum()), int(lengths[is_rejected].sum()))

    def rows(self, in_order: Mapping[tuple[str, ...], tuple[int, int]]) -> list[dict[str, Any]]:
        """Returns a row for each step and reason, in the order in which they decide."""
        alone = {
            rule.reason: counts
            for rule, counts in zip(self._rules, self._counts.tolist(), strict=True)
            if rule.reason not in self._waiting
        }
        left = [sum(counts[n] for counts in in_order.values()) for n in (0, 1)]
        found = []
        for key, (documents, characters) in sorted(in_order.items(), key=self._place):
            if key[1] == KEPT:
                continue
            left = [left[0] - documents, left[1] - characters]
            of_rule = alone.get(key[2]) if key[0] == "select" else None
            found.append(
                dict(zip(_KEY, key, strict=True))
                | {"documents": documents, "characters": characters}
                | {"alone": of_rule[0] if of_rule else None}
                | {"left": left[0], "left_characters": left[1]}
            )
        return found

    def _place(self, item: tuple[tuple[str, ...], Any]) -> tuple[int, int, str]:
        stage, _, reason = item[0]
        steps = ("sources", "gate", "language", "rights", "select", "deduplicate", "clean")
        rules = [rule.reason for rule in self._rules if rule.reason not in self._waiting]
        reasons = [*rules, *_OF_VERDICTS, *self._waiting]
        is_late = reason in {*_OF_VERDICTS, "over_share"}
        step = steps.index(stage) if stage in steps and not is_late else len(steps)
        step = steps.index("select") if reason in _OF_VERDICTS else step
        return step, reasons.index(reason) if reason in reasons else len(reasons), reason


def _plain(table: pa.Table) -> pa.Table:
    place = table.schema.get_field_index("host")
    return table.set_column(place, "host", table["host"].cast(pa.string()))


def _kept(counts: pa.Table) -> dict[str, int]:
    kept = counts.filter(pc.equal(counts["outcome"], KEPT))
    characters = pc.sum(kept["characters_sum"]).as_py() or 0
    return {
        "documents": pc.sum(kept["count_all"]).as_py() or 0,
        "characters": characters,
        "estimated_tokens": round(characters * ESTIMATE),
    }


def _by_reason(counts: pa.Table) -> dict[tuple[str, ...], tuple[int, int]]:
    grouped = counts.group_by(list(_KEY)).aggregate(
        [("count_all", "sum"), ("characters_sum", "sum")]
    )
    return {
        tuple(row[name] or "" for name in _KEY): (row["count_all_sum"], row["characters_sum_sum"])
        for row in grouped.to_pylist()
    }


def _reasons(before: pa.Table, after: pa.Table) -> list[dict[str, Any]]:
    one, two = _by_reason(before), _by_reason(after)
    rows = []
    for key in sorted(one.keys() | two.keys()):
        (was, was_characters), (would, would_characters) = (
            one.get(key, (0, 0)),
            two.get(key, (0, 0)),
        )
        rows.append(
            dict(zip(_KEY, key, strict=True))
            | {"before": was, "after": would}
            | {"characters_before": was_characters, "characters_after": would_characters}
        )
    return sorted(rows, key=lambda row: -abs(row["after"] - row["before"]))


def _sources(before: pa.Table, after: pa.Table) -> list[dict[str, Any]]:
    """Returns the hosts whose kept documents change most in number."""
    signed = pa.concat_tables([_changes(before, -1), _changes(after, 1)])
    grouped = signed.group_by("host").aggregate(
        [(name, "sum") for name in ("before", "after", "documents", "characters")]
    )
    changed = grouped.filter(pc.not_equal(grouped["documents_sum"], 0))
    sized = changed.append_column("size", pc.abs(changed["documents_sum"]))
    ordered = sized.sort_by([("size", "descending"), ("host", "ascending")]).drop_columns("size")
    return [
        {name.removesuffix("_sum"): value for name, value in row.items()}
        for row in ordered.slice(0, _MOST_SOURCES).to_pylist()
    ]


def _changes(counts: pa.Table, sign: int) -> pa.Table:
    kept = counts.filter(pc.equal(counts["outcome"], KEPT))
    documents, characters = kept["count_all"], kept["characters_sum"]
    zeros = pa.array(np.zeros(kept.num_rows, np.int64))
    return pa.table(
        {
            "host": kept["host"],
            "before": documents if sign < 0 else zeros,
            "after": documents if sign > 0 else zeros,
            "documents": pc.multiply(documents, sign),
            "characters": pc.multiply(characters, sign),
        }
    )


def _to_be_read(question: Question) -> list[dict[str, Any]]:
    """Returns what the other config lets in that was staged nowhere: pages that must be read."""
    reasons = question.output.stats["reasons"]
    return [
        {"section": section}
        | {"pages": sum(n for key, n in reasons.items() if key.startswith(f"{section}/rejected/"))}
        for section in question.not_staged
    ]
