"""Whose files lie in an output folder: nothing of somebody else's is touched."""

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from jingyu.filters.settings.errors import ConfigError, InputError
from jingyu.pipeline.read import storage
from jingyu.pipeline.store import filesystem
from jingyu.pipeline.store.chosen import Chosen
from jingyu.pipeline.store.in_turn import in_turn
from jingyu.pipeline.store.items import WorkItem
from jingyu.pipeline.store.layout import (
    CARD,
    DROPPED_SOURCES,
    MANIFEST,
    REPORT,
    STATISTICS_FOLDER,
    STATS,
    TAKEDOWN,
)
from jingyu.pipeline.store.parquet import batches_of
from jingyu.pipeline.store.writable import writable

JOURNAL: Final = ".publishing.json"
"""Which parts lie in an output folder or were about to, should the run have been killed."""

_FILES: Final = (MANIFEST, STATS, CARD, REPORT, DROPPED_SOURCES, TAKEDOWN, JOURNAL)
_FOLDERS: Final = ("corpus", "ledger", "index", STATISTICS_FOLDER, "sites")
_MOST_NAMED: Final = 3


def check_output(out: str) -> None:
    """Checks that whatever a run would replace in a folder is of a run of ours.

    Raises:
        ConfigError: There is a file that no manifest of ours accounts for; nothing was touched.
    """
    ours = _parts(out)
    # What has the same name in each output is ours where anything is.
    named_alike = _FILES if ours is None else ()
    foreign = [name for name in named_alike if storage.exists(storage.join(out, name))]
    for folder in _FOLDERS:
        names = [f"{folder}/{file.name}" for file in _files(storage.join(out, folder))]
        foreign += [name for name in names if name not in (ours or ())]
    if foreign:
        raise ConfigError(
            f"{out}: holds files that no run of Jingyu accounts for ({_named(foreign)}), and a run "
            "would replace them; move them away, or give another `--output`"
        )


def check_staging(folder: str) -> None:
    """Checks that a folder of staged files holds those of runs of ours, or nothing yet.

    Raises:
        ConfigError: It holds other things, and no pass over a crawl; nothing was touched.
    """
    if not storage.is_local(folder):
        return  # nothing is removed there
    names = sorted(name for name in filesystem.names_in(folder) if not name.startswith("."))
    # A pass leaves its folder before anything else.
    if names and not any(name.startswith("extract-") for name in names):
        raise ConfigError(
            f"{folder}: is to hold staged files, and holds what no run of Jingyu left "
            f"({_named(names)}); give another `--staging`, or an `--output` without it"
        )


def check_inputs(out: str, items: Sequence[WorkItem], *, replace: bool) -> None:
    """Checks that no documents of a finished corpus go because their inputs are not given.

    Of a file that is read by an index, each record that the ledger has must be named again.

    Args:
        out: The output folder.
        items: The pieces of what is given.
        replace: Whether documents of other inputs may go.

    Raises:
        ConfigError: The corpus was made of an input that is not among these, or of records of
            one that are not.
    """
    if replace or _told(out, MANIFEST) is None:
        return
    manifest = json.loads(storage.read_bytes(storage.join(out, MANIFEST)))
    known = manifest["inputs"]
    given: Counter[tuple[str, int | None]] = Counter()
    for item in items:
        given[item.file.name, item.file.size] += item.chosen.count if item.chosen else 0
    gone = [
        each["name"]
        for each in known
        if (key := (each["name"], each["bytes"])) not in given or given[key] < _chosen_records(each)
    ]
    gone = gone or _with_others_named(out, known, items)
    if gone:
        raise ConfigError(
            f"{out}: holds the corpus of {len(known)} inputs, of which {len(gone)} "
            f"({_named(gone)}) are not among the {len(given)} given now, are other files, or lack "
            "records that an index named; documents of theirs would go: give `--replace` if "
            "they may, or another `--output`"
        )


