"""Deduplication decides the same, however the documents are ordered and the work is dealt."""

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from jingyu.pipeline.config.deduplication import Deduplication
from jingyu.pipeline.page.sign.minhash import HASHES
from jingyu.pipeline.run.engine import Engine
from jingyu.pipeline.steps.deduplicate.parts.parts import parts_for
from jingyu.pipeline.steps.deduplicate.stage import DeduplicateDocuments
from jingyu.pipeline.store.decided import read_decisions
from jingyu.schemas.decisions import DUPLICATE
from tests.benchmarks.planted import Planted, plant
from tests.benchmarks.sameness import Way, decisions
from tests.benchmarks.scores import precision, recall
from tests.benchmarks.staged import Found, stage, staged_table
from tests.support.staged import HERE, ON_A_RUNNER, deduplicate, layout_in

MIN_SIMILARITY = 0.7


@pytest.fixture(scope="module")
def planted() -> Planted:
    return plant(2_000)


@pytest.fixture(scope="module")
def table(planted: Planted) -> pa.Table:
    return staged_table(planted.texts)


@pytest.fixture(scope="module")
def decided(table: pa.Table) -> Found:
    return decisions(table, Way(seed=0, items=1, workers=0, partitions=1, rounds=0))


@pytest.mark.parametrize(
    "way",
    [
        Way(seed=1, items=7, workers=0, partitions=1, rounds=0),
        Way(seed=2, items=3, workers=1, partitions=4, rounds=0),
        Way(seed=3, items=4, workers=1, partitions=64, rounds=2),
        Way(seed=4, items=4, workers=2, partitions=4, rounds=1),
    ],
    ids=lambda way: f"{way.workers} workers, {way.partitions} partitions",
)
def test_order_workers_and_partitions_change_no_decision(
    table: pa.Table, decided: Found, way: Way
) -> None:
    found = decisions(table, way)

    assert found.survivors.tolist() == decided.survivors.tolist()
    assert np.array_equal(found.similarities, decided.similarities, equal_nan=True)


@pytest.mark.parametrize("kind", ["light edits", "truncated", "repunctuated", "reordered"])
def test_planted_reprints_are_found(planted: Planted, decided: Found, kind: str) -> None:
    shares = {row.low: row for row in recall(planted, decided, kind)}

    assert all(shares[low].resolved >= 0.98 for low in (0.9, 0.95, 1.0) if shares[low].pairs)
    assert not shares[0.85].pairs or shares[0.85].resolved >= 0.9


def test_pages_whose_words_differ_in_many_places_are_not_dropped_for_each_other(
    planted: Planted, decided: Found
) -> None:
    spun = [pair for pair in planted.pairs if planted.kinds[pair[0]] == "spun"]
    apart = [(one, other) for one, other, similarity in spun if similarity < MIN_SIMILARITY - 0.05]
    named = [
        (one, other)
        for one, other in apart
        if decided.survivors[one] == other or decided.survivors[other] == one
    ]

    assert len(apart) > 20
    assert not named


def test_what_is_dropped_truly_resembles_a_kept_document(planted: Planted, decided: Found) -> None:
    judged = precision(planted, decided, MIN_SIMILARITY)

    assert judged.dropped > 400
    assert judged.true >= 0.98  # the others stand as a whole in the longer one that they name
    assert judged.without_survivor == 0


def test_pages_of_one_template_stay(planted: Planted, decided: Found) -> None:
    is_page = np.array([kind == "template" for kind in planted.kinds])

    assert is_page.sum() > 300
    assert (decided.survivors[is_page] < 0).mean() > 0.99


@pytest.mark.parametrize("engine", [HERE, ON_A_RUNNER], ids=["here", "on a runner"])
@pytest.mark.parametrize(("rounds", "settles"), [(0, False), (1, True)])
def test_figures_tell_how_edges_became_clusters(
    table: pa.Table, tmp_path: Path, engine: Engine, rounds: int, *, settles: bool
) -> None:
    layout = layout_in(tmp_path)
    parts = parts_for(stage(table, layout, 2), layout)
    step = DeduplicateDocuments(Deduplication(), layout, 2_000, HASHES, rounds=rounds)

    engine.flow(step, parts, layout.work_list, 2_000)

    figures = json.loads((tmp_path / "staging" / "deduplicate-d" / "clusters.json").read_text())
    assert figures["edges_found"] > figures.get("edges_finished_on_one_worker", 0)
    assert ("documents_settled" in figures) is settles
    assert ("edges_contracted_1" in figures) is settles


@pytest.mark.parametrize(("find", "keeps_all"), [("exact", False), ("nothing", True)])
def test_less_may_be_asked_for(
    planted: Planted, table: pa.Table, tmp_path: Path, find: str, *, keeps_all: bool
) -> None:
    layout = layout_in(tmp_path)
    keys = stage(table, layout, 2)
    settings = Deduplication.model_validate({"find": find})

    deduplicate(parts_for(keys, layout), layout, settings, ON_A_RUNNER, HASHES)

    decisions = [read_decisions(key, layout, "deduplicate") for key in keys]
    dropped = np.concatenate([each["outcome"] == DUPLICATE for each in decisions])
    exact = np.concatenate([each["reason"] == "exact_duplicate" for each in decisions])
    assert (not dropped.any()) is keeps_all
    assert (dropped == exact).all()
    assert {
        kind for kind, is_dropped in zip(planted.kinds, dropped, strict=True) if is_dropped
    } <= {
        "repunctuated",
        "light edits",
        "spun",
        "furniture",
        "truncated",
        "copy in template",
        "reordered",
    }
