"""What reading a large output costs: `audit`, `whatif`, `diff` and `explain` of invented outputs.

`python -m tests.benchmarks.outputs FOLDER [DOCUMENTS]` makes an output of so many documents (a
million unless told), five times as many rows of the ledger, and what was staged of them; then it
times each command with its own process, and the most memory that it took.
"""

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from jingyu.filters.decisions import Decisions
from jingyu.pipeline.audit.output import Output
from jingyu.pipeline.audit.report.tables import tables_of
from jingyu.pipeline.config.config import load_config
from jingyu.pipeline.page.sign.form import NO_FORM
from jingyu.pipeline.run.fingerprints import width_of
from jingyu.pipeline.store.corpus import nested
from jingyu.pipeline.store.decided import write_decisions
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.passes import Pass
from jingyu.pipeline.store.staging import ExtractSummary
from jingyu.pipeline.store.tables import write_table
from jingyu.schemas.changes import CHANGES
from jingyu.schemas.corpus import DOCUMENT, corpus_schema
from jingyu.schemas.decisions import DECISION, Decision
from jingyu.schemas.ledger import LEDGER
from jingyu.schemas.staging import STAGING
from tests.support.paths import ROOT
from tests.support.staged import empty_of

_WIDTH = "0" * 8
_ROWS = 50_000
_HOSTS = 40_000
_SHARED_FORMS = 60_000
_STAGED: dict[str, Any] = {"compression": "lz4", "use_dictionary": False, "write_statistics": False}
"""As a run writes what it stages."""
_WORDS = (
    "清明时节雨纷纷",
    "路上行人欲断魂",
    "借问酒家何处有",
    "牧童遥指杏花村",
    "联系电话",
    "最新公告",
)
_REASONS = ("too_short", "too_little_han", "low_quality", "too_few_sentences", "too_many_digits")


def _texts(random: np.random.Generator, count: int) -> list[str]:
    words = random.choice(_WORDS, (count, 40))
    return ["，".join(row[:20]) + "。\n" + "，".join(row[20:]) + "。" for row in words]


def _forms(random: np.random.Generator, count: int) -> NDArray[np.uint64]:
    """Returns forms as on the pages of `zh-dev`: one in six has none, one in six that of others."""
    own = random.integers(1, 1 << 63, count).astype(np.uint64)
    shared = random.integers(0, _SHARED_FORMS, count).astype(np.uint64)
    kind = random.integers(0, 6, count)
    return np.where(kind == 0, np.uint64(NO_FORM), np.where(kind == 1, shared + np.uint64(1), own))


def _columns(
    random: np.random.Generator, start: int, count: int, schema: pa.Schema
) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for field in schema:
        unit = (field.metadata or {}).get(b"unit", b"")
        if unit == b"ratio":
            columns[field.name] = random.beta(2, 5, count)
        elif pa.types.is_floating(field.type):
            columns[field.name] = random.gamma(2, 3, count)
        elif pa.types.is_integer(field.type):
            columns[field.name] = random.poisson(2, count).astype(np.int64)
        elif field.nullable:
            columns[field.name] = pa.nulls(count, field.type)
        else:
            columns[field.name] = pa.array([empty_of(field.type)] * count, field.type)
    hosts = random.integers(0, _HOSTS, count)
    ids = random.integers(0, 1 << 62, (count, 2))
    columns |= {
        "document_id": [f"{a:016x}{b:016x}" for a, b in ids.tolist()],
        "host": [f"www.site{host}.cn" for host in hosts.tolist()],
        "registered_domain": [f"site{host}.cn" for host in hosts.tolist()],
        "url": [f"https://www.site{h}.cn/{start + n}.html" for n, h in enumerate(hosts.tolist())],
        "source_file": ["crawl.warc.gz"] * count,
        "offset": np.arange(start, start + count),
        "record_type": ["response"] * count,
        "char_count": random.poisson(400, count),
        "han_count": random.poisson(350, count),
        "site": [f"www.site{host}.cn" for host in hosts.tolist()],
        "language": ["zh"] * count,
        "origin": random.choice(["mainland", "overseas", "unknown"], count).tolist(),
    }
    if "text" in schema.names:
        columns["text"] = _texts(random, count)
        columns["title"] = [f"标题{n}" for n in range(start, start + count)]
    if "form_hash" in schema.names:
        columns["form_hash"] = _forms(random, count)
    if "signature" in schema.names:
        columns["signature"] = pa.array([b"\0" * 8] * count, pa.binary())
    return columns


