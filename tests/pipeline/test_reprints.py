"""Reprints are counted in the corpus, and over later runs by the query of docs/duplicates.md."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import pytest

import jingyu
from jingyu.pipeline.config.config import RunConfig
from tests.support.paths import ROOT

TEXTS = [
    (
        "渡口的老船工说，江面最宽的地方要划上半个钟头，遇到大风的日子，就得等到傍晚才敢开船。"
        "桨和橹都是他自己做的，用的是山里的老杉木，每年立冬前都要重新上一遍桐油。"
    ),
    (
        "镇上的豆腐坊天不亮就开门，石磨转得很慢，豆浆要滤两遍，点卤的时候谁也不许说话。"
        "赶集的人挑着担子排在门口，等第一板豆腐出来，热气一直飘到街对面的屋檐下面。"
    ),
]
FIRST = [(0, "a.cn/1"), (0, "b.cn/1"), (0, "b.cn/2"), (0, "www.c.com.cn/1"), (1, "a.cn/2")]
SECOND = [(0, "b.cn/3"), (0, "d.cn/1"), (1, "a.cn/3"), (1, "e.cn/1")]
Counts = dict[str, tuple[float, ...]]


def run(folder: Path, name: str, pages: Sequence[tuple[int, str]], **more: object) -> None:
    """Makes a corpus of pages: the number of the text, and the address without its scheme."""
    rows = [{"text": TEXTS[text], "url": f"https://{address}"} for text, address in pages]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    (folder / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    told: dict[str, Mapping[str, object] | Sequence[object]] = {
        "quality": {"builtin": False},
        "rules": [{"signal": "han_count", "min": 1, "reason": "too_short"}],
        "deduplication": {"keep": ["tier"], **more},
        "output": {"report": False, "allow_empty": True},
    }
    config = RunConfig.model_validate(told)
    jingyu.run(config, [str(folder / f"{name}.jsonl")], str(folder / name), quiet=True)


def asked(sql: str) -> Counts:
    return {row[0]: row[1:] for row in duckdb.execute(sql).fetchall()}


def query(page: str) -> str:
    """Returns the query of a page that asks for the corpus in FIRST."""
    told = (ROOT / "docs" / page).read_text(encoding="utf-8")
    (found,) = (
        each for each in re.findall(r"```sql\n(.+?)```", told, re.DOTALL) if "FIRST" in each
    )
    return str(found)


def test_both_runs_give_the_counts_over_both_in_either_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(tmp_path, "FIRST", FIRST)
    run(tmp_path, "SECOND", SECOND, against=[str(tmp_path / "FIRST")])
    monkeypatch.chdir(tmp_path)

    corpus = asked(
        "SELECT document_id, duplicate_count, duplicate_domain_count, sampling_weight "
        "FROM 'FIRST/corpus/*.parquet'"
    )
    alone = asked(re.sub(r",\s+'SECOND[^']*'", "", query("duplicates.md")))
    both = asked(query("duplicates.md"))
    swapped = {"FIRST": "SECOND", "SECOND": "FIRST"}
    other_order = re.sub(
        r"\w+(?=/statistics)", lambda name: swapped[name[0]], query("duplicates.md")
    )

    often, once = sorted(corpus, key=lambda document: -corpus[document][0])
    assert corpus == {often: (3, 2, 2.4314), once: (0, 0, 1.0)}
    assert alone == {often: (3, 2)}
    assert both == asked(other_order) == {often: (5, 3), once: (2, 1)}


def test_the_query_is_the_same_in_chinese() -> None:
    assert query("duplicates.zh-CN.md") == query("duplicates.md")
