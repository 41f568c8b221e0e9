"""Patterns that are compiled late, and behave as others."""

import copy
import importlib
import pickle
import re
from pathlib import Path

import pytest

from jingyu.filters.lazy_pattern import lazy_pattern
from tests.support.paths import ROOT


def test_a_lazy_pattern_finds_what_the_pattern_does() -> None:
    lazy = lazy_pattern("(?P<year>[0-9]{4})年", re.ASCII)

    found = lazy.search("公元2026年")

    assert found
    assert found["year"] == "2026"
    assert lazy.sub("某年", "2025年和2026年") == "某年和某年"
    assert (lazy.pattern, lazy.groups) == ("(?P<year>[0-9]{4})年", 1)
    assert lazy.flags & re.ASCII


def test_a_lazy_pattern_of_bytes_finds_bytes() -> None:
    assert lazy_pattern(rb"\x1f\x8b").match(b"\x1f\x8b\x08")


def test_nothing_is_compiled_before_a_pattern_is_used() -> None:
    wrong = lazy_pattern("(")

    with pytest.raises(re.error, match="missing"):
        wrong.search("")


def test_copies_find_the_same() -> None:
    lazy = lazy_pattern("中+")
    lazy.search("")

    for copied in (copy.copy(lazy), copy.deepcopy(lazy), pickle.loads(pickle.dumps(lazy))):
        assert copied.findall("中中国中") == ["中中", "中"]


MODULES = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("filters", "pipeline")
    for path in (ROOT / folder).rglob("*.py")
    if "lazy_pattern(" in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("path", MODULES)
def test_each_lazy_pattern_of_a_module_compiles(path: str) -> None:
    module = importlib.import_module("jingyu." + ".".join(Path(path).with_suffix("").parts))
    lazy = [value for value in vars(module).values() if type(value).__name__ == "_Lazy"]

    assert all(isinstance(each.pattern, str | bytes) for each in lazy)
