import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from jingyu.filters.settings.errors import ConfigError
from jingyu.pipeline.config.config import RunConfig, load_config
from jingyu.pipeline.config.files import digests_of
from jingyu.pipeline.config.paths import PATHS, with_paths_from

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
            RULES + "language:\n  keep: [zh-CN]\n",
            "4:10: language.keep.0 — `zh-CN` is not a language that is found; did you mean `zh`?",
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
            RULES + "verdicts: {bad_reasons: [gambling, too_short, fraud]}\n",
            ("1:1: config — `verdicts.bad_reasons` names no rule's reason: fraud, gambling"),
        ),
        (
            RULES + "verdicts: {max_bad_ratio: 1.1}\n",
            "3:12: verdicts.max_bad_ratio — Input should be less than or equal to 1",
        ),
        (
            RULES.replace("}", ", also: {signal: digit_ratio, mx: 1}}"),
            "2:82: rules.0.also.mx — `mx` is not a key here; did you mean `max`?",
        ),
        (
            "rules:\n  - {signal: quality, min: {trusted: 0.1, fein: 0.2}, reason: x}\n",
            ("2:23: rules.0.min — `fein` is no tier and no verdict; did you mean fine?"),
        ),
        (
            "rules:\n  - {signal: quality, min: wenig, reason: x}\n",
            (
                "2:23: rules.0.min — give a number, or one for each tier or verdict, as in "
                "{trusted: 0.5, unknown: 0.1}"
            ),
        ),
        (
            RULES.replace("50", "{fine: 50}") + "verdicts: {bad_reasons: [too_short]}\n",
            (
                "1:1: config — `verdicts.bad_reasons` names rules whose limits wait for the "
                "verdicts: too_short; give them one limit, or limits by tier"
            ),
        ),
        (
            RULES + "source_register: {only_registered: true}\n",
            (
                "3:1: source_register — `only_registered` and `min_tier` need a register: "
                "name a file or `builtin`"
            ),
        ),
        (
            RULES + "rights: {exclude: [robots_disallowed]}\n",
            (
                "3:1: rights — `robots_disallowed` needs a snapshot: name one under `robots`, or "
                "ask for that of an indexed crawl by `inputs.index.robotstxt`"
            ),
        ),
        (
            RULES + "rights: {exclude: strict}\n",
            (
                "3:1: rights — `robots_disallowed` needs a snapshot: name one under `robots`, or "
                "ask for that of an indexed crawl by `inputs.index.robotstxt`"
            ),
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
takedown: {lists: [taken.csv]}
source_register: {files: [builtin, more.yaml]}
provenance: {networks: [cn.txt]}
rights: {robots: [robots]}
lexicon: {lists: [{path: words.txt, category: gambling}]}
"""
    files = {
        "taken.csv": "kind,value,reason,date\n",
        "more.yaml": "sources: []\n",
        "cn.txt": "203.0.113.0/24\n",
        "words.txt": "金海赌场\n",
        "robots/a.cn.txt": "",
    }
    (tmp_path / "robots").mkdir()
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    (tmp_path / "run.yaml").write_text(text, encoding="utf-8")
    config = load_config(tmp_path / "run.yaml")

    assert config.deduplication.against == (str(tmp_path / "old"), "/there/old", "gs://bucket/old")
    assert config.decontamination.against[0].paths == (str(tmp_path / "sets/quiz"),)
    assert config.takedown.lists == (str(tmp_path / "taken.csv"),)
    assert config.source_register.files == ("builtin", tmp_path / "more.yaml")
    assert config.provenance.networks == (tmp_path / "cn.txt",)
    assert config.rights.robots == (str(tmp_path / "robots"),)
    assert config.lexicon.lists[0].path == tmp_path / "words.txt"
    named = {str(tmp_path / name) for name in ("taken.csv", "more.yaml", "cn.txt", "words.txt")}
    assert set(config.digests) == {*named, str(tmp_path / "robots")}


def test_a_list_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    told = error_of(tmp_path, RULES + "sources: {block_lists: [sites.txt]}\n")

    assert "sites.txt, which cannot be read" in told


@pytest.mark.parametrize(
    ("section", "name"),
    [
        ("sources: {allow_lists: [none.txt]}", "none.txt"),
        ("source_register: {files: [builtin, none.yaml]}", "none.yaml"),
        ("provenance: {networks: [cn.txt]}", "cn.txt"),
        ("rights: {robots: [robots]}", "robots"),
        ("lexicon: {lists: [{path: words.txt, category: gambling}]}", "words.txt"),
        ("takedown: {lists: [taken.csv]}", "taken.csv"),
    ],
)
def test_a_file_that_is_not_there_is_named_whatever_section_names_it(
    section: str, name: str, tmp_path: Path
) -> None:
    told = error_of(tmp_path, f"{RULES}{section}\n")

    path = tmp_path / name
    assert told.endswith(f"names {path}, which cannot be read: there is no such file")


@pytest.mark.parametrize(
    ("section", "name", "content", "expected"),
    [
        (
            "takedown: {lists: [taken.csv]}",
            "taken.csv",
            "url,why\n",
            "taken.csv: row 1: must be `kind,value,reason,date`",
        ),
        (
            "takedown: {lists: [taken.csv]}",
            "taken.csv",
            "kind,value,reason,date\nurl,nowhere,x,2026-01-01\n",
            "taken.csv: row 2: `nowhere` is not a web address",
        ),
        (
            "lexicon: {lists: [{path: words.txt, category: gambling}]}",
            "words.txt",
            "金海赌场\n赌\n",
            "words.txt:2: `赌` is one character",
        ),
        (
            "lexicon: {lists: [{path: words.txt}]}",
            "words.txt",
            "金海赌场\n",
            "words.txt:1: `金海赌场` has no category",
        ),
        (
            "source_register: {files: [more.yaml]}",
            "more.yaml",
            "sources:\n  - {match: a.cn, name: 甲, category: x, tier: best}\n",
            "more.yaml:2: tier — `best` is not known",
        ),
        (
            "source_register: {files: [builtin, more.csv]}",
            "more.csv",
            "match,name,category,tier,grade\n",
            "more.csv:1: `grade` is not a key here",
        ),
    ],
)
def test_what_is_wrong_in_a_file_is_told_when_the_config_is_read(
    section: str, name: str, content: str, expected: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")

    assert expected in error_of(tmp_path, f"{RULES}{section}\n")


def test_the_digest_of_a_file_is_its_sha256(tmp_path: Path) -> None:
    path = tmp_path / "sites.txt"
    path.write_bytes(b"a.cn\n")

    digests = digests_of([str(path)], tmp_path / "run.yaml")

    assert digests == {str(path): sha256(b"a.cn\n").hexdigest()}


def digest_of_folder(folder: Path, files: Mapping[str, str]) -> str:
    """Returns the digest of a folder that holds files."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    (digest,) = digests_of([str(folder)], folder).values()
    return digest


def test_the_digest_of_a_folder_is_that_of_its_files_and_their_names(tmp_path: Path) -> None:
    same = {"a.cn.txt": "1", "b.cn.txt": "2"}
    others: list[dict[str, str]] = [
        {"a.cn.txt": "2", "b.cn.txt": "1"},
        {"a.cn.txt": "1", "c.cn.txt": "2"},
        {"a.cn.txt": "1"},
        {"b.cn.txt": "1"},
        {"a.cn.txt": "1b.cn.txt2"},
        {"a.cn.txt": "1", "b.cn.txt": "2", "c.cn.txt": ""},
    ]

    first = digest_of_folder(tmp_path / "first", same)

    assert digest_of_folder(tmp_path / "second", dict(reversed(same.items()))) == first
    found = [digest_of_folder(tmp_path / str(number), files) for number, files in enumerate(others)]
    assert len({first, *found}) == 1 + len(others)


def test_addresses_and_what_is_built_in_are_no_paths_beside_the_config() -> None:
    values = {
        "source_register": {"files": ["builtin", "more.yaml"]},
        "takedown": {"lists": ["gs://bucket/taken.csv", "/there/taken.csv"]},
    }

    assert with_paths_from(Path("/here"), values) == {
        "source_register": {"files": ["builtin", "/here/more.yaml"]},
        "takedown": {"lists": ["gs://bucket/taken.csv", "/there/taken.csv"]},
    }


@pytest.mark.parametrize(
    "values",
    [
        None,
        [],
        "rules",
        {"takedown": None},
        {"takedown": {"lists": "one.csv"}},
        {"takedown": {"lists": [1, None, {"path": "a"}]}},
        {"lexicon": {"lists": [{"category": "gambling"}]}},
        {"decontamination": {"against": {"paths": ["a"]}}},
    ],
)
def test_what_is_of_another_form_than_paths_should_be_stays_for_validation(
    values: object,
) -> None:
    assert with_paths_from(Path("/here"), values) == values


def test_every_place_of_a_path_is_a_place_of_the_config() -> None:
    schema = RunConfig.model_json_schema()

    for place in PATHS:
        found = schema
        for key in place:
            found = step_into(schema, found, key)
        assert "string" in json.dumps(found), place


def step_into(schema: dict[str, Any], found: dict[str, Any], key: str) -> dict[str, Any]:
    """Returns what a JSON Schema says of a key, or of the entries of a list."""
    choices = [found, *found.get("anyOf", ())]
    known = [schema["$defs"][c["$ref"].rpartition("/")[2]] if "$ref" in c else c for c in choices]
    (next_,) = (
        c["items"] if key == "*" else c["properties"][key]
        for c in known
        if (key == "*" and "items" in c) or key in c.get("properties", {})
    )
    return dict(next_)


def test_a_model_with_another_digest_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "q.bin").write_bytes(b"model")
    told = error_of(
        tmp_path, RULES + f"quality: {{model: {{path: q.bin, sha256: '{'0' * 64}'}}}}\n"
    )

    assert "quality.model.sha256 is not that of" in told
