"""Nothing of somebody else's is touched, and no documents go unasked."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from jingyu.filters.settings.errors import ConfigError, InputError
from jingyu.pipeline.config.config import load_config
from jingyu.pipeline.flow import Run, run
from jingyu.pipeline.run.engine import Engine
from jingyu.pipeline.run.ownership import JOURNAL
from jingyu.pipeline.run.progress import Progress
from jingyu.pipeline.run.publish import Published
from jingyu.pipeline.store import filesystem
from tests.crawl import build_crawl
from tests.support.paths import DEMO

PAGES = [f"第{number}天，山里的天气说变就变，我们只好等雨停下来再走。" * 9 for number in range(3)]


def rows(path: Path, *texts: str) -> Path:
    lines = [json.dumps({"text": text, "url": f"http://a.cn/{n}"}) for n, text in enumerate(texts)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def run_on(
    out: Path, *inputs: Path, replace: bool = False, staging: str = ""
) -> tuple[Published, str]:
    """Runs, and returns what was published and what was told."""
    told = io.StringIO()
    config = load_config(DEMO)
    lax = config.model_copy(
        update={
            "rules": config.rules[:1],
            "output": config.output.model_copy(update={"allow_empty": True}),
        }
    )
    progress = Progress(Console(file=told, width=300))
    paths = tuple(map(str, inputs))
    return run(Run(lax, paths, str(out), Engine(), staging, replace, progress)), told.getvalue()


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


@pytest.mark.parametrize(
    "name",
    [
        *("corpus/mine.parquet", "ledger/a", "index/deep/a", "takedown/a"),
        *("README.md", "stats.json", "manifest.json", ".publishing.json"),
    ],
)
def test_a_folder_of_somebody_elses_files_is_refused_and_untouched(
    name: str, tmp_path: Path
) -> None:
    (tmp_path / "out" / name).parent.mkdir(parents=True)
    (tmp_path / "out" / name).write_text("mine")
    pages = rows(tmp_path / "a.jsonl", *PAGES)

    with pytest.raises(ConfigError, match=r"holds files that no run of Jingyu accounts for \("):
        run_on(tmp_path / "out", pages)

    assert files_of(tmp_path / "out") == {name: b"mine"}


@pytest.mark.parametrize("path", ["../a.jsonl", "corpus/../../a.jsonl", "/a", "notes.txt", 7])
def test_a_manifest_that_claims_files_elsewhere_is_not_believed(path: Any, tmp_path: Path) -> None:
    pages = rows(tmp_path / "a.jsonl", *PAGES)
    out = tmp_path / "out"
    run_on(out, pages)
    manifest = json.loads((out / "manifest.json").read_text())
    manifest["parts"].append({"path": path})
    (out / "manifest.json").write_text(json.dumps(manifest))
    (out / JOURNAL).unlink()
    before = files_of(tmp_path)

    with pytest.raises(ConfigError, match=r"manifest\.json"):
        run_on(out, pages)

    assert files_of(tmp_path) == before


@pytest.mark.parametrize(
    "content", ["[]", "7", "{", '{"name": "an app"}', '{"parts": [1]}', '{"parts": []}', "[" * 9999]
)
def test_a_manifest_of_another_program_is_not_replaced(content: str, tmp_path: Path) -> None:
    pages = rows(tmp_path / "a.jsonl", *PAGES)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "manifest.json").write_text(content)

    with pytest.raises(ConfigError, match=r"manifest\.json"):
        run_on(tmp_path / "out", pages)

    assert files_of(tmp_path / "out") == {"manifest.json": content.encode()}


def test_files_beside_those_of_a_run_stay(tmp_path: Path) -> None:
    pages = rows(tmp_path / "a.jsonl", *PAGES)
    out = tmp_path / "out"
    out.mkdir()
    (out / ".lock").write_text("mine")
    run_on(out, pages)
    (out / "takedown").mkdir()
    (out / "takedown" / "list.csv").write_text("mine")

    run_on(out, pages, rows(tmp_path / "b.jsonl", "另外一页写的是海边的渔村和那里的人。" * 9))

    assert (out / ".lock").read_text() == (out / "takedown" / "list.csv").read_text() == "mine"


@pytest.mark.parametrize("folder", ["data", "out/staging"])
def test_a_folder_of_other_things_is_not_one_to_stage_in(folder: str, tmp_path: Path) -> None:
    (tmp_path / folder / "progress").mkdir(parents=True)
    (tmp_path / folder / "progress" / "notes").write_text("mine")
    pages = rows(tmp_path / "a.jsonl", *PAGES)

    with pytest.raises(ConfigError, match=r"holds what no run of Jingyu left \(progress\)"):
        run_on(tmp_path / "out", pages, staging=str(tmp_path / folder))

    assert (tmp_path / folder / "progress" / "notes").read_text() == "mine"


def test_the_folder_of_the_inputs_can_be_the_output(tmp_path: Path) -> None:
    rows(tmp_path / "a.jsonl", *PAGES)
    for _ in range(2):
        published, _ = run_on(tmp_path, tmp_path)

        assert published.stats["pages_read"] == 3


def test_a_run_killed_between_two_parts_leaves_what_the_next_one_may_replace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = rows(tmp_path / "a.jsonl", *PAGES)
    moved: list[str] = []

    def move_one(source: str, target: str) -> None:
        if moved:
            raise KeyboardInterrupt
        moved.append(target)
        Path(target).parent.mkdir(parents=True, exist_ok=True)
        Path(source).rename(target)

    with monkeypatch.context() as patched:
        patched.setattr(filesystem, "move", move_one)
        with pytest.raises(KeyboardInterrupt):
            run_on(tmp_path / "out", pages, staging=str(tmp_path / "staging"))
    run_on(tmp_path / "other", pages, staging=str(tmp_path / "staging"))

    published, _ = run_on(tmp_path / "out", pages, staging=str(tmp_path / "staging"))

    assert len(moved) == 1
    assert published.stats["pages_read"] == 3


def test_a_strangers_file_beside_a_finished_corpus_is_refused_too(tmp_path: Path) -> None:
    pages = rows(tmp_path / "a.jsonl", *PAGES)
    run_on(tmp_path / "out", pages)
    (tmp_path / "out" / "corpus" / "notes.txt").write_text("mine")
    before = files_of(tmp_path / "out")

    with pytest.raises(ConfigError, match=r"corpus/notes\.txt"):
        run_on(tmp_path / "out", pages)

    assert files_of(tmp_path / "out") == before


def test_what_a_killed_run_left_half_published_is_ours(tmp_path: Path) -> None:
    pages = rows(tmp_path / "a.jsonl", *PAGES)
    out = tmp_path / "out"
    run_on(out, pages)
    whole = files_of(out / "corpus") | files_of(out / "ledger")
    assert (out / JOURNAL).exists()
    (out / "manifest.json").unlink()
    (out / "ledger" / "part-00000.parquet").unlink()

    run_on(out, pages)

    assert files_of(out / "corpus") | files_of(out / "ledger") == whole


def test_documents_of_inputs_that_are_not_given_go_only_if_asked(tmp_path: Path) -> None:
    one, two = rows(tmp_path / "a.jsonl", PAGES[0]), rows(tmp_path / "b.jsonl", PAGES[1])
    run_on(tmp_path / "out", one)
    before = files_of(tmp_path / "out" / "corpus")

    with pytest.raises(ConfigError, match=r"corpus of 1 inputs, of which 1 \(a\.jsonl\)"):
        run_on(tmp_path / "out", two)
    assert files_of(tmp_path / "out" / "corpus") == before

    published, _ = run_on(tmp_path / "out", two, replace=True)
    assert published.stats["pages_read"] == 1


def test_an_input_more_needs_no_asking(tmp_path: Path) -> None:
    one, two = rows(tmp_path / "a.jsonl", PAGES[0]), rows(tmp_path / "b.jsonl", PAGES[1])
    run_on(tmp_path / "out", one)

    published, _ = run_on(tmp_path / "out", one, two)

    assert published.stats["pages_read"] == 2


def test_an_output_inside_an_input_folder_is_no_input(tmp_path: Path) -> None:
    rows(tmp_path / "a.jsonl", *PAGES)
    for _ in range(2):
        published, _ = run_on(tmp_path / "out", tmp_path)

        assert published.stats["pages_read"] == 3

    with pytest.raises(InputError, match="all that was found is an output"):
        run_on(tmp_path / "out", tmp_path / "out")


def test_a_second_output_with_one_staging_reads_no_page(tmp_path: Path) -> None:
    build_crawl(tmp_path / "crawl.warc.gz")
    staging = str(tmp_path / "staging")
    _, first = run_on(tmp_path / "one", tmp_path / "crawl.warc.gz", staging=staging)
    _, second = run_on(tmp_path / "two", tmp_path / "crawl.warc.gz", staging=staging)

    assert "extract" in first
    assert "extract" not in second
    one, two = files_of(tmp_path / "one"), files_of(tmp_path / "two")
    assert {n: c for n, c in one.items() if n.endswith(".parquet")} == {
        n: c for n, c in two.items() if n.endswith(".parquet")
    }
    assert not (tmp_path / "one" / "staging").exists()
