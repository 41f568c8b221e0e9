"""What cleaning did, counted over documents."""

import json
from pathlib import Path

from jingyu.pipeline.config.decontamination import Decontamination
from jingyu.pipeline.run.cleaning_statistics import cleaning_statistics
from jingyu.pipeline.steps.clean.changes import Change
from jingyu.pipeline.steps.clean.contamination.index import QuestionIndex
from jingyu.pipeline.steps.clean.questions import questions_of

QUESTIONS = (
    "下列关于光合作用暗反应阶段的叙述中，哪一项不符合卡尔文循环的实际过程与物质变化？",
    "某工厂计划在规定的天数内生产一批零件，若每天多做五个则提前两天完成，问原计划多少天？",
    "太短",
)


def index(folder: Path, **questions: tuple[str, ...]) -> QuestionIndex:
    """Returns the index of evaluation sets by name."""
    against = []
    for name, asked in questions.items():
        path = folder / f"{name}.jsonl"
        lines = (json.dumps({"question": question}) + "\n" for question in asked)
        path.write_text("".join(lines), encoding="utf-8")
        against.append({"name": name, "paths": [str(path)], "fields": ["question"]})
    found = questions_of(Decontamination.model_validate({"against": against}))
    assert found
    return found


def test_lines_are_added_up_and_documents_that_lost_some_are_counted_once() -> None:
    changes = [
        Change(0, repeated_line_count=2, boilerplate_line_count=3),
        Change(1, boilerplate_line_count=1),
        Change(2, repeated_line_count=1),
        Change(3, questions=("quiz/a#0",)),
    ]

    told = cleaning_statistics(changes, None)

    assert told["lines"] == {
        "repeated_line_count": 3,
        "boilerplate_line_count": 4,
        "documents": 3,
    }


def test_passages_are_added_up_with_the_documents_that_have_and_that_lost_some() -> None:
    kept = Change(0, passage_count=2, passage_char_count=80, passage_documents=9)
    cut = Change(1, passage_count=1, passage_char_count=40, cut_passage_count=1)

    assert cleaning_statistics([kept, cut, Change(2)], None)["passages"] == {
        "documents": 2,
        "passage_count": 3,
        "passage_char_count": 120,
        "cut_documents": 1,
        "cut_passage_count": 1,
    }


def test_nothing_cleaned_has_figures_of_zero() -> None:
    assert cleaning_statistics([], None) == {
        "lines": {"repeated_line_count": 0, "boilerplate_line_count": 0, "documents": 0},
        "passages": {
            "documents": 0,
            "passage_count": 0,
            "passage_char_count": 0,
            "cut_documents": 0,
            "cut_passage_count": 0,
        },
        "contamination": {},
    }


def test_each_evaluation_set_is_told_with_its_questions_and_the_documents_that_hold_some(
    tmp_path: Path,
) -> None:
    questions = index(tmp_path, quiz=QUESTIONS, exam=QUESTIONS[:1])
    first, second = "quiz/quiz.jsonl#0", "quiz/quiz.jsonl#1"
    changes = [
        Change(0, questions=(first, second)),
        Change(1, questions=(first,)),
        Change(2, questions=(second, "exam/exam.jsonl#0")),
        Change(3, repeated_line_count=1),
    ]

    told = cleaning_statistics(changes, questions)["contamination"]

    assert list(told) == ["exam", "quiz"]
    assert told["quiz"] == {
        "questions": 2,
        "too_short": 1,
        "contaminated_questions": ["quiz.jsonl#0", "quiz.jsonl#1"],
        "documents": 3,
    }
    assert told["exam"] == {
        "questions": 1,
        "too_short": 0,
        "contaminated_questions": ["exam.jsonl#0"],
        "documents": 1,
    }


def test_an_evaluation_set_that_no_document_holds_is_told_with_zero(tmp_path: Path) -> None:
    told = cleaning_statistics([], index(tmp_path, quiz=QUESTIONS))["contamination"]

    assert told == {
        "quiz": {"questions": 2, "too_short": 1, "contaminated_questions": [], "documents": 0}
    }


def test_the_order_of_documents_does_not_matter(tmp_path: Path) -> None:
    questions = index(tmp_path, quiz=QUESTIONS)
    changes = [
        Change(0, questions=("quiz/quiz.jsonl#1",)),
        Change(1, questions=("quiz/quiz.jsonl#0",), boilerplate_line_count=2),
    ]

    assert cleaning_statistics(changes, questions) == cleaning_statistics(changes[::-1], questions)
