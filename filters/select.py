"""What the config says over staged columns: the first criterion that a row fails ends its way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jingyu.filters.decisions import Decisions
from jingyu.filters.language.gate import GateMeasure, too_foreign
from jingyu.filters.language.settings import Gate, LanguageSection
from jingyu.filters.rights.exclusion import exclusion, grounds
from jingyu.filters.rights.rights import Rights
from jingyu.filters.rights.settings import Rights as RightsSection
from jingyu.filters.rule import Rule
from jingyu.filters.source.admission import SourceAdmission
from jingyu.filters.standing import BY_VERDICT, standings
from jingyu.schemas.decisions import REJECTED, Decision
from jingyu.schemas.gate import GATE
from jingyu.schemas.rights import RIGHTS, UNDECIDING

_ADDRESS = ("url", "host")
_LANGUAGE = ("language", "language_score")
_OF_RIGHTS = tuple(name for name in RIGHTS.names if name not in UNDECIDING)


@dataclass(frozen=True)
class Criteria:
    """What rows must pass, in the order in which it counts.

    Attributes:
        sources: Which sources enter. Like the next two, None where the pass over the pages decided
            it just so already.
        gate: What bytes must hold.
        language: Which languages are kept.
        rights: What of a page's rights excludes it.
        rules: Limits of signals. Those that wait for the verdicts on sites are no part of it.
    """

    sources: SourceAdmission | None
    gate: Gate | None
    language: LanguageSection | None
    rights: RightsSection
    rules: Sequence[Rule]

    @property
    def columns(self) -> list[str]:
        """Columns of staged documents that deciding needs."""
        return [
            *(_ADDRESS if self.sources else ()),
            *(GATE.names if self.gate else ()),
            *(_LANGUAGE if self.language else ()),
            *(_OF_RIGHTS if self.rights.exclude else ()),
            *columns_of(rule for rule in self.rules if not rule.is_by_verdict),
        ]


def select(documents: pa.Table, criteria: Criteria) -> Decisions:
    """Returns, for each document, the first criterion that it fails.

    A row is judged by itself: where a batch begins and ends never changes a result.

    Args:
        documents: Staged columns, at least `criteria.columns`; no text needed.
        criteria: What the config says.

    Raises:
        KeyError: The rows have no column of a rule's signal.
        ValueError: A row lacks the signal of a rule.
    """
    decisions = Decisions.none(documents.num_rows)
    _by_pass(documents, criteria, decisions)
    if criteria.language:
        is_kept = pc.is_in(documents["language"], pa.array(criteria.language.keep))
        is_other = ~is_kept.to_numpy()
        scores = documents["language_score"].to_numpy()[is_other]
        other = Decision(REJECTED, "language", "other_language")
        decisions.end(np.flatnonzero(is_other), other, measured=scores)
    if criteria.rights.exclude:
        _by_rights(documents, criteria.rights, decisions)
    rules = (rule for rule in criteria.rules if not rule.is_by_verdict)
    end_by_rules(documents, rules, decisions)
    return decisions


def columns_of(rules: Iterable[Rule]) -> list[str]:
    """Returns the columns that rules look at, but for the verdict on the site."""
    return sorted({column for rule in rules for column in rule.columns} - {BY_VERDICT.column})


def by_verdict(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Returns the rules that wait for the verdicts on sites."""
    return tuple(rule for rule in rules if rule.is_by_verdict)


def end_by_rules(
    documents: pa.Table,
    rules: Iterable[Rule],
    decisions: Decisions,
    among: NDArray[np.bool_] | None = None,
) -> None:
    """Ends the way of the documents that rules reject, each by the first that does.

    Args:
        documents: The columns that the rules look at.
        rules: Which ones.
        decisions: What is added to.
        among: Which documents may end; all, if None.
    """
    for rule in rules:
        is_rejected = rule.rejected(documents)
        is_rejected = is_rejected if among is None else is_rejected & among
        if not is_rejected.any():
            continue
        decision = Decision(REJECTED, "select", rule.reason)
        told: dict[str, Any] = {
            "measured": rule.measured(documents)[is_rejected],
            "limit": rule.limits(documents)[is_rejected],
        }
        if rule.scales:
            rejected = documents.filter(pa.array(is_rejected))
            of_each = zip(*(standings(rejected, scale) for scale in rule.scales), strict=True)
            told["evidence"] = list(map(", ".join, of_each))
        decisions.end(is_rejected, decision, **told)


def select_ended(ended: pa.Table, criteria: Criteria) -> Decisions:
    """Returns, for each record whose way ended in the pass, the first criterion that it fails.

    A narrower pass would have ended it by that criterion, in place of what did. Only what ended at
    reading (a revisit, an empty payload) stays: no width has a say in it.

    Args:
        ended: Staged columns: address, stage and those of `GATE`.
        criteria: What the config says.
    """
    decisions = Decisions.none(ended.num_rows)
    _by_pass(ended, criteria, decisions, is_fixed=pc.equal(ended["stage"], "read").to_numpy())
    return decisions


def _by_pass(
    rows: pa.Table,
    criteria: Criteria,
    decisions: Decisions,
    is_fixed: NDArray[np.bool_] | None = None,
) -> None:
    """Decides on sources and bytes as the pass over the pages does, but for rows that are fixed."""
    places = np.arange(rows.num_rows) if is_fixed is None else np.flatnonzero(~is_fixed)
    if criteria.sources:
        urls, hosts = (rows[name].to_pylist() for name in _ADDRESS)
        for reason, of_reason in _by_source(criteria.sources, urls, hosts, places).items():
            decisions.end(np.array(of_reason), reason)
    if criteria.gate:
        figures = rows.select(GATE.names).to_pylist()
        for row in places.tolist():
            if figures[row]["most_han_count"] is None:  # ended before the gate
                continue
            if decision := too_foreign(GateMeasure(**figures[row]), criteria.gate):
                decisions.end(np.array([row]), decision)


def _by_source(
    admission: SourceAdmission,
    urls: Sequence[str | None],
    hosts: Sequence[str | None],
    places: NDArray[np.int64],
) -> dict[Decision, list[int]]:
    """Returns the rows that do not enter, by the decision: most hosts are decided on once."""
    known: dict[str | None, Decision | None] = {}
    found: dict[Decision, list[int]] = {}
    for row in places.tolist():
        host = hosts[row]
        decision = known[host] if host in known else admission.decide(urls[row], host)
        if host not in known and admission.is_by_host(host):
            known[host] = decision
        if decision:
            found.setdefault(decision, []).append(row)
    return found


def _by_rights(documents: pa.Table, rights: RightsSection, decisions: Decisions) -> None:
    rows = [Rights(**row) for row in documents.select(_OF_RIGHTS).to_pylist()]
    shown = [exclusion(row, rights) for row in rows]
    for name in rights.exclude:
        places = [place for place, each in enumerate(shown) if each == name]
        evidence = [grounds(rows[place], name) for place in places]
        decision = Decision(REJECTED, "rights", name)
        decisions.end(np.array(places, np.int64), decision, evidence=evidence)
