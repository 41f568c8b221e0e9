from pathlib import Path

import pytest
import yaml

from jingyu import configs
from jingyu.pipeline.cli import main
from jingyu.pipeline.config.built_in import find_config
from jingyu.pipeline.config.config import load_config

_FOLDER = Path(configs.__path__[0])
FILES = sorted([*_FOLDER.glob("*.yaml"), *(_FOLDER / "recipes").glob("*.yaml")])
SOURCES = ("WuDao", "MAP-CC", "FineWeb2", "ChineseWebText", "Gopher", "Measured")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.name))
def test_a_config_that_is_shipped_is_valid(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(path)])

    assert capsys.readouterr().out.startswith("the config is valid\n")
    assert load_config(path).rules


def commented_rules(text: str) -> dict[str, str]:
    """Returns the comment that stands above each rule, or above those before it, or beside it."""
    found: dict[str, str] = {}
    above: list[str] = []
    rule: list[str] = []
    section = text.partition("\nrules:")[2].partition("\n\n")[0]
    for line in [*section.splitlines()[1:], "  - "]:
        is_comment = line.strip().startswith("#")
        if rule and (is_comment or line.startswith("  - ")):
            stated, _, beside = rule[0].partition("  # ")
            (values,) = yaml.safe_load("\n".join([stated, *rule[1:]]))
            found[values["reason"]] = " ".join([*above, beside])
            above = [] if is_comment else above
            rule = []
        (above if is_comment else rule).append(line)
    return found


def test_every_limit_for_the_web_names_where_it_comes_from() -> None:
    (path,) = (path for path in FILES if path.name == "web_zh.yaml")
    comments = commented_rules(path.read_text(encoding="utf-8"))

    assert [rule.reason for rule in load_config(path).rules] == list(comments)
    for reason, comment in comments.items():
        assert any(source in comment for source in SOURCES), reason


def test_sources_are_named_in_the_head_of_the_config_for_the_web() -> None:
    (path,) = (path for path in FILES if path.name == "web_zh.yaml")
    head = path.read_text(encoding="utf-8").partition("\ninputs:")[0]

    assert all(source in head for source in SOURCES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.name))
def test_a_recipe_is_found_by_its_name_and_names_its_source(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert find_config(path.stem) == path
    assert path.parent.name != "recipes" or "# Source: " in text or "extends: " in text
