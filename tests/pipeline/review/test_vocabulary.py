from collections import Counter

import pytest

from jingyu.pipeline.review.columns import COLUMNS, cell_name, key_of
from jingyu.pipeline.review.reasons import REASONS, Reason, reason_of
from jingyu.pipeline.review.verdicts import CHOICES, Verdict, verdict_of


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("合格", Verdict.PASSED),
        (" 不 合格 ", Verdict.FAILED),
        ("不确定", Verdict.UNCERTAIN),
        ("PASS", Verdict.PASSED),
        ("Ｆａｉｌｅｄ", Verdict.FAILED),
        ("unsure", Verdict.UNCERTAIN),
        ("", Verdict.BLANK),
        ("\u3000", Verdict.BLANK),
        ("maybe", None),
        ("合格?", None),
    ],
)
def test_a_verdict_is_read_in_chinese_or_english(text: str, verdict: Verdict | None) -> None:
    assert verdict_of(text) is verdict


def test_the_drop_down_list_holds_verdicts_that_a_reviewer_gives() -> None:
    assert list(CHOICES.values()) == [Verdict.PASSED, Verdict.FAILED, Verdict.UNCERTAIN]


def test_the_reasons_are_31_risks_after_their_classes_and_three_more() -> None:
    keys = [reason.key for reason in REASONS]
    risks = Counter(reason.class_key for reason in REASONS if reason.key != reason.class_key)

    assert risks == {"a1": 8, "a2": 9, "a3": 5, "a4": 7, "a5": 2}
    assert all(keys.index(reason.class_key) <= keys.index(reason.key) for reason in REASONS)
    assert keys[-3:] == ["quality", "privacy", "copyright"]
    assert len(set(keys)) == len(keys) == 39


@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: reason.key)
def test_a_reason_is_read_by_its_entry_its_key_its_clause_and_its_name(reason: Reason) -> None:
    names = [reason.label, reason.key, reason.chinese, reason.label.replace(" ", "")]
    if reason.clause:
        names += [reason.clause, reason.clause.lower(), reason.clause.replace(".", "")]

    assert [reason_of(name) for name in names] == [reason] * len(names)


def test_a_key_goes_before_a_name_and_other_words_are_no_reason() -> None:
    assert [reason.key for reason in map(reason_of, ("privacy", "隐私")) if reason] == [
        "privacy"
    ] * 2
    assert reason_of("侵害隐私权") is not reason_of("privacy")
    assert reason_of("胡说") is None


def test_a_header_is_known_in_chinese_english_or_both() -> None:
    for column in COLUMNS:
        for header in (column.key, column.chinese, column.header, column.header.upper()):
            assert key_of(header) == column.key
    assert key_of("评论") is None


@pytest.mark.parametrize(
    ("position", "name"), [(0, "A7"), (25, "Z7"), (26, "AA7"), (701, "ZZ7"), (702, "AAA7")]
)
def test_a_cell_is_named_as_spreadsheets_do(position: int, name: str) -> None:
    assert cell_name(position, 7) == name
