"""What a finished run says of its making."""

import platform
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from jingyu.filters.quality.scores import shipped_model_sha256
from jingyu.pipeline.config.config import RunConfig, digest_of, resolved
from jingyu.pipeline.run import fingerprints
from jingyu.pipeline.store.items import Refused, WorkItem
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.staging import Extracted, ExtractSummary

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


def manifest_of(
    config: RunConfig,
    layout: Layout,
    extracted: Extracted,
    parts: list[dict[str, Any]],
    refused: list[Refused],
) -> dict[str, Any]:
    """Returns inputs, resolved config, versions, models, seeds, and the parts with checksums."""
    steps = ("extract", "select", "sources", "deduplicate", "clean", "caps", "write")
    return {
        "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "config": config.model_dump(mode="json"),
        "config_sha256": digest_of(resolved(config)),
        "config_files": config.digests,
        "fingerprints": {step: getattr(layout, step) for step in steps},
        "code": fingerprints.code_version(),
        "versions": {"python": platform.python_version()}
        | {name: fingerprints.version_of(name) for name in _VERSIONS},
        "models": {
            "lid.176.ftz": fingerprints.language_model_sha256(),
            "quality_zh.npz": shipped_model_sha256(),
        },
        "seeds": {"signature": config.signature.seed},
        "inputs": _inputs(extracted),
        "refused": [asdict(each) for each in refused],
        "parts": parts,
    }


def _inputs(extracted: Extracted) -> list[dict[str, Any]]:
    """Returns each input with its size, its digest, and the pieces in which it was read."""
    inputs: dict[str, dict[str, Any]] = {}
    for key, item in extracted.items.items():
        summary = extracted.summaries[key]
        described = inputs.setdefault(
            item.file.name,
            {"name": item.file.name, "path": item.file.path, "bytes": item.file.size}
            | {"sha256": None, "pieces": []},
        )
        described["sha256"] = described["sha256"] or summary.sha256
        if summary.crawl:
            described["crawl"] = summary.crawl
        described["pieces"].append(
            {"start": item.start, "stop": item.stop}
            | {"pages": summary.page_count, "skipped_bytes": summary.skipped_bytes}
            | _chosen(item, summary)
        )
    return list(inputs.values())


def _chosen(item: WorkItem, summary: ExtractSummary) -> dict[str, Any]:
    """Returns what is told of a piece that is the records which an index names."""
    if not item.chosen:
        return {}
    return {
        "chosen_records": item.chosen.count,
        "chosen_places": item.chosen.digest,
        "chosen_sha256": summary.chosen_sha256,
        "moved_bytes": summary.moved_bytes,
    }
