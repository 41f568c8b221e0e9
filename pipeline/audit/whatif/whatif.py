"""What another config would keep: counts by reason and source, a waterfall, examples."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa

from jingyu.filters.select import by_verdict
from jingyu.pipeline.audit.output import Output
from jingyu.pipeline.audit.tokens import ESTIMATE
from jingyu.pipeline.audit.whatif.counts import ByEnding, Counts, kept
from jingyu.pipeline.audit.whatif.curve import Sweep, curve
from jingyu.pipeline.audit.whatif.ends import Ending, Endings
from jingyu.pipeline.audit.whatif.examples import Picked, examples, picked
from jingyu.pipeline.audit.whatif.published import Lengths, taken_down
from jingyu.pipeline.audit.whatif.verdicts import AS_THEY_STAND, verdicts
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
_COLUMNS: Final = ("document_id", "host", "char_count")
_KEY: Final = ("stage", "outcome", "reason")
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
    endings, lengths = Endings(), Lengths(output, keys)
    counts = Counts(endings)
    comes: list[Picked] = []
    goes: list[Picked] = []
    for one in verdicts(keys, layout, trial, endings, _COLUMNS, taken_down(output)):
        counts.add(one, lengths.of(one.key, one.documents))
        comes = sorted([*comes, *picked(one, one.comes, EXAMPLES)])[:EXAMPLES]
        goes = sorted([*goes, *picked(one, one.goes, EXAMPLES)])[:EXAMPLES]
    before, after = counts.before, counts.after
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
        "sources": counts.sources(),
        "waterfall": alone.rows(after),
        "sweep": curve(question.sweep, question.decide, output, lengths)
        if question.sweep
        else None,
        "comes": examples(comes, layout, configs),
        "goes": examples(goes, layout, configs),
    }


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

    def rows(self, in_order: ByEnding) -> list[dict[str, Any]]:
        """Returns a row for each step and reason, in the order in which they decide."""
        alone = {
            rule.reason: counts
            for rule, counts in zip(self._rules, self._counts.tolist(), strict=True)
            if rule.reason not in self._waiting
        }
        left = [sum(counts[n] for counts in in_order.values()) for n in (0, 1)]
        found = []
        for key, (documents, characters) in sorted(in_order.items(), key=self._place):
            if key.outcome == KEPT:
                continue
            left = [left[0] - documents, left[1] - characters]
            of_rule = alone.get(key.reason or "") if key.stage == "select" else None
            found.append(
                dict(zip(_KEY, _words(key), strict=True))
                | {"documents": documents, "characters": characters}
                | {"alone": of_rule[0] if of_rule else None}
                | {"left": left[0], "left_characters": left[1]}
            )
        return found

    def _place(self, item: tuple[Ending, Any]) -> tuple[int, int, str]:
        stage, _, reason = _words(item[0])
        steps = ("sources", "gate", "language", "rights", "select", "deduplicate", "clean")
        rules = [rule.reason for rule in self._rules if rule.reason not in self._waiting]
        reasons = [*rules, *_OF_VERDICTS, *self._waiting]
        is_late = reason in {*_OF_VERDICTS, "over_share"}
        step = steps.index(stage) if stage in steps and not is_late else len(steps)
        step = steps.index("select") if reason in _OF_VERDICTS else step
        return step, reasons.index(reason) if reason in reasons else len(reasons), reason


def _kept(counts: ByEnding) -> dict[str, int]:
    documents, characters = kept(counts)
    return {
        "documents": documents,
        "characters": characters,
        "estimated_tokens": round(characters * ESTIMATE),
    }


def _reasons(before: ByEnding, after: ByEnding) -> list[dict[str, Any]]:
    rows = []
    for ending in sorted(before.keys() | after.keys(), key=_words):
        (was, was_characters), (would, would_characters) = (
            counts.get(ending, (0, 0)) for counts in (before, after)
        )
        rows.append(
            dict(zip(_KEY, _words(ending), strict=True))
            | {"before": was, "after": would}
            | {"characters_before": was_characters, "characters_after": would_characters}
        )
    return sorted(rows, key=lambda row: -abs(row["after"] - row["before"]))


def _words(ending: Ending) -> tuple[str, ...]:
    return tuple(word or "" for word in ending)


def _to_be_read(question: Question) -> list[dict[str, Any]]:
    """Returns what the other config lets in that was staged nowhere: pages that must be read."""
    reasons = question.output.stats["reasons"]
    return [
        {"section": section}
        | {"pages": sum(n for key, n in reasons.items() if key.startswith(f"{section}/rejected/"))}
        for section in question.not_staged
    ]
