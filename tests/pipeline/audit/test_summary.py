import io
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console

from jingyu.pipeline.audit.summary import summarize
from jingyu.pipeline.run.origin_statistics import origin_statistics
from jingyu.pipeline.store.language import spoken
from tests.support.figures import STATS


def shown(stats: dict[str, Any]) -> list[str]:
    """Returns the summary's lines, spaces of any width as one."""
    told = io.StringIO()
    Console(file=told, width=200).print(summarize(stats, "/out"))
    return [" ".join(line.replace("│", " ").split()) for line in told.getvalue().splitlines()]


def test_the_summary_shows_what_people_ask_first() -> None:
    lines = shown(STATS)

    assert "records read 2,400 (none 1, request 1,199, response 1,200)" in lines
    assert "kept 300 (25.00%)" in lines
    assert "usable Chinese pages per million 250,000" in lines
    assert "time 12.0 s: extract 10.0 s, write 2.0 s (120 pages/s)" in lines
    assert "registered domains 40 read, 7 kept" in lines
    assert "(none) 200 9 10 34,567" in lines


def test_reasons_stand_in_the_order_of_the_stages() -> None:
    lines = shown(STATS)
    first = lines.index("gate rejected too_few_han 700 58.33%")

    assert lines[first : first + 5] == [
        "gate rejected too_few_han 700 58.33%",
        "extract failed timeout 10 0.83%",
        "select rejected low_quality 100 8.33%",
        "deduplicate duplicate near_duplicate 90 7.50%",
        "write kept 300 25.00%",
    ]


def test_origin_is_told_by_pages_and_hosts_for_each_method_with_what_is_unknown() -> None:
    lines = shown(STATS)
    first = lines.index("combined 240 / 40 / 20 5 / 2 / 1 13.33% 6.67%")

    assert lines[first : first + 6] == [
        "combined 240 / 40 / 20 5 / 2 / 1 13.33% 6.67%",
        "register 200 / 0 / 100 3 / 0 / 5 0.00% 33.33%",
        "cctld 230 / 30 / 40 5 / 1 / 2 10.00% 13.33%",
        "icp 150 / 0 / 150 4 / 0 / 4 0.00% 50.00%",
        "psb 100 / 0 / 200 2 / 0 / 6 0.00% 66.67%",
        "ip 0 / 0 / 300 0 / 0 / 8 0.00% 100.00%",
    ]
    assert "usable pages by origin: mainland / overseas / unknown" in lines


def test_sources_that_are_left_out_are_named_and_masked_data_counted() -> None:
    dropped = [
        {"kind": "host", "site": f"{name}.cn", "pages": pages, "bad_pages": 9, "bad_ratio": 0.1}
        for name, pages in (("a", 30), ("b", 90), ("c", 20), ("d", 10))
    ]
    signals = {
        "masked_email_count": {"sum": 12.0},
        "masked_mobile_count": {"sum": 1300.0},
        "masked_qq_count": {"sum": 0.0},
    }

    lines = shown(
        STATS | {"dropped_source_count": 4, "dropped_sources": dropped, "signals": signals}
    )

    assert "personal data masked 1,312 spans (mobile 1,300, email 12)" in lines
    told = "4 sites were left out whole: b.cn (9 of 90 pages bad), a.cn (9 of 30 pages bad), "
    assert f"{told}c.cn (9 of 20 pages bad), …" in lines


def test_verdicts_stand_in_one_order_whatever_that_of_the_figures() -> None:
    turned = {
        method: {kind: dict(reversed(counts.items())) for kind, counts in found.items()}
        for method, found in STATS["origin"].items()
    }

    assert shown(STATS | {"origin": turned}) == shown(STATS)


def test_what_a_crawl_calls_its_records_changes_no_line_of_the_summary() -> None:
    hostile = {"[/red]": 1, "[bold]x": 2, "\x1b[2J": 3}

    lines = shown(STATS | {"records_by_type": hostile, "cut_inputs": ["a\x1b[2J.warc"]})

    assert r"records read 2,400 ([/red] 1, [bold]x 2, \x1b[2J 3)" in lines
    assert r"1 input ends inside a record: fetch it again: a\x1b[2J.warc" in lines


def test_a_source_that_is_left_out_is_told_before_what_the_gate_turned_away() -> None:
    reasons = {"gate/rejected/too_few_han": 9, "sources/rejected/bad_source": 3}
    lines = shown(STATS | {"reasons": reasons | {"rights/rejected/noai": 2, "select/x/y": 1}})

    stages = [line.split(" ")[0] for line in lines]
    assert [stage for stage in stages if stage in {"sources", "gate", "rights", "select"}] == [
        "sources",
        "gate",
        "rights",
        "select",
    ]


def test_a_run_without_pages_has_a_summary() -> None:
    empty = {"kept": 0, "rejected": 0, "duplicate": 0, "failed": 0}
    stats = STATS | {"pages_read": 0, "outcomes": empty, "reasons": {}, "seconds": {}}

    lines = shown(stats | {"domains": {}} | origin_statistics({}, 5))

    assert "kept 0 (-)" in lines
    assert "time 0.0 s:" in lines
    assert "combined 0 / 0 / 0 0 / 0 / 0 - -" in lines


@pytest.mark.parametrize(
    ("cut", "told"),
    [
        ([], ""),
        (["a.warc.gz"], "1 input ends inside a record: fetch it again: a.warc.gz"),
        (["a", "b", "c", "d"], "4 inputs end inside a record: fetch them again: a, b, c, …"),
    ],
)
def test_inputs_that_were_cut_are_named(cut: list[str], told: str) -> None:
    lines = shown(STATS | {"cut_inputs": cut})

    assert [line for line in lines if "inside a record" in line] == ([told] if told else [])


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW.UTF-8", "LC_ALL": ""}, "zh"),
    ],
)
def test_the_locale_says_in_which_language(environment: dict[str, str], language: str) -> None:
    assert spoken(environment) == language


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_summary_in_chinese_names_each_figure(count: int) -> None:
    site = {"kind": "host", "site": "a.cn", "pages": 10, "bad_pages": 9, "bad_ratio": 0.9}
    more = {
        "dropped_source_count": count,
        "dropped_sources": [site] * count,
        "cut_inputs": ["a.warc"] * count,
    }
    moved = {"moved": {"bytes": 1, "file_bytes": 2}}
    told = io.StringIO()

    Console(file=told, width=80).print(summarize(STATS | more | moved, "/out", "zh"))

    lines = told.getvalue().splitlines()
    assert any(line.split() == ["保留", "300（25.00%）"] for line in lines)
    assert any("网页去向" in line for line in lines)
    assert any(f"整站剔除 {count} 个站点" in line for line in lines) == bool(count)
    assert all(cell_len(line) <= 80 for line in lines)
