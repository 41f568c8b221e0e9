"""Finished output folders with invented documents, and reviewers who fill in their sheets."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl import load_workbook

from jingyu.pipeline.store.corpus import nested
from jingyu.schemas.corpus import DOCUMENT, corpus_schema
from jingyu.schemas.lexicon import SUBJECTS
from tests.support.staged import empty_of

Answers = Mapping[str, Mapping[str, str]]
"""What a reviewer writes, by document id and column."""


def document_id(number: int) -> str:
    return blake2b(str(number).encode(), digest_size=16).hexdigest()


def document(number: int, **columns: Any) -> dict[str, Any]:
    """Returns a row of `DOCUMENT`, with the columns given."""
    row: dict[str, Any] = {}
    for field in DOCUMENT:
        row[field.name] = None if field.nullable else empty_of(field.type)
    return row | {
        "document_id": document_id(number),
        "text": f"第{number}篇：清明时节雨纷纷，𠮷野家的门口排起了队。\n次日放晴。",
        "url": f"https://www{number % 7}.example.cn/{number}.html",
        "host": f"www{number % 7}.example.cn",
        "registered_domain": "example.cn",
        "title": "雨后",
        "published_at": date(2025, 4, 4),
        "captured_at": datetime(2025, 5, 6, 7, 8, tzinfo=UTC),
        "language": "zh",
        "quality": (number % 100) / 100,
        **columns,
    }


def finished(
    out: Path,
    documents: Sequence[Mapping[str, Any]],
    *,
    shards: int = 2,
    run: str = "a" * 64,
    extra: Iterable[pa.Field] = (),
) -> str:
    """Writes the output folder of a finished run, and returns its path."""
    schema = corpus_schema(tuple(SUBJECTS))
    parts = []
    (out / "corpus").mkdir(parents=True)
    for shard in range(shards):
        name = f"corpus/part-{shard:05}.parquet"
        rows = documents[shard::shards]
        known = [{name: row[name] for name in DOCUMENT.names} for row in rows]
        batch = nested(pa.RecordBatch.from_pylist(known, DOCUMENT), schema)
        table = pa.Table.from_batches([batch])
        for field in extra:
            table = table.append_column(field, pa.array([r[field.name] for r in rows], field.type))
        pq.write_table(table, out / name, row_group_size=100)
        parts.append({"path": name, "rows": len(rows)})
    manifest = {"fingerprints": {"write": run}, "parts": [*parts, {"path": "ledger/x", "rows": 9}]}
    (out / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return str(out)


def fill_workbook(path: Path, answers: Answers, to: Path | None = None) -> Path:
    """Writes answers into a workbook as a reviewer does, and returns where it was saved."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    keys = [str(cell.value).split()[-1] for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        told = answers.get(str(row[keys.index("document_id")].value), {})
        for key, value in told.items():
            row[keys.index(key)].value = value
    book.save(to or path)
    return to or path


def fill_csv(path: Path, answers: Answers, without: str = "") -> Path:
    """Writes answers into a CSV sheet, deletes the row of a document, and returns its path."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        header, *rows = csv.reader(stream)
    keys = [cell.split()[-1] for cell in header]
    for row in rows:
        for key, value in answers.get(row[keys.index("document_id")], {}).items():
            row[keys.index(key)] = value
    return write_csv(path, [header, *(row for row in rows if not without or without not in row)])


def write_csv(path: Path, rows: Iterable[Sequence[str]], encoding: str = "utf-8-sig") -> Path:
    """Writes rows as a CSV file, and returns its path."""
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream).writerows(rows)
    return path
