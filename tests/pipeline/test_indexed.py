import gzip
import io
import json
import random
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from rich.console import Console

from jingyu.filters.settings.errors import ConfigError, InputError
from jingyu.pipeline.config.config import RunConfig, load_config
from jingyu.pipeline.flow import Run, run
from jingyu.pipeline.run.engine import Engine
from jingyu.pipeline.run.progress import Progress
from tests.support.archives import http_response, page, record
from tests.support.indexed import ROBOTSTXT, IndexedRecord, cdxj_line, crawl_files, write_files
from tests.support.paths import DEMO
from tests.support.ranged import ranged_server

_WORDS = "山水天地风云雨雪春夏秋冬东南西北日月星辰花草树木鸟兽虫鱼江河湖海"
_KEPT = 10


def chinese(number: int) -> IndexedRecord:
    dice = random.Random(number)
    lines = ["".join(dice.choices(_WORDS, k=40)) + "。" for _ in range(6)]
    url = f"http://h{number % 3}.cn/{number}"
    content = page(url, f"<html><body><p>{'</p><p>'.join(lines)}</p></body></html>".encode())
    return IndexedRecord(content, url, "zho")


def foreign(number: int) -> IndexedRecord:
    url = f"http://e.com/{number}"
    noise = random.Random(number).randbytes(30_000)
    return IndexedRecord(record(http_response(noise, "Content-Type: image/png"), url=url), url)


CRAWL, CDXJ = crawl_files(
    {
        name: [each(10 * n + m) for m in range(5) for each in (foreign, chinese)]
        for n, name in enumerate("ab")
    }
)


@pytest.fixture(scope="module")
def config() -> RunConfig:
    return load_config(DEMO)


def by_index(config: RunConfig, index: Path, base: str, **more: Any) -> RunConfig:
    section = {"paths": [str(index)], "base": base, "languages": ["zho"], "wait_seconds": 0.001}
    values = config.model_dump(mode="json")
    values["inputs"]["index"] = section | more
    return RunConfig.model_validate(values)


def ran(config: RunConfig, out: Path, *paths: str) -> list[dict[str, Any]]:
    run(Run(config, paths, str(out), Engine(), progress=Progress(Console(file=io.StringIO()))))
    rows: list[dict[str, Any]] = pq.read_table(out / "ledger").to_pylist()
    return rows


