"""Lines and questions of evaluation sets leave texts, or texts the corpus."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.filters.quality.measure import measure
from jingyu.pipeline.config.decontamination import Decontamination
from jingyu.pipeline.config.lines import LinesSection
from jingyu.pipeline.run.cleaning_statistics import cleaning_statistics
from jingyu.pipeline.steps.clean.changes import read_changes
from jingyu.pipeline.steps.clean.cleaning import leaves_any, merged, without
from jingyu.pipeline.steps.clean.kept import HeldDocuments
from jingyu.pipeline.steps.clean.questions import questions_of
from jingyu.pipeline.store.tables import read_table
from tests.support.cleaned import NO_LINES, clean, corpus, ledger, prepared
from tests.support.staged import ON_A_RUNNER

FOOTER = "本站所有内容未经书面许可不得转载"
QUESTION = "下列关于光合作用暗反应阶段的叙述中，哪一项不符合卡尔文循环的实际过程与物质变化？"


def article(number: int) -> str:
    subject = "春夏秋冬"[number % 4] + "东南西北"[number // 4 % 4] + "甲乙丙丁"[number // 16 % 4]
    return f"{subject}河边的茶馆在今年重新开张了。\n第{number}天来了很多客人，{subject}说生意不错。"


def pages(count: int, host: str = "a.cn") -> list[dict[str, Any]]:
    return [
        {"text": f"{article(n)}\n{FOOTER}", "host": host, "text_hash": n + 100 * len(host)}
        for n in range(count)
    ]


def decontamination(folder: Path, **settings: Any) -> Decontamination:
    path = folder / "set.jsonl"
    path.write_text(json.dumps({"question": QUESTION}) + "\n", encoding="utf-8")
    sets = [{"name": "quiz", "paths": [str(path)], "fields": ["question"]}]
    return Decontamination.model_validate({"against": sets} | settings)


def test_lines_that_many_pages_of_a_host_have_leave_the_text_and_are_counted(
    tmp_path: Path,
) -> None:
    layout = prepared(tmp_path, {"a": pages(10), "b": pages(9, "bb.cn")})
    clean(layout, ["a", "b"], LinesSection())

    rows = corpus(layout, ["a", "b"])
    assert [row["boilerplate_line_count"] for row in rows] == [1] * 10 + [0] * 9
    assert all((FOOTER in row["text"]) is (row["host"] == "bb.cn") for row in rows)
    assert rows[0]["text"] == article(0)


def test_signals_are_those_of_the_text_that_is_left(tmp_path: Path) -> None:
    layout = prepared(tmp_path, {"a": pages(10)})
    clean(layout, ["a"], LinesSection())

    for row in corpus(layout, ["a"]):
        measured = measure(row["text"])
        assert {name: row[name] for name in measured} == pytest.approx(measured)


@pytest.mark.parametrize(("most", "is_held"), [(10_000, True), (1, False)])
def test_few_documents_are_read_once_and_let_go_of_then(
    most: int, *, is_held: bool, tmp_path: Path
) -> None:
    layout = prepared(tmp_path, {"a": pages(3)})
    documents = HeldDocuments(layout, most)

    first, second, third = (list(documents.of("a")) for _ in range(3))
    texts = [[text for kept in some for text in kept.texts] for some in (first, second, third)]
    assert texts == [[page["text"] for page in pages(3)]] * 3
    assert (second[0] is first[0]) is is_held
    assert third[0] is not first[0]


def test_documents_beyond_the_limit_are_read_again(tmp_path: Path) -> None:
    layout = prepared(tmp_path, {"a": pages(3), "b": pages(3, "bb.cn")})
    documents = HeldDocuments(layout, sum(len(page["text"]) for page in pages(3)))

    first = {key: list(documents.of(key)) for key in ("a", "b")}
    second = {key: list(documents.of(key)) for key in ("a", "b")}
    assert second["a"][0] is first["a"][0]
    assert second["b"][0] is not first["b"][0]
    assert second["b"][0].texts == first["b"][0].texts


def test_duplicates_do_not_make_a_line_boilerplate(tmp_path: Path) -> None:
    page = pages(1)[0]
    layout = prepared(tmp_path, {"a": [page] * 12})
    clean(layout, ["a"], LinesSection())

    assert [row["boilerplate_line_count"] for row in corpus(layout, ["a"])] == [0]


@pytest.mark.parametrize(("han", "expected"), [(14, 0), (15, 1)])
def test_a_long_line_stays_once(han: int, expected: int, tmp_path: Path) -> None:
    line = "这一行文字在同一篇文章里面出现了两次"[:han]
    text = f"{line}\n中间。\n{line}。\n结尾。"
    layout = prepared(tmp_path, {"a": [{"text": text, "host": "a.cn"}]})
    clean(layout, ["a"], LinesSection())

    (row,) = corpus(layout, ["a"])
    assert row["repeated_line_count"] == expected
    assert row["text"].count(line) == 2 - expected


def test_a_document_that_is_mostly_boilerplate_goes(tmp_path: Path) -> None:
    documents = pages(10)
    documents.append({"text": f"{FOOTER}\n好。", "host": "a.cn", "text_hash": 99})
    layout = prepared(tmp_path, {"a": documents})
    clean(layout, ["a"], LinesSection())

    row = ledger(layout, "a")[10]
    assert (row["outcome"], row["stage"], row["reason"]) == (
        "rejected",
        "clean",
        "mostly_boilerplate",
    )
    assert row["measured"] == pytest.approx(16 / 17)
    assert row["limit"] == 0.8
    assert len(corpus(layout, ["a"])) == 10


def contaminated(tmp_path: Path, action: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Returns the corpus and the ledger's row of a document that holds a question."""
    text = f"{article(0)}\n{QUESTION}\n{article(5)}"
    documents = [{"text": text, "host": "a.cn"}, pages(1)[0]]
    layout = prepared(tmp_path, {"a": documents})
    asked = decontamination(tmp_path, action=action)
    clean(layout, ["a"], NO_LINES, decontamination=asked)
    return corpus(layout, ["a"]), ledger(layout, "a")[0]


