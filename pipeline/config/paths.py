"""Paths in a config start at its folder."""

from pathlib import Path
from typing import Any, Final

BUILTIN: Final = "builtin"
"""Stands for a file that comes with Jingyu."""

PATHS: Final = (
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
    for place in PATHS:
        values = _resolved(folder, values, place)
    return values


def _resolved(folder: Path, value: Any, place: tuple[str, ...]) -> Any:
    if not place:
        is_path = isinstance(value, str) and "://" not in value and value != BUILTIN
        return str(folder / value) if is_path else value
    key, rest = place[0], place[1:]
    if key == "*" and isinstance(value, list):
        return [_resolved(folder, each, rest) for each in value]
    if isinstance(value, dict) and key in value:
        return value | {key: _resolved(folder, value[key], rest)}
    return value
