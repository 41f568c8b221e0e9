"""What `jingyu check` says of a config that is valid."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from jingyu.filters.lexicon.taxonomy import RISKS
from jingyu.filters.settings.errors import ConfigError
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.page.admission import Admission
from jingyu.pipeline.run.outline import outline

SHORT = {"signal": "char_count", "min": 50, "reason": "too_short"}
LONG = {"signal": "char_count", "max": 20_000, "reason": "too_long"}
GAMBLING = {
    "signal": "lexicon_gambling_ratio",
    "max": 0.01,
    "also": {"signal": "lexicon_gambling_distinct", "max": 2},
    "reason": "gambling",
}
MINIMA = "word lists against the minima of GB/T 45654-2025 (this supports a judgment, it is none):"


def lines(**sections: Any) -> list[str]:
    """Returns what the outline of a config says, line by line."""
    values = {"rules": [SHORT], "lexicon": {"starter": False}} | sections
    config = RunConfig.model_validate(values)
    return outline(config, Admission.of(config)).splitlines()


def test_a_config_of_rules_alone_has_neither_lists_nor_register() -> None:
    told = lines()

    assert told[:4] == [
        "the config is valid",
        "sources: none allowed, none blocked",
        "source register: none",
        "excluded for rights: nothing",
    ]


def test_limits_that_differ_are_told_each() -> None:
    rule = {"signal": "quality", "min": {"fine": 0.1, "doubtful": 0.6}, "reason": "low_quality"}

    told = lines(rules=[rule])

    limits = "quality >= 0.1 if fine, 0.1 if unknown, 0.6 if doubtful, 0.6 if bad"
    assert f"  {limits}, else low_quality" in told


def test_lists_and_registers_are_told_with_their_sizes(tmp_path: Path) -> None:
    entry = {"name": "甲", "category": "x", "tier": "general"}
    sites = ("a.cn", "full:b.cn", "c.cn/news/", "c.cn/sport/")
    register = tmp_path / "register.yaml"
    register.write_text(
        yaml.safe_dump({"sources": [entry | {"match": site} for site in sites]}), encoding="utf-8"
    )
    (tmp_path / "sites.txt").write_text("a.cn\nb.cn # two\n\n", encoding="utf-8")
    sources = {"allow": ["c.cn"], "block_lists": [tmp_path / "sites.txt"]}

    told = lines(source_register={"files": [register]}, sources=sources)

    assert "sources: 1 entries allowed, 2 entries blocked" in told
    assert "source register: 4 entries; 4 by user" in told


def test_the_evidence_that_excludes_is_told_in_its_order() -> None:
    told = lines(rights={"exclude": ["no_reprint", "noai"]})

    assert "excluded for rights: no_reprint, noai" in told


def test_rules_are_told_by_what_a_document_must_be_to_pass_them() -> None:
    told = lines(rules=[SHORT, LONG, GAMBLING])
    first = told.index("rules, the first that rejects a document is its reason:") + 1

    assert told[first : first + 3] == [
        "  char_count >= 50, else too_short",
        "  char_count <= 20000, else too_long",
        "  lexicon_gambling_ratio <= 0.01, or lexicon_gambling_distinct <= 2, else gambling",
    ]


def test_word_lists_are_told_beside_the_least_that_the_standard_asks_for() -> None:
    told = lines()
    rest = told[told.index(MINIMA) + 1 :]

    assert rest[0] == "  8.1 all: 0 of 10,000 terms, 10,000 wanting"
    assert len(rest) == 1 + 17
    assert [line.split(": ", 1)[1] for line in rest[1:]] == [
        *["0 of 200 terms, 200 wanting"] * 8,
        *["0 of 100 terms, 100 wanting"] * 9,
    ]


def listed(folder: Path, risk: str, count: int) -> list[str]:
    """Returns the lines on a risk for which so many terms are listed."""
    terms = [f"{a}{b}{c}" for a in "甲乙丙丁戊己" for b in "春夏秋冬风云" for c in "山川湖海林泉"]
    path = folder / f"{count}.txt"
    path.write_text("\n".join(terms[:count]), encoding="utf-8")
    lexicon = {"starter": False, "lists": [{"path": path, "category": risk}]}
    told = lines(lexicon=lexicon)
    return [line for line in told[told.index(MINIMA) :] if f"{count} of" in line][1:]


@pytest.mark.parametrize(("count", "is_told"), [(99, True), (100, False), (101, False)])
def test_a_risk_is_told_until_its_minimum_is_reached(
    count: int, tmp_path: Path, *, is_told: bool
) -> None:
    found = listed(tmp_path, "a2_gender", count)

    assert [line.rpartition(": ")[2] for line in found] == (
        [f"{count} of 100 terms, 1 wanting"] if is_told else []
    )


def test_enough_terms_for_every_risk_are_told_in_one_line(tmp_path: Path) -> None:
    han = [chr(0x4E00 + number) for number in range(110)]
    words = (a + b for a in han for b in han)
    asked = [risk.key for risk in RISKS if risk.risk_class.min_terms]
    risks = [risk for risk in asked for _ in range(620)]
    rows = "".join(f"{next(words)},{risk}\n" for risk in risks)
    path = tmp_path / "words.csv"
    path.write_text(f"term,category\n{rows}", encoding="utf-8")

    told = lines(lexicon={"starter": False, "lists": [{"path": path}]})

    assert told[-2:] == [MINIMA, "  all minima are reached"]


def test_who_may_enter_and_when_a_source_goes_is_told() -> None:
    told = lines(
        rules=[SHORT, GAMBLING],
        source_register={"files": ["builtin"], "only_registered": True, "min_tier": "reputable"},
        verdicts={"bad_reasons": ["gambling"], "min_pages": 30},
    )

    assert any(
        line.startswith("source register: 2,748 entries, no others enter, none below reputable")
        for line in told
    )
    assert (
        "sites that leave whole: bad; bad is one of 30 pages and more, of which over 5% are "
        "gambling"
    ) in told


def test_entries_that_are_confirmed_are_counted_together() -> None:
    (line,) = (
        each
        for each in lines(source_register={"files": ["builtin"]})
        if each.startswith("source reg")
    )

    assert ", 1,704 by memory confirmed, " in line
    assert "confirmed by" not in line


def test_evaluation_sets_are_read_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    long = "什么样的植物在夜间也能释放氧气并且吸收二氧化碳，又在白天关闭气孔减少水分散失？"
    rows = [{"question": long}, {"question": "短"}]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    sets = [{"name": "quiz", "paths": [str(path)], "fields": ["question"]}]

    told = lines(decontamination={"against": sets})

    assert "evaluation set: quiz, 2 questions, 1 too short to be found" in told


def test_an_earlier_corpus_without_an_index_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="has no index"):
        lines(deduplication={"against": [str(tmp_path)]})
