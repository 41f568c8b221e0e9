import re

import pytest

from jingyu.filters.settings.errors import InputError
from jingyu.pipeline.review.answers import Answer, answers_in
from jingyu.pipeline.review.tables import Table
from jingyu.pipeline.review.verdicts import Verdict

PLACES = {"document_id": 1, "verdict": 9, "reason": 10}
KNOWN = ("d1", "d2", "d3")


def table(*rows: tuple[str, str, str], name: str = "a.csv") -> Table:
    cells = [dict(zip(PLACES, row, strict=True)) for row in rows]
    return Table(name, PLACES, list(enumerate(cells, 2)))


def problem(*rows: tuple[str, str, str]) -> str:
    with pytest.raises(InputError) as raised:
        answers_in([table(*rows)], KNOWN, "the sample of 3 with seed 1")
    return str(raised.value)


def test_a_row_answers_for_its_document() -> None:
    rows = [("d1", "合格", ""), ("'d2", "fail", "A.1 f"), ("d3", "", "")]

    assert answers_in([table(*rows)], KNOWN, "") == {
        "d1": Answer("d1", Verdict.PASSED, "", "a.csv: row 2"),
        "d2": Answer("d2", Verdict.FAILED, "a1_violence_obscenity", "a.csv: row 3"),
        "d3": Answer("d3", Verdict.BLANK, "", "a.csv: row 4"),
    }


def test_a_failure_without_a_reason_counts_as_unstated() -> None:
    found = answers_in([table(("d1", "不合格", ""), ("d2", "不确定", "质量"))], KNOWN, "")

    assert [answer.reason for answer in found.values()] == ["unstated", ""]


def test_an_unknown_verdict_is_named_with_file_row_column_and_fix() -> None:
    assert problem(("d1", "合格", ""), ("d2", "还行吧", "")) == (
        "a.csv: row 3, column `结论 verdict` (J3): `还行吧` is no verdict; write 合格, 不合格, "
        "不确定 (or pass, fail, unsure), or leave it empty"
    )


def test_an_unknown_reason_is_named_with_the_fix() -> None:
    assert problem(("d1", "不合格", "胡说")) == (
        "a.csv: row 2, column `原因 reason` (K2): `胡说` is not in the list of reasons; choose "
        "one, and put free text under `备注 note`"
    )


@pytest.mark.parametrize(("verdict", "told"), [("合格", "pass"), ("", "empty")])
def test_a_reason_without_a_failure_is_refused(verdict: str, told: str) -> None:
    assert f"(K2): gives a reason, but the verdict is {told}; choose 不合格" in problem(
        ("d1", verdict, "质量")
    )


def test_a_missing_id_is_named_with_the_fix() -> None:
    assert problem(("", "合格", "")) == (
        "a.csv: row 2, column `文档编号 document_id` (B2): is empty; restore the id of the "
        "document, or delete the row"
    )


def test_an_id_out_of_the_sample_is_named_with_the_fix() -> None:
    assert problem(("d9", "合格", "")) == (
        "a.csv: row 2, column `文档编号 document_id` (B2): `d9` is not in the sample of 3 with "
        "seed 1; restore the id as `jingyu sample` wrote it"
    )


def test_two_verdicts_on_one_document_are_refused_and_both_places_named() -> None:
    tables = [table(("d1", "合格", "")), table(("d2", "合格", ""), ("d1", "不合格", ""), name="b")]

    with pytest.raises(InputError, match=re.escape("b: row 3, column `结论 verdict`")) as raised:
        answers_in(tables, KNOWN, "")
    assert "`d1` is failed here, but passed in a.csv: row 2; agree on one" in str(raised.value)


@pytest.mark.parametrize("is_reversed", [False, True])
def test_a_verdict_goes_before_an_empty_cell_and_a_stated_reason_before_none(
    is_reversed: bool,
) -> None:
    rows = [("d1", "", ""), ("d1", "不合格", ""), ("d1", "不合格", "隐私"), ("d2", "合格", "")]

    found = answers_in([table(*(rows[::-1] if is_reversed else rows))], KNOWN, "")
    assert (found["d1"].verdict, found["d1"].reason) == (Verdict.FAILED, "privacy")


def test_all_problems_are_told_but_no_more_than_twenty() -> None:
    told = problem(*([("d9", "?", "?")] * 7)).splitlines()

    assert len(told) == 21
    assert told[0].startswith("a.csv: row 2, column `文档编号")
    assert told[-1] == "and 1 more like these"


def test_a_message_quotes_too_little_to_hold_personal_data() -> None:
    assert "13800138000" not in problem(("13800138000", "13800138000", "13800138000"))
