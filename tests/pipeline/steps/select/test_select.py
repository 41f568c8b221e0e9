"""Which ground rejects each staged document, and which of several counts."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from jingyu.filters.select import KEPT
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.steps.clean.verdicts import write_cleaned
from jingyu.pipeline.steps.select.grounds import BAD_SOURCE, Ground, grounds_of
from jingyu.pipeline.steps.select.select import rejecting_grounds, select_item
from jingyu.pipeline.steps.select.source_gate import write_dropped_sources
from jingyu.pipeline.steps.verdicts import read_verdicts
from jingyu.pipeline.steps.write.write import item_ledger
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.staging import ExtractSummary, read_table, row_writer
from jingyu.schemas.ledger import LEDGER
from jingyu.schemas.staging import STAGING
from tests.support.staged import deduplicate_here, staged_row

SHORT = {"signal": "char_count", "min": 50, "reason": "too_short"}
GAMBLING = {
    "signal": "lexicon_gambling_ratio",
    "max": 0.01,
    "also": {"signal": "lexicon_gambling_distinct", "max": 2},
    "reason": "gambling",
}
BETTING = {"lexicon_gambling_ratio": 0.2, "lexicon_gambling_distinct": 3}


def config(*exclude: str, **source_gate: Any) -> RunConfig:
    """Returns a config of two rules that excludes pages of some evidence."""
    rights = {"exclude": exclude, "robots": ["robots"]}
    few = {"source": "registered_domain", "min_pages": 1}
    sections = {"rules": [SHORT, GAMBLING], "rights": rights, "source_gate": few | source_gate}
    return RunConfig.model_validate(sections)


def staged(folder: Path, documents: Sequence[dict[str, Any]], key: str = "a") -> Layout:
    """Returns where documents are staged as an item."""
    layout = Layout(str(folder), "e", "s", "d", "c", "w", "g")
    item = layout.staged(key)
    with row_writer(item.documents, STAGING) as rows, row_writer(item.ended, LEDGER):
        for number, columns in enumerate(documents):
            rows.append(staged_row(key, number, paywall="none", **columns))
    item.write_summary(ExtractSummary({"row": len(documents)}, len(documents), len(documents)))
    return layout


def selected(folder: Path, settings: RunConfig, *documents: dict[str, Any]) -> Layout:
    layout = staged(folder, documents)
    select_item("a", layout, settings)
    write_dropped_sources(["a"], layout, settings)
    return layout


def grounds(layout: Layout, settings: RunConfig) -> list[tuple[str, str | None]]:
    """Returns stage and reason of each document."""
    named = grounds_of(settings)
    return [named[place][:2] for place in rejecting_grounds("a", layout)[0]]


def test_rights_come_first_then_the_rules_then_the_source_then_nothing() -> None:
    settings = config("noai", "no_reprint", max_bad_ratio=0.2)

    named = grounds_of(settings)

    assert [ground[:2] for ground in named] == [
        ("rights", "noai"),
        ("rights", "no_reprint"),
        ("select", "too_short"),
        ("select", "gambling"),
        ("sources", "bad_source"),
        ("write", None),
    ]
    assert named[BAD_SOURCE] == Ground("sources", "bad_source", 0.2)
    assert [ground.limit for ground in named[2:4]] == [50, 0.01]
    assert all(np.isnan(ground.limit) for ground in (*named[:2], named[KEPT]))


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

    assert grounds(layout, settings) == [
        ("write", None),
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

    assert grounds(layout, settings) == [("rights", "no_reprint")]


def test_evidence_that_the_config_does_not_name_excludes_nothing(tmp_path: Path) -> None:
    documents = {"noai": True, "paywall": "locked"}, {"robots_txt": "disallowed", "char_count": 1}
    layout = staged(tmp_path, [])
    for named, expected in ((config(), [KEPT, 0]), (config("noindex"), [KEPT, 1])):
        item = layout.staged("a")
        with row_writer(item.documents, STAGING) as rows:
            for number, columns in enumerate(documents):
                rows.append(staged_row("a", number, **columns))
        select_item("a", layout, named)
        write_dropped_sources(["a"], layout, named)

        assert rejecting_grounds("a", layout)[0].tolist() == expected


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

    assert rejecting_grounds("a", layout)[0].tolist() == [0, KEPT, KEPT]


def test_a_rule_measures_its_first_signal_and_rights_measure_nothing(tmp_path: Path) -> None:
    settings = config("noai")
    layout = selected(
        tmp_path, settings, BETTING, {"noai": True, "char_count": 7}, {}, {"char_count": 7}
    )

    _, measured = rejecting_grounds("a", layout)

    assert measured[[0, 3]].tolist() == [0.2, 7]
    assert np.isnan(measured[[1, 2]]).all()


def test_without_excluded_rights_their_columns_are_not_needed(tmp_path: Path) -> None:
    layout = Layout(str(tmp_path), "e", "s")
    schema = pa.schema([STAGING.field(name) for name in ("char_count", *BETTING)])
    with row_writer(layout.staged("a").documents, schema) as rows:
        rows.append({"char_count": 49, **BETTING})

    select_item("a", layout, config())

    assert read_table(layout.verdicts("a")).to_pylist() == [{"rejecting": 0, "measured": 49}]


BAD_SITE = [{"registered_domain": "bad.cn", **BETTING}] * 3
GATE = {"bad_reasons": ["gambling"], "max_bad_ratio": 0.05}


def test_of_a_dropped_source_every_page_goes_and_a_reason_of_its_own_stays(
    tmp_path: Path,
) -> None:
    settings = config("noai", **GATE)
    layout = selected(
        tmp_path,
        settings,
        *BAD_SITE,
        {"registered_domain": "bad.cn"},
        {"registered_domain": "bad.cn", "noai": True},
        {"registered_domain": "bad.cn", "char_count": 1},
        {"registered_domain": "good.cn"},
        {"registered_domain": None},
    )

    assert grounds(layout, settings)[3:] == [
        ("sources", "bad_source"),
        ("rights", "noai"),
        ("select", "too_short"),
        ("write", None),
        ("write", None),
    ]
    assert grounds(layout, settings)[:3] == [("select", "gambling")] * 3
    _, measured = rejecting_grounds("a", layout)
    assert measured[:4].tolist() == [0.2, 0.2, 0.2, 0.5]
    assert np.isnan(measured[[4, 6, 7]]).all()


def test_before_sources_are_judged_nothing_is_dropped(tmp_path: Path) -> None:
    layout = Layout(str(tmp_path), "e", "s")
    staged(tmp_path, [*BAD_SITE, {"registered_domain": "bad.cn"}])
    select_item("a", layout, config(**GATE))

    assert rejecting_grounds("a", layout)[0].tolist() == [1, 1, 1, KEPT]


def test_an_item_without_documents_has_no_verdicts(tmp_path: Path) -> None:
    settings = config("noai", **GATE)
    layout = selected(tmp_path, settings)

    rejecting, measured = rejecting_grounds("a", layout)

    assert (rejecting.tolist(), measured.tolist()) == ([], [])


def test_an_item_without_documents_of_a_dropped_source_is_not_touched(tmp_path: Path) -> None:
    settings = config(**GATE)
    layout = staged(tmp_path, BAD_SITE)
    staged(tmp_path, [{"registered_domain": "good.cn"}], "b")
    staged(tmp_path, [], "c")
    for key in "abc":
        select_item(key, layout, settings)
    write_dropped_sources(["a", "b", "c"], layout, settings)

    assert rejecting_grounds("b", layout)[0].tolist() == [KEPT]
    assert rejecting_grounds("c", layout)[0].tolist() == []


def test_the_ledger_names_the_ground_its_limit_and_what_was_measured(tmp_path: Path) -> None:
    settings = config("noai", **GATE)
    layout = selected(
        tmp_path,
        settings,
        *BAD_SITE,
        {"registered_domain": "bad.cn", "text_hash": 5},
        {"noai": True, **BETTING},
        {"text_hash": 6},
    )
    deduplicate_here(["a"], layout, settings.deduplication)
    write_cleaned("a", layout, [])
    names = ("outcome", "stage", "reason", "measured", "limit")

    rows = item_ledger("a", layout, settings).select(names).to_pylist()

    assert [tuple(row.values()) for row in rows[2:]] == [
        ("rejected", "select", "gambling", 0.2, 0.01),
        ("rejected", "sources", "bad_source", 0.75, 0.05),
        ("rejected", "rights", "noai", None, None),
        ("kept", "write", None, None, None),
    ]


def test_a_page_of_a_dropped_source_is_no_original_of_a_duplicate(tmp_path: Path) -> None:
    settings = config(**GATE)
    copies = [{"registered_domain": site, "text_hash": 9} for site in ("bad.cn", "good.cn")]
    layout = selected(tmp_path, settings, *BAD_SITE, *copies)

    deduplicate_here(["a"], layout, settings.deduplication)

    assert read_verdicts("a", layout).is_kept.tolist() == [False] * 4 + [True]
