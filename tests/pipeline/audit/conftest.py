"""A finished output of the demo crawl, with its report; tests must not change it."""

from pathlib import Path

import pytest

import jingyu
from jingyu.pipeline.config.config import load_config
from tests.crawl import build_crawl
from tests.support.paths import DEMO


@pytest.fixture(scope="session")
def demo_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    build_crawl(folder / "crawl.warc.gz")
    jingyu.run(load_config(DEMO), [str(folder / "crawl.warc.gz")], str(folder / "out"))
    return folder / "out"
