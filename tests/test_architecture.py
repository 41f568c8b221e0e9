"""Who imports whom."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("schemas", "filters", "pipeline")
MODULES = [path for name in PACKAGES for path in sorted((ROOT / name).rglob("*.py"))]
FORBIDDEN = {
    "schemas": ("filters", "pipeline", "tests", "configs", "apache_beam"),
    "filters": ("pipeline", "tests", "apache_beam"),
    "pipeline": ("tests",),
    "pipeline/text": ("apache_beam", "pipeline.stages", "pipeline.work", "pipeline.flow"),
    "pipeline/reading": ("apache_beam", "pipeline.stages", "pipeline.work", "pipeline.flow"),
    "pipeline/duplicates": ("apache_beam", "pipeline.stages", "pipeline.work", "pipeline.flow"),
    "pipeline/contamination": ("apache_beam", "pipeline.stages", "pipeline.work", "pipeline.flow"),
    "pipeline/lines": ("apache_beam", "pipeline.stages", "pipeline.work", "pipeline.flow"),
    "pipeline/review": ("apache_beam", "pipeline.stages", "pipeline.flow", "pipeline.engine"),
    "pipeline/rights": ("apache_beam", "pipeline.stages", "pipeline.work", "pipeline.flow"),
    "pipeline/sources": ("apache_beam", "pipeline.stages", "pipeline.work", "pipeline.flow"),
    "pipeline/takedown": ("apache_beam", "pipeline.stages", "pipeline.work", "pipeline.flow"),
    "pipeline/work": ("apache_beam", "pipeline.stages", "pipeline.flow", "pipeline.engine"),
    "pipeline/audit": ("apache_beam", "pipeline.stages", "pipeline.flow", "pipeline.engine"),
}
MAY_IMPORT_BEAM = ("pipeline/stages/", "pipeline/metrics.py")
MAY_IMPORT_BEAM_IN_FUNCTIONS = ("pipeline/engine.py", "pipeline/storage.py", "pipeline/worker.py")


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


@pytest.mark.parametrize("folder", FORBIDDEN)
def test_a_package_imports_nothing_above_it(folder: str) -> None:
    modules = [path for path in MODULES if name_of(path).startswith(f"{folder}/")]
    found = {
        f"{name_of(path)} imports {name}"
        for path in modules
        for name in imports(path)
        for package in FORBIDDEN[folder]
        if is_in(name, package)
    }

    assert modules
    assert found == set()


def test_beam_is_imported_by_stages_and_where_it_is_started() -> None:
    allowed = (*MAY_IMPORT_BEAM, *MAY_IMPORT_BEAM_IN_FUNCTIONS)
    importing = {
        name_of(path) for path in MODULES if any(is_in(n, "apache_beam") for n in imports(path))
    }

    assert importing
    assert {name for name in importing if not name.startswith(allowed)} == set()


def test_beam_is_not_imported_before_it_is_needed() -> None:
    modules = [path for path in MODULES if not name_of(path).startswith(MAY_IMPORT_BEAM)]
    slow = ("apache_beam", "pipeline.stages", "pipeline.metrics")

    found = {
        f"{name_of(path)} imports {name}"
        for path in modules
        for name in imports_at_once(path)
        if any(is_in(name, package) for package in slow)
    }

    assert found == set()


def test_every_package_is_in_the_wheel() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    listed = settings["tool"]["setuptools"]["packages"]
    found = {
        name_of(path.parent).replace("/", ".")
        for name in (*PACKAGES, "configs")
        for path in ROOT.glob(f"{name}/**/__init__.py")
    }

    assert found - set(listed) == set()
    assert [name for name in listed if not (ROOT / name.replace(".", "/")).is_dir()] == []


def test_every_folder_of_modules_is_a_package() -> None:
    assert [name_of(path) for path in MODULES if not (path.parent / "__init__.py").exists()] == []
