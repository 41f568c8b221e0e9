"""A folder that holds no finished run, or half of one, is told in a sentence."""

import json
from pathlib import Path
from typing import Any

import pytest

import jingyu
from jingyu.filters.settings.errors import InputError

STATS: dict[str, Any] = {"reasons": {}}
MANIFEST: dict[str, Any] = {"config": {}, "fingerprints": {}, "inputs": []} | {
    "parts": [{"path": "ledger/part-00000.parquet"}]
}


def folder(out: Path, stats: object, manifest: object) -> str:
    (out / "stats.json").write_text(json.dumps(stats), encoding="utf-8")
    (out / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return str(out)


@pytest.mark.parametrize(
    ("stats", "manifest"),
    [
        ([], MANIFEST),
        ({}, MANIFEST),
        ({"reasons": 1}, MANIFEST),
        (STATS, []),
        (STATS, None),
        (STATS, {}),
        (STATS, MANIFEST | {"parts": "ledger"}),
    ],
)
def test_what_no_run_has_written_is_no_output(
    stats: object, manifest: object, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="holds no finished run"):
        jingyu.open_output(folder(tmp_path, stats, manifest))


@pytest.mark.parametrize("content", [None, b"", b"PAR1", b"PAR1" + bytes(100)])
def test_a_file_that_is_gone_or_cut_is_told(content: bytes | None, tmp_path: Path) -> None:
    output = jingyu.open_output(folder(tmp_path, STATS, MANIFEST))
    if content is not None:
        (tmp_path / "ledger").mkdir()
        (tmp_path / "ledger" / "part-00000.parquet").write_bytes(content)

    with pytest.raises(InputError, match="a file of ledger/ is gone or damaged"):
        _ = output.ledger
