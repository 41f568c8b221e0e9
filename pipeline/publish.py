"""From written parts to the finished output folder, once the counts add up."""

import hashlib
import json
import platform
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib import metadata
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq

from pipeline import fingerprints, storage
from pipeline.audit.card import dataset_card
from pipeline.audit.statistics import Statistics, add_up, edges_of
from pipeline.config import RunConfig
from pipeline.errors import JingyuError
from pipeline.items import Refused
from pipeline.layout import Layout
from pipeline.work.plan import LedgerPart, Shard
from pipeline.work.write import statistics_path
from schemas.ledger import OUTCOMES
from schemas.signals import SIGNALS

if TYPE_CHECKING:
    from pipeline.flow import Extracted

_MANIFEST = "manifest.json"
_STATS = "stats.json"
_CARD = "README.md"
_CHUNK = 1 << 20
_MOST_DOMAINS = 1000
_VERSIONS = (
    "jingyu",
    "apache-beam",
    "fasttext",
    "numpy",
    "opencc",
    "pyarrow",
    "resiliparse",
    "trafilatura",
)


@dataclass(frozen=True)
class Finished:
    """What a run has written, before it is published."""

    shards: list[Shard]
    parts: list[LedgerPart]
    seconds: float


@dataclass(frozen=True)
class Published:
    """A finished output folder."""

    out: str
    stats: dict[str, Any]
    manifest: dict[str, Any]
    problem: str | None
    """What makes the run a failure though its output is whole, as a sentence."""


def is_published(layout: Layout) -> bool:
    """Returns whether the folder holds the output of these fingerprints, every file of it."""
    if not storage.exists(layout.path(_MANIFEST)):
        return False
    manifest = json.loads(storage.read_bytes(layout.path(_MANIFEST)))
    return bool(
        manifest["fingerprints"]["write"] == layout.write
        and all(storage.exists(layout.path(part["path"])) for part in manifest["parts"])
    )


def read_published(config: RunConfig, layout: Layout) -> Published:
    """Returns what an output folder says of itself."""
    stats, manifest = (
        json.loads(storage.read_bytes(layout.path(name))) for name in (_STATS, _MANIFEST)
    )
    return Published(layout.out, stats, manifest, _problem(config, stats))


def publish(
    config: RunConfig,
    layout: Layout,
    extracted: "Extracted",
    refused: list[Refused],
    finished: Finished,
) -> Published:
    """Checks that every record is accounted for, and moves the parts into their places.

    Raises:
        JingyuError: The counts do not add up; nothing is moved.
    """
    shards = [storage.join("corpus", shard.name) for shard in finished.shards]
    parts = [storage.join("ledger", part.name) for part in finished.parts]
    corpus, ledger = (
        [_part_statistics(layout, name) for name in names] for names in (shards, parts)
    )
    stats = _stats(extracted, add_up(corpus), add_up(ledger), finished.seconds)
    stats["shards"] = dict(zip(shards, corpus, strict=True))
    _check_accounts(layout, extracted, (shards, parts), stats)
    described = [_described(layout, name) for name in (*shards, *parts)]
    manifest = _manifest(config, layout, extracted, described, refused)
    _move_into_place(layout, [*shards, *parts])
    storage.write_bytes(layout.path(_STATS), _json(stats))
    storage.write_bytes(layout.path(_CARD), dataset_card(stats, manifest).encode())
    storage.write_bytes(layout.path(_MANIFEST), _json(manifest))
    return Published(layout.out, stats, manifest, _problem(config, stats))


def _part_statistics(layout: Layout, name: str) -> Statistics:
    path = statistics_path(storage.join(layout.write_folder, name))
    statistics: Statistics = json.loads(storage.read_bytes(path))
    return statistics


def _stats(
    extracted: "Extracted", corpus: Statistics, ledger: Statistics, seconds: float
) -> dict[str, Any]:
    records: Counter[str] = Counter()
    for summary in extracted.summaries.values():
        records.update(summary.records)
    outcomes = {outcome: ledger.get("outcomes", {}).get(outcome, 0) for outcome in OUTCOMES}
    pages = sum(summary.page_count for summary in extracted.summaries.values())
    domains = _domains(ledger.get("domains", {}), corpus.get("domains", {}))
    hosts = list(ledger.get("domains", {}).values())
    return {
        "records_read": sum(records.values()),
        "records_by_type": dict(sorted(records.items())),
        "pages_read": pages,
        "skipped_bytes": sum(s.skipped_bytes for s in extracted.summaries.values()),
        "outcomes": outcomes,
        "reasons": dict(sorted(ledger.get("reasons", {}).items())),
        "usable_pages_per_million": round(1e6 * outcomes["kept"] / pages, 1) if pages else 0.0,
        "documents": corpus.get("documents", 0),
        "characters": corpus.get("characters", 0),
        "registered_domains": {
            "read": len(ledger.get("domains", {})),
            "kept": sum(domain["kept"] > 0 for domain in domains.values()),
        },
        "hosts": {
            "read": sum(len(names) for names in hosts),
            "kept": sum(host["kept"] > 0 for names in hosts for host in names.values()),
        },
        "domains": dict(list(domains.items())[:_MOST_DOMAINS]),
        **{
            name: corpus.get(name, {})
            for name in ("language", "script", "charset", "charset_source")
        },
        "signals": corpus.get("signals", {}),
        "signal_edges": {name: edges_of(name).tolist() for name in SIGNALS.names},
        "seconds": round(seconds, 2),
        "pages_per_second": round(pages / seconds, 1) if seconds else 0.0,
    }


