"""Sheets of sites that people signed feed a register and a block list."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from jingyu.filters.settings.errors import ConfigError, InputError
from jingyu.filters.source.register_files import load_sources
from jingyu.pipeline.review.lists import append_refused
from jingyu.pipeline.review.signed import add_to_register, signed_in
from jingyu.pipeline.review.sites_files import as_sheet

DAY = date(2026, 11, 28)


def site(name: str) -> dict[str, Any]:
    figures = ("pages", "bad_pages", "passed_pages", "passed_chars", "dead_links", "links")
    shared = ("shared_numbers", "shared_scripts", "template_pages")
    counts = dict.fromkeys((*figures, "contradicted_pages", "province_pages", *shared), 0)
    told = {"site": name, "name": f"{name}社", "verdict": "fine", "against": [], "samples": []}
    return counts | told | {"source_name": None}


def sheet(path: Path, *answers: tuple[str, str, str]) -> str:
    """Writes a sheet of sites with answer and tier, as somebody fills it in."""
    lines = as_sheet([site(name) for _, _, name in answers]).splitlines()
    filled = [
        f"{sign},{tier}{line[1:]}" for (sign, tier, _), line in zip(answers, lines[1:], strict=True)
    ]
    path.write_text("\n".join([lines[0], *filled]), encoding="utf-8")
    return str(path)


def test_signed_sites_are_entries_and_refused_ones_a_block_list(tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "a.csv",
        ("是", "reputable", "a.cn"),
        ("yes", "", "github.com/alice/"),
        ("否", "", "b.cn"),
        ("", "", "c.cn"),
    )

    found = signed_in([path], DAY)

    told = [(each.match, each.name, each.tier, each.stated_by) for each in found.sources]
    assert told == [
        ("full:a.cn", "a.cn社", "reputable", "review"),
        ("github.com/alice/", "github.com/alice/社", "general", "review"),
    ]
    assert found.sources[0].stated_on == DAY
    assert (found.refused, found.open) == (("full:b.cn",), 1)


@pytest.mark.parametrize("name", ["register.csv", "register.yaml"])
def test_a_register_keeps_what_it_has_and_takes_what_is_new(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    first = signed_in([sheet(tmp_path / "1.csv", ("是", "", "a.cn"), ("是", "", "b.cn"))], DAY)
    later = signed_in([sheet(tmp_path / "2.csv", ("是", "official", "a.cn"))], DAY)

    assert add_to_register(str(path), first.sources) == 2
    assert add_to_register(str(path), later.sources) == 2

    tiers = [(each.match, each.tier) for each in load_sources(path)]
    assert tiers == [("full:a.cn", "official"), ("full:b.cn", "general")]


def test_a_sheet_that_was_saved_as_a_workbook_is_read(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["sign 是否登记", "tier 层级", "note 备注", "site", "name"])
    book.active.append(["是", "general", "", "a.cn", "甲"])
    book.save(tmp_path / "a.xlsx")

    (source,) = signed_in([str(tmp_path / "a.xlsx")], DAY).sources

    assert (source.match, source.name) == ("full:a.cn", "甲")


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ([("vielleicht", "", "a.cn")], r"row 2: `vielleicht` is no answer; write 是 or 否"),
        ([("是", "best", "a.cn")], r"row 2: `best` is no tier; write one of official"),
        ([("是", "", "[2001:db8::1]")], r"row 2: no register can name"),
        ([("是", "", "a.cn"), ("否", "", "a.cn")], r"row 3: `full:a.cn` is answered otherwise at"),
    ],
)
def test_a_wrong_row_is_told_with_its_place(
    answers: list[tuple[str, str, str]], message: str, tmp_path: Path
) -> None:
    path = sheet(tmp_path / "a.csv", *answers)

    with pytest.raises(InputError, match=message):
        signed_in([path], DAY)


def test_another_table_is_no_sheet_of_sites(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("site,name\na.cn,甲\n", encoding="utf-8")

    with pytest.raises(InputError, match="has no column `sign`, `tier`"):
        signed_in([str(tmp_path / "a.csv")], DAY)


def test_a_register_has_a_name_of_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="name the register"):
        add_to_register(str(tmp_path / "a.txt"), [])


def test_a_refused_site_stands_in_a_list_once(tmp_path: Path) -> None:
    path = str(tmp_path / "block.txt")

    assert append_refused(path, ["full:a.cn", "full:b.cn"], DAY) == 2
    assert append_refused(path, ["full:b.cn"], DAY) == 0
    assert Path(path).read_text(encoding="utf-8").startswith("full:a.cn  # refused 2026-11-28\n")
