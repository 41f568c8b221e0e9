"""Every query of docs/queries.md runs, and both languages have the same ones."""

import re
from pathlib import Path

import duckdb
import pytest

from jingyu.pipeline.config.config import load_config
from jingyu.pipeline.flow import Run, run
from jingyu.pipeline.run.engine import Engine
from tests.crawl import build_crawl
from tests.support.paths import DEMO, ROOT

QUERIES = re.findall(
    r"^## (.+?)\n.*?```sql\n(.+?)```",
    (ROOT / "docs" / "queries.md").read_text(encoding="utf-8"),
    re.DOTALL | re.MULTILINE,
)
MAY_BE_EMPTY = ("7.",)
"""The demo crawl need not hold what these ask for."""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    build_crawl(folder / "crawl.warc.gz")
    run(Run(load_config(DEMO), (str(folder / "crawl.warc.gz"),), str(folder / "out"), Engine()))
    return folder / "out"


def test_there_are_ten_queries_and_the_same_in_chinese() -> None:
    chinese = (ROOT / "docs" / "queries.zh-CN.md").read_text(encoding="utf-8")

    assert len(QUERIES) == 10
    assert re.findall(r"```sql\n(.+?)```", chinese, re.DOTALL) == [query for _, query in QUERIES]


@pytest.mark.parametrize(("title", "query"), QUERIES, ids=[title for title, _ in QUERIES])
def test_a_query_runs_and_finds_something(
    title: str, query: str, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(out)

    rows = duckdb.execute(query).fetchall()

    assert rows or title.startswith(MAY_BE_EMPTY)
