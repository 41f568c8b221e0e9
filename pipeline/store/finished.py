"""What a finished run has left in its staging folder, from its manifest."""

from typing import Any

from jingyu.pipeline.read import storage
from jingyu.pipeline.store import filesystem
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.tables import TABLE


def layout_of(out: str, manifest: dict[str, Any], staging: str = "") -> Layout:
    """Returns where the files of a run are, those that it staged among them."""
    steps = {step: name for step, name in manifest["fingerprints"].items() if name}
    return Layout(out, **steps, staging=staging)


def staged_keys(layout: Layout) -> list[str]:
    """Returns the names of the items that a run staged, sorted; none if they were deleted."""
    names = filesystem.names_in(layout.folder("deduplicate"))
    keys = sorted(n.removesuffix(TABLE) for n in names if n.endswith(TABLE) and not is_other(n))
    return keys if all(storage.exists(layout.staged(key).documents) for key in keys) else []


def is_other(name: str) -> bool:
    """Returns whether a file of a step's folder holds no decisions on documents."""
    is_of_all = name in {f"dropped{TABLE}", f"capped{TABLE}"} or Layout.is_sites(name)
    return is_of_all or name.endswith((f".changes{TABLE}", f".ended{TABLE}"))
