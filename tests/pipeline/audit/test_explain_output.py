"""What `explain` tells of the pages and hosts of a finished output."""

import shutil
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import jingyu
from jingyu.filters.settings.errors import InputError
from jingyu.pipeline.audit.explain_text import render
from jingyu.pipeline.audit.output import Output
from jingyu.pipeline.cli import main
from jingyu.pipeline.steps.clean.changes import Change
from jingyu.pipeline.store.tables import write_table
from jingyu.schemas.changes import CHANGES

Row = dict[str, Any]


@pytest.fixture(scope="module")
def ledger(demo_out: Path) -> list[Row]:
    rows: list[Row] = pq.read_table(demo_out / "ledger").to_pylist()
    return rows


def one(ledger: list[Row], **wanted: str) -> Row:
    return next(row for row in ledger if all(row[n] == value for n, value in wanted.items()))


def explained(out: Path, name: str) -> Row:
    (found,) = jingyu.explain(str(out), [name])
    return found


def test_a_page_is_found_by_any_form_of_its_address(demo_out: Path, ledger: list[Row]) -> None:
    row = one(ledger, reason="too_much_repeated_text")
    bare = row["url"].partition("://")[2]

    for name in (row["url"], bare, row["url"].replace("http:", "https:"), f"{row['url']}#top"):
        assert explained(demo_out, name)["document_id"] == row["document_id"]


def test_a_page_is_found_by_its_id_its_beginning_and_its_row_of_a_shard(demo_out: Path) -> None:
    shard = "corpus/high/part-00000.parquet"
    name = pq.read_table(demo_out / shard)["document_id"][2].as_py()

    for word in (name, name[:10], f"{shard}:2"):
        assert explained(demo_out, word)["document_id"] == name


def test_a_row_or_shard_that_is_not_there_is_an_error(demo_out: Path) -> None:
    with pytest.raises(InputError, match="there is no 999"):
        explained(demo_out, "corpus/high/part-00000.parquet:999")
    with pytest.raises(InputError, match="no file of the corpus"):
        explained(demo_out, "corpus/part-00009.parquet:1")
    with pytest.raises(InputError, match="neither an address, a host nor"):
        explained(demo_out, "nowhere.example")


def test_every_value_stands_beside_its_limit_and_what_would_keep_the_page(
    demo_out: Path, ledger: list[Row]
) -> None:
    found = explained(demo_out, one(ledger, reason="too_much_repeated_text")["document_id"])
    checks = {check["reason"]: check for check in found["checks"]}

    assert not checks["too_much_repeated_text"]["passes"]
    assert checks["too_short"]["passes"]
    assert checks["too_much_repeated_text"]["measured"] == found["measured"]
    assert any("rules.too_much_repeated_text.max: 0.8 →" in each for each in found["to_keep"])
    assert "FAILS  too_much_repeated_text: duplicate_10gram_ratio" in render(found)


def test_a_kept_document_shows_what_it_passed(demo_out: Path, ledger: list[Row]) -> None:
    found = explained(demo_out, one(ledger, outcome="kept")["document_id"])

    assert found["to_keep"] == []
    assert all(check["passes"] for check in found["checks"])


def test_a_page_that_the_pass_turned_away_names_what_did(demo_out: Path, ledger: list[Row]) -> None:
    found = explained(demo_out, one(ledger, reason="too_few_han")["document_id"])

    (told,) = found["to_keep"]
    assert told.startswith("too_few_han, decided by gate: measured")


def test_a_duplicate_shows_the_other_and_where_both_differ(
    demo_out: Path, ledger: list[Row]
) -> None:
    row = one(ledger, reason="near_duplicate")

    found = explained(demo_out, row["document_id"])

    assert found["duplicate"]["document_id"] == row["duplicate_of"]
    assert found["duplicate"]["differences"]
    assert row["duplicate_of"] in found["to_keep"][-1]
    assert "it duplicates: " in render(found)


def test_a_host_shows_what_became_of_its_pages(
    demo_out: Path, ledger: list[Row], capsys: pytest.CaptureFixture[str]
) -> None:
    host = one(ledger, reason="near_duplicate")["host"]

    found = explained(demo_out, host.upper())

    assert found["pages"] == sum(row["host"] == host for row in ledger)
    assert sum(row["pages"] for row in found["reasons"]) == found["pages"]
    main(["explain", str(demo_out), host])
    assert "deduplicate/near_duplicate" in capsys.readouterr().out


def test_without_staged_files_the_row_of_the_ledger_is_still_shown(
    demo_out: Path, ledger: list[Row], tmp_path: Path
) -> None:
    for name in ("ledger", "manifest.json", "stats.json", "corpus"):
        (tmp_path / name).symlink_to(demo_out / name)
    row = one(ledger, reason="near_duplicate")

    found = explained(tmp_path, row["document_id"])

    assert found["reason"] == "near_duplicate"
    assert "checks" not in found


def test_a_document_that_lost_lines_shows_them(demo_out: Path, tmp_path: Path) -> None:
    out = shutil.copytree(demo_out, tmp_path / "out")
    output = Output.open(str(out))
    key = output.keys[0]
    name = output.layout.staged(key).table(["document_id"])["document_id"][0].as_py()
    change = Change(0, repeated_line_count=2, ranges=(0, 5, 9, 20))
    write_table(output.layout.changes(key), pa.Table.from_pylist([change._asdict()], CHANGES))

    found = explained(out, name)

    stretches = [found["text"][:5].strip(), found["text"][9:20].strip()]
    assert found["left_text"]["stretches"] == stretches
    assert f"left the text: 2 repeated lines\n  {stretches[0]}\n" in render(found)


def test_a_document_that_lost_passages_names_where_they_stay() -> None:
    left: Row = dict.fromkeys(("repeated_line_count", "boilerplate_line_count"), 0)
    left |= {"cut_passage_count": 6, "passages_kept_in": ["0123456789abcdef"]}
    left |= {"stretches": list("一二三四五六")}

    told = render({"left_text": left})

    assert told.splitlines() == [
        "left the text: 6 passages of many documents; these stay in 0123456789abcdef",
        *("  一", "  二", "  三", "  四", "  五", "  … and 1 more"),
    ]
