"""Processes of ours start apart from the folder that they are started in."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from jingyu.pipeline.page.isolation import interpreter
from tests.support.foreign import LIBRARIES, NAMES, foreign_folder
from tests.support.paths import ROOT

PROGRAM = "tests.support.whereabouts"


def told(*arguments: str) -> dict[str, Any]:
    """Returns what a program of ours tells that is started in the current folder."""
    command, environment = interpreter(PROGRAM, *arguments)
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def paths(environment: Any) -> list[str]:
    return str(environment["PYTHONPATH"]).split(os.pathsep)


@pytest.fixture
def foreign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with modules of somebody else."""
    monkeypatch.chdir(foreign_folder(tmp_path / "foreign"))
    return tmp_path / "foreign"


@pytest.mark.parametrize(
    "given", [None, "", ".", "{foreign}", "{foreign}:", "{foreign}/../foreign"]
)
def test_modules_of_the_current_folder_are_not_found(
    given: str | None, foreign: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONPATH", raising=False)
    if given is not None:
        monkeypatch.setenv("PYTHONPATH", given.format(foreign=foreign))

    found = told("a", "b")

    assert found["folder"] == str(foreign)
    assert (found["arguments"], found["safe_path"]) == (["a", "b"], True)
    places = [place for some in found["modules"].values() for place in some]
    assert [place for place in places if Path(place).is_relative_to(foreign)] == []
    assert found["modules"]["tests"] == [str(ROOT / "tests")]
    assert str(ROOT / "pipeline") in found["modules"]["jingyu.pipeline"]


def test_the_same_interpreter_runs_it(foreign: Path) -> None:
    del foreign

    assert os.path.samefile(told()["program"], sys.executable)


def test_where_the_user_says_that_modules_lie_they_are_found(
    foreign: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    libraries = tmp_path / "libraries"
    (libraries / "pipeline").mkdir(parents=True)
    (libraries / "pipeline" / "__init__.py").touch()
    monkeypatch.setenv("PYTHONPATH", f"{libraries}{os.pathsep}{foreign}{os.pathsep}{libraries}")

    assert told()["modules"]["pipeline"] == [str(libraries / "pipeline")]
    _, environment = interpreter(PROGRAM)
    assert paths(environment) == [str(libraries), str(ROOT)]


def test_in_the_folder_where_jingyu_lies_it_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))

    _, environment = interpreter(PROGRAM)

    assert paths(environment) == [str(ROOT)]
    assert str(ROOT / "pipeline") in told()["modules"]["jingyu.pipeline"]


def test_all_else_of_the_environment_is_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOMETHING", "else")

    _, environment = interpreter(PROGRAM)

    assert environment["SOMETHING"] == "else"
    assert "PYTHONSAFEPATH" not in os.environ or os.environ["PYTHONSAFEPATH"]
    assert {*environment} - {*os.environ} <= {"PYTHONPATH", "PYTHONSAFEPATH"}


def test_a_foreign_module_would_end_a_process_that_is_not_kept_apart(foreign: Path) -> None:
    assert (foreign / f"{LIBRARIES[0]}.py").exists()
    environment = {name: os.environ[name] for name in os.environ if name != "PYTHONSAFEPATH"}
    for name in (NAMES[0], LIBRARIES[0]):
        command = [sys.executable, "-c", f"import {name}"]
        done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)

        assert done.stderr == f"foreign {name}\n"
