"""Whose files lie in an output folder: nothing of somebody else's is touched."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from jingyu.filters.settings.errors import ConfigError, InputError
from jingyu.pipeline.read import storage
from jingyu.pipeline.store import filesystem

MANIFEST: Final = "manifest.json"
JOURNAL: Final = "publishing.json"
"""What a run is about to put in place, in the staging folder: a killed run leaves it behind."""

_FOLDERS: Final = ("corpus", "ledger", "index")
_FILES: Final = ("README.md", "stats.json", "dropped_sources.txt", "takedown")
_MOST_NAMED: Final = 3


def check_output(out: str, staging: str) -> None:
    """Checks that whatever a run would replace in a folder is of a run of ours.

    Raises:
        ConfigError: There is a file that no manifest of ours accounts for; nothing was touched.
    """
    ours = _accounted(out, staging)
    foreign = [name for name in _FILES if not ours and storage.exists(storage.join(out, name))]
    for folder in _FOLDERS:
        path = storage.join(out, folder)
        names = [f"{folder}/{file.name}" for file in _files(path)]
        foreign += [name for name in names if name not in ours]
    if foreign:
        named = ", ".join(foreign[:_MOST_NAMED]) + (", …" if len(foreign) > _MOST_NAMED else "")
        raise ConfigError(
            f"{out}: holds files that no run of Jingyu accounts for ({named}), and a run would "
            "replace them; move them away, or give another `--output`"
        )


def check_inputs(out: str, inputs: Sequence[tuple[str, int | None]], *, replace: bool) -> None:
    """Checks that no documents of a finished corpus go because their inputs are not given.

    Args:
        out: The output folder.
        inputs: Name and size of each input.
        replace: Whether documents of other inputs may go.

    Raises:
        ConfigError: The corpus was made of an input that is not among these.
    """
    manifest = _read(storage.join(out, MANIFEST))
    if replace or not manifest:
        return
    known = [(each["name"], each["bytes"]) for each in manifest["inputs"]]
    gone = [name for name, size in known if (name, size) not in set(inputs)]
    if gone:
        named = ", ".join(gone[:_MOST_NAMED]) + (", …" if len(gone) > _MOST_NAMED else "")
        raise ConfigError(
            f"{out}: holds the corpus of {len(known)} inputs, of which {len(gone)} ({named}) are "
            f"not among the {len(inputs)} given now, or are other files; documents of theirs would "
            "go: give `--replace` if they may, or another `--output`"
        )


def begin_publishing(staging: str, out: str, names: Iterable[str]) -> None:
    """Leaves what may lie in a folder while parts are put in place, also if the run is killed."""
    parts = [{"path": name} for name in sorted(_accounted(out, staging) | set(names))]
    content = json.dumps({"out": out, "parts": parts}).encode()
    filesystem.write_bytes(storage.join(staging, JOURNAL), content)


def published_files(out: str) -> set[str]:
    """Returns the parts that the manifest in a folder lists."""
    return {part["path"] for part in _read(storage.join(out, MANIFEST)).get("parts", ())}


def _accounted(out: str, staging: str) -> set[str]:
    """Returns the files in a folder that runs of ours have put there, or were about to."""
    journal = _read(storage.join(staging, JOURNAL))
    begun = journal["parts"] if journal.get("out") == out else ()
    return published_files(out) | {part["path"] for part in begun}


def _read(path: str) -> Mapping[str, Any]:
    """Returns a manifest of ours; an empty one if there is none, or somebody else's."""
    try:
        found = json.loads(storage.read_bytes(path)) if storage.exists(path) else {}
    except ValueError:
        return {}
    is_ours = isinstance(found, dict) and isinstance(found.get("parts"), list)
    return found if is_ours else {}


def _files(folder: str) -> list[storage.StoredFile]:
    try:
        return storage.find(folder)
    except InputError:
        return []  # there is no such folder, or no file below it
