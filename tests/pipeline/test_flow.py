"""The road end to end, on the crawl of invented pages."""

import hashlib
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from rich.console import Console
from warcio.archiveiterator import ArchiveIterator

from jingyu.filters.lexicon.settings import configured_subjects
from jingyu.filters.settings.errors import InputError, JingyuError
from jingyu.pipeline.config.config import RunConfig, load_config, resolved
from jingyu.pipeline.flow import Run, run
from jingyu.pipeline.read.record import PAGE_TYPES
from jingyu.pipeline.run.engine import Engine
from jingyu.pipeline.run.progress import Progress
from jingyu.pipeline.run.publish import Published
from jingyu.pipeline.store.lock import locked
from jingyu.pipeline.store.tables import TABLE, read_table
from jingyu.schemas.corpus import corpus_schema
from jingyu.schemas.ledger import LEDGER
from tests.crawl import HOSTILE, Page, build_crawl, build_hostile_crawl, load_pages
from tests.support.documents import documents_of
from tests.support.paths import DEMO, ROOT


def run_quietly(
    config: RunConfig, paths: list[Path], out: Path, workers: int = 1, small_run: int = 200_000
) -> Published:
    names = tuple(map(str, paths))
    progress = Progress(Console(file=io.StringIO()))
    engine = Engine(workers, small_run=small_run)
    return run(Run(config, names, str(out), engine, progress=progress))


