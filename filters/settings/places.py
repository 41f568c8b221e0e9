"""YAML that refuses repeated keys and remembers where each value stands."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from jingyu.filters.settings.errors import ConfigError

# libyaml reads ten times faster, where PyYAML was built with it.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_MOST_LISTED: Final = 40

Location = tuple[int | str, ...]


@dataclass(frozen=True)
class Places:
    """Line and column of each value of a file."""

    path: Path
    marks: dict[Location, tuple[int, int]]

    def of(self, location: Location) -> str:
        """Returns `file:line:column: key.path` of a value, or of what should hold it."""
        line, column = self.marks.get(self.known(location), (1, 1))
        return f"{self.path}:{line}:{column}: {name_of(location)}"

    def known(self, location: Location) -> Location:
        """Returns the longest beginning of a location that the file holds."""
        while location not in self.marks and location:
            location = location[:-1]
        return location


def name_of(location: Location) -> str:
    """Returns a location as people write it."""
    return ".".join(map(str, location)) or "config"


def parse(text: str, path: Path) -> tuple[Any, Places]:
    """Returns the values of a YAML text and their places.

    Raises:
        ConfigError: The text is no YAML, or a mapping has a key twice.
    """
    try:
        root = yaml.compose(text, Loader=_LOADER)
        marks: dict[Location, tuple[int, int]] = {}
        if root is not None:
            _walk(root, (), marks, path)
        return yaml.load(text, Loader=_LOADER), Places(path, marks)  # noqa: S506  (a safe one)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path}:{mark.line + 1}:{mark.column + 1}" if mark else str(path)
        raise ConfigError(f"{place}: {getattr(error, 'problem', None) or 'is not YAML'}") from error


def nearest(word: str, known: Iterable[str]) -> str:
    """Returns that a word is unknown, and which known one was probably meant."""
    known = list(known)
    close = difflib.get_close_matches(word, known, n=1)
    hint = f"did you mean `{close[0]}`?" if close else f"known are: {listed(known)}"
    return f"`{word}` is not a key here; {hint}"


def listed(known: Sequence[str]) -> str:
    """Returns what is known, of very much the first."""
    return ", ".join(known[:_MOST_LISTED]) + (", …" if len(known) > _MOST_LISTED else "")


def _walk(
    node: yaml.Node, location: Location, marks: dict[Location, tuple[int, int]], path: Path
) -> None:
    marks.setdefault(location, (node.start_mark.line + 1, node.start_mark.column + 1))
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            place = (key.start_mark.line + 1, key.start_mark.column + 1)
            if key.value in seen:
                raise ConfigError(f"{path}:{place[0]}:{place[1]}: `{key.value}` is given twice")
            seen.add(key.value)
            marks[*location, key.value] = place
            _walk(value, (*location, key.value), marks, path)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _walk(value, (*location, index), marks, path)
