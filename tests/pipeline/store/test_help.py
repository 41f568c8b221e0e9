"""Help of commands, as somebody with a Chinese terminal of 60 columns sees it."""

import re
from collections import Counter
from typing import Any

import pytest
import typer
from rich.cells import cell_len

from jingyu.pipeline.cli import app, main
from jingyu.pipeline.store.language import Language, said

_GROUP: Any = typer.main.get_command(app)
COMMANDS = ["", *sorted(_GROUP.commands)]
LANGUAGES: tuple[Language, ...] = ("en", "zh")
WORDS_SIDE_BY_SIDE = re.compile(r"[a-z]{2,} [a-z]{2,}")
EXAMPLES = "示例："


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_chinese_and_fits_the_terminal(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "60")

    main([*command.split(), "--help", "--lang", "zh"])

    told = capsys.readouterr().out
    assert told.startswith("用法：jingyu")
    assert max(map(cell_len, told.splitlines())) <= 60
    before, _, _ = told.partition(EXAMPLES)
    lines = before.replace("<int range>", "").splitlines()[1:]
    assert [line for line in lines if WORDS_SIDE_BY_SIDE.search(line)] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_no_word_of_help_is_lost(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    found = _GROUP.commands[command] if command else _GROUP
    texts = [found.help, found.epilog, *(option.help for option in found.params)]

    for language in LANGUAGES:
        main([*command.split(), "--help", "--lang", language])
        told = Counter("".join(capsys.readouterr().out.split()))
        said_of_it = (said(text, language) for text in texts if text)
        assert Counter("".join("".join(said_of_it).split())) - told == Counter()


def test_a_command_without_a_command_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([])

    assert ended.value.code == 2
    assert "whatif" in capsys.readouterr().out
