from pathlib import Path

import pytest

from pipeline.config import load_config
from pipeline.errors import ConfigError

RULES = "rules:\n  - {signal: char_count, min: 50, reason: too_short}\n"


def error_of(tmp_path: Path, text: str) -> str:
    path = tmp_path / "run.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    return str(caught.value).replace(f"{path}:", "")


def test_a_config_of_rules_alone_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "run.yaml"
    path.write_text(RULES, encoding="utf-8")

    config = load_config(path)

    assert [rule.reason for rule in config.rules] == ["too_short"]
    assert config.extraction.engine == "jingyu"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            RULES + "extracton:\n  engine: trafilatura\n",
            "3:1: extracton — `extracton` is not a key here; did you mean `extraction`?",
        ),
        (
            RULES + "extraction:\n  engin: trafilatura\n",
            "4:3: extraction.engin — `engin` is not a key here; did you mean `engine`?",
        ),
        (
            "rules:\n  - {signal: han_ration, min: 1, reason: x}\n",
            "2:6: rules.0.signal — `han_ration` is not a signal; did you mean han_ratio?",
        ),
        (
            "rules:\n  - {signal: han_ratio, mim: 1, reason: x}\n",
            "2:25: rules.0.mim — `mim` is not a key here; did you mean `min`?",
        ),
        (
            "rules:\n  - {signal: han_ratio, min: 0, max: 1, reason: x}\n",
            "2:5: rules.0 — give either `min` or `max`: one reason means one limit",
        ),
        (
            RULES + "quality:\n  model:\n    path: q.bin\n",
            "4:3: quality.model.sha256 — is missing",
        ),
        (RULES + "rules: []\n", "3:1: `rules` is given twice"),
        ("rules: [\n", "2:1: did not find expected node content"),
        ("rules: []\n", "1:1: config — `rules` is empty: give at least one rule"),
        ("inputs: {}\n", "1:1: rules — is missing"),
        (
            RULES + "  - {signal: han_ratio, min: 0.1, reason: too_short}\n",
            "1:1: config — each rule needs a reason of its own; repeated: too_short",
        ),
        (
            "rules:\n  - {signal: han_ratio, min: 0.1, reason: timeout}\n",
            "1:1: config — reasons that other stages use: timeout",
        ),
        (
            RULES + "deduplication: {bands: 20, rows: 8}\n",
            (
                "1:1: config — `deduplication` needs 160 hashes (bands x rows), but "
                "`signature.hashes` is 128"
            ),
        ),
    ],
)
def test_an_error_names_its_place_and_the_fix(tmp_path: Path, text: str, expected: str) -> None:
    assert error_of(tmp_path, text) == expected


def test_all_errors_are_told_at_once(tmp_path: Path) -> None:
    told = error_of(tmp_path, RULES + "gate: {min_han_count: -1}\noutput: {shard_mib: 0}\n")

    assert [line.partition(" — ")[0] for line in told.splitlines()] == [
        "3:8: gate.min_han_count",
        "4:10: output.shard_mib",
    ]


def test_a_config_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.yaml: cannot read the config"):
        load_config(tmp_path / "nowhere.yaml")


def test_a_list_is_found_beside_the_config_and_its_digest_known(tmp_path: Path) -> None:
    (tmp_path / "sites.txt").write_text("example.cn\n", encoding="utf-8")
    path = tmp_path / "run.yaml"
    path.write_text(RULES + "sources: {allow_lists: [sites.txt]}\n", encoding="utf-8")

    config = load_config(path)

    assert list(config.digests) == [str(tmp_path / "sites.txt")]


def test_paths_start_at_the_folder_of_the_config_wherever_they_stand(tmp_path: Path) -> None:
    text = """
rules: [{signal: char_count, min: 50, reason: too_short}]
deduplication: {against: [old, /there/old, "gs://bucket/old"]}
decontamination: {against: [{name: quiz, layout: ceval, paths: [sets/quiz]}]}
"""
    (tmp_path / "run.yaml").write_text(text, encoding="utf-8")
    config = load_config(tmp_path / "run.yaml")

    assert config.deduplication.against == (str(tmp_path / "old"), "/there/old", "gs://bucket/old")
    assert config.decontamination.against[0].paths == (str(tmp_path / "sets/quiz"),)


def test_a_list_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    told = error_of(tmp_path, RULES + "sources: {block_lists: [sites.txt]}\n")

    assert "sites.txt, which cannot be read" in told


def test_a_model_with_another_digest_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "q.bin").write_bytes(b"model")
    told = error_of(
        tmp_path, RULES + f"quality: {{model: {{path: q.bin, sha256: '{'0' * 64}'}}}}\n"
    )

    assert "quality.model.sha256 is not that of" in told
