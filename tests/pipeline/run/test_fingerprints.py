from importlib import metadata, resources
from pathlib import Path
from typing import Any

import pytest

from jingyu.pipeline.config.config import RunConfig, load_config
from jingyu.pipeline.read.sniff import Format
from jingyu.pipeline.read.storage import StoredFile
from jingyu.pipeline.run import fingerprints
from jingyu.pipeline.store.items import Input, work_items
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.passes import Pass

BASE = "rules: [{signal: char_count, min: 50, reason: too_short}]\n"


def steps(config: RunConfig) -> dict[str, str]:
    """Returns the fingerprint of each step, over two items."""
    extract, select = fingerprints.of_extract(config), fingerprints.of_select(config)
    sources = fingerprints.of_sources(config, select, ["a", "b"])
    deduplicate = fingerprints.of_deduplicate(config, sources, ["a", "b"], [])
    clean = fingerprints.of_clean(config, deduplicate, [])
    write = fingerprints.of_write(config, fingerprints.of_caps(clean, {}), [])
    named = {"extract": extract, "select": select, "deduplicate": deduplicate}
    return named | {"clean": clean, "write": write}


AFTER_EXTRACT = {"select", "deduplicate", "clean", "write"}
REGISTER = "source_register: {files: [builtin]}\n"


def loaded(folder: Path, text: str) -> RunConfig:
    path = folder / "run.yaml"
    path.write_text(text, encoding="utf-8")
    return load_config(path)


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        (BASE, set()),
        (BASE.replace("50", "51"), AFTER_EXTRACT),
        (BASE + "deduplication: {min_similarity: 0.8}\n", {"deduplicate", "clean", "write"}),
        (BASE + "deduplication: {against: [old]}\n", set()),
        (BASE + "lines: {min_pages: 9}\n", {"clean", "write"}),
        (BASE + "decontamination: {min_coverage: 0.9}\n", {"clean", "write"}),
        (BASE + "output: {shard_mib: 1}\n", {"write"}),
        (BASE + "provenance: {shared_number_domains: 9}\n", AFTER_EXTRACT - {"select"}),
        (BASE + "output: {allow_empty: true, max_failed_ratio: 1}\n", set()),
        (BASE + "inputs: {paths: [crawl], unreadable: skip}\n", set()),
        (BASE + "inputs: {statuses: [200, 203]}\n", {"extract", "write"}),
        (BASE + "extraction: {engine: resiliparse}\n", {"extract", "write"}),
        (BASE + "sources: {block: [a.cn]}\n", AFTER_EXTRACT),
        (BASE + "gate: {min_han_count: 60}\n", AFTER_EXTRACT),
        (BASE + "language: {keep: [zh, yue]}\n", AFTER_EXTRACT),
        (BASE + "rights: {exclude: [noai]}\n", AFTER_EXTRACT),
        (BASE + "rights: {agents: [GPTBot]}\n", {"extract", "write"}),
        (BASE + REGISTER, {"extract", "write"}),
        (BASE + "signature: {seed: 2}\n", {"extract", "write"}),
    ],
)
def test_a_change_of_the_config_changes_the_steps_that_read_it(
    text: str, changed: set[str], tmp_path: Path
) -> None:
    before, after = steps(loaded(tmp_path, BASE)), steps(loaded(tmp_path, text))

    assert {step for step in before if before[step] != after[step]} == changed


@pytest.mark.parametrize("mode", ["only_registered: true", "min_tier: reputable"])
def test_whom_the_register_lets_in_does_not_change_what_is_measured(
    mode: str, tmp_path: Path
) -> None:
    strict = REGISTER.replace("}", f", {mode}}}")

    before, after = (steps(loaded(tmp_path, BASE + text)) for text in (REGISTER, strict))

    assert {step for step in before if before[step] != after[step]} == AFTER_EXTRACT


def test_the_content_of_a_list_of_sources_changes_select_and_its_place_does_not(
    tmp_path: Path,
) -> None:
    text = BASE + "sources: {block_lists: [sites.txt]}\n"

    def select(folder: str, sites: str) -> str:
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / "sites.txt").write_text(sites, encoding="utf-8")
        return fingerprints.of_select(loaded(tmp_path / folder, text))

    assert select("a", "a.cn\n") == select("b", "a.cn\n")
    assert select("a", "a.cn\n") != select("a", "b.cn\n")


