"""Who imports whom, and what is built."""

import ast
import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import setuptools

from tests.support.paths import ROOT

ORDER = (
    "schemas",
    "filters",
    "pipeline.read",
    "pipeline.page",
    "pipeline.config",
    "pipeline.store",
    "pipeline.steps",
    "pipeline.run",
    "pipeline.flow",
    "pipeline.cli",
)
"""Each imports only those before it."""
READERS = ("pipeline.audit", "pipeline.review", "pipeline.takedown")
"""Rooms that only read an output: they use the store and what is below; nobody below uses them."""
TOP = ("pipeline.flow", "pipeline.cli")
FOLDERS = ("schemas", "filters", "pipeline")
MODULES = [path for name in FOLDERS for path in sorted((ROOT / name).rglob("*.py"))]
MAY_IMPORT_BEAM = ("pipeline/run/",)


def imported(node: ast.AST) -> Iterator[str]:
    """Yields the names that a statement imports: of `from a import b`, a and a.b."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert not node.level, "imports are absolute"
        yield node.module or ""
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imports(path: Path) -> set[str]:
    """Returns all that a module imports, wherever in it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {name for node in ast.walk(tree) for name in imported(node)}


def imports_at_once(path: Path) -> set[str]:
    """Returns what importing a module imports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {name for node in tree.body for name in imported(node)}


def is_in(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def room_of(module: str) -> str | None:
    """Returns the room of a dotted name below `jingyu`, if it lies in one."""
    return next((room for room in (*ORDER, *READERS) if is_in(module, room)), None)


def may_import(room: str, other: str) -> bool:
    if other in READERS:
        return room == other or room in TOP
    if room in READERS:
        return ORDER.index(other) <= ORDER.index("pipeline.store")
    return ORDER.index(other) <= ORDER.index(room)


def test_no_import_runs_back_up() -> None:
    found = set()
    for path in MODULES:
        room = room_of(name_of(path).removesuffix(".py").replace("/", "."))
        for name in imports(path):
            other = room_of(name.removeprefix("jingyu."))
            if room and other and not may_import(room, other):
                found.add(f"{name_of(path)} imports {name}")

    assert found == set()


def test_every_module_lies_in_a_room() -> None:
    outside = [path for path in MODULES if not room_of(name_of(path)[:-3].replace("/", "."))]

    assert [name_of(path) for path in outside] == ["pipeline/__init__.py"]


def test_modules_are_imported_by_one_name() -> None:
    found = {
        f"{name_of(path)} imports {name}"
        for path in MODULES
        for name in imports(path)
        if name.partition(".")[0] in (*FOLDERS, "configs", "tests")
    }

    assert found == set()


def test_beam_is_imported_only_where_it_is_carried_out() -> None:
    importing = {
        name_of(path) for path in MODULES if any(is_in(n, "apache_beam") for n in imports(path))
    }

    assert importing
    assert {name for name in importing if not name.startswith(MAY_IMPORT_BEAM)} == set()


def test_beam_is_not_imported_before_it_is_needed() -> None:
    found = {
        name_of(path)
        for path in MODULES
        if any(is_in(name, "apache_beam") for name in imports_at_once(path))
    }

    assert found == {"pipeline/run/beam.py"}


@pytest.fixture(scope="module")
def built() -> dict[str, Any]:
    """What setup.py tells the build."""
    told: dict[str, Any] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        patch.setattr(setuptools, "setup", lambda **given: told.update(given))
        runpy.run_path(str(ROOT / "setup.py"))
    return told


def test_every_folder_of_modules_is_a_package_of_the_wheel(built: dict[str, Any]) -> None:
    folders = {name_of(path.parent).replace("/", ".") for path in MODULES}

    assert {f"jingyu.{name}" for name in folders} - set(built["packages"]) == set()
    assert [name_of(path) for path in MODULES if not (path.parent / "__init__.py").exists()] == []


def test_every_c_file_is_built(built: dict[str, Any]) -> None:
    files = {name_of(path) for folder in FOLDERS for path in (ROOT / folder).rglob("*.c")}
    sources = [source for module in built["ext_modules"] for source in module.sources]

    assert files
    assert sorted(sources) == sorted(files)


def test_every_c_header_is_known_to_those_that_include_it(built: dict[str, Any]) -> None:
    for module in built["ext_modules"]:
        headers = {Path(header).name for header in module.depends}
        for source in module.sources:
            lines = (ROOT / source).read_text(encoding="utf-8").splitlines()
            included = {
                Path(line.split('"')[1]).name for line in lines if line.startswith('#include "')
            }
            assert included <= headers, source