def _domains(
    ledger: dict[str, dict[str, dict[str, int]]], corpus: Statistics
) -> dict[str, dict[str, int]]:
    """Returns counts by registered domain, those with the most kept documents first."""
    domains = {
        domain: {
            "records": sum(host["records"] for host in hosts.values()),
            "hosts": len(hosts),
            "kept": sum(host["kept"] for host in hosts.values()),
            "characters": corpus.get(domain, {}).get("characters", 0),
        }
        for domain, hosts in ledger.items()
    }
    order = sorted(
        domains, key=lambda name: (-domains[name]["kept"], -domains[name]["records"], name)
    )
    return {name: domains[name] for name in order}


def _check_accounts(
    layout: Layout,
    extracted: "Extracted",
    planned: tuple[list[str], list[str]],
    stats: dict[str, Any],
) -> None:
    """Checks the counts made while reading against the rows in the finished files."""
    rows = [
        sum(_rows(storage.join(layout.write_folder, name)) for name in names) for names in planned
    ]
    outcomes = stats["outcomes"]
    staged = sum(s.document_count + s.ended_count for s in extracted.summaries.values())
    counts = {
        "pages read": stats["pages_read"],
        "rows staged": staged,
        "rows in the ledger": rows[1],
        "kept + rejected + duplicate + failed": sum(outcomes.values()),
    }
    if len(set(counts.values())) > 1 or rows[0] != outcomes["kept"]:
        counts["kept"], counts["rows in the corpus"] = outcomes["kept"], rows[0]
        told = ", ".join(f"{name}: {count}" for name, count in counts.items())
        raise JingyuError(f"the counts do not add up ({told}); please report this, it is a defect")


def _rows(path: str) -> int:
    with storage.open_to_read(path) as stream:
        rows: int = pq.ParquetFile(stream).metadata.num_rows
    return rows


def _described(layout: Layout, name: str) -> dict[str, Any]:
    path = storage.join(layout.write_folder, name)
    digest, size = hashlib.sha256(), 0
    with storage.open_to_read(path) as stream:
        while content := stream.read(_CHUNK):
            digest.update(content)
            size += len(content)
    return {"path": name, "rows": _rows(path), "bytes": size, "sha256": digest.hexdigest()}


def _manifest(
    config: RunConfig,
    layout: Layout,
    extracted: "Extracted",
    parts: list[dict[str, Any]],
    refused: list[Refused],
) -> dict[str, Any]:
    steps = ("extract", "select", "deduplicate", "write")
    return {
        "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "config": config.model_dump(mode="json"),
        "config_files": config.digests,
        "fingerprints": {step: getattr(layout, step) for step in steps},
        "code": fingerprints.code_version(),
        "versions": {"python": platform.python_version()}
        | {name: metadata.version(name) for name in _VERSIONS},
        "models": {"lid.176.ftz": _LANGUAGE_MODEL_SHA256},
        "seeds": {"signature": config.signature.seed},
        "inputs": _inputs(extracted),
        "refused": [asdict(each) for each in refused],
        "parts": parts,
    }


_LANGUAGE_MODEL_SHA256 = "8f3472cfe8738a7b6099e8e999c3cbfae0dcd15696aac7d7738a8039db603e83"


def _inputs(extracted: "Extracted") -> list[dict[str, Any]]:
    """Returns each input with its size and the digest of each piece that was read of it."""
    inputs: dict[str, dict[str, Any]] = {}
    for key, item in extracted.items.items():
        summary = extracted.summaries[key]
        described = inputs.setdefault(
            item.file.name,
            {"name": item.file.name, "path": item.file.path, "bytes": item.file.size, "pieces": []},
        )
        described["pieces"].append(
            {"start": item.start, "stop": item.stop, "sha256": summary.sha256}
            | {"pages": summary.page_count, "skipped_bytes": summary.skipped_bytes}
        )
    return list(inputs.values())


def _problem(config: RunConfig, stats: dict[str, Any]) -> str | None:
    failed, pages = stats["outcomes"]["failed"], stats["pages_read"]
    limit = config.output.max_failed_ratio
    if failed > limit * pages:
        return (
            f"{failed} of {pages} pages failed, more than `output.max_failed_ratio` of {limit:g} "
            "allows; see the ledger's rows with outcome `failed`"
        )
    if not stats["outcomes"]["kept"] and not config.output.allow_empty:
        return (
            f"the corpus is empty: none of {pages} pages was kept; see the reasons above, "
            "or set `output.allow_empty: true` if this is fine"
        )
    return None


def _move_into_place(layout: Layout, names: list[str]) -> None:
    storage.delete(layout.path(_MANIFEST))
    for folder in ("corpus", "ledger"):
        storage.delete(layout.path(folder))
    for name in names:
        storage.move(storage.join(layout.write_folder, name), layout.path(name))


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()