def test_the_content_of_a_word_list_changes_extract_and_its_place_does_not(tmp_path: Path) -> None:
    text = BASE + "lexicon: {lists: [{path: words.txt, category: gambling}]}\n"

    def extract(folder: str, words: str) -> str:
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / "words.txt").write_text(words, encoding="utf-8")
        return fingerprints.of_extract(loaded(tmp_path / folder, text))

    assert extract("a", "博彩\n") == extract("b", "博彩\n")
    assert extract("a", "博彩\n") != extract("a", "赌球\n")


def test_a_pass_is_named_by_what_it_measures_and_its_width_by_what_it_lets_in(
    tmp_path: Path,
) -> None:
    def pass_of(text: str) -> Pass:
        return fingerprints.pass_of(loaded(tmp_path, BASE + text), Layout("out"))

    plain, blocking = pass_of(""), pass_of("sources: {block: [a.cn]}\n")
    listed = pass_of("sources: {block: [b.cn, http://a.cn]}\n")
    turned = pass_of("sources: {block: [a.cn, b.cn]}\n")
    other = pass_of("signature: {seed: 2}\n")

    assert plain.folder == blocking.folder == f"out/staging/extract-{fingerprint(plain)}"
    assert plain.name != blocking.name
    assert listed.name == turned.name
    assert (other.folder != plain.folder, other.name) == (True, plain.name)


def fingerprint(made: Pass) -> str:
    return fingerprints.fingerprint(made.sections)


def test_earlier_corpora_and_evaluation_sets_are_known_by_their_files() -> None:
    config = RunConfig.model_validate(
        {"rules": [{"signal": "char_count", "min": 50, "reason": "too_short"}]}
    )

    corpora: list[list[tuple[object, ...]]] = [
        [],
        [("old", ("a.parquet", 9, 1.0))],
        [("old", ("a.parquet", 9, 2.0))],
    ]
    assert len({fingerprints.of_deduplicate(config, "s", ["a"], each) for each in corpora}) == 3
    sets: list[list[tuple[object, ...]]] = [
        [],
        [("quiz", "a.jsonl", 9, 1.0)],
        [("quiz", "a.jsonl", 9, 2.0)],
    ]
    assert len({fingerprints.of_clean(config, "d", each) for each in sets}) == 3


def names(*files: StoredFile) -> list[str]:
    items = work_items([Input(file, Format.WARC) for file in files])
    return [fingerprints.of_item("extract", item) for item in items]


def test_an_input_that_arrives_leaves_the_keys_of_the_others_alone() -> None:
    old = StoredFile("b", "/in/b", 20 << 20, 1.0)
    new = StoredFile("a", "/in/a", 99 << 20, 2.0)

    assert names(new, old)[-3:] == names(old)
    assert len(set(names(new, old))) == len(names(new, old))


@pytest.mark.parametrize(
    ("change", "is_same"),
    [
        ({"path": "/elsewhere/b"}, True),
        ({"name": "c"}, False),
        ({"size": 11}, False),
        ({"modified": 1.5}, False),
    ],
)
def test_an_item_is_known_by_name_size_and_time(change: dict[str, Any], *, is_same: bool) -> None:
    file: dict[str, Any] = {"name": "b", "path": "/in/b", "size": 10, "modified": 1.0}

    assert (names(StoredFile(**file)) == names(StoredFile(**(file | change)))) is is_same


def test_the_items_and_their_order_determine_deduplication() -> None:
    config = RunConfig.model_validate({"rules": [{"signal": "han_count", "min": 1, "reason": "x"}]})
    keys = [fingerprints.of_deduplicate(config, "s", each, []) for each in (["a"], ["a", "b"])]

    assert keys[0] != keys[1]


def test_code_in_folders_below_a_package_determines_results(tmp_path: Path) -> None:
    for name in (
        "b.py",
        "a/c.py",
        "a/e.c",
        "a/trees.json",
        "a/d.txt",
        "a/e.so",
        "a/__pycache__/c.pyc",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()

    found = [Path(str(source)) for source in fingerprints.sources_in(tmp_path)]

    names = [str(path.relative_to(tmp_path)) for path in found]
    assert names == ["a/c.py", "a/d.txt", "a/e.c", "a/trees.json", "b.py"]


def test_the_trees_of_the_extractor_decide() -> None:
    names = [
        source.name for source in fingerprints.sources_in(resources.files("jingyu.pipeline.page"))
    ]

    assert "trees.json" in names


@pytest.mark.parametrize("library", ["numpy", "pyarrow", "python-stdnum", "opencc"])
def test_the_version_of_a_library_is_the_one_that_is_installed(library: str) -> None:
    assert fingerprints.version_of(library) == metadata.version(library)
