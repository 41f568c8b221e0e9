"""Sentences that the program says to people, as its source has them."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.support.paths import ROOT

_ERRORS = {"ConfigError", "InputError", "JingyuError", "FailedRunError", "WebError"} | {
    "MissingError", "UnreadableInput", "NoPages", "Refused"
}  # fmt: skip
_OWN_ERRORS = ("filters/", "pipeline/config/", "pipeline/review/", "pipeline/page/settings.py")
"""Where a `ValueError` says what is wrong with a config or a sheet; elsewhere it is a defect."""
_SAYING = (*_ERRORS, "ValueError", "say", "tell")
PLACE = "\0"
"""What stands where something is put in."""


def sentences() -> Iterator[tuple[str, str]]:
    """Yields each message of an error of users, of progress and of a command, after its place."""
    for folder in ("filters", "pipeline"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            if any(f"{name}(" in text for name in _SAYING):
                yield from _of(path, ast.parse(text))


def words() -> Iterator[tuple[str, str]]:
    """Yields all words that a table or an outline says, after their place."""
    for path, call in _calls("say"):
        if isinstance(call.func, ast.Name):
            for each in _variants(call.args[0]):
                if PLACE not in each:
                    yield f"{path.relative_to(ROOT)}:{call.lineno}", each


def echoed() -> Iterator[tuple[str, str]]:
    """Yields what is printed as it stands, after its place."""
    for name in ("echo", "print"):
        for path, call in _calls(name):
            for each in _variants(call.args[0]):
                yield f"{path.relative_to(ROOT)}:{call.lineno}", each


def _calls(name: str) -> Iterator[tuple[Path, ast.Call]]:
    for path in sorted((ROOT / "pipeline").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if f"{name}(" in text else ():
            if isinstance(node, ast.Call) and _name(node) == name and node.args:
                yield path, node


def _of(path: Path, tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _says(node, path):
            said = node.args[-1 if _name(node) in {"Refused", "ConfigError"} else 0]
            for each in _variants(said):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", each


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _says(call: ast.Call, path: Path) -> bool:
    name = _name(call)
    is_of_users = path.relative_to(ROOT).as_posix().startswith(_OWN_ERRORS)
    is_error = name in _ERRORS or (name == "ValueError" and is_of_users)
    return bool(call.args) and (
        is_error or name == "tell" or (name == "say" and isinstance(call.func, ast.Attribute))
    )


def _variants(node: ast.expr) -> list[str]:
    """Returns the texts that an expression can be, with a mark where something is put in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        found = [""]
        for part in node.values:
            texts = _variants(part) if isinstance(part, ast.Constant) else [PLACE]
            found = [before + text for before in found for text in texts]
        return found
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return [a + b for a in _variants(node.left) for b in _variants(node.right)]
    if isinstance(node, ast.IfExp):
        return [*_variants(node.body), *_variants(node.orelse)]
    return [PLACE]
