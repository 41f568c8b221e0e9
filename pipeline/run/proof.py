"""What a takedown leaves behind: proof of what left, and a list that keeps it out."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from jingyu.pipeline.config.takedown_lists import REGISTER_HEADER, Entry

TakenDown = Mapping[str, Mapping[str, Any]]
"""Documents that were taken down, by id: entry, url, text_hash, signature, duplicate_of, and the
reason for which they would not be in the corpus otherwise."""


def proof(
    taken_down: TakenDown, entries: Sequence[Entry], lists: Mapping[str, str], run: str
) -> dict[str, Any]:
    """Returns what each entry took down; entries that named nothing are there, too.

    A document left the corpus, `left`, if it would be in it without the takedown; of another, which
    was only named, `otherwise` is the reason for which it is not.

    A document that was a duplicate names the one it duplicates: whoever asked for the takedown of
    its address may want that one taken down as well.

    Args:
        taken_down: The documents.
        entries: All entries of the lists.
        lists: SHA-256 of each list, by path.
        run: Fingerprint of the output.
    """
    by_entry: dict[str, list[dict[str, Any]]] = {}
    for document_id, row in sorted(taken_down.items()):
        described: dict[str, Any] = {"document_id": document_id, "url": row["url"]}
        described["left"] = row["otherwise"] is None
        if row["otherwise"]:
            described["otherwise"] = row["otherwise"]
        if row["duplicate_of"]:
            described["duplicate_of"] = row["duplicate_of"]
        by_entry.setdefault(row["entry"], []).append(described)
    return {
        "run": run,
        "lists": dict(lists),
        "documents": len(taken_down),
        "left": sum(row["otherwise"] is None for row in taken_down.values()),
        "only_named": sum(row["otherwise"] is not None for row in taken_down.values()),
        "entries": [
            entry._asdict() | {"value": entry.shown, "documents": by_entry.get(entry.name, [])}
            for entry in entries
        ],
    }


def carried_over(taken_down: TakenDown, entries: Iterable[Entry]) -> str:
    """Returns a takedown list of the entries, and of the texts of what they took down.

    Given to later runs, it also keeps out copies of those texts at other addresses.
    """
    known = {entry.name: entry for entry in entries}
    # The words of a passage are what had to leave: the list that named them keeps them.
    listed = (entry for entry in known.values() if entry.kind != "passage")
    rows: dict[tuple[str, ...], None] = {tuple(entry): None for entry in listed}
    for _, row in sorted(taken_down.items()):
        entry = known[row["entry"]]
        why = entry.reason or f"as {entry.kind}:{entry.shown}"
        asked = (why, entry.date, entry.asked_by, entry.reference)
        rows[("text_hash", str(row["text_hash"]), *asked)] = None
        rows[("signature", row["signature"], *asked)] = None
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\n").writerows([REGISTER_HEADER, *rows])
    return written.getvalue()
