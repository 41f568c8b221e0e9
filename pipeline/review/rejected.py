"""Rejected documents as they were staged, so that rules can be reviewed as the corpus is."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jingyu.filters.settings.errors import InputError
from jingyu.pipeline.read import storage
from jingyu.pipeline.review.corpus import Corpus
from jingyu.pipeline.store.finished import layout_of, staged_keys
from jingyu.pipeline.store.layout import MANIFEST, Layout
from jingyu.pipeline.store.parquet import batches_of
from jingyu.pipeline.store.row_groups import taken
from jingyu.schemas.decisions import REJECTED
from jingyu.schemas.staging import SIGNATURE, STAGING

DECIDED: Final = "decided"
"""Column that says why a document was rejected, with value and limit."""
_MARK: Final = "/rejected/"
_TOLD: Final = ("stage", "reason", "measured", "limit")
_MOST_NAMED: Final = 5


@dataclass(frozen=True)
class Rejected(Corpus):
    """The rejected documents of a finished run, of which a text was extracted."""

    layout: Layout
    keys: tuple[str, ...]
    decided: pa.Table
    """Id, stage, reason, value and limit of each record that was rejected."""

    def batches(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """Yields columns of the documents, an item in memory at a time."""
        for key in self.keys:
            table = self.layout.staged(key).table(list(columns))
            is_wanted = pc.is_in(table["document_id"], self.decided["document_id"].combine_chunks())
            yield from table.filter(is_wanted).to_batches()

    def reasons(self) -> list[str]:
        """Returns the reasons that most of the documents were rejected for, those first."""
        ids = [batch["document_id"] for batch in self.batches(["document_id"])]
        staged = pa.chunked_array(ids, pa.string()).combine_chunks()
        found = self.decided.filter(pc.is_in(self.decided["document_id"], staged))
        counted = found.group_by("reason").aggregate([([], "count_all")])
        order = [("count_all", "descending"), ("reason", "ascending")]
        named: list[str] = counted.sort_by(order)["reason"].to_pylist()
        return named[:_MOST_NAMED]

    def rows(self, ids: Collection[str], columns: Sequence[str]) -> Iterator[dict[str, Any]]:
        """Yields columns of some documents, and why each was rejected."""
        wanted = pa.array(ids, pa.string())
        decided = self.decided.filter(pc.is_in(self.decided["document_id"], wanted))
        told = {row["document_id"]: _told(row) for row in decided.to_pylist()}
        names = [name for name in columns if name != DECIDED]
        for key in self.keys:
            staged = self.layout.staged(key)
            is_wanted = pc.is_in(staged.table(["document_id"])["document_id"], wanted)
            rows = np.flatnonzero(is_wanted.to_numpy())
            for _, batch in taken(staged.documents, names, rows) if len(rows) else ():
                for row in batch.to_pylist():
                    yield row | {DECIDED: told[row["document_id"]]}


def rejected_by(run: str) -> str | None:
    """Returns the reason that a sample of rejected documents is of, empty for all of them.

    None if the sample is one of a corpus.
    """
    _, mark, reason = run.partition(_MARK)
    return reason if mark else None


def open_rejected(out: str, reason: str = "", staging: str = "") -> Rejected:
    """Returns the rejected documents of a finished run.

    Args:
        out: Its output folder.
        reason: Which ones; all where it is empty.
        staging: Folder of staged files, if the run was given one.

    Raises:
        InputError: The folder holds no finished run, its staged files were deleted, or there is no
            such document.
    """
    try:
        manifest = json.loads(storage.read_bytes(storage.join(out, MANIFEST)))
        layout = layout_of(out, manifest, staging)
        paths = [part["path"] for part in manifest["parts"] if part["path"].startswith("ledger/")]
        run = str(manifest["fingerprints"]["write"])
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise InputError(f"{out}: holds no finished run; give its output folder") from error
    keys = staged_keys(layout)
    if not keys:
        raise InputError(
            f"{out}: its staged files are not there, and with them the texts of what was rejected; "
            "name their folder by `--staging`"
        )
    decided = _decided(out, paths, reason)
    columns = (DECIDED, *(name for name in STAGING.names if name not in SIGNATURE.names))
    found = Rejected(out, f"{run}{_MARK}{reason}", 0, (), columns, layout, tuple(keys), decided)
    documents = sum(batch.num_rows for batch in found.batches(["document_id"]))
    if not documents:
        others = replace(found, decided=_decided(out, paths, "")).reasons() if reason else []
        raise InputError(
            f"{out}: no document that has a text was rejected"
            + (
                f" for `{reason}`; most that have one were for {', '.join(others)}"
                if others
                else ""
            )
        )
    return Rejected(out, found.run, documents, (), columns, layout, tuple(keys), decided)


def _decided(out: str, paths: Sequence[str], reason: str) -> pa.Table:
    names = ["document_id", *_TOLD]
    found = []
    for path in paths:
        for batch in batches_of(storage.join(out, path), [*names, "outcome"]):
            is_wanted = pc.equal(batch["outcome"], REJECTED)
            if reason:
                is_wanted = pc.and_(is_wanted, pc.equal(batch["reason"], reason))
            found.append(batch.filter(is_wanted).select(names))
    return pa.Table.from_batches(found)


def _told(row: dict[str, Any]) -> str:
    figures = [f"{name} {row[name]:.4g}" for name in ("measured", "limit") if row[name] is not None]
    return ", ".join([f"{row['stage']}/{row['reason']}", *figures])