def _chosen_records(described: dict[str, Any]) -> int:
    """Returns how many records of an input an index named; 0 if it was read whole."""
    return sum(piece.get("chosen_records", 0) for piece in described.get("pieces", ()))


def _with_others_named(
    out: str, known: Sequence[dict[str, Any]], items: Sequence[WorkItem]
) -> list[str]:
    """Returns inputs of which the ledger has a record that an index names no more."""
    given: dict[str, list[Chosen]] = {}
    for item in items:
        if item.chosen:
            given.setdefault(item.file.name, []).append(item.chosen)
    changed = {
        str(writable(each["name"])): _offsets(given[each["name"]])
        for each in known
        if each["name"] in given
        and [piece.get("chosen_places") for piece in each["pieces"]]
        != [chosen.digest for chosen in given[each["name"]]]
    }
    gone: set[str] = set()
    for file in _files(storage.join(out, "ledger")) if changed else ():
        for rows in batches_of(file.path, ["source_file", "offset"]):
            for name in rows["source_file"].unique().to_pylist():
                if name in changed:
                    of_file = rows.filter(pc.equal(rows["source_file"], name))["offset"].to_numpy()
                    if not np.isin(of_file, changed[name]).all():
                        gone.add(name)
    return sorted(gone)


def _offsets(chosen: Sequence[Chosen]) -> NDArray[np.int64]:
    return np.array([offset for each in chosen for offset, _ in each.places()], np.int64)


def own_paths(out: str) -> list[str]:
    """Returns the files and folders that runs write in an output folder."""
    return [storage.join(out, name) for name in (*_FILES, *_FOLDERS)]


def put_in_place(written: str, out: str, names: Sequence[str]) -> None:
    """Puts parts in the place of those of the run before; files of nobody's are not touched.

    Args:
        written: Folder of the parts.
        out: The output folder.
        names: Paths of the parts in both.
    """
    old = _parts(out) or set()
    journal = {"parts": [{"path": name} for name in sorted(old.union(names))]}
    filesystem.write_bytes(storage.join(out, JOURNAL), json.dumps(journal).encode())
    filesystem.delete(storage.join(out, MANIFEST))
    gone = [storage.join(out, name) for name in sorted(old.difference(names))]
    for _ in in_turn(filesystem.delete, gone, out):
        pass

    def put(name: str) -> None:
        filesystem.move(storage.join(written, name), storage.join(out, name))

    for _ in in_turn(put, names, out):
        pass
    for folder in _FOLDERS:
        filesystem.delete_empty_folders(storage.join(out, folder))


def _parts(out: str) -> set[str] | None:
    """Returns the parts that runs of ours have put there, or were about to; none without a run."""
    told = [parts for name in (MANIFEST, JOURNAL) if (parts := _told(out, name)) is not None]
    return set().union(*told) if told else None


def _told(out: str, name: str) -> list[str] | None:
    """Returns the parts that a manifest or journal tells of; none if there is none of ours.

    Whoever gives a folder away may have written what he liked: nothing beside the folders of a
    corpus is believed to be ours.
    """
    path = storage.join(out, name)
    if not storage.exists(path):
        return None
    try:
        found = json.loads(storage.read_bytes(path))
        parts = [part["path"] for part in found["parts"]]
        is_ours = all(map(_is_part, parts)) and (name == JOURNAL or _is_manifest(found))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return parts if is_ours else None


def _is_manifest(found: Any) -> bool:
    inputs = [(each["name"], each["bytes"]) for each in found["inputs"]]
    return isinstance(found["fingerprints"]["write"], str) and bool(inputs)


def _is_part(name: str) -> bool:
    folder, *rest = name.split("/")
    return folder in _FOLDERS and bool(rest) and not {"", ".", ".."} & set(rest)


def _named(names: Sequence[Any]) -> str:
    return ", ".join(names[:_MOST_NAMED]) + (", …" if len(names) > _MOST_NAMED else "")


def _files(folder: str) -> list[storage.StoredFile]:
    try:
        return storage.find(folder)
    except InputError:
        return []  # there is no such folder, or no file below it