@pytest.fixture(scope="module")
def whole(config: RunConfig, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A crawl in files, and what a run makes of all of it."""
    folder = tmp_path_factory.mktemp("whole")
    write_files(folder / "base", CRAWL)
    (folder / "index.cdxj").write_bytes(CDXJ)
    ran(config, folder / "out", str(folder / "base"))
    return folder


def restricted(whole: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(whole / "out" / "ledger").to_pylist()
    return [row for row in rows if row["content_type"] == "text/html"]


def test_a_run_by_index_has_the_rows_of_a_full_one_restricted_to_it(
    config: RunConfig, whole: Path, tmp_path: Path
) -> None:
    base = str(whole / "base")

    rows = ran(by_index(config, whole / "index.cdxj", base), tmp_path)

    assert len(rows) == _KEPT
    assert rows == restricted(whole)
    assert "kept" in {row["outcome"] for row in rows}
    texts = [set(pq.read_table(out / "corpus")["text"].to_pylist()) for out in (
        tmp_path, whole / "out")]  # fmt: skip
    assert texts[0] == texts[1]


def test_a_server_that_fails_now_and_then_changes_nothing_and_a_part_is_moved(
    config: RunConfig, whole: Path, tmp_path: Path
) -> None:
    faults = {1: "error", 3: "cut", 5: "dropped", 7: "slow", 8: "cut"}
    files = {f"/{name}": content for name, content in CRAWL.items()}
    with ranged_server(files, lambda number, _: faults.get(number)) as server:
        wanted = by_index(config, whole / "index.cdxj", server.address, requests=2)

        assert ran(wanted, tmp_path) == restricted(whole)
        assert server.most_at_once <= 2

    moved = json.loads((tmp_path / "stats.json").read_text(encoding="utf-8"))["moved"]
    assert moved["file_bytes"] == sum(map(len, CRAWL.values()))
    assert moved["bytes"] < moved["file_bytes"] / 10
    assert moved["bytes"] <= server.sent_bytes


def test_the_index_may_lie_on_the_server_too(
    config: RunConfig, whole: Path, tmp_path: Path
) -> None:
    files = {f"/{name}": content for name, content in CRAWL.items()}
    with ranged_server(files | {"/cdx.gz": gzip.compress(CDXJ)}) as server:
        wanted = by_index(config, whole, server.address, paths=[f"{server.address}/cdx.gz"])

        assert ran(wanted, tmp_path) == restricted(whole)


def test_a_place_without_a_record_has_its_row(
    config: RunConfig, whole: Path, tmp_path: Path
) -> None:
    name, content = next(iter(CRAWL.items()))
    places = [(name, len(content), 100), (name, 7, 50), ("crawl-data/none.warc.gz", 0, 100)]
    more = "".join(cdxj_line(chinese(0), *place) for place in places)
    (tmp_path / "index").write_bytes(CDXJ + more.encode() + CDXJ)

    rows = ran(
        by_index(config, tmp_path / "index", str(whole / "base")).model_copy(
            update={"output": config.output.model_copy(update={"max_failed_ratio": 1.0})}
        ),
        tmp_path / "out",
    )

    missing = [
        (row["source_file"], row["offset"], row["length"], row["outcome"])
        for row in rows
        if row["reason"] == "missing_record"
    ]
    assert sorted(missing) == sorted((*place, "failed") for place in places)
    assert len(rows) == _KEPT + 3


def robots_txt(host: str, rule: str) -> IndexedRecord:
    url = f"http://{host}/robots.txt"
    body = f"User-agent: *\n{rule}".encode()
    return IndexedRecord(record(http_response(body, "Content-Type: text/plain"), url=url), url)


ROBOTS, ROBOTS_CDXJ = crawl_files(
    {
        "r": [
            robots_txt("h0.cn", "Disallow: /"),
            robots_txt("h1.cn", "Disallow: /none"),
            robots_txt("e.com", "Disallow: /"),
        ]
    },
    ROBOTSTXT,
)


def test_the_robots_txt_files_of_a_crawl_are_joined_with_the_pages_of_its_index(
    config: RunConfig, tmp_path: Path
) -> None:
    files = {f"/{name}": content for name, content in (CRAWL | ROBOTS).items()}
    (tmp_path / "cdxj").write_bytes(CDXJ + ROBOTS_CDXJ)
    with ranged_server(files) as server:
        wanted = by_index(config, tmp_path / "cdxj", server.address, robotstxt=True)
        values = wanted.model_dump(mode="json")
        values["rights"]["exclude"] = ["robots_disallowed"]
        rows = ran(RunConfig.model_validate(values), tmp_path / "out")

    told = {(row["host"], row["reason"], row["evidence"]) for row in rows}
    assert ("h0.cn", "robots_disallowed", "robots.txt:2: Disallow: /") in told
    assert {(row["host"], row["rights"]["robots_txt"]) for row in rows} == {
        ("h0.cn", "disallowed"),
        ("h1.cn", "allowed"),
        ("h2.cn", None),
    }
    assert len(rows) == _KEPT
    moved = [span for path, span in server.requests if "robotstxt" in path]
    assert len(moved) == 1  # of both hosts; what they lie beside is not


def test_the_robotstxt_captures_of_a_crawl_are_joined_with_its_pages_read_whole(
    config: RunConfig, whole: Path, tmp_path: Path
) -> None:
    write_files(tmp_path, ROBOTS)
    values = config.model_dump(mode="json")
    captures = f"{tmp_path}/crawl-data/C/segments/*/robotstxt/*.warc.gz"
    values["rights"] |= {"robots": [captures], "exclude": ["robots_disallowed"]}

    rows = ran(RunConfig.model_validate(values), tmp_path / "out", str(whole / "base"))

    excluded = {row["host"] for row in rows if row["reason"] == "robots_disallowed"}
    assert excluded == {"h0.cn"}


def test_an_index_that_names_nothing_wanted_is_an_error(
    config: RunConfig, whole: Path, tmp_path: Path
) -> None:
    wanted = by_index(config, whole / "index.cdxj", str(whole / "base"), languages=["isl"])

    with pytest.raises(InputError, match="the index names no record"):
        ran(wanted, tmp_path)


@pytest.mark.parametrize("left_out", [b"/a.warc.gz", b"h1.cn/1"], ids=["file", "record"])
def test_fewer_records_of_an_index_take_no_documents_away_unasked(
    left_out: bytes, config: RunConfig, whole: Path, tmp_path: Path
) -> None:
    base = str(whole / "base")
    ran(by_index(config, whole / "index.cdxj", base), tmp_path)
    kept = [line for line in CDXJ.splitlines(keepends=True) if left_out not in line]
    (tmp_path / "cdxj").write_bytes(b"".join(kept))

    with pytest.raises(ConfigError, match="give `--replace` if they may"):
        ran(by_index(config, tmp_path / "cdxj", base), tmp_path)


def test_another_record_in_the_place_of_one_is_not_the_same_and_more_are_no_loss(
    config: RunConfig, whole: Path, tmp_path: Path
) -> None:
    base, lines = str(whole / "base"), CDXJ.splitlines(keepends=True)
    pages = [line for line in lines if b"zho" in line and b"/a.warc.gz" in line]
    for name, some in (("two", pages[:2]), ("other", pages[1:3]), ("more", pages[:3])):
        (tmp_path / name).write_bytes(b"".join(some))
    ran(by_index(config, tmp_path / "two", base), tmp_path / "out")

    with pytest.raises(ConfigError, match="lack records that an index named"):
        ran(by_index(config, tmp_path / "other", base), tmp_path / "out")

    assert len(ran(by_index(config, tmp_path / "more", base), tmp_path / "out")) == 3