def digests(out: Path) -> dict[str, str]:
    kinds = ("corpus", "ledger", "index", "sites", "statistics")
    files = [path for kind in kinds for path in (out / kind).rglob("*.parquet")]
    return {str(f.relative_to(out)): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


def ledger(out: Path) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = pq.read_table(out / "ledger").to_pylist()
    return rows


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("crawl") / "crawl.warc.gz"
    build_crawl(path)
    return path


@pytest.fixture(scope="module")
def config() -> RunConfig:
    return load_config(DEMO)


@pytest.fixture(scope="module")
def out(crawl: Path, config: RunConfig, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out")
    run_quietly(config, [crawl], out)
    return out


@pytest.fixture(scope="module")
def outcomes(out: Path) -> dict[str, set[object]]:
    found: dict[str, set[object]] = {}
    for row in ledger(out):
        if row["record_type"] != "revisit":
            found.setdefault(str(row["url"]), set()).add(row["outcome"])
    return found


def test_each_page_that_warcio_finds_has_one_row(crawl: Path, out: Path) -> None:
    with crawl.open("rb") as stream:
        found = Counter(r.rec_type for r in ArchiveIterator(stream) if r.rec_type in PAGE_TYPES)
    rows = ledger(out)

    assert Counter(row["record_type"] for row in rows) == found
    assert len({row["document_id"] for row in rows}) == len(rows)


JUDGED = [
    page
    for page in load_pages()
    # Any one of a group of duplicates may be the one that is kept.
    if page.expect != "duplicate"
    and page.file not in {other.duplicate_of for other in load_pages()}
    # The config keeps Chinese without Cantonese.
    and not page.file.startswith("yue-")
    # Prices with nothing around them look like prose to no rule, but pass them.
    and page.file != "shop-hardware-prices.html"
]


@pytest.mark.parametrize("page", JUDGED, ids=lambda page: str(page.file))
def test_a_page_goes_where_a_curator_wants_it(page: Page, outcomes: dict[str, set[object]]) -> None:
    assert outcomes[page.url] == {page.expect}


def test_of_a_group_of_reprints_one_is_kept_and_the_others_name_it(out: Path) -> None:
    pages = {page.file: page for page in load_pages()}
    copies = [page for page in pages.values() if page.duplicate_of == "news-bridge.html"]
    group = {page.url for page in (*copies, pages["news-bridge.html"])}
    rows = [row for row in ledger(out) if row["url"] in group]

    kept = [row["document_id"] for row in rows if row["outcome"] == "kept"]
    dropped = [row for row in rows if row["outcome"] == "duplicate"]

    assert (len(group), len(kept), len(dropped)) == (4, 1, 3)
    assert {row["duplicate_of"] for row in dropped} == set(kept)
    assert all(0.7 <= float(str(row["similarity"])) <= 1 for row in dropped)


def test_the_corpus_holds_the_kept_and_opens_with_its_columns(out: Path, config: RunConfig) -> None:
    kept = {row["document_id"] for row in ledger(out) if row["outcome"] == "kept"}
    parts = sorted((out / "corpus").rglob("*.parquet"))
    tables = [pq.read_table(part) for part in parts]

    assert {part.parent.name for part in parts} == {"high", "rest"}
    schema = corpus_schema(configured_subjects(config.lexicon))
    for table in tables:
        assert all(table.schema.field(f.name).equals(f, check_metadata=True) for f in schema)
        assert table.schema.names == schema.names
    assert {i for table in tables for i in table["document_id"].to_pylist()} == kept
    assert all(q >= 0.5 for q in tables[0]["quality"].to_pylist())
    assert pq.read_schema(out / "ledger" / "part-00000.parquet").equals(LEDGER)


def test_each_file_carries_the_limits_that_let_its_documents_through(
    out: Path, config: RunConfig
) -> None:
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    metadata = [pq.read_schema(part).metadata for part in (out / "corpus").rglob("*.parquet")]

    assert len(metadata) == 2
    for told in metadata:
        assert json.loads(told[b"jingyu.config"]) == resolved(config)
        assert told[b"jingyu.config_sha256"].decode() == manifest["config_sha256"]


def test_a_document_names_its_band(out: Path) -> None:
    documents = documents_of(out)

    assert {each["band"] for each in documents} == {"high", "rest"}
    assert all((each["quality"] >= 0.5) == (each["band"] == "high") for each in documents)


def test_personal_data_is_masked_before_anything_is_written(out: Path) -> None:
    pages = [page for page in load_pages() if page.masked]
    secrets = {value for page in pages for values in page.masked.values() for value in values}
    stays = {value for page in pages for value in page.stays}
    written = ""
    for path in out.rglob("*"):
        if path.suffix == ".parquet":
            written += json.dumps(pq.read_table(path).to_pylist(), default=str, ensure_ascii=False)
        elif path.suffix == TABLE:
            written += json.dumps(read_table(str(path)).to_pylist(), default=str)
        elif path.is_file():
            written += path.read_bytes().decode("utf-8", "replace")

    assert len(secrets) >= 10
    assert not [secret for secret in secrets if secret in written]
    assert all(value in written for value in stays)
    assert all(mask in written for mask in ("[邮箱]", "[手机号]", "[身份证号]"))


def test_what_was_read_of_texts_that_met_goes_when_all_is_decided(out: Path) -> None:
    (decided,) = out.glob("staging/deduplicate-*")

    assert not (decided / "readings").exists()


def test_what_a_run_left_of_readings_that_was_killed_behind_its_last_decision_goes(
    out: Path, crawl: Path, config: RunConfig, tmp_path: Path
) -> None:
    killed = tmp_path / "out"
    shutil.copytree(out, killed)
    (decided,) = killed.glob("staging/deduplicate-*")
    (decided / "readings").mkdir()
    (decided / "readings" / "00000").write_bytes(b"left")
    other = config.model_copy(
        update={"output": config.output.model_copy(update={"index": "nothing"})}
    )

    run_quietly(other, [crawl], killed)

    assert not (decided / "readings").exists()


def test_the_statistics_add_up(out: Path) -> None:
    stats = json.loads((out / "stats.json").read_text(encoding="utf-8"))
    rows = ledger(out)

    assert stats["outcomes"] == {
        outcome: sum(row["outcome"] == outcome for row in rows)
        for outcome in ("kept", "rejected", "duplicate", "failed")
    }
    assert sum(stats["reasons"].values()) == stats["pages_read"] == len(rows)
    for part in stats["shards"].values():
        assert sum(part["signals"]["quality"]["histogram"]) == part["documents"]
    assert sum(stats["signals"]["char_count"]["histogram"]) == stats["documents"]
    assert stats["signals"]["char_count"]["sum"] == stats["characters"]


def test_the_manifest_names_what_was_read_and_what_was_written(out: Path, crawl: Path) -> None:
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    (source,) = manifest["inputs"]

    assert source["name"] == "crawl.warc.gz"
    assert source["bytes"] == crawl.stat().st_size
    assert source["sha256"] == hashlib.sha256(crawl.read_bytes()).hexdigest()
    assert {part["path"]: part["sha256"] for part in manifest["parts"]} == digests(out)


def test_a_rerun_does_nothing(out: Path, crawl: Path, config: RunConfig) -> None:
    def state() -> dict[Path, int]:
        files = [path for path in out.rglob("*") if path.is_file() and path.name != ".lock"]
        return {path: path.stat().st_mtime_ns for path in files}

    before = state()
    run_quietly(config, [crawl], out)

    assert state() == before


def test_two_workers_and_runners_for_each_step_give_the_same_bytes(
    out: Path, crawl: Path, config: RunConfig, tmp_path: Path
) -> None:
    run_quietly(config, [crawl], tmp_path, workers=2, small_run=0)

    assert digests(tmp_path) == digests(out)


def test_another_limit_is_decided_on_what_is_staged(
    out: Path, crawl: Path, config: RunConfig, tmp_path: Path
) -> None:
    quality = config.rules[-1].model_copy(update={"min": 0.9})
    other = config.model_copy(update={"rules": (*config.rules[:-1], quality)})
    fresh = run_quietly(other, [crawl], tmp_path)
    staged = {path: path.stat().st_mtime_ns for path in out.glob("staging/extract-*/*")}

    again = run_quietly(other, [crawl], out)

    assert again.stats["outcomes"] == fresh.stats["outcomes"]
    assert digests(out) == digests(tmp_path)
    assert {p: p.stat().st_mtime_ns for p in out.glob("staging/extract-*/*")} == staged
    run_quietly(config, [crawl], out)


def test_a_new_input_adds_to_what_is_staged(crawl: Path, config: RunConfig, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    text = (
        "山里的天气说变就变，早上还是晴空万里，中午就下起了大雨，我们只好在亭子里等雨停下来再走。"
    )
    row = {"text": text * 3, "url": "http://a.cn/1", "date": "2024-05-01T00:00:00Z"}
    rows.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    out = tmp_path / "out"
    first = run_quietly(config, [rows], out)
    staged = {path: path.stat().st_mtime_ns for path in out.glob("staging/extract-*/*")}

    second = run_quietly(config, [rows, crawl], out)

    assert first.stats["pages_read"] == 1
    assert second.stats["pages_read"] == 86
    now = {path: path.stat().st_mtime_ns for path in out.glob("staging/extract-*/*")}
    assert staged.items() <= now.items()


def command(crawls: list[Path], out: Path) -> list[str]:
    inputs = [part for crawl in crawls for part in ("--input", str(crawl))]
    program = [sys.executable, "-m", "pipeline.cli", "run", str(DEMO)]
    return [*program, *inputs, "--output", str(out), "--workers", "2"]


@pytest.mark.parametrize("moment", ["*.partial", "extract-*/*.json"])
def test_a_killed_run_ends_as_one_that_was_never_killed(
    moment: str, crawl: Path, config: RunConfig, tmp_path: Path
) -> None:
    crawls = [tmp_path / "a.warc.gz", tmp_path / "b.warc.gz", tmp_path / "c.warc.gz"]
    for copy in crawls:
        copy.write_bytes(crawl.read_bytes())
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    run_quietly(config, crawls, whole)
    process = subprocess.Popen(
        command(crawls, killed), cwd=ROOT, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    while not list(killed.glob(f"staging/**/{moment}")):
        assert process.poll() is None
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert not (killed / "manifest.json").exists()

    finished = subprocess.run(
        command(crawls, killed), cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert finished.returncode == 0, finished.stderr
    assert not list(killed.glob("**/*.partial"))
    assert digests(killed) == digests(whole)


def test_what_an_earlier_corpus_holds_does_not_enter_again(
    crawl: Path, config: RunConfig, out: Path, tmp_path: Path
) -> None:
    against = config.deduplication.model_copy(update={"against": (str(out),)})
    output = config.output.model_copy(update={"allow_empty": True})
    again = config.model_copy(update={"deduplication": against, "output": output})
    published = run_quietly(again, [crawl], tmp_path / "out")

    assert published.stats["outcomes"]["kept"] == 0
    duplicates = [row for row in ledger(tmp_path / "out") if row["outcome"] == "duplicate"]
    kept = {row["document_id"] for row in ledger(out) if row["outcome"] == "kept"}
    assert {row["duplicate_of"] for row in duplicates} == kept
    assert {row["duplicate_corpus"] for row in duplicates} == {out.name}


def test_a_takedown_removes_what_its_list_names_and_leaves_all_else_as_it_was(
    crawl: Path, config: RunConfig, tmp_path: Path
) -> None:
    small = config.model_copy(
        update={"output": config.output.model_copy(update={"shard_mib": 0.005})}
    )
    run_quietly(small, [crawl], tmp_path / "out")
    before, corpus = digests(tmp_path / "out"), pq.read_table(tmp_path / "out" / "corpus")
    named = corpus.select(["document_id", "url", "text_hash", "registered_domain"]).to_pylist()[::9]
    listed = tmp_path / "list.csv"
    kinds = [("url", named[0]["url"]), ("text_hash", named[1]["text_hash"])]
    kinds += [("domain", named[2]["registered_domain"]), ("document_id", named[3]["document_id"])]
    rows = "".join(f"{kind},{value},asked,2026-11-22\n" for kind, value in kinds)
    listed.write_text("kind,value,reason,date\n" + rows, encoding="utf-8")
    asked = small.takedown.model_copy(update={"lists": (str(listed),)})
    taking = small.model_copy(update={"takedown": asked})
    taking._digests[str(listed)] = "0"  # noqa: SLF001  (as load_config does)
    published = run_quietly(taking, [crawl], tmp_path / "out")

    gone = {row["document_id"] for row in ledger(tmp_path / "out") if row["stage"] == "takedown"}
    assert {row["document_id"] for row in named[:4]} <= gone
    after = pq.read_table(tmp_path / "out" / "corpus")
    kept = [row for row in corpus.to_pylist() if row["document_id"] not in gone]
    assert after.to_pylist() == kept
    touched = {name for name, digest in digests(tmp_path / "out").items() if before[name] != digest}
    parts = {name for name in before if not name.startswith("statistics/")}
    assert 0 < len(touched & parts) < len(parts) / 2
    assert published.stats["taken_down"] == len(gone)
    proof = json.loads((tmp_path / "out" / "takedown" / "proof.json").read_text(encoding="utf-8"))
    assert [len(entry["documents"]) > 0 for entry in proof["entries"]] == [True] * 4

    carried = tmp_path / "out" / "takedown" / "carry-over.csv"
    own = taking.model_copy(
        update={"takedown": taking.takedown.model_copy(update={"lists": (str(carried),)})}
    )
    own._digests[str(carried)] = "2"  # noqa: SLF001
    run_quietly(own, [crawl], tmp_path / "out")
    assert pq.read_table(tmp_path / "out" / "corpus").to_pylist() == kept

    asked = config.takedown.model_copy(update={"lists": (str(carried),)})
    later = config.model_copy(update={"takedown": asked})
    later._digests[str(carried)] = "1"  # noqa: SLF001
    copy = tmp_path / "later.warc.gz"
    copy.write_bytes(crawl.read_bytes())  # under another name the same pages have other ids
    run_quietly(later, [copy], tmp_path / "later")
    urls = {row["url"] for row in corpus.to_pylist() if row["document_id"] in gone}
    assert not urls & set(pq.read_table(tmp_path / "later" / "corpus")["url"].to_pylist())


def test_hostile_records_are_rows_and_the_pages_between_them_are_read(
    config: RunConfig, tmp_path: Path
) -> None:
    path = tmp_path / "hostile.warc.gz"
    build_hostile_crawl(path)
    # Trafilatura takes a minute for one of the pages, our own engine no time.
    limited = config.extraction.model_copy(update={"engine": "trafilatura", "timeout_seconds": 2})

    hostile = config.model_copy(update={"extraction": limited})
    finished = run_quietly(hostile, [path], tmp_path / "out")
    rows = ledger(tmp_path / "out")
    reasons = {str(row["url"]).removeprefix(HOSTILE): row["reason"] for row in rows}

    healthy = [row["outcome"] for row in rows if "healthy" in str(row["url"])]
    assert len(healthy) == 11
    assert set(healthy) <= {"kept", "duplicate"}
    assert reasons["decompression-bomb"] == "decompression_bomb"
    assert reasons["repeated-paragraph"] == "timeout"
    assert {"truncated-member", "length-too-long", "length-too-short", "lying-charset"} <= set(
        reasons
    )
    assert finished.stats["pages_read"] == len(rows) == 21
    assert finished.stats["skipped_bytes"] > 0


def test_a_corpus_without_documents_is_a_problem_unless_it_is_allowed(
    crawl: Path, config: RunConfig, tmp_path: Path
) -> None:
    rule = config.rules[0].model_copy(update={"min": 1e9})
    nothing = config.model_copy(update={"rules": (rule,)})
    output = config.output.model_copy(update={"allow_empty": True})

    finished = run_quietly(nothing, [crawl], tmp_path)
    allowed = run_quietly(nothing.model_copy(update={"output": output}), [crawl], tmp_path)

    assert re.match("the corpus is empty: none of 85 pages was kept", finished.problem or "")
    assert allowed.problem is None
    assert allowed.stats["documents"] == 0


def test_more_failures_than_allowed_are_a_problem(config: RunConfig, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"text": "没有"}\n["no", "object"]\n', encoding="utf-8")

    finished = run_quietly(config, [rows], tmp_path / "out")

    assert finished.stats["outcomes"]["failed"] == 1
    assert re.match("1 of 2 pages failed, more than", finished.problem or "")


def test_an_input_that_is_not_there_is_an_error_before_any_work(
    config: RunConfig, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=r"nowhere\.warc\.gz: there is no such file"):
        run_quietly(config, [tmp_path / "nowhere.warc.gz"], tmp_path / "out")

    assert not (tmp_path / "out").exists()


def test_an_input_that_cannot_be_read_is_an_error_or_is_named(
    crawl: Path, config: RunConfig, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "crawl.warc.gz").write_bytes(crawl.read_bytes())
    (tmp_path / "in" / "notes.txt").write_text("no crawl", encoding="utf-8")
    skipping = config.inputs.model_copy(update={"unreadable": "skip"})

    with pytest.raises(InputError, match=r"1 of 2 inputs cannot be read .*notes\.txt"):
        run_quietly(config, [tmp_path / "in"], tmp_path / "out")
    lenient = config.model_copy(update={"inputs": skipping})
    finished = run_quietly(lenient, [tmp_path / "in"], tmp_path / "out")

    assert finished.stats["pages_read"] == 85
    assert [each["path"] for each in finished.manifest["refused"]] == [
        str(tmp_path / "in" / "notes.txt")
    ]


def test_inputs_of_one_name_are_an_error(crawl: Path, config: RunConfig, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    copy = tmp_path / "a" / crawl.name
    copy.write_bytes(crawl.read_bytes())

    with pytest.raises(InputError, match="would both be named crawl"):
        run_quietly(config, [crawl, copy], tmp_path / "out")


def test_an_output_that_another_run_writes_to_is_an_error(tmp_path: Path) -> None:
    with (
        locked(str(tmp_path)),
        pytest.raises(JingyuError, match="another run is writing there"),
        locked(str(tmp_path)),
    ):
        pass
