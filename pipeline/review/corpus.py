"""The corpus of a finished run, read in pieces."""

import contextlib
import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from jingyu.filters.settings.errors import InputError
from jingyu.pipeline.read import storage
from jingyu.pipeline.store.corpus import document_columns, flat, holding
from jingyu.pipeline.store.layout import MANIFEST
from jingyu.pipeline.store.parquet import parquet_file


@dataclass(frozen=True)
class Corpus:
    """The documents that a finished run kept."""

    out: str
    run: str
    """Fingerprint of all that determined the corpus."""
    documents: int
    parts: tuple[str, ...]
    """Paths of its files."""
    columns: tuple[str, ...]
    """What its documents have, details too: columns of `DOCUMENT`."""

    def batches(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """Yields the columns of all documents, one row group in memory at a time."""
        for path in self.parts:
            with _opened(path) as file:
                for group in range(file.num_row_groups):
                    rows = file.read_row_group(group, columns=holding(columns))
                    yield from flat(rows, columns).to_batches()

    def rows(self, ids: Collection[str], columns: Sequence[str]) -> Iterator[dict[str, Any]]:
        """Yields the columns of some documents, in the order of the files.

        A row group that holds none of them costs no more than its ids.
        """
        wanted = pa.array(ids, pa.string())
        for path in self.parts:
            with _opened(path) as file:
                for group in range(file.num_row_groups):
                    names = file.read_row_group(group, columns=["document_id"])
                    is_wanted = pc.is_in(names.column("document_id"), wanted)
                    if pc.any(is_wanted).as_py():
                        rows = file.read_row_group(group, columns=holding(columns))
                        yield from flat(rows.filter(is_wanted), columns).to_pylist()


@contextlib.contextmanager
def _opened(path: str) -> Iterator[pq.ParquetFile]:
    try:
        with parquet_file(path) as file:
            yield file
    except (pa.ArrowException, KeyError) as error:
        raise InputError(
            f"{path}: is damaged or of an earlier version; run `jingyu run` again"
        ) from error


def open_corpus(out: str) -> Corpus:
    """Returns the corpus in the output folder of a finished run.

    Raises:
        InputError: The folder holds no finished run, or its corpus is empty.
    """
    try:
        manifest = json.loads(storage.read_bytes(storage.join(out, MANIFEST)))
        run = str(manifest["fingerprints"]["write"])
        described = [part for part in manifest["parts"] if part["path"].startswith("corpus/")]
        documents = sum(part["rows"] for part in described)
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise InputError(
            f"{out}: has no manifest.json that can be read; give the output folder of a finished "
            "run"
        ) from error
    if not documents:
        raise InputError(f"{out}: the corpus is empty; there is nothing to review")
    parts = tuple(storage.join(out, part["path"]) for part in described)
    lost = [path for path in parts if not storage.exists(path)]
    if lost:
        raise InputError(f"{lost[0]}: is missing; run `jingyu run` again")
    with _opened(parts[0]) as file:
        columns = tuple(document_columns(file.schema_arrow))
    return Corpus(out, run, documents, parts, columns)
