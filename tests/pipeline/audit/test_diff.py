"""What came, went or changed between two outputs, of one crawl and of two."""

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from rich.console import Console

from jingyu.pipeline.audit.diff.diff import diff
from jingyu.pipeline.audit.diff.render import render
from jingyu.pipeline.audit.output import Output
from jingyu.pipeline.cli import main
from jingyu.pipeline.config.config import RunConfig, load_config
from jingyu.pipeline.config.overrides import overridden
from jingyu.pipeline.flow import Run, run
from jingyu.pipeline.run.engine import Engine
from tests.crawl import build_crawl
from tests.support.paths import DEMO

ARTICLE = "<html><title>{}</title><body><article>{}</article></body></html>"
PARAGRAPH = "<p>第{}天，船到了河口，风停了，水面像一块没有磨平的玻璃，我们把缆绳系在老柳树上。</p>"


def documents(out: Path, column: str = "document_id") -> set[Any]:
    return set(pq.read_table(out / "corpus", columns=[column])[column].to_pylist())


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two outputs of one staging."""
    folder = tmp_path_factory.mktemp("runs")
    build_crawl(folder / "crawl.warc.gz")
    config = load_config(DEMO)
    other = overridden(config, ["rules.form_quality.min=0.95", "rules.too_many_digits=off"])
    for name, settings in (("one", config), ("other", other)):
        staging = str(folder / "staging")
        run(Run(settings, (str(folder / "crawl.warc.gz"),), str(folder / name), Engine(), staging))
    return folder / "one", folder / "other"


@pytest.fixture(scope="module")
def found(outputs: tuple[Path, Path]) -> dict[str, Any]:
    return diff(*(Output.open(str(out)) for out in outputs))


def test_outputs_of_one_crawl_are_compared_by_id(
    found: dict[str, Any], outputs: tuple[Path, Path]
) -> None:
    one, other = map(documents, outputs)
    told = found["documents"]

    assert found["compared_by"] == "document_id"
    assert (told["came"], told["went"]) == (len(other - one), len(one - other))
    assert told["same"] + told["changed"] == len(one & other)
    assert {each["document_id"] for each in found["examples"]["went"]} <= one - other


def test_what_went_says_why_and_where_it_came_from(found: dict[str, Any]) -> None:
    assert {each["after"]["reason"] for each in found["examples"]["went"]} == {"low_quality"}
    assert sum(row["documents"] for row in found["went_to"]) == found["documents"]["went"]
    assert sum(row["documents"] for row in found["came_from"]) == found["documents"]["came"]


def test_changes_of_the_config_and_of_counts_are_told(
    found: dict[str, Any], outputs: tuple[Path, Path]
) -> None:
    changed = {change["key"]: (change["before"], change["after"]) for change in found["config"]}
    stats = [json.loads((out / "stats.json").read_text()) for out in outputs]

    assert changed["rules.low_quality.min"] == (0.3, 0.95)
    assert changed["rules.too_many_digits.max"] == (0.25, None)
    assert found["outcomes"]["kept"] == [each["outcomes"]["kept"] for each in stats]
    for row in found["reasons"]:
        key = "/".join(part for part in (row["stage"], row["outcome"], row["reason"]) if part)
        counts = [each["reasons"].get(key, 0) for each in stats]
        assert counts == [row["before"], row["after"]]


def test_an_output_does_not_differ_from_itself(outputs: tuple[Path, Path]) -> None:
    output = Output.open(str(outputs[0]))

    found = diff(output, output)

    told = found["documents"]
    assert (told["came"], told["went"], told["changed"]) == (0, 0, 0)
    assert (found["config"], found["reasons"], found["sources"]) == ([], [], [])


def test_outputs_of_different_crawls_are_compared_by_address_and_text(tmp_path: Path) -> None:
    def page(address: str, days: range) -> dict[str, str]:
        body = "".join(PARAGRAPH.format(day) for day in days)
        return {"url": f"http://www.hekou.cn/{address}", "html": ARTICLE.format(address, body)}

    crawls = {
        "one": [page("a", range(9)), page("b", range(20, 29)), page("c", range(40, 49))],
        "other": [page("a", range(9)), page("b", range(20, 31)), page("d", range(40, 49))],
    }
    rule = {"signal": "han_count", "min": 1, "reason": "too_short"}
    for name, pages in crawls.items():
        rows = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in pages)
        (tmp_path / f"{name}.jsonl").write_text(rows, encoding="utf-8")
        config = RunConfig.model_validate({"rules": [rule], "deduplication": {"find": "nothing"}})
        run(Run(config, (str(tmp_path / f"{name}.jsonl"),), str(tmp_path / name), Engine()))

    found = diff(*(Output.open(str(tmp_path / name)) for name in crawls))

    told = found["documents"]
    assert found["compared_by"] == "url"
    assert (told["came"], told["went"], told["changed"], told["same"]) == (1, 1, 1, 1)
    assert told["moved"] == 1
    (changed,) = found["examples"]["changed"]
    assert "insert" in {part[0] for part in changed["parts"]}


def test_the_command_prints_tables_or_json(
    outputs: tuple[Path, Path], found: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    main(["diff", *map(str, outputs), "--json"])
    assert json.loads(capsys.readouterr().out)["documents"] == found["documents"]

    console = Console(width=80, record=True)
    console.print(render(found))
    assert "rules.low_quality.min: 0.3 → 0.95" in console.export_text()
