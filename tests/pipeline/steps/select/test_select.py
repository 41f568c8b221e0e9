"""On what grounds each staged document is rejected, and which of several counts."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from jingyu.filters.decisions import Decisions
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.steps.clean.changes import write_cleaned
from jingyu.pipeline.steps.select.select import select_item
from jingyu.pipeline.steps.write.ledger_rows import all_decisions, item_ledger
from jingyu.pipeline.store.decided import read_decisions, read_decisions_on_ended
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.row_writer import row_writer
from jingyu.schemas.decisions import DECISION
from jingyu.schemas.staging import STAGING
from tests.support.staged import declare, deduplicate_here, judge_here, layout_in, stage_item

SHORT = {"signal": "char_count", "min": 50, "reason": "too_short"}
GAMBLING = {
    "signal": "lexicon_gambling_ratio",
    "max": 0.01,
    "also": {"signal": "lexicon_gambling_distinct", "max": 2},
    "reason": "gambling",
}
BETTING = {"lexicon_gambling_ratio": 0.2, "lexicon_gambling_distinct": 3}
KEPT = ("write", None)


def config(*exclude: str, **verdicts: Any) -> RunConfig:
    """Returns a config of two rules that excludes pages of some evidence."""
    rights = {"exclude": exclude, "robots": ["robots"]}
    few = {"prior_pages": 0, "min_pages": 1}
    sections = {"rules": [SHORT, GAMBLING], "rights": rights, "verdicts": few | verdicts}
    return RunConfig.model_validate(sections)


def staged(
    folder: Path, documents: Sequence[dict[str, Any]], settings: RunConfig, key: str = "a"
) -> Layout:
    """Returns where documents are staged as an item, by a pass as wide as a config asks for."""
    layout = layout_in(folder)
    declare(layout, key, settings)
    stage_item(layout, key, [{"paywall": "none"} | columns for columns in documents])
    return layout


def selected(folder: Path, settings: RunConfig, *documents: dict[str, Any]) -> Layout:
    layout = staged(folder, documents, settings)
    select_item("a", layout, settings)
    judge_here(["a"], layout, settings)
    return layout


def decided(layout: Layout, key: str = "a") -> Decisions:
    return read_decisions(key, layout, "sources")


def grounds(layout: Layout, key: str = "a") -> list[tuple[str, str | None]]:
    """Returns stage and reason of each document."""
    ledger = dict(zip(DECISION.names, decided(layout, key).ledger(), strict=True))
    stages, reasons = (ledger[name].to_pylist() for name in ("stage", "reason"))
    return list(zip(stages, reasons, strict=True))


def test_rights_come_first_then_the_rules_then_the_source_then_nothing(tmp_path: Path) -> None:
    settings = config("noai", "no_reprint", bad_reasons=["gambling"], max_bad_ratio=0.2)
    failures: list[dict[str, Any]] = [
        {"noai": True},
        {"reservations": ["no_reprint"]},
        {"char_count": 1},
        BETTING,
        {"site": "bad.cn"},
    ]
    worse = [dict(pair for each in failures[n:] for pair in each.items()) for n in range(5)]

    layout = selected(tmp_path, settings, *worse, *[failures[4] | BETTING] * 9, {})

    assert grounds(layout)[:5] == [
        ("rights", "noai"),
        ("rights", "no_reprint"),
        ("select", "too_short"),
        ("select", "gambling"),
        ("sources", "bad_source"),
    ]
    assert grounds(layout)[-1] == KEPT
    limits = decided(layout)["limit"]
    assert limits[2:5].tolist() == [50, 0.01, 0.2]
    assert np.isnan(limits[[0, 1, -1]]).all()


def test_what_rights_exclude_is_excluded_whatever_the_rules_say(tmp_path: Path) -> None:
    settings = config("noai", "no_reprint")
    layout = selected(
        tmp_path,
        settings,
        {},
        {"noai": True},
        {"noai": True, "char_count": 1},
        {"reservations": ["no_reprint"], **BETTING},
        {"noai": True, "reservations": ["no_reprint"]},
        {"char_count": 1},
        {"char_count": 1, **BETTING},
        BETTING,
    )

    assert grounds(layout) == [
        KEPT,
        ("rights", "noai"),
        ("rights", "noai"),
        ("rights", "no_reprint"),
        ("rights", "noai"),
        ("select", "too_short"),
        ("select", "too_short"),
        ("select", "gambling"),
    ]


def test_the_order_of_the_config_decides_which_evidence_is_the_reason(tmp_path: Path) -> None:
    settings = config("no_reprint", "noai")
    layout = selected(tmp_path, settings, {"noai": True, "reservations": ["no_reprint"]})

    assert grounds(layout) == [("rights", "no_reprint")]


@pytest.mark.parametrize("settings", [config(), config("noindex")])
def test_evidence_that_the_config_does_not_name_excludes_nothing(
    settings: RunConfig, tmp_path: Path
) -> None:
    documents = {"noai": True, "paywall": "locked"}, {"robots_txt": "disallowed", "char_count": 1}

    layout = selected(tmp_path, settings, *documents)

    assert grounds(layout) == [KEPT, ("select", "too_short")]


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("robots_disallowed", {"robots_txt": "disallowed"}),
        ("tdm_reservation", {"tdm_reservation": True}),
        ("license_non_commercial", {"licenses": ["CC-BY-4.0", "CC-BY-NC-4.0"]}),
        ("no_ai_training", {"reservations": ["no_ai_training", "no_reprint"]}),
    ],
)
def test_evidence_is_read_from_the_staged_columns(
    name: str, columns: dict[str, Any], tmp_path: Path
) -> None:
    others = {"robots_txt": "allowed", "tdm_reservation": False, "licenses": ["CC-BY-4.0"]}
    layout = selected(tmp_path, config(name), columns, others, {})

    assert grounds(layout) == [("rights", name), KEPT, KEPT]


def test_a_rule_measures_its_first_signal_and_rights_measure_nothing(tmp_path: Path) -> None:
    settings = config("noai")
    layout = selected(
        tmp_path, settings, BETTING, {"noai": True, "char_count": 7}, {}, {"char_count": 7}
    )

    measured = decided(layout)["measured"]

    assert measured[[0, 3]].tolist() == [0.2, 7]
    assert np.isnan(measured[[1, 2]]).all()


def test_columns_of_what_the_config_does_not_decide_anew_are_not_needed(tmp_path: Path) -> None:
    layout = layout_in(tmp_path)
    declare(layout, "a", config())
    schema = pa.schema([STAGING.field(name) for name in ("char_count", *BETTING)])
    with row_writer(layout.staged("a").documents, schema) as rows:
        rows.append({"char_count": 49, **BETTING})

    select_item("a", layout, config())

    assert grounds(layout) == [("select", "too_short")]
    assert decided(layout)["measured"].tolist() == [49]
    assert read_decisions_on_ended("a", layout) is None


BAD_SITE = [{"site": "bad.cn", **BETTING}] * 3
GATE = {"bad_reasons": ["gambling"], "max_bad_ratio": 0.05}


def test_of_a_dropped_source_every_page_goes_and_a_reason_of_its_own_stays(
    tmp_path: Path,
) -> None:
    settings = config("noai", **GATE)
    layout = selected(
        tmp_path,
        settings,
        *BAD_SITE,
        {"site": "bad.cn"},
        {"site": "bad.cn", "noai": True},
        {"site": "bad.cn", "char_count": 1},
        {"site": "good.cn"},
        {"site": None},
    )

    assert grounds(layout)[3:] == [
        ("sources", "bad_source"),
        ("rights", "noai"),
        ("select", "too_short"),
        KEPT,
        KEPT,
    ]
    assert grounds(layout)[:3] == [("select", "gambling")] * 3
    measured = decided(layout)["measured"]
    assert measured[:4].tolist() == [0.2, 0.2, 0.2, 0.5]
    assert np.isnan(measured[[4, 6, 7]]).all()


def test_before_sources_are_judged_nothing_is_dropped(tmp_path: Path) -> None:
    settings = config(**GATE)
    layout = staged(tmp_path, [*BAD_SITE, {"site": "bad.cn"}], settings)
    select_item("a", layout, settings)

    assert grounds(layout) == [*[("select", "gambling")] * 3, KEPT]


def test_an_item_without_documents_has_no_decisions(tmp_path: Path) -> None:
    layout = selected(tmp_path, config("noai", **GATE))

    assert len(decided(layout)) == 0
    assert decided(layout)["measured"].tolist() == []


def test_an_item_without_documents_of_a_dropped_source_is_not_touched(tmp_path: Path) -> None:
    settings = config(**GATE)
    layout = staged(tmp_path, BAD_SITE, settings)
    staged(tmp_path, [{"site": "good.cn"}], settings, "b")
    staged(tmp_path, [], settings, "c")
    for key in "abc":
        select_item(key, layout, settings)
    judge_here(["a", "b", "c"], layout, settings)

    assert grounds(layout, "b") == [KEPT]
    assert grounds(layout, "c") == []


def test_the_ledger_names_the_ground_its_limit_and_what_was_measured(tmp_path: Path) -> None:
    settings = config("noai", **GATE)
    layout = selected(
        tmp_path,
        settings,
        *BAD_SITE,
        {"site": "bad.cn", "text_hash": 5},
        {"noai": True, **BETTING},
        {"text_hash": 6},
    )
    deduplicate_here(["a"], layout, settings.deduplication)
    write_cleaned("a", layout, [])
    names = ("outcome", "stage", "reason", "measured", "limit")

    rows = item_ledger("a", layout, all_decisions("a", layout)).select(names).to_pylist()

    assert [tuple(row.values()) for row in rows[2:]] == [
        ("rejected", "select", "gambling", 0.2, 0.01),
        ("rejected", "sources", "bad_source", 0.75, 0.05),
        ("rejected", "rights", "noai", None, None),
        ("kept", "write", None, None, None),
    ]


def test_a_page_of_a_dropped_source_is_no_original_of_a_duplicate(tmp_path: Path) -> None:
    settings = config(**GATE)
    copies = [{"site": site, "text_hash": 9} for site in ("bad.cn", "good.cn")]
    layout = selected(tmp_path, settings, *BAD_SITE, *copies)

    deduplicate_here(["a"], layout, settings.deduplication)

    is_open = read_decisions("a", layout, "deduplicate").is_open
    assert is_open.tolist() == [False] * 4 + [True]


def narrowed(folder: Path, *documents: dict[str, Any], **sections: Any) -> Layout:
    """Returns where documents that a wide pass staged are selected by a narrower config."""
    wide = RunConfig.model_validate(
        {"rules": [SHORT], "gate": {"min_han_count": 10}, "language": {"keep": ["zh", "yue"]}}
    )
    narrow = RunConfig.model_validate(wide.model_dump() | sections)
    layout = layout_in(folder)
    declare(layout, "a", wide)
    turned_away: list[dict[str, Any]] = [
        {"host": "a.cn", "stage": "read", "reason": "unwanted_status"},
        {"host": "b.cn", "most_han_count": 5},
        {"host": "a.cn", "stage": "extract", "reason": "no_main_text", "most_han_count": 90},
    ]
    base: dict[str, Any] = {"host": "b.cn", "language": "zh", "most_han_count": 200}
    base |= {"kana_ratio": 0.0, "word_ratio": 0.0}
    stage_item(layout, "a", [base | columns for columns in documents], turned_away)
    select_item("a", layout, narrow)
    return layout


def anew(layout: Layout) -> list[str | None]:
    """Returns the new reason of each record that the pass had ended."""
    decisions = read_decisions_on_ended("a", layout)
    return [] if decisions is None else decisions["reason"].tolist()


def test_a_block_list_decides_over_what_a_wider_pass_staged(tmp_path: Path) -> None:
    layout = narrowed(tmp_path, {}, {"host": "a.cn"}, sources={"block": ["a.cn"]})

    assert grounds(layout) == [KEPT, ("sources", "blocked_source")]
    assert anew(layout) == [None, None, "blocked_source"]


def test_a_stricter_gate_decides_over_what_a_wider_pass_staged(tmp_path: Path) -> None:
    layout = narrowed(tmp_path, {}, {"most_han_count": 90}, gate={"min_han_count": 100})

    assert grounds(layout) == [KEPT, ("gate", "too_few_han")]
    assert anew(layout) == [None, "too_few_han", "too_few_han"]


def test_fewer_languages_decide_over_what_a_wider_pass_staged(tmp_path: Path) -> None:
    language = {"keep": ["zh"]}

    layout = narrowed(tmp_path, {}, {"language": "yue", "language_score": 0.9}, language=language)

    assert grounds(layout) == [KEPT, ("language", "other_language")]
    assert decided(layout)["measured"][1] == 0.9
    assert anew(layout) == []


def test_a_record_that_ends_earlier_by_a_narrower_config_has_the_new_row_of_the_ledger(
    tmp_path: Path,
) -> None:
    layout = narrowed(tmp_path, sources={"block": ["b.cn"]}, gate={"min_han_count": 100})
    judge_here(["a"], layout, config())
    deduplicate_here(["a"], layout, config().deduplication)
    write_cleaned("a", layout, [])

    rows = item_ledger("a", layout, all_decisions("a", layout)).to_pylist()

    names = ("offset", "stage", "reason", "measured", "limit")
    assert [tuple(row[name] for name in names) for row in rows] == [
        (0, "read", "unwanted_status", None, None),
        (1, "sources", "blocked_source", None, None),
        (2, "gate", "too_few_han", 90, 100),
    ]
