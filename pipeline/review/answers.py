"""What reviewers answered, checked cell by cell."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from jingyu.filters.settings.errors import InputError
from jingyu.pipeline.review.columns import cell_name, header_of
from jingyu.pipeline.review.reasons import UNSTATED, reason_of
from jingyu.pipeline.review.tables import Table
from jingyu.pipeline.review.verdicts import CHOICES, Verdict, verdict_of

_MOST_PROBLEMS = 20
_SHOWN = 8
"""Characters of a cell that a message quotes: too few for a number that names a person."""


@dataclass(frozen=True)
class Answer:
    """What a row of a sheet says of a document."""

    document_id: str
    verdict: Verdict
    reason: str = ""
    """Key of the reason why it failed; of other documents empty."""
    place: str = ""
    """The sheet and the row."""


def answers_in(tables: Sequence[Table], known: Collection[str], whole: str) -> dict[str, Answer]:
    """Returns the answers of all tables by document.

    Rows of one document that agree count once, and a verdict goes before an empty cell.

    Args:
        tables: The filled-in sheets.
        known: Ids that may stand in them.
        whole: What holds these ids, for messages.

    Raises:
        InputError: A row is wrong; each error has its file, row and cell, and the fix.
    """
    problems: list[str] = []
    answers: dict[str, Answer] = {}
    for table in tables:
        for number, cells in table.rows:
            wrong = list(_problems(table, number, cells, known, whole))
            if not wrong:
                answer = _answer(table, number, cells)
                wrong = list(_contradiction(answers.get(answer.document_id), answer))
                answers[answer.document_id] = _joined(answers.get(answer.document_id), answer)
            problems += wrong
    if problems:
        more = len(problems) - _MOST_PROBLEMS
        listed = problems[:_MOST_PROBLEMS] + ([f"and {more:,} more like these"] * (more > 0))
        raise InputError("\n".join(listed))
    return answers


def _problems(
    table: Table, number: int, cells: dict[str, str], known: Collection[str], whole: str
) -> Iterator[str]:
    def at(key: str) -> str:
        cell = cell_name(table.places[key], number)
        return f"{table.name}: row {number}, column `{header_of(key)}` ({cell})"

    name, verdict = _id(cells), verdict_of(cells["verdict"])
    if not name:
        yield f"{at('document_id')}: is empty; restore the id of the document, or delete the row"
    elif name not in known:
        yield (
            f"{at('document_id')}: `{_short(name)}` is not in {whole}; restore the id as "
            "`jingyu sample` wrote it"
        )
    if verdict is None:
        yield (
            f"{at('verdict')}: `{_short(cells['verdict'])}` is no verdict; write "
            f"{', '.join(CHOICES)} (or pass, fail, unsure), or leave it empty"
        )
    reason = cells["reason"]
    if reason and reason_of(reason) is None:
        yield (
            f"{at('reason')}: `{_short(reason)}` is not in the list of reasons; choose one, and "
            f"put free text under `{header_of('note')}`"
        )
    elif reason and verdict in {Verdict.PASSED, Verdict.BLANK}:
        yield (
            f"{at('reason')}: gives a reason, but the verdict is "
            f"{'empty' if verdict is Verdict.BLANK else 'pass'}; choose 不合格 (fail), or clear it"
        )


def _id(cells: dict[str, str]) -> str:
    return cells["document_id"].lstrip("'")


def _answer(table: Table, number: int, cells: dict[str, str]) -> Answer:
    verdict = verdict_of(cells["verdict"]) or Verdict.BLANK
    reason = reason_of(cells["reason"])
    failed = verdict is Verdict.FAILED
    code = (reason.key if reason else UNSTATED) if failed else ""
    return Answer(_id(cells), verdict, code, f"{table.name}: row {number}")


def _contradiction(before: Answer | None, answer: Answer) -> Iterator[str]:
    told = {each.verdict for each in (before, answer) if each} - {Verdict.BLANK}
    if before and len(told) > 1:
        yield (
            f"{answer.place}, column `{header_of('verdict')}`: document `{answer.document_id}` is "
            f"{answer.verdict} here, but {before.verdict} in {before.place}; agree on one verdict"
        )


def _joined(before: Answer | None, answer: Answer) -> Answer:
    """Returns the answer that says more: a verdict, then a reason, then the first."""
    if before is None:
        return answer
    return max(
        before,
        answer,
        key=lambda each: (each.verdict != Verdict.BLANK, each.reason not in {"", UNSTATED}),
    )


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
