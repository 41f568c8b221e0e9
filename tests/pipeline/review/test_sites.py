"""The sites of a run, sorted by what they would add, as table, sheet and proposed register."""

import csv
import io
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from jingyu.filters.settings.errors import InputError
from jingyu.filters.source.register_files import load_sources
from jingyu.pipeline.review.sites import condemned, proposed, sites_of
from jingyu.pipeline.review.sites_files import as_register, as_sheet, as_table
from jingyu.schemas.sites import SITES


def site(name: str, verdict: str, chars: int = 100, **more: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        field.name: 0 if pa.types.is_integer(field.type) else None if field.nullable else ""
        for field in SITES
    }
    row |= {"site": name, "surt_host": name, "verdict": verdict, "passed_chars": chars}
    row |= {"pages": 9, "passed_pages": 7, "against": [], "least_bad_ratio": 0, "most_bad_ratio": 1}
    return row | more


def table(*rows: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), SITES)


def told(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row | {"name": "某某网", "samples": ["春\n耕", "秋收"]} for row in rows]


def test_proposed_are_sites_of_no_register_that_nothing_speaks_against() -> None:
    sites = table(
        site("a.cn", "fine", 5),
        site("b.cn", "unknown", 999),
        site("c.cn", "fine", 50),
        site("d.cn", "doubtful", 999),
        site("e.cn", "trusted", 999, source_name="某"),
        site("f.cn", "fine", 0, passed_pages=0),
    )

    assert [row["site"] for row in proposed(sites, 9)] == ["c.cn", "a.cn", "b.cn"]
    assert [row["site"] for row in proposed(sites, 1)] == ["c.cn"]


def test_condemned_are_sites_that_something_speaks_against_the_worst_first() -> None:
    sites = table(
        site("a.cn", "doubtful", against=["dead_links"]),
        site("b.cn", "doubtful", against=["dead_links", "provinces"]),
        site("c.cn", "bad", against=["bad_pages"]),
        site("d.cn", "fine"),
    )

    assert [row["site"] for row in condemned(sites, 9)] == ["c.cn", "b.cn", "a.cn"]


def test_a_proposed_register_can_be_read(tmp_path: Path) -> None:
    named = ["a.cn", "github.com/alice/", "[2001:db8::1]"]
    path = tmp_path / "proposed.yaml"

    path.write_text(as_register(told([site(name, "fine") for name in named])), encoding="utf-8")

    assert [(entry.match, entry.name) for entry in load_sources(path)] == [
        ("full:a.cn", "某某网"),
        ("github.com/alice/", "某某网"),
    ]
    path.write_text(as_register([]), encoding="utf-8")
    assert load_sources(path) == []


@pytest.mark.parametrize("name", ["甲\x7f网", "甲\u2028网", "\ufffe", "1.5", "😀'\"{},#: "])
def test_a_name_stands_in_a_proposed_register_as_it_is(name: str, tmp_path: Path) -> None:
    path = tmp_path / "proposed.yaml"
    rows = [site("a.cn", "fine") | {"name": name, "samples": []}]

    path.write_text(as_register(rows), encoding="utf-8", newline="")

    assert [entry.name for entry in load_sources(path)] == [name]


@pytest.mark.parametrize("break_", ["\x0b", "\x85", "\u2028"])
def test_a_site_that_no_register_can_name_begins_no_entry(break_: str, tmp_path: Path) -> None:
    path = tmp_path / "proposed.yaml"
    listed = "  - {match: b.cn, name: b, category: news, tier: official}"

    path.write_text(
        as_register(told([site(f"github.com/a{break_}{listed}/", "fine"), site("a.cn", "fine")])),
        encoding="utf-8",
        newline="",
    )

    assert [entry.match for entry in load_sources(path)] == ["full:a.cn"]


def test_a_sheet_has_a_row_for_each_site_and_no_formulas() -> None:
    rows = told([site("=a.cn", "bad", against=["bad_pages"])])
    rows[0] |= {"name": "=1+1", "source_name": "＝1+1"}

    head, row = csv.reader(io.StringIO(as_sheet(rows).removeprefix("\ufeff")))

    found = dict(zip(head, row, strict=True))
    assert (found["site"], found["name"], found["against"]) == ("'=a.cn", "'=1+1", "bad_pages")
    assert found["source_name"] == "'＝1+1"
    assert found["samples"] == "春 耕 ‖ 秋收"


def test_a_table_tells_verdict_and_what_speaks_against() -> None:
    assert "against it: dead_links" in as_table(told([site("a.cn", "bad", against=["dead_links"])]))


def test_a_table_steers_no_terminal() -> None:
    assert "github.com/a\\x1b[2J/" in as_table(told([site("github.com/a\x1b[2J/", "fine")]))


def test_an_output_without_sites_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="has no sites/"):
        sites_of(str(tmp_path))
    (tmp_path / "sites").mkdir()
    pq.write_table(table(site("a.cn", "fine")), tmp_path / "sites" / "part-00000.parquet")
    assert sites_of(str(tmp_path)).num_rows == 1
