"""What cleaning did: counts of lines, of passages, and of questions of evaluation sets."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from jingyu.pipeline.steps.clean.changes import Change

if TYPE_CHECKING:
    from jingyu.pipeline.steps.clean.contamination.index import QuestionIndex

_PASSAGES = (
    "documents", "passage_count", "passage_char_count", "cut_documents", "cut_passage_count",
)  # fmt: skip


def cleaning_statistics(
    changes: Iterable[Change], questions: "QuestionIndex | None"
) -> dict[str, Any]:
    """Returns counts over all documents that cleaning changes or rejects.

    Args:
        changes: What changes in them.
        questions: The questions that were looked for, if any.
    """
    lines = {"repeated_line_count": 0, "boilerplate_line_count": 0, "documents": 0}
    passages = dict.fromkeys(_PASSAGES, 0)
    found: dict[str, set[str]] = defaultdict(set)
    documents: dict[str, int] = defaultdict(int)
    for each in changes:
        lines["repeated_line_count"] += each.repeated_line_count
        lines["boilerplate_line_count"] += each.boilerplate_line_count
        lines["documents"] += bool(each.repeated_line_count or each.boilerplate_line_count)
        passages["documents"] += bool(each.passage_count)
        passages["passage_count"] += each.passage_count
        passages["passage_char_count"] += each.passage_char_count
        passages["cut_documents"] += bool(each.cut_passage_count)
        passages["cut_passage_count"] += each.cut_passage_count
        names = [name.partition("/")[::2] for name in each.questions]
        for benchmark, question in names:
            found[benchmark].add(question)
        for benchmark in {benchmark for benchmark, _ in names}:
            documents[benchmark] += 1
    by_benchmark = _by_benchmark(found, documents, questions)
    return {"lines": lines, "passages": passages, "contamination": by_benchmark}


def _by_benchmark(
    found: dict[str, set[str]], documents: dict[str, int], questions: "QuestionIndex | None"
) -> dict[str, Any]:
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for place, names in enumerate((questions.names, questions.skipped) if questions else ()):
        for benchmark, _ in names:
            totals[benchmark][place] += 1
    return {
        benchmark: {
            "questions": count,
            "too_short": too_short,
            "contaminated_questions": sorted(found[benchmark]),
            "documents": documents[benchmark],
        }
        for benchmark, (count, too_short) in sorted(totals.items())
    }
