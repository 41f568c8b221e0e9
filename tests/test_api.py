"""The public API, as a notebook uses it, also beside folders of somebody else's."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow.compute as pc
import pytest

import jingyu
from jingyu.filters.settings.errors import ConfigError, FailedRunError, InputError
from jingyu.pipeline.audit.minhashes import minhashes
from jingyu.pipeline.audit.output import Output
from jingyu.pipeline.page.sign.minhash import similarity
from jingyu.schemas.decisions import DECISIONS
from tests.crawl import build_crawl

FOREIGN = ("pipeline", "filters", "schemas", "configs", "tests")
NOTEBOOK = """
import jingyu
import pipeline, filters, schemas, configs, tests

assert pipeline.WHOSE == filters.WHOSE == schemas.WHOSE == configs.WHOSE == tests.WHOSE == "mine"
output = jingyu.run(jingyu.load_config("demo"), ["crawl.warc.gz"], "out", workers={workers})
print(output.corpus.count_rows(), output.ledger.count_rows())
"""


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Output:
    folder = tmp_path_factory.mktemp("api")
    build_crawl(folder / "crawl.warc.gz")
    paths = [str(folder / "crawl.warc.gz")]
    return jingyu.run(jingyu.load_config("demo"), paths, str(folder / "out"))


def test_an_output_has_corpus_ledger_and_figures(output: Output) -> None:
    kept = output.ledger.to_table(filter=pc.field("outcome") == "kept")

    assert output.corpus.count_rows() == kept.num_rows == output.stats["documents"] > 0
    assert output.ledger.count_rows() == output.stats["pages_read"]
    assert {"signals", "masked", "rights", "origin"} <= set(output.corpus.schema.names)


def test_what_steps_decided_is_one_dataset_of_one_schema(output: Output) -> None:
    decided = output.decisions.to_table()
    after_extract = output.ledger.to_table(
        filter=pc.field("stage").isin(["rights", "select", "deduplicate", "clean"])
    )

    assert decided.schema.equals(DECISIONS)
    ended = decided.filter(pc.field("outcome").is_valid())
    assert sorted(ended["reason"].to_pylist()) == sorted(after_extract["reason"].to_pylist())


def test_signatures_are_objects_of_datasketch_that_estimate_as_ours_do(output: Output) -> None:
    ids, objects = zip(*output.minhashes(), strict=True)
    values = np.array([each.hashvalues for each in objects]).astype(np.uint32)

    theirs = [[one.jaccard(other) for other in objects[:20]] for one in objects[:20]]

    assert set(output.corpus.to_table(["document_id"])["document_id"].to_pylist()) <= set(ids)
    assert np.array_equal(theirs, similarity(values[:20, None], values[None, :20]))
    assert not any(each.is_empty() for each in objects)


def test_other_parquet_files_hold_no_signatures(output: Output) -> None:
    with pytest.raises(InputError, match="this is no file of an index"):
        list(minhashes(f"{output.path}/ledger"))


def test_an_output_is_opened_again_by_its_folder(output: Output) -> None:
    assert jingyu.open_output(output.path).manifest == output.manifest


def test_decisions_staged_elsewhere_are_found_by_the_name_of_the_folder(tmp_path: Path) -> None:
    build_crawl(tmp_path / "crawl.warc.gz")
    staging = str(tmp_path / "staging")
    crawl = [str(tmp_path / "crawl.warc.gz")]
    config = jingyu.load_config("demo")

    run = jingyu.run(config, crawl, str(tmp_path / "out"), staging=staging)
    opened = jingyu.open_output(run.path, staging)

    assert run.decisions.count_rows() == opened.decisions.count_rows() > 0
    with pytest.raises(InputError, match="name its staging folder"):
        _ = jingyu.open_output(run.path).decisions


def test_pages_of_an_output_are_explained(output: Output) -> None:
    url = output.corpus.to_table(["url"])["url"][0].as_py()

    rows = jingyu.explain(output.path, [url])

    assert (url, "kept") in {(row["url"], row["outcome"]) for row in rows}


def test_a_folder_without_a_finished_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no finished run"):
        jingyu.open_output(str(tmp_path))


def test_a_run_without_a_folder_of_results_is_refused() -> None:
    with pytest.raises(ConfigError, match="give the folder of the results"):
        jingyu.run(jingyu.load_config("demo"), ["crawl.warc.gz"])


def test_a_run_that_keeps_nothing_fails_with_its_figures(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text('{"text": "short"}\n', encoding="utf-8")

    with pytest.raises(FailedRunError, match="the corpus is empty") as raised:
        jingyu.run(
            jingyu.load_config("demo"),
            [str(tmp_path / "rows.jsonl")],
            str(tmp_path / "out"),
        )
    assert raised.value.stats["pages_read"] == 1


@pytest.mark.parametrize("workers", [1, 2])
def test_a_notebook_beside_folders_of_the_same_names_runs(tmp_path: Path, workers: int) -> None:
    for name in FOREIGN:
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("WHOSE = 'mine'\n", encoding="utf-8")
    build_crawl(tmp_path / "crawl.warc.gz")
    (tmp_path / "notebook.py").write_text(NOTEBOOK.format(workers=workers), encoding="utf-8")
    root = str(Path(jingyu.__path__[0]).resolve().parent)

    done = subprocess.run(
        [sys.executable, "notebook.py"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": root},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr.count("Traceback")) == (0, 0), done.stderr
    kept, read = map(int, done.stdout.split())
    assert 0 < kept < read
