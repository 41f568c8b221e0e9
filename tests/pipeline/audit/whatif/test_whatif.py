"""What `whatif` tells is what a run with those settings then keeps."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from rich.console import Console

import jingyu
from jingyu.filters.settings.errors import ConfigError
from jingyu.pipeline.audit.whatif.render import render
from jingyu.pipeline.cli import main
from jingyu.pipeline.config.config import RunConfig, load_config
from jingyu.pipeline.config.overrides import overridden
from jingyu.pipeline.flow import Run, run
from jingyu.pipeline.run.engine import Engine
from tests.crawl import build_crawl
from tests.support.paths import DEMO

SETTINGS = (
    ["rules.han_ratio.min=0.9"],
    ["rules.too_short.min=300"],
    ["rules.too_short.min=10"],
    ["rules.form_quality.min=0.95"],
    ["rules.low_quality=off"],
    ["rules.digit_ratio.max=0.01"],
    ["rules.punctuated_line_ratio.min=0.7"],
    ["rules.symbol_ratio.max=0.01"],
    ["rules.char_entropy.min=7"],
    ["rules.duplicate_10gram_ratio.max=0.01", "rules.too_short=off"],
    ["rules.too_many_digits.also={signal: han_count, max: 400}", "rules.too_many_digits.max=0.02"],
    ["language.keep=[yue]"],
    ["language.keep=[zh]"],
    ["gate.min_han_count=400"],
    ["gate.max_word_ratio=0.05", "gate.max_kana_ratio=0"],
    ["sources.block=[gov.cn, 'full:www.lanchuanribao.com.cn']"],
    ["sources.allow=[edu.cn, gov.cn]"],
    ["source_register.only_registered=true"],
    ["rules.han_ratio.min={trusted: 0.5, unknown: 0.9}"],
    ["rules.too_short.min={official: 60, unregistered: 300}"],
    ["rights.exclude=[noindex, no_reprint, all_rights_reserved]"],
    [
        "rules.form_quality.min=0.98",
        "verdicts={bad_reasons: [low_quality], min_pages: 1, prior_pages: 0, max_bad_ratio: 0}",
    ],
)


@pytest.fixture(scope="module")
def config() -> RunConfig:
    demo = load_config(DEMO).model_dump()
    demo["language"]["keep"] = ["zh", "yue"]
    demo["deduplication"]["find"] = "nothing"
    demo["deduplication"]["one_per_url"] = False
    demo["lines"] = {"drop_repeated": False, "drop_boilerplate": False}
    demo["output"] |= {"quality_bands": {}, "allow_empty": True, "index": "nothing"}
    return RunConfig.model_validate(demo)


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("crawl") / "crawl.warc.gz"
    build_crawl(path)
    return str(path)


@pytest.fixture(scope="module")
def out(crawl: str, config: RunConfig, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run") / "out"
    run(Run(config, (crawl,), str(folder), Engine()))
    return folder


def kept(out: Path) -> set[str]:
    return set(pq.read_table(out / "corpus", columns=["document_id"])["document_id"].to_pylist())


def ids(examples: Iterable[dict[str, Any]]) -> set[str]:
    return {each["document_id"] for each in examples}


@pytest.mark.parametrize("settings", SETTINGS, ids=" ".join)
def test_what_would_be_kept_is_what_a_run_keeps(
    settings: list[str], out: Path, crawl: str, config: RunConfig, tmp_path: Path
) -> None:
    before = {str(path): path.stat().st_mtime_ns for path in out.rglob("*")}

    found = jingyu.whatif(str(out), settings)

    assert {str(path): path.stat().st_mtime_ns for path in out.rglob("*")} == before
    other = Run(overridden(config, settings), (crawl,), str(tmp_path), Engine(), f"{out}/staging")
    stats = run(other).stats
    assert found["kept"]["after"]["documents"] == stats["outcomes"]["kept"]
    assert found["kept"]["after"]["characters"] == stats["characters"]
    come, go = kept(tmp_path) - kept(out), kept(out) - kept(tmp_path)
    assert (len(found["comes"]), len(found["goes"])) == (min(len(come), 20), min(len(go), 20))
    assert ids(found["comes"]) <= come
    assert ids(found["goes"]) <= go
    selected = {
        f"select/rejected/{row['reason']}": row["after"]
        for row in found["reasons"]
        if row["stage"] == "select" and row["after"]
    }
    told = {name: count for name, count in stats["reasons"].items() if name.startswith("select/")}
    assert selected == told


def test_texts_that_were_cleaned_count_as_the_corpus_has_them(tmp_path: Path) -> None:
    said = "本台记者昨天在现场看到，工人们正在抢修被洪水冲断的公路。"
    told = "第{0}天的消息是这样的，天气很好。\n{1}\n中间还有一行别的话，讲的是{0}。\n{1}"
    texts = [told.format(number, said) for number in ("一", "二")]
    rows = (json.dumps({"text": text}, ensure_ascii=False) for text in texts)
    (tmp_path / "rows.jsonl").write_text("\n".join(rows), encoding="utf-8")
    config = overridden(load_config(DEMO), ["deduplication.find=nothing", "rules.low_quality=off"])
    given = str(tmp_path / "rows.jsonl")
    stats = run(Run(config, (given,), str(tmp_path / "out"), Engine())).stats

    found = jingyu.whatif(str(tmp_path / "out"), sweep="too_short")

    assert stats["lines"]["repeated_line_count"] == 2
    assert found["kept"]["before"]["characters"] == stats["characters"]
    assert found["sweep"]["points"][0]["characters"] == stats["characters"]


def test_a_curve_tells_what_each_limit_would_keep(out: Path) -> None:
    found = jingyu.whatif(str(out), sweep="han_ratio.min")["sweep"]

    assert len(found["points"]) > 5
    for point in found["points"][::5]:
        one = jingyu.whatif(str(out), [f"rules.han_ratio.min={point['limit']}"])["kept"]["after"]
        assert (point["documents"], point["characters"]) == (one["documents"], one["characters"])


def test_a_limit_that_differs_by_verdict_is_tried_one_by_one(out: Path) -> None:
    settings = ["rules.han_ratio.min={trusted: 0.5, unknown: 0.9}"]

    with pytest.raises(ConfigError, match=r"several limits; try .* `--set rules\.too_little_han\."):
        jingyu.whatif(str(out), settings, sweep="han_ratio.min")


def test_a_waterfall_begins_with_all_and_ends_with_what_is_kept(out: Path) -> None:
    found = jingyu.whatif(str(out), ["rules.form_quality.min=0.95"])
    rows = found["waterfall"]

    assert rows[-1]["left"] == found["kept"]["after"]["documents"]
    assert all(row["alone"] is None or row["alone"] >= row["documents"] for row in rows)


def test_an_example_shows_the_line_that_speaks_for_the_decision(out: Path) -> None:
    found = jingyu.whatif(str(out), ["rules.digit_ratio.max=0.03"])
    lines = [each["deciding"] for each in found["goes"]]

    assert lines
    assert all(any(c.isdigit() for c in line) for line in lines)
    assert all(each["values"]["digit_ratio"] > 0.03 for each in found["goes"])


def test_what_was_not_staged_is_told_and_not_guessed(out: Path) -> None:
    found = jingyu.whatif(str(out), ["language.keep=[zh, yue, wuu]", "gate.min_han_count=1"])

    assert [each["section"] for each in found["not_staged"]] == ["gate", "language"]
    assert found["not_staged"][0]["pages"] > 0


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("deduplication.min_similarity=0.9", "deduplication.min_similarity: measures or compares"),
        ("extraction.engine=trafilatura", "takes a run"),
        ("rules.han_ration.min=1", "did you mean `han_ratio`"),
        ("rules.han_ratio.min=3", "is a ratio"),
        ("language.keeps=[zh]", "did you mean `keep`"),
        ("languages=[zh]", "did you mean `language`"),
        ("rules.han_ratio", "KEY=VALUE"),
        ("rules.symbol_ratio=1", "add one by"),
    ],
)
def test_a_wrong_setting_is_an_error_with_its_place(setting: str, message: str, out: Path) -> None:
    with pytest.raises(ConfigError, match=message):
        jingyu.whatif(str(out), [setting])


def test_the_command_prints_tables_or_json(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(
        [
            "whatif",
            str(out),
            "--set",
            "rules.form_quality.min=0.95",
            "--sweep",
            "form_quality",
            "--json",
        ]
    )
    found = json.loads(capsys.readouterr().out)

    console = Console(width=80, record=True)
    console.print(render(found))
    told = console.export_text()
    assert "rules.low_quality.min: 0.3 → 0.95" in told
    assert "as they stand" in told
    assert all(len(line) <= 80 for line in told.splitlines())
