"""The statements of `statements.yaml`, and what each comes to."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, get_args

import pytest
import yaml

from jingyu.filters.rights.ai_train import Use, deciding
from jingyu.filters.rights.statement import ALLOWED, NOT_STATED, OF_THE_PAGE, RESERVED
from tests.support.stated import Stated

LICENSE = "https://l.cn/l.xml"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LETTERS: Final = {ALLOWED: "y", RESERVED: "n", NOT_STATED: "-"}
CASES: Final[list[dict[str, Any]]] = yaml.load(
    Path(__file__).with_name("statements.yaml").read_text(encoding="utf-8"), _LOADER
)


def _stated(case: Mapping[str, Any]) -> Stated:
    given = {name: case[name] for name in ("path", "robots", "head", "body", "tdmrep", "ai_txt")
             if name in case}  # fmt: skip
    documents = {LICENSE: case["rsl"]} if "rsl" in case else {}
    robot = (case.get("as", "*"),)
    encoding = case.get("in", "utf-8")
    return Stated(
        headers=case.get("header", {}), rsl=documents, agents=robot, encoding=encoding, **given
    )


def _shown(case: Mapping[str, Any]) -> dict[str, Any]:
    rights = _stated(case).rights()
    robot = case.get("as", "*")
    heard = [
        each
        for each in rights.statements
        if each.place in OF_THE_PAGE or each.agent in {None, robot}
    ]
    uses: tuple[Use, ...] = get_args(Use)
    decisive = {use: deciding(heard, use) for use in uses}
    says = "".join(
        _LETTERS[getattr(each.uses, use) if each else NOT_STATED] for use, each in decisive.items()
    )
    assert rights.ai_train == {letter: word for word, letter in _LETTERS.items()}[says[0]]
    train = decisive["train"]
    assert rights.ai_train_rule == (train.rule if train else None)
    by = case.get("by")
    is_told = by is not None and train is not None and _begins(train.rule, by)
    shown = {"says": says, "by": by if is_told else rights.ai_train_rule}
    return shown | {"fetch": rights.robots_txt, "license": rights.license}


def _begins(rule: str, by: str) -> bool:
    """Returns whether a rule begins so, with a whole number of a line."""
    return rule.startswith(by) and not rule[len(by) :][:1].isdigit()


@pytest.mark.parametrize("case", CASES, ids=[f"statement-{n}" for n in range(len(CASES))])
def test_what_is_stated_decides_as_its_standard_says(case: dict[str, Any]) -> None:
    shown = _shown(case)
    expected = {name: case.get(name) for name in ("says", "by", "license")}
    if "fetch" in case:
        expected["fetch"] = case["fetch"]

    assert {name: shown[name] for name in expected} == expected


def test_the_table_holds_two_hundred_different_statements() -> None:
    assert len({repr(_stated(case)) for case in CASES}) == len(CASES) >= 200


@pytest.mark.parametrize("case", CASES[::7], ids=[f"statement-{n}" for n in range(len(CASES[::7]))])
def test_every_statement_is_listed_with_the_place_that_it_was_read_at(case: dict[str, Any]) -> None:
    for each in _stated(case).rights().statements:
        assert each.place in OF_THE_PAGE or each.place in {"robots.txt", "tdmrep.json", "ai.txt"}
        assert each.text
        assert (each.line is None) == (each.place not in {"robots.txt", "ai.txt"})
