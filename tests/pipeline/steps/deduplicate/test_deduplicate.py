from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pyarrow.parquet as pq
import pytest

from jingyu.pipeline.config.deduplication import Deduplication
from jingyu.pipeline.steps.deduplicate.parts.parts import parts_for
from jingyu.pipeline.store.decided import read_decisions
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.tables import read_table
from tests.support.staged import HASHES, ON_A_RUNNER, deduplicate, deduplicate_here, stage

DATES = [None, datetime(2020, 1, 1, tzinfo=UTC), datetime(2024, 1, 1, tzinfo=UTC)]


def signature(rng: np.random.Generator, originals: list[Any]) -> bytes:
    """Returns one that is new, or like one before in some of its hashes."""
    fresh = rng.integers(0, 1 << 32, HASHES, np.uint32)
    if originals and rng.random() < 0.7:
        fresh = np.where(rng.random(HASHES) < rng.random(), originals[-1], fresh)
    originals.append(fresh)
    return bytes(fresh.astype("<u4").tobytes())


def documents(count: int, rng: np.random.Generator) -> list[dict[str, Any]]:
    originals: list[Any] = []
    made: list[dict[str, Any]] = []
    for _ in range(count):
        signed = signature(rng, originals)
        if made and rng.random() < 0.2:  # a copy: equal texts have equal hashes and signatures
            signed = made[int(rng.integers(0, len(made)))]["signature"]
        made.append(
            {
                "text_hash": int.from_bytes(blake2b(signed, digest_size=8).digest(), "little"),
                "signature": signed,
                "quality": float(rng.integers(-1, 4)) / 4,
                "char_count": int(rng.integers(100, 104)),
                "captured_at": DATES[int(rng.integers(0, 3))],
            }
        )
    return made


def decisions(layout: Layout, keys: list[str]) -> list[list[dict[str, Any]]]:
    return [read_table(layout.decisions("deduplicate", key)).to_pylist() for key in keys]


@pytest.mark.parametrize("find", ["near", "exact", "nothing"])
def test_the_stage_decides_as_the_work_in_this_process(find: str, tmp_path: Path) -> None:
    rng = np.random.default_rng(7)
    settings = Deduplication.model_validate({"find": find})
    items = {key: documents(count, rng) for key, count in (("a", 120), ("b", 0), ("c", 80))}
    here, there = stage(tmp_path / "here", items), stage(tmp_path / "there", items)

    deduplicate_here(list(items), here, settings)
    deduplicate(parts_for(list(items), there), there, settings, ON_A_RUNNER)

    found = decisions(here, list(items))
    assert found == decisions(there, list(items))
    assert bool(sum(map(len, found))) is (find != "nothing")


def kept(tmp_path: Path, keep: tuple[str, ...], rows: list[dict[str, Any]]) -> list[int]:
    """Returns which of some equal documents stay."""
    layout = stage(tmp_path, {"a": [{"text_hash": 7} | row for row in rows]})
    deduplicate_here(["a"], layout, Deduplication.model_validate({"keep": keep}))
    decisions = read_decisions("a", layout, "deduplicate")
    stays = np.flatnonzero(decisions.is_open).tolist()
    assert decisions["duplicate_count"][stays].tolist() == [len(rows) - 1]
    return list(stays)


ROWS: list[dict[str, Any]] = [
    {"quality": 0.9, "char_count": 20, "captured_at": None, "source_tier": "untrusted"}
    | {"script": "traditional"},
    {"quality": 0.5, "char_count": 30, "captured_at": DATES[1]},
    {"quality": 0.5, "char_count": 10, "captured_at": DATES[2], "source_tier": "general"}
    | {"script": "simplified"},
]


@pytest.mark.parametrize(
    ("keep", "expected"),
    [
        (("quality",), 0),
        (("longest",), 1),
        (("shortest",), 2),
        (("earliest",), 1),
        (("latest",), 2),
        (("tier",), 2),
        (("simplified",), 2),
        (("traditional",), 0),
    ],
)
def test_the_policy_says_which_of_equals_stays(
    keep: tuple[str, ...], expected: int, tmp_path: Path
) -> None:
    assert kept(tmp_path, keep, ROWS) == [expected]


@pytest.mark.parametrize(
    ("keep", "expected"),
    [(("quality", "longest"), 0), (("quality", "latest"), 1), (("longest", "quality"), 2)],
)
def test_what_stands_first_in_the_policy_weighs_most(
    keep: tuple[str, ...], expected: int, tmp_path: Path
) -> None:
    rows: list[dict[str, Any]] = [
        {"quality": 0.9, "char_count": 20, "captured_at": DATES[1]},
        {"quality": 0.9, "char_count": 10, "captured_at": DATES[2]},
        {"quality": 0.5, "char_count": 30},
    ]

    assert kept(tmp_path, keep, rows) == [expected]


@pytest.mark.parametrize("keep", ["earliest", "latest"])
def test_a_document_without_a_date_stays_only_among_its_like(keep: str, tmp_path: Path) -> None:
    undated = [{"captured_at": None}, {"captured_at": None}]

    assert kept(tmp_path / "dated", (keep,), [*undated, {"captured_at": DATES[1]}]) == [2]
    assert len(kept(tmp_path / "undated", (keep,), undated)) == 1


def test_of_documents_that_are_alike_in_all_the_lowest_id_stays(tmp_path: Path) -> None:
    every = get_args(get_args(Deduplication.model_fields["keep"].annotation)[0])
    (stays,) = kept(tmp_path, every, [{}] * 5)

    ids = pq.read_table(stage(tmp_path, {"a": [{}] * 5}).staged("a").documents)["document_id"]
    assert ids.to_pylist()[stays] == min(ids.to_pylist())


def test_a_rejected_document_drops_nothing(tmp_path: Path) -> None:
    layout = stage(tmp_path, {"a": [{"quality": -1.0}, {"quality": 0.5}]})
    deduplicate_here(["a"], layout, Deduplication())

    assert read_decisions("a", layout, "deduplicate").is_open.tolist() == [False, True]
