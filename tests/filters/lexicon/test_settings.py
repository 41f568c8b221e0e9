from pathlib import Path

import pytest
from pydantic import ValidationError

from jingyu.filters.lexicon.settings import (
    LexiconSettings,
    WordList,
    configured_lists,
    lexicon_of,
)
from jingyu.filters.lexicon.starter import starter_lists
from tests.support.terms import words_found


def test_without_lists_there_is_no_lexicon() -> None:
    assert lexicon_of(LexiconSettings(starter=False)) is None


def test_starter_lists_come_before_those_of_the_user(tmp_path: Path) -> None:
    path = tmp_path / "own.txt"
    path.write_text("某词\n", encoding="utf-8")
    own = WordList(path=path, category="a2_region", severity=3)

    lists = configured_lists(LexiconSettings(lists=(own,)))

    assert lists[:-1] == starter_lists()
    assert [(t.text, t.category, t.severity) for t in lists[-1].terms] == [("某词", "a2_region", 3)]


@pytest.mark.parametrize(("tolerate", "expected"), [(True, ["某*词"]), (False, [])])
def test_symbols_are_tolerated_as_the_settings_say(
    tmp_path: Path, *, tolerate: bool, expected: list[str]
) -> None:
    path = tmp_path / "own.txt"
    path.write_text("某词\n", encoding="utf-8")
    own = WordList(path=path, category="fraud")
    lexicon = lexicon_of(LexiconSettings(lists=(own,), tolerate_symbols=tolerate))

    assert lexicon is not None
    assert words_found(lexicon, "某*词") == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"lists": [{"path": "a.txt", "category": "gamblin"}]}, "did you mean gambling"),
        ({"lists": [{"path": "a.txt", "severity": 4}]}, "1, 2 or 3"),
        ({"lists": [{"path": "a.txt"}, {"path": "a.txt"}]}, "names a file twice: a.txt"),
        ({"context_window": -1}, "greater than or equal to 0"),
        ({"context_window": 201}, "less than or equal to 200"),
        ({"starters": True}, "Extra inputs"),
    ],
)
def test_wrong_settings_are_refused(given: dict[str, object], expected: str) -> None:
    with pytest.raises(ValidationError, match=expected):
        LexiconSettings.model_validate(given)
