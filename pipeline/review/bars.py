"""What the standard asks of a review."""

from dataclasses import dataclass

MIN_HOST_REVIEWED = 5
"""Fewest judged documents of a host that tell anything; our choice."""
MAX_FAILURE_RATE = 0.05
"""Share of illegal and unhealthy content above which a source is not to be used.

Source: TC260-003 (2024), 5.1 a, by public summaries; check the standard.
"""

MANUAL, TECHNICAL = "manual", "technical"
_MANUAL_DOCUMENTS = 4000
_MANUAL_RATE = 0.96
_TECHNICAL_PERCENT = 10
_TECHNICAL_RATE = 0.98


@dataclass(frozen=True)
class Bar:
    """How many documents are to be judged, and which share of them is to pass."""

    kind: str
    """`manual` or `technical`."""
    min_reviewed: int
    min_rate: float


def bar_of(corpus_documents: int, *, is_technical: bool) -> Bar:
    """Returns the bar for a corpus.

    By hand at least 4,000 documents are judged and 96 % pass; by technical means, such as word
    lists and classifiers, at least 10 % of the corpus and 98 %.

    Source: TC260-003 (2024), 9.2, and GB/T 45654-2025, by public summaries; check the standard.
    """
    if is_technical:
        tenth = -(-corpus_documents * _TECHNICAL_PERCENT // 100)
        return Bar(TECHNICAL, tenth, _TECHNICAL_RATE)
    return Bar(MANUAL, _MANUAL_DOCUMENTS, _MANUAL_RATE)
