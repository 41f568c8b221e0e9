"""What passes over the crawl let in, and what makes another one read it again."""

from pathlib import Path
from typing import Any

import pytest

from jingyu.filters.language.settings import Gate, LanguageSection
from jingyu.filters.source.settings import SourceRegister, Sources
from jingyu.filters.width import Width
from jingyu.pipeline.store.passes import Pass, item_key, read_width, width_of

SECTIONS: dict[str, Any] = {"code": "1.0", "extraction": {"engine": "jingyu"}}


def width(*block: str, min_han_count: int = 50, keep: tuple[str, ...] = ("zh",)) -> Width:
    gate = Gate(min_han_count=min_han_count)
    language = LanguageSection(keep=keep)
    return Width.of(Sources(block=block), SourceRegister(), gate, language)


def made(folder: Path, name: str, wide: Width, **sections: Any) -> Pass:
    return Pass(str(folder), SECTIONS | sections, name, wide)


def declared(folder: Path, name: str, wide: Width, **sections: Any) -> Pass:
    one = made(folder, name, wide, **sections)
    one.declare()
    return one


def test_the_width_that_staged_an_item_is_told_by_its_name(tmp_path: Path) -> None:
    declared(tmp_path, "aaaa", width("a.cn"))
    declared(tmp_path, "bbbb", width("b.cn"))

    key = item_key("0123-4567", "bbbb")

    assert key == "0123-4567-bbbb"
    assert width_of(str(tmp_path), key) == width("b.cn")
    assert read_width(str(tmp_path), "aaaa") == width("a.cn")


def test_a_pass_may_be_declared_again(tmp_path: Path) -> None:
    declared(tmp_path, "a", width("a.cn"))
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}

    declared(tmp_path, "a", width("a.cn"))

    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


def test_where_nothing_is_staged_only_its_own_width_is_usable(tmp_path: Path) -> None:
    assert made(tmp_path / "new", "a", width()).usable_names() == ["a"]


def test_its_own_width_is_usable_first_then_those_that_let_in_all_that_it_wants(
    tmp_path: Path,
) -> None:
    declared(tmp_path, "a", width())
    declared(tmp_path, "b", width("b.cn"))
    declared(tmp_path, "c", width(min_han_count=10))
    declared(tmp_path, "d", width("a.cn", "c.cn"))
    declared(tmp_path, "e", width("a.cn", keep=("zh", "yue")))
    wanted = made(tmp_path, "x", width("a.cn"))

    assert wanted.usable_names() == ["x", "a", "c", "e"]


def test_other_files_of_the_folder_are_no_widths(tmp_path: Path) -> None:
    one = declared(tmp_path, "a", width())
    for name in ("0123-a.json", "0123-a.documents.parquet", "0123-a.ledger.parquet"):
        (tmp_path / name).write_text("{}", encoding="utf-8")

    assert one.usable_names() == ["a"]


def test_where_nothing_is_staged_nothing_is_wider(tmp_path: Path) -> None:
    assert made(tmp_path / "new", "a", width()).widened([]) == []
    assert made(tmp_path / "new", "a", width()).widened([str(tmp_path / "old")]) == []


def test_what_lets_in_all_makes_nothing_wider(tmp_path: Path) -> None:
    declared(tmp_path, "a", width())

    assert made(tmp_path, "b", width("a.cn")).widened([str(tmp_path)]) == []


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (width(), ["sources"]),
        (width("a.cn", min_han_count=10), ["gate"]),
        (width("a.cn", keep=("zh", "en")), ["language"]),
        (width(min_han_count=10), ["sources", "gate"]),
    ],
    ids=lambda value: str(value) if isinstance(value, list) else "",
)
def test_the_sections_by_which_a_run_is_wider_are_named(
    wanted: Width, expected: list[str], tmp_path: Path
) -> None:
    declared(tmp_path, "a", width("a.cn"))

    assert made(tmp_path, "b", wanted).widened([str(tmp_path)]) == expected


def test_of_several_widths_that_counts_which_lacks_least(tmp_path: Path) -> None:
    declared(tmp_path, "a", width("a.cn"))
    declared(tmp_path, "b", width(min_han_count=90))

    wanted = made(tmp_path, "c", width(min_han_count=10, keep=("zh", "en")))

    assert wanted.widened([str(tmp_path)]) == ["gate", "language"]


def test_sections_that_measure_otherwise_are_named_before_widths_are_compared(
    tmp_path: Path,
) -> None:
    declared(tmp_path / "old", "a", width("a.cn"), masking={"numbered": False})

    wanted = made(tmp_path / "new", "b", width(), masking={"numbered": True}, code="2.0")

    assert wanted.widened([str(tmp_path / "old")]) == ["code", "masking"]


def test_sections_are_compared_as_they_are_written(tmp_path: Path) -> None:
    declared(tmp_path / "old", "a", width(), rights={"robots": (("a", None), ("b", "c"))})

    wanted = made(tmp_path / "old", "a", width(), rights={"robots": [["a", None], ["b", "c"]]})

    assert wanted.widened([str(tmp_path / "old")]) == []


def test_of_several_folders_that_counts_which_differs_least(tmp_path: Path) -> None:
    declared(tmp_path / "1", "a", width(), masking={"numbered": True}, code="2.0")
    declared(tmp_path / "2", "a", width(), code="2.0")
    declared(tmp_path / "3", "a", width(), masking={"numbered": True}, code="3.0")
    folders = [str(tmp_path / name) for name in "123"]

    wanted = made(tmp_path / "new", "a", width(), masking={"numbered": True})

    assert wanted.widened(folders) == ["code"]


def test_a_folder_that_does_not_differ_counts_however_others_differ(tmp_path: Path) -> None:
    declared(tmp_path / "old", "a", width(), code="0.9")
    wanted = declared(tmp_path / "new", "a", width())

    # What is missing is then a new input: no setting makes it be read.
    assert wanted.widened([str(tmp_path / "old"), str(tmp_path / "new")]) == []
