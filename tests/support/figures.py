"""Figures of a small run."""

from typing import Any

STATS: dict[str, Any] = {
    "records_read": 2400,
    "records_by_type": {"": 1, "request": 1199, "response": 1200},
    "pages_read": 1200,
    "cut_inputs": ["a.warc.gz"],
    "internal_errors": [],
    "outcomes": {"kept": 300, "rejected": 800, "duplicate": 90, "failed": 10},
    "reasons": {
        "write/kept": 300,
        "select/rejected/low_quality": 100,
        "gate/rejected/too_few_han": 700,
        "deduplicate/duplicate/near_duplicate": 90,
        "extract/failed/timeout": 10,
    },
    "usable_pages_per_million": 250000.0,
    "documents": 300,
    "characters": 1234567,
    "registered_domains": {"read": 40, "kept": 7},
    "hosts": {"read": 50, "kept": 8},
    "domains": {
        "people.com.cn": {"records": 1000, "hosts": 3, "kept": 290, "characters": 1200000},
        "": {"records": 200, "hosts": 9, "kept": 10, "characters": 34567},
    },
    "origin": {
        "combined": {
            "pages": {"mainland": 240, "overseas": 40, "unknown": 20},
            "hosts": {"mainland": 5, "overseas": 2, "unknown": 1},
        },
        "register": {
            "pages": {"mainland": 200, "overseas": 0, "unknown": 100},
            "hosts": {"mainland": 3, "overseas": 0, "unknown": 5},
        },
        "cctld": {
            "pages": {"mainland": 230, "overseas": 30, "unknown": 40},
            "hosts": {"mainland": 5, "overseas": 1, "unknown": 2},
        },
        "icp": {
            "pages": {"mainland": 150, "overseas": 0, "unknown": 150},
            "hosts": {"mainland": 4, "overseas": 0, "unknown": 4},
        },
        "psb": {
            "pages": {"mainland": 100, "overseas": 0, "unknown": 200},
            "hosts": {"mainland": 2, "overseas": 0, "unknown": 6},
        },
        "ip": {
            "pages": {"mainland": 0, "overseas": 0, "unknown": 300},
            "hosts": {"mainland": 0, "overseas": 0, "unknown": 8},
        },
    },
    "shared_numbers": {"京ICP备12345678号": 6},
    "taken_down": 3,
    "dropped_sources": [{"site": "a.cn"}],
    "dropped_source_count": 1,
    "seconds": {"extract": 10.0, "write": 2.0},
}
MANIFEST: dict[str, Any] = {
    "versions": {"jingyu": "9.9"},
    "created_at": "2026-01-02T03:04:05+00:00",
    "inputs": [{}, {}],
    "parts": [
        {"path": "corpus/part-00000.parquet", "bytes": 1000},
        {"path": "corpus/part-00001.parquet", "bytes": 500},
        {"path": "ledger/part-00000.parquet", "bytes": 7},
    ],
}
