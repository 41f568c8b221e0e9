"""Documents are compared with those of earlier corpora, by way of their indexes."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from jingyu.filters.settings.errors import ConfigError
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.config.deduplication import Deduplication
from jingyu.pipeline.page.settings import Signature
from jingyu.pipeline.page.sign.minhash import HASHES
from jingyu.pipeline.run.engine import Engine
from jingyu.pipeline.steps.deduplicate.parts.index_part import Index, find_indexes
from jingyu.pipeline.steps.deduplicate.parts.parts import parts_for
from jingyu.pipeline.steps.write.index import write_index
from jingyu.pipeline.steps.write.plan import IndexFile
from jingyu.pipeline.store.decided import read_decisions
from jingyu.pipeline.store.layout import Layout
from jingyu.schemas.decisions import DUPLICATE
from jingyu.schemas.index import INDEX
from tests.benchmarks.planted import plant
from tests.benchmarks.staged import stage, staged_table
from tests.support.staged import HERE, ON_A_RUNNER, deduplicate, deduplicate_here, layout_in

CONFIG = RunConfig.model_validate({"rules": [{"signal": "quality", "min": 0, "reason": "low"}]})
SETTINGS = Deduplication()


@pytest.fixture(scope="module")
def table() -> pa.Table:
    """Documents with planted clusters, each twentieth a further capture of an address."""
    planted = staged_table(plant(1_200).texts)
    urls = np.arange(planted.num_rows, dtype=np.uint64) % np.uint64(planted.num_rows * 19 // 20) + 1
    planted = planted.set_column(planted.schema.get_field_index("url_key"), "url_key", [urls])
    order = np.random.default_rng(5).permutation(planted.num_rows)
    return planted.take(pa.array(order))


def earlier_corpus(table: pa.Table, folder: Path, **output: Any) -> Layout:
    """Deduplicates documents and writes their index."""
    layout = layout_in(folder)
    keys = stage(table, layout, 2)
    deduplicate_here(keys, layout, SETTINGS, HASHES)
    config = CONFIG.model_copy(update={"output": CONFIG.output.model_copy(update=output)})
    write_index(IndexFile("part-00000.parquet", tuple(keys)), layout, config)
    (folder / "staging" / "write-w" / "index").rename(folder / "index")
    return layout


def survivors(layout: Layout, keys: list[str]) -> dict[str, str | None]:
    """Returns what each document duplicates."""
    found: dict[str, str | None] = {}
    for key in keys:
        ids = layout.staged(key).table(["document_id"])["document_id"].to_pylist()
        named = read_decisions(key, layout, "deduplicate")["duplicate_of"].tolist()
        found |= dict(zip(ids, named, strict=True))
    return found


def with_quality(table: pa.Table, quality: float) -> pa.Table:
    place = table.schema.get_field_index("quality")
    return table.set_column(place, "quality", [np.full(table.num_rows, quality)])


@pytest.fixture(scope="module")
def halves(table: pa.Table) -> tuple[pa.Table, pa.Table]:
    half = table.num_rows // 2
    return with_quality(table.slice(0, half), 1.0), with_quality(table.slice(half), 0.5)


@pytest.fixture(scope="module")
def together(
    halves: tuple[pa.Table, pa.Table], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str | None]:
    """What is decided on all at once, the first half preferred."""
    layout = layout_in(tmp_path_factory.mktemp("together"))
    keys = stage(pa.concat_tables(halves), layout, 3)
    deduplicate_here(keys, layout, SETTINGS, HASHES)
    return survivors(layout, keys)


@pytest.mark.parametrize("engine", [HERE, ON_A_RUNNER], ids=["here", "on a runner"])
def test_against_an_index_the_same_is_dropped_as_beside_its_texts(
    halves: tuple[pa.Table, pa.Table],
    together: dict[str, str | None],
    tmp_path: Path,
    engine: Engine,
) -> None:
    earlier_corpus(halves[0], tmp_path / "first")
    indexes = find_indexes([str(tmp_path / "first")], Signature())
    layout = layout_in(tmp_path / "second")
    keys = stage(halves[1], layout, 2)
    deduplicate(parts_for(keys, layout, indexes, HASHES), layout, SETTINGS, engine, HASHES)

    found = survivors(layout, keys)
    olds = set(halves[0]["document_id"].to_pylist())
    # Where an earlier document says less than one of this run, both stay.
    agreeing = [(found[document] is None) == (together[document] is None) for document in found]
    assert np.mean(agreeing) > 0.95
    assert sum(survivor in olds for survivor in found.values()) > 50
    reasons = [read_decisions(key, layout, "deduplicate")["reason"] for key in keys]
    assert (np.concatenate(reasons) == "url_duplicate").sum() > 10


def test_a_duplicate_of_an_earlier_document_names_its_corpus(
    halves: tuple[pa.Table, pa.Table], tmp_path: Path
) -> None:
    earlier_corpus(halves[0], tmp_path / "corpus-2025")
    indexes = find_indexes([str(tmp_path / "corpus-2025")], Signature())
    layout = layout_in(tmp_path / "again")
    keys = stage(halves[0], layout, 1)
    parts = parts_for(keys, layout, indexes, HASHES)
    deduplicate(parts, layout, SETTINGS, hashes=HASHES)

    decisions = read_decisions(keys[0], layout, "deduplicate")
    assert (decisions["outcome"] == DUPLICATE).all()
    assert set(decisions["duplicate_corpus"].tolist()) == {"corpus-2025"}


def test_documents_of_two_earlier_corpora_both_stand_though_they_are_alike(
    halves: tuple[pa.Table, pa.Table], tmp_path: Path
) -> None:
    for name in ("first", "second"):
        earlier_corpus(halves[0], tmp_path / name)
    paths = [str(tmp_path / name) for name in ("first", "second")]
    layout = layout_in(tmp_path / "again")
    keys = stage(halves[0], layout, 1)
    parts = parts_for(keys, layout, find_indexes(paths, Signature()), HASHES)
    deduplicate(parts, layout, SETTINGS, hashes=HASHES)

    decisions = read_decisions(keys[0], layout, "deduplicate")
    assert set(decisions["duplicate_corpus"].tolist()) == {"first"}


def test_an_index_without_ngrams_decides_by_the_estimates(
    halves: tuple[pa.Table, pa.Table], tmp_path: Path
) -> None:
    earlier_corpus(halves[0], tmp_path / "first", index="signatures")
    indexes = find_indexes([str(tmp_path / "first")], Signature())
    layout = layout_in(tmp_path / "second")
    keys = stage(halves[1], layout, 1)
    parts = parts_for(keys, layout, indexes, HASHES)
    deduplicate(parts, layout, SETTINGS, hashes=HASHES)

    decisions = read_decisions(keys[0], layout, "deduplicate")
    olds = set(halves[0]["document_id"].to_pylist())
    is_near = decisions["reason"] == "near_duplicate"
    is_of_index = np.array([one in olds for one in decisions["duplicate_of"].tolist()])
    estimated = is_near & is_of_index
    assert estimated.sum() > 20
    assert np.isnan(decisions["coverage"][estimated]).all()
    assert decisions["similarity"][estimated].min() >= 0.7


def test_the_index_has_each_document_that_the_rules_let_through(
    halves: tuple[pa.Table, pa.Table], tmp_path: Path
) -> None:
    earlier_corpus(halves[0], tmp_path)
    rows = pq.read_table(tmp_path / "index" / "part-00000.parquet")

    assert rows.schema.equals(INDEX)
    assert set(rows["document_id"].to_pylist()) == set(halves[0]["document_id"].to_pylist())
    for row in rows.to_pylist():
        is_kept = row["survivor_id"] == row["document_id"]
        assert (row["signature"] is not None) is (row["ngrams"] is not None) is is_kept


def test_an_index_of_other_parameters_is_refused_with_what_differs(
    halves: tuple[pa.Table, pa.Table], tmp_path: Path
) -> None:
    earlier_corpus(halves[0], tmp_path / "first")

    with pytest.raises(
        ConfigError, match=r"made with ngram 5, not 4, seed 1, not 2; .*`signature`"
    ):
        find_indexes([str(tmp_path / "first")], Signature(ngram=4, seed=2))


@pytest.mark.parametrize("content", ["nothing", "another file"])
def test_a_folder_without_an_index_is_refused(content: str, tmp_path: Path) -> None:
    if content != "nothing":
        pq.write_table(pa.table({"a": [1]}), tmp_path / "a.parquet")

    with pytest.raises(ConfigError, match=r"has no index|is no index"):
        find_indexes([str(tmp_path)], Signature())


def test_an_index_is_known_by_its_files(halves: tuple[pa.Table, pa.Table], tmp_path: Path) -> None:
    earlier_corpus(halves[0], tmp_path / "first")
    (index,) = find_indexes([str(tmp_path / "first" / "index")], Signature())

    assert isinstance(index, Index)
    assert json.dumps(index.identity)
    assert (
        find_indexes([str(tmp_path / "first")], Signature())[0].identity[1:] == index.identity[1:]
    )
