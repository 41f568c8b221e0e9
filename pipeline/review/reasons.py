"""Why a document of a sample can fail: the 31 risks in five classes, and what else is wrong."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from jingyu.filters.lexicon.taxonomy import CLASSES, RISKS
from jingyu.pipeline.review.verdicts import folded


@dataclass(frozen=True)
class Reason:
    """A reason that a reviewer can give."""

    key: str
    """Its name in reports and lists, as in the taxonomy: a class (`a1`), a risk, or another."""
    clause: str
    """Its place in the standard's annex; none of what is not the standard's."""
    chinese: str
    english: str
    class_key: str
    """The class that it belongs to; a reason that is not the standard's is its own."""

    @property
    def label(self) -> str:
        """The entry of the drop-down list."""
        return f"{self.clause} {self.chinese} {self.english}".strip()


def _standard() -> Iterator[Reason]:
    """Yields each class before its risks."""
    for found in CLASSES:
        yield Reason(found.key, found.clause, found.chinese, found.english, found.key)
        for risk in RISKS:
            if risk.risk_class is found:
                yield Reason(risk.key, risk.clause, risk.chinese, risk.english, found.key)


REASONS = (
    *_standard(),
    Reason("quality", "", "质量", "no text worth learning from", "quality"),
    Reason("privacy", "", "隐私", "personal data is left", "privacy"),
    Reason("copyright", "", "版权", "rights are reserved", "copyright"),
)
"""In the order of the drop-down list. Where a risk cannot be told, its class is given."""
UNSTATED = "unstated"
"""Stands where a document failed and no reason was given."""


def _by_name() -> dict[str, Reason]:
    exact = {
        folded(name): reason
        for reason in REASONS
        for name in (reason.key, reason.clause, reason.clause.replace(".", ""), reason.label)
        if name
    }
    named = [(folded(name), each) for each in REASONS for name in (each.chinese, each.english)]
    times = Counter(name for name, _ in named)
    return {name: reason for name, reason in named if times[name] == 1} | exact


_BY_NAME = _by_name()


def reason_of(text: str) -> Reason | None:
    """Returns the reason in a cell: its entry in the list, its key, its clause or its name."""
    return _BY_NAME.get(folded(text))
