"""Narrower sources, languages and gates are decided from what is staged, as a fresh run would."""

import hashlib
import io
import shutil
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from jingyu.pipeline.config.config import RunConfig, load_config
from jingyu.pipeline.flow import Run, run
from jingyu.pipeline.run.engine import Engine
from jingyu.pipeline.run.progress import Progress
from tests.crawl import build_crawl
from tests.support.paths import DEMO

WIDE: dict[str, Any] = {"language": {"keep": ["zh", "yue"]}, "gate": {"min_han_count": 20}}
NARROWER: dict[str, dict[str, Any]] = {
    "fewer languages": {"language": {"keep": ["zh"]}},
    "blocked sources": {
        "sources": {
            "block": ["chenghe-xinwen.cn", "full:tedougu.jp", "www.lanchuanribao.com.cn/content/"]
        }
    },
    "an allow list": {"sources": {"allow": ["edu.cn", "gov.cn", "www.lanchuanribao.com.cn"]}},
    "a tier": {"source_register": {"files": ["builtin"], "min_tier": "institutional"}},
    "a stricter gate": {
        "gate": {"min_han_count": 200, "max_kana_ratio": 0.05, "max_word_ratio": 0.1}
    },
}
WIDER: dict[str, tuple[dict[str, Any], str]] = {
    "more languages": ({"language": {"keep": ["zh", "yue", "wuu"]}}, "language"),
    "fewer Han": ({"gate": {"min_han_count": 10}}, "gate"),
}


def config_of(**sections: Any) -> RunConfig:
    demo = load_config(DEMO).model_dump()
    demo["source_register"] = {"files": ["builtin"]}
    return RunConfig.model_validate(demo | WIDE | sections)


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    folder = tmp_path_factory.mktemp("crawl")
    build_crawl(folder / "crawl.warc.gz")
    return (str(folder / "crawl.warc.gz"),)


def run_and_tell(config: RunConfig, crawl: tuple[str, ...], out: Path) -> str:
    """Runs, and returns what was told meanwhile."""
    told = io.StringIO()
    run(Run(config, crawl, str(out), Engine(), progress=Progress(Console(file=told, width=300))))
    return told.getvalue()


@pytest.fixture(scope="module")
def wide(crawl: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wide")
    run_and_tell(config_of(), crawl, out)
    return out


def digests(out: Path) -> dict[str, str]:
    kinds = ("corpus", "ledger", "index", "sites", "statistics")
    files = [f for kind in kinds for f in (out / kind).rglob("*.parquet")]
    return {str(f.relative_to(out)): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


@pytest.mark.parametrize("sections", NARROWER.values(), ids=NARROWER.keys())
def test_a_narrower_config_reads_no_page_and_gives_the_bytes_of_a_fresh_run(
    sections: dict[str, Any], crawl: tuple[str, ...], wide: Path, tmp_path: Path
) -> None:
    config = config_of(**sections)
    shutil.copytree(wide, tmp_path / "again")

    told = run_and_tell(config, crawl, tmp_path / "again")
    run_and_tell(config, crawl, tmp_path / "fresh")

    assert "extract" not in told
    assert digests(tmp_path / "again") == digests(tmp_path / "fresh")
    assert digests(tmp_path / "again") != digests(wide)


@pytest.mark.parametrize(("sections", "name"), WIDER.values(), ids=WIDER.keys())
def test_a_wider_config_says_what_makes_it_read_pages_again_and_how_many_bytes(
    sections: dict[str, Any], name: str, crawl: tuple[str, ...], wide: Path, tmp_path: Path
) -> None:
    shutil.copytree(wide, tmp_path / "again")
    size = sum(Path(path).stat().st_size for path in crawl)

    told = run_and_tell(config_of(**sections), crawl, tmp_path / "again")

    assert f"pages are read again, {size:,} bytes" in told
    assert told.partition("settings of: ")[2].splitlines()[0] == name


def test_a_first_run_says_nothing_of_reading_again(crawl: tuple[str, ...], tmp_path: Path) -> None:
    assert "read again" not in run_and_tell(config_of(), crawl, tmp_path)
