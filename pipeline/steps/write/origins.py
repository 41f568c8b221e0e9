"""Where documents of the corpus come from, counted for the statistics of a shard."""

from collections import Counter, defaultdict

import pyarrow as pa

from jingyu.filters.source.origin import verdicts_of
from jingyu.pipeline.steps.write.statistics import Statistics

COMBINED = "combined"
"""Stands for the verdict over all methods."""


def count_origins(batch: pa.RecordBatch) -> Statistics:
    """Returns, of rows of the corpus, pages by host, method and verdict, and who claims numbers."""
    hosts: dict[str, Counter[str]] = defaultdict(Counter)
    names = ("host", "origin", "origin_evidence", "origin_against")
    for host, verdict, evidence, against in zip(
        *(batch.column(name).to_pylist() for name in names), strict=True
    ):
        counts = hosts[host or ""]
        counts[f"{COMBINED}/{verdict}"] += 1
        for method, said in verdicts_of(verdict, evidence, against).items():
            counts[f"{method}/{said}"] += 1
    return {
        "origins": {host: dict(counts) for host, counts in hosts.items()},
        "claims": _claims(batch),
    }


def _claims(batch: pa.RecordBatch) -> dict[str, dict[str, int]]:
    """Returns pages by claimed number and registered domain."""
    claims: dict[str, Counter[str]] = defaultdict(Counter)
    names = ("registered_domain", "icp_numbers", "psb_numbers")
    for domain, *numbers in zip(*(batch.column(name).to_pylist() for name in names), strict=True):
        for number in (number for some in numbers for number in some or ()):
            claims[number][domain or ""] += 1
    return {number: dict(domains) for number, domains in claims.items()}