def test_a_document_that_holds_a_question_is_dropped_and_its_row_names_the_question(
    tmp_path: Path,
) -> None:
    rows, row = contaminated(tmp_path, "drop")

    assert [QUESTION in each["text"] for each in rows] == [False]
    assert (row["stage"], row["reason"], row["evidence"]) == (
        "clean",
        "contaminated",
        "quiz/set.jsonl#0",
    )
    assert row["measured"] == 1


def test_a_question_can_be_cut(tmp_path: Path) -> None:
    rows, row = contaminated(tmp_path, "cut")

    assert row["outcome"] == "kept"
    assert rows[0]["questions"] == ["quiz/set.jsonl#0"]
    assert "卡尔文循环" not in rows[0]["text"]
    assert rows[0]["text"].startswith(article(0))
    assert rows[0]["text"].endswith(article(5))


def test_a_question_can_be_flagged_alone(tmp_path: Path) -> None:
    rows, row = contaminated(tmp_path, "flag")

    assert (row["outcome"], row["evidence"]) == ("kept", "quiz/set.jsonl#0")
    assert QUESTION in rows[0]["text"]
    assert [each["questions"] for each in rows] == [["quiz/set.jsonl#0"], []]


def test_a_text_that_is_a_question_and_nothing_else_is_not_kept_empty(tmp_path: Path) -> None:
    layout = prepared(tmp_path, {"a": [{"text": QUESTION.rstrip("？"), "host": "a.cn"}]})
    asked = decontamination(tmp_path, action="cut")
    clean(layout, ["a"], NO_LINES, decontamination=asked)

    assert ledger(layout, "a")[0]["reason"] == "nothing_left"


def test_the_stage_decides_as_the_work_in_this_process(tmp_path: Path) -> None:
    asked = decontamination(tmp_path)
    items = {"a": pages(8), "b": [], "c": [*pages(12)[8:], {"text": QUESTION, "host": "a.cn"}]}
    here, there = prepared(tmp_path / "here", items), prepared(tmp_path / "there", items)

    clean(here, list(items), LinesSection(), decontamination=asked)
    clean(there, list(items), LinesSection(), decontamination=asked, engine=ON_A_RUNNER)

    found = [read_changes(key, here) for key in items]
    assert found == [read_changes(key, there) for key in items]
    decided = [read_table(here.decisions("clean", key)).to_pylist() for key in items]
    assert decided == [read_table(there.decisions("clean", key)).to_pylist() for key in items]
    assert [len(each) for each in found] == [8, 0, 5]
    assert [row["reason"] for rows in decided for row in rows] == ["contaminated"]
    told = cleaning_statistics((each for some in found for each in some), questions_of(asked))
    assert set(told.pop("passages").values()) == {0}
    assert told == {
        "lines": {"repeated_line_count": 0, "boilerplate_line_count": 12, "documents": 12},
        "contamination": {
            "quiz": {
                "questions": 1,
                "too_short": 0,
                "contaminated_questions": ["set.jsonl#0"],
                "documents": 1,
            }
        },
    }


def test_ranges_that_meet_are_one() -> None:
    assert merged([(5, 7), (0, 2), (2, 3), (6, 9)]) == [(0, 3), (5, 9)]


def test_what_is_left_has_no_empty_line() -> None:
    assert without("甲\n乙丙\n丁", [(2, 4)]) == "甲\n丁"
    assert without("甲\n乙丙\n丁", [(0, 2), (5, 6)]) == "乙丙"
    assert without("甲\n\n乙", []) == "甲\n\n乙"
    assert without("a {\n\n  b\n丁", [(9, 10)]) == "a {\n\n  b"


@given(
    text=st.text("甲a \n\t\u3000", max_size=30),
    cuts=st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)), max_size=4),
)
def test_something_is_left_where_the_text_without_its_ranges_is_not_empty(
    text: str, cuts: list[tuple[int, int]]
) -> None:
    ends = [(start, min(start + size, len(text))) for start, size in cuts if start < len(text)]
    ranges = merged(ends)

    left = without(text, ranges)

    assert leaves_any(text, ranges) == bool(left)
    assert not ranges or not any(line.isspace() for line in left.split("\n"))
