import io
from typing import Any

from rich.console import Console

from pipeline.audit.summary import summarize
from tests.pipeline.audit.figures import STATS


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


def test_a_run_without_pages_has_a_summary() -> None:
    empty = {"kept": 0, "rejected": 0, "duplicate": 0, "failed": 0}
    stats = STATS | {"pages_read": 0, "outcomes": empty, "reasons": {}, "seconds": {}}

    lines = shown(stats | {"domains": {}})

    assert "kept 0 (-)" in lines
    assert "time 0.0 s:" in lines
