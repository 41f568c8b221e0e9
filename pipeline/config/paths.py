"""Paths in a config start at its folder."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

BUILTIN: Final = "builtin"
"""Stands for a file that comes with Jingyu."""

PATHS: Final = (
    ("inputs", "index", "host_lists", "*"),
    ("sources", "allow_lists", "*"),
    ("sources", "block_lists", "*"),
    ("quality", "model", "path"),
    ("deduplication", "against", "*"),
    ("decontamination", "against", "*", "paths", "*"),
    ("takedown", "lists", "*"),
    ("source_register", "files", "*"),
    ("provenance", "networks", "*"),
    ("rights", "robots", "*"),
    ("lexicon", "lists", "*", "path"),
)
"""Where paths stand; `*` is each entry of a list."""


def with_paths_from(folder: Path, values: Any) -> Any:
    """Returns the values of a config with its paths made relative to a folder.

    Absolute paths and addresses stay, as does what is of another form than a config should be.
    """

    def resolved(path: str) -> str:
        return path if "://" in path or path == BUILTIN else str(folder / path)

    for place in PATHS:
        values = replaced_at(place, values, resolved)
    return values


def replaced_at(place: tuple[str, ...], value: Any, replace: Callable[[str], str]) -> Any:
    """Returns the values of a config with what stands at one of `PATHS` replaced.

    What is of another form than a config should be stays.
    """
    if not place:
        return replace(value) if isinstance(value, str) else value
    key, rest = place[0], place[1:]
    if key == "*" and isinstance(value, list):
        return [replaced_at(rest, each, replace) for each in value]
    if isinstance(value, dict) and key in value:
        return value | {key: replaced_at(rest, value[key], replace)}
    return value