def _batch(columns: dict[str, Any], schema: pa.Schema) -> pa.RecordBatch:
    arrays = [
        each if isinstance(each, pa.Array) else pa.array(each, field.type, from_pandas=False)
        for field in schema
        for each in (columns[field.name],)
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _turned_away(random: np.random.Generator, start: int, kept: pa.RecordBatch) -> dict[str, Any]:
    """Returns columns of the ledger: of records without a text, a few of them duplicates."""
    count = kept.num_rows * 7 // 2
    rest = _columns(random, start, count, LEDGER)
    reasons = random.choice(["too_few_han", "mostly_other_words"], count).tolist()
    rest |= {"outcome": ["rejected"] * count, "stage": ["gate"] * count, "reason": reasons}
    rest["char_count"] = pa.nulls(count, pa.int64())
    similar = kept.num_rows // 10
    rest["outcome"][:similar] = ["duplicate"] * similar
    rest["stage"][:similar] = ["deduplicate"] * similar
    rest["reason"][:similar] = ["near_duplicate"] * similar
    survivors = random.choice(kept.column("document_id").to_pylist(), similar).tolist()
    rest["duplicate_of"] = pa.array(survivors + [None] * (count - similar))
    return rest


def make(out: Path, documents: int) -> None:
    """Writes an output: a million documents, half as many again that were staged and lost."""
    random = np.random.default_rng(1)
    config = load_config(ROOT / "configs" / "web_zh.yaml")
    layout = Layout(str(out), "e", "s", "g", "d", "c", "k", "w")
    Pass(layout.folder("extract"), {}, _WIDTH, width_of(config)).declare()
    schema = corpus_schema(("commercial_spam", "gambling", "pornography", "fraud"))
    (out / "corpus").mkdir(parents=True)
    (out / "ledger").mkdir()
    parts: list[dict[str, Any]] = []
    with (
        pq.ParquetWriter(
            out / "corpus" / "part-00000.parquet", schema, compression="zstd"
        ) as corpus,
        pq.ParquetWriter(
            out / "ledger" / "part-00000.parquet", LEDGER, compression="zstd"
        ) as ledger,
    ):
        for number, start in enumerate(range(0, documents, _ROWS)):
            count = min(_ROWS, documents - start)
            staged = _batch(_columns(random, start, count * 3 // 2, STAGING), STAGING)
            key = f"{number:020x}-{_WIDTH}"
            path = Path(layout.staged(key).documents)
            path.parent.mkdir(parents=True, exist_ok=True)
            pq.write_table(pa.Table.from_batches([staged]), path, row_group_size=1000, **_STAGED)
            decisions = Decisions.none(staged.num_rows)
            lost = np.arange(count, staged.num_rows)
            for place, reason in enumerate(_REASONS):
                decision = Decision("rejected", "select", reason, 0.1, 0.2)
                decisions.end(lost[place :: len(_REASONS)], decision)
            write_decisions("select", key, layout, decisions)
            layout.staged(key).write_summary(ExtractSummary(document_count=staged.num_rows))
            repeated = Decisions.none(staged.num_rows)
            for step in ("deduplicate", "clean"):
                write_decisions(step, key, layout, repeated)
            write_table(layout.changes(key), CHANGES.empty_table())
            known = {name: staged.column(name) for name in staged.schema.names}
            missing = {
                f.name: pa.nulls(len(staged), f.type)
                if f.nullable
                else pa.array([empty_of(f.type)] * len(staged), f.type)
                for f in DOCUMENT
                if f.name not in known
            }
            kept = _batch(known | missing, DOCUMENT).slice(0, count)
            corpus.write_batch(nested(kept, schema), row_group_size=1000)
            own = dict(zip(DECISION.names, decisions.ledger(), strict=True))
            own["rights"] = pa.nulls(staged.num_rows, LEDGER.field("rights").type)
            staged_rows = _batch(
                {**{n: known[n] for n in LEDGER.names if n in known}, **own}, LEDGER
            )
            ledger.write_batch(staged_rows, row_group_size=64_000)
            rest = _turned_away(random, start, kept)
            ledger.write_batch(_batch(rest, LEDGER), row_group_size=64_000)
    for name in ("corpus/part-00000.parquet", "ledger/part-00000.parquet"):
        rows = pq.ParquetFile(out / name).metadata.num_rows
        parts.append(
            {"path": name, "rows": rows, "bytes": (out / name).stat().st_size, "sha256": ""}
        )
    manifest = {
        "config": config.model_dump(mode="json"),
        "fingerprints": {
            "extract": "e",
            "select": "s",
            "sources": "g",
            "deduplicate": "d",
            "clean": "c",
        }
        | {"caps": "k", "write": "w"},
        "parts": parts,
        "inputs": [],
    }
    (out / "manifest.json").write_text(json.dumps(manifest, default=str))
    (out / "stats.json").write_text(json.dumps({"reasons": {}, "shards": {}}))
    (out / "statistics").mkdir()
    for name, table in tables_of(Output.open(str(out))).items():
        pq.write_table(table, out / "statistics" / f"{name}.parquet", compression="zstd")


def main(folder: str, documents: str = "1000000") -> None:
    """Makes the output if it is not there, and times the commands."""
    out = Path(folder)
    if not (out / "manifest.json").exists():
        make(out, int(documents))
    first = pq.ParquetFile(out / "ledger" / "part-00000.parquet").read_row_group(
        0, ["document_id", "host"]
    )
    document, site = first["document_id"][0].as_py(), first["host"][0].as_py()
    for words in (
        ["audit", folder],
        ["whatif", folder, "--set", "rules.han_ratio.min=0.3"],
        ["whatif", folder, "--set", "rules.han_ratio.min=0.3", "--sweep", "han_ratio"],
        ["explain", folder, document],
        ["explain", folder, site],
        ["diff", folder, folder],
    ):
        start, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(
            [sys.executable, "-m", "jingyu.pipeline.cli", *words], capture_output=True, check=False
        )
        spent = time.monotonic() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        own = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        most = after.ru_maxrss >> 10
        name = " ".join([words[0], *words[2:]])[:60]
        print(  # noqa: T201
            f"{name:60} {spent:6.1f} s, {own:.1f} s of CPU, at most {most:,} MiB so far, "
            f"exit {done.returncode} {done.stderr.decode()[-200:]}",
            flush=True,
        )
    print(f"report: {os.path.getsize(out / 'report.html'):,} bytes")  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
