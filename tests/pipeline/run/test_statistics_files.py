"""What a run counts equals what DuckDB counts in ledger, corpus and staged documents."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from jingyu.pipeline.config.config import load_config
from jingyu.pipeline.flow import Run, run
from jingyu.pipeline.run.engine import Engine
from jingyu.schemas.corpus import PLACES
from jingyu.schemas.run_files import RUN_FILES
from jingyu.schemas.statistics import STATISTICS
from tests.crawl import build_crawl
from tests.support.paths import DEMO

ENDED_BY_THE_PASS = "('sources', 'gate', 'language')"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    build_crawl(folder / "crawl.warc.gz")
    run(Run(load_config(DEMO), (str(folder / "crawl.warc.gz"),), str(folder / "out"), Engine()))
    return folder / "out"


@pytest.fixture
def query(out: Path) -> Iterator[Any]:
    with duckdb.connect() as database:
        for name in STATISTICS:
            database.sql(f"create view {name} as from '{out}/statistics/{name}.parquet'")
        database.sql(f"create view ledger as from '{out}/ledger/*.parquet'")
        database.sql(f"create view corpus as from '{out}/corpus/**/*.parquet'")
        database.sql(f"create view staged as from '{out}/staging/*/*.documents.parquet'")
        yield lambda text: sorted(database.sql(text).fetchall(), key=repr)


def test_reasons_are_those_of_the_ledger(query: Any) -> None:
    counted = query("select stage, outcome, reason, pages, payload_bytes, characters from reasons")

    assert len(counted) > 10
    assert counted == query(
        """select stage, outcome, reason, count(*), coalesce(sum(payload_bytes), 0)::bigint,
        coalesce(sum(char_count), 0)::bigint from ledger group by all"""
    )


def test_sources_are_all_hosts_of_the_ledger_with_what_the_corpus_has_of_them(query: Any) -> None:
    assert query(
        """select registered_domain, host, pages, kept, rejected, duplicate, failed from sources"""
    ) == query(
        """select registered_domain, host, count(*), count(*) filter (outcome = 'kept'),
        count(*) filter (outcome = 'rejected'), count(*) filter (outcome = 'duplicate'),
        count(*) filter (outcome = 'failed') from ledger group by all"""
    )
    assert query(
        """select host, characters, mainland, overseas, unknown from sources where kept > 0"""
    ) == query(
        """select host, sum(char_count)::bigint, count(*) filter (origin.verdict = 'mainland'),
        count(*) filter (origin.verdict = 'overseas'), count(*) filter (origin.verdict = 'unknown')
        from corpus group by all"""
    )
    assert query("from source_reasons") == query(
        """select registered_domain, host, stage, outcome, reason, count(*) from ledger
        group by all"""
    )


def test_duplicate_deltas_are_the_duplicates_of_the_ledger(query: Any) -> None:
    counted = query("from duplicate_deltas")

    assert counted
    assert counted == query(
        """select duplicate_of, duplicate_corpus, registered_domain, count(*),
        count(*) filter (reason in ('exact_duplicate', 'near_duplicate')) from ledger
        where stage = 'deduplicate' group by all"""
    )


@pytest.mark.parametrize(
    ("name", "expression"),
    {
        "language": "language",
        "origin.verdict": "origin.verdict",
        "damage": "unnest(damage)",
        "captured_month": "strftime(captured_at, '%Y-%m')",
    }.items(),
)
def test_values_are_those_of_the_corpus(name: str, expression: str, query: Any) -> None:
    assert query(
        f"select value, documents, characters from values where \"column\" = '{name}'"
    ) == query(
        f"""select value, count(*), sum(char_count)::bigint from
        (select {expression} as value, char_count from corpus) group by all"""
    )


def test_signals_are_those_of_kept_and_of_lost_documents(query: Any) -> None:
    for signal in ("char_count", "quality", "han_ratio", "char_entropy", "masked_mobile_count"):
        place = ".".join(PLACES[signal])
        found = query(
            f"""select outcome, documents, sum, min_value, max_value from signals
            where signal = '{signal}'"""
        )
        expected = query(
            f"""select 'kept', count(*), sum({place})::double, min({place})::double,
            max({place})::double from corpus
            union all
            select l.outcome, count(*), sum(s.{signal})::double, min(s.{signal})::double,
            max(s.{signal})::double from staged s join ledger l using (document_id)
            where l.outcome <> 'kept' and l.stage not in {ENDED_BY_THE_PASS} group by all"""
        )

        for (outcome, *figures), (wanted, *numbers) in zip(found, expected, strict=True):
            assert outcome == wanted
            assert figures == pytest.approx(numbers)


def test_bins_of_a_distribution_hold_all_documents(query: Any) -> None:
    assert query(
        "select signal, outcome, sum(documents)::bigint from histograms group by all"
    ) == query("select signal, outcome, documents from signals")
    assert query(
        """select outcome, documents from histograms
        where signal = 'quality' and lower >= 0.9 and outcome = 'kept'"""
    ) == query(
        """select 'kept', count(*) from corpus where quality >= 0.9
        group by least(floor(quality * 50), 49)"""
    )


def test_shards_are_the_files_of_the_corpus(query: Any, out: Path) -> None:
    manifest = json.loads((out / "manifest.json").read_text())
    parts = [part for part in manifest["parts"] if part["path"].startswith("corpus/")]

    assert query("select path, documents, bytes, sha256 from shards") == sorted(
        (part["path"], part["rows"], part["bytes"], part["sha256"]) for part in parts
    )
    assert query("select sum(characters)::bigint from shards") == query(
        "select sum(char_count)::bigint from corpus"
    )


@pytest.mark.parametrize(("name", "model"), RUN_FILES.items())
def test_the_schema_of_a_file_names_all_that_a_run_writes_in_it(
    name: str, model: Any, out: Path
) -> None:
    told = json.loads((out / f"{name}.json").read_text())

    model.model_validate(told, strict=True)
    unnamed = set(told) - set(model.model_json_schema()["properties"])
    assert unnamed <= {"language", "script", "charset", "charset_source", "extractor", "clusters"}
