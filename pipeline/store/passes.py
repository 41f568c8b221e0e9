"""Passes over the crawl: what each measured, how wide it was, and what another one would read.

A pass is named by all that determines what it measures. How wide it was is part of the names of
what it staged, so that a narrower run finds what a wider one left.
"""

import functools
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jingyu.filters.width import Width
from jingyu.pipeline.read import storage
from jingyu.pipeline.store import filesystem
from jingyu.pipeline.store.staging import SECTIONS, WIDTH

_SECTIONS = f"{SECTIONS}.json"
_SUFFIX = ".json"


@dataclass(frozen=True)
class Pass:
    """A folder of staged items.

    Attributes:
        folder: Where they lie.
        sections: What the config says of measuring, by section.
        name: Short name of the width.
        width: What this run lets in.
    """

    folder: str
    sections: Mapping[str, Any]
    name: str
    width: Width

    def declare(self) -> None:
        """Leaves what the pass measures and lets in beside what it stages."""
        for path, content in (
            (storage.join(self.folder, _SECTIONS), json.dumps(self.sections, sort_keys=True)),
            (_width_file(self.folder, self.name), self.width.model_dump_json()),
        ):
            if not storage.exists(path):
                filesystem.write_bytes(path, content.encode())

    def usable_names(self) -> list[str]:
        """Returns the names of widths that let in all that this run wants, its own first."""
        others = (name for name in _names_in(self.folder) if name != self.name)
        return [
            self.name,
            *(name for name in others if not read_width(self.folder, name).lacks(self.width)),
        ]

    def widened(self, others: Sequence[str]) -> list[str]:
        """Returns the sections by which this run is wider or other than what other folders hold.

        Of several folders that counts which differs least; none differ where nothing is staged.
        """
        staged = [each for each in others if storage.exists(storage.join(each, _SECTIONS))]
        return min((self._differing(folder) for folder in staged), key=len, default=[])

    def _differing(self, folder: str) -> list[str]:
        path = storage.join(folder, _SECTIONS)
        known = json.loads(storage.read_bytes(path))
        wanted = json.loads(json.dumps(self.sections))
        changed = [name for name, value in wanted.items() if known.get(name) != value]
        if changed:
            return changed
        lacking = [read_width(folder, name).lacks(self.width) for name in _names_in(folder)]
        return min(lacking, key=len, default=[])


def _names_in(folder: str) -> Iterable[str]:
    for name in sorted(filesystem.names_in(folder)):
        if name.startswith(WIDTH):
            yield name.removeprefix(WIDTH).removesuffix(_SUFFIX)


def item_key(item: str, width: str) -> str:
    """Returns the name of what is staged of an item under a width."""
    return f"{item}-{width}"


def width_of(folder: str, key: str) -> Width:
    """Returns how wide the pass was that staged an item."""
    return read_width(folder, key.rpartition("-")[2])


@functools.lru_cache(64)
def read_width(folder: str, name: str) -> Width:
    """Returns the width of a name."""
    return Width.model_validate_json(storage.read_bytes(_width_file(folder, name)))


def _width_file(folder: str, name: str) -> str:
    return storage.join(folder, f"{WIDTH}{name}{_SUFFIX}")
