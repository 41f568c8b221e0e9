from pathlib import Path

import pytest

from jingyu.filters.settings.errors import ConfigError
from jingyu.pipeline.config.config import load_config

BASE = """rules:
  - {signal: char_count, min: 50, reason: too_short}
  - {signal: han_ratio, min: 0.2, reason: too_little_han}
deduplication:
  min_similarity: 0.8
  keep: [quality]
"""


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def error_of(path: Path) -> str:
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    return str(caught.value).replace(f"{path.parent}/", "")


def test_a_key_changes_and_all_else_stays(tmp_path: Path) -> None:
    write(tmp_path, "base.yaml", BASE)
    mine = "extends: base.yaml\ndeduplication: {min_similarity: 0.9}\n"

    config = load_config(write(tmp_path, "mine.yaml", mine))

    assert config.deduplication.min_similarity == 0.9
    assert config.deduplication.keep == ("quality",)
    assert [rule.reason for rule in config.rules] == ["too_short", "too_little_han"]


def test_a_rule_takes_the_place_of_the_one_with_its_reason(tmp_path: Path) -> None:
    write(tmp_path, "base.yaml", BASE)
    mine = (
        "extends: base.yaml\nrules:\n"
        "  - {signal: digit_ratio, max: 0.3, reason: too_many_digits}\n"
        "  - {signal: char_count, min: 9, reason: too_short}\n"
    )

    config = load_config(write(tmp_path, "mine.yaml", mine))

    found = [(rule.reason, rule.limit) for rule in config.rules]
    assert found == [("too_short", 9), ("too_little_han", 0.2), ("too_many_digits", 0.3)]


def test_a_config_that_is_built_in_can_be_extended(tmp_path: Path) -> None:
    config = load_config(
        write(tmp_path, "mine.yaml", "extends: web_zh\nlexicon: {starter: false}\n")
    )

    assert config.rules == load_config("configs/web_zh.yaml").rules
    assert not config.lexicon.starter


def test_paths_start_at_the_folder_of_the_file_that_names_them(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    write(tmp_path / "other", "sites.txt", "example.cn\n")
    write(tmp_path / "other", "base.yaml", BASE + "sources: {allow_lists: [sites.txt]}\n")

    config = load_config(write(tmp_path, "mine.yaml", "extends: other/base.yaml\n"))

    assert [str(path) for path in config.sources.allow_lists] == [
        str(tmp_path / "other" / "sites.txt")
    ]


def test_an_error_is_shown_in_the_file_that_holds_it(tmp_path: Path) -> None:
    write(tmp_path, "base.yaml", BASE.replace("min: 0.2", "min: 2"))
    mine = write(tmp_path, "mine.yaml", "extends: base.yaml\nlexicon: {strater: true}\n")

    told = error_of(mine).split("\n")

    assert [line.partition(": ")[0] for line in told] == ["mine.yaml:2:11", "base.yaml:3:5"]


def test_a_rule_of_ones_own_is_shown_where_it_stands(tmp_path: Path) -> None:
    write(tmp_path, "base.yaml", BASE)
    rule = "  - {signal: han_ratio, min: 2, reason: too_little_han}\n"
    mine = write(tmp_path, "mine.yaml", f"extends: base.yaml\nrules:\n{rule}")

    assert error_of(mine).startswith("mine.yaml:3:5: rules.0")


@pytest.mark.parametrize("name", ["none.yaml", "[a]", "mine.yaml", "other.yaml"])
def test_what_is_not_there_or_comes_back_cannot_be_extended(tmp_path: Path, name: str) -> None:
    write(tmp_path, "other.yaml", "extends: mine.yaml\n")
    mine = write(tmp_path, "mine.yaml", f"extends: {name}\n")

    assert "extend" in error_of(mine)
