"""Passes over the crawl: what each measured, how wide it was, and why another one is needed.

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
    """The pass that a run asks for; it may have been done before, for some items or for all.

    Attributes:
        folder: Where what it stages lies, beside what others of the same measures staged.
        sections: What it measures: what the config says of it, by section.
        name: Short name of its width.
        width: Which pages it stages as documents.
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
        """Returns the names of the widths, of those in the folder, that this run can use.

        They let in all that it wants; its own comes first, whether it was passed or not.
        """
        others = (name for name in _names_in(self.folder) if name != self.name)
        return [
            self.name,
            *(name for name in others if not read_width(self.folder, name).lacks(self.width)),
        ]

    def widened(self, others: Sequence[str]) -> list[str]:
        """Returns the sections of the config that make this run read pages again.

        In these it measures otherwise than an earlier pass did, or lets in more; of several passes
        the one that differs in fewest counts. Empty if there was none.

        Args:
            others: Folders of passes, which may include this one's.
        """
        staged = [each for each in others if storage.exists(storage.join(each, _SECTIONS))]
        return min((self._differing(folder) for folder in staged), key=len, default=[])

    def _differing(self, folder: str) -> list[str]:
        path = storage.join(folder, _SECTIONS)
        known = json.loads(storage.read_bytes(path))
        wanted = json.loads(json.dumps(self.sections))  # as they are read back: with lists
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
    """Returns the name of what is staged of an item, which ends in that of the width."""
    return f"{item}-{width}"


def width_of(folder: str, key: str) -> Width:
    """Returns how wide the pass was that staged an item in a folder, by the item's key."""
    return read_width(folder, key.rpartition("-")[2])


@functools.lru_cache(64)
def read_width(folder: str, name: str) -> Width:
    """Returns the width that a pass declared in a folder under a name."""
    return Width.model_validate_json(storage.read_bytes(_width_file(folder, name)))


def _width_file(folder: str, name: str) -> str:
    return storage.join(folder, f"{WIDTH}{name}{_SUFFIX}")
