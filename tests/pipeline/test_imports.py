"""What a command does not use it does not import."""

import subprocess
import sys
from pathlib import Path

import pytest

from jingyu.pipeline.page.isolation import interpreter

_CALL = """
import sys
from jingyu.pipeline.cli import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
print("modules:", *sys.modules)
"""


def imported_by(*arguments: str) -> set[str]:
    """Returns the modules that a command has imported, in a process of its own."""
    _, environment = interpreter("jingyu")
    command = [sys.executable, "-c", _CALL, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    *_, modules = done.stdout.splitlines()
    assert modules.startswith("modules: ")
    return set(modules.split())


@pytest.mark.parametrize("arguments", ["--version", "--help"])
def test_what_only_tells_of_jingyu_imports_nothing_that_works(arguments: str) -> None:
    found = imported_by(arguments)

    assert found & {"numpy", "pyarrow", "pydantic", "yaml", "apache_beam"} == set()
    assert not any(name.startswith("jingyu.pipeline.steps") for name in found)


def test_a_check_imports_no_step() -> None:
    found = imported_by("check", "web_zh")

    assert "jingyu.pipeline.flow" not in found
    assert not any(name.startswith("jingyu.pipeline.page.extract.") for name in found)


def test_rows_of_text_import_nothing_that_reads_markup_or_asks_servers(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text(
        '{"text": "净语把网页变成语料，每一页都有去处。", "url": "http://a.cn/1"}\n' * 4
    )

    found = imported_by("run", "demo", "-i", str(rows), "-o", str(tmp_path / "out"), "-q")

    assert (tmp_path / "out" / "manifest.json").exists()
    assert found & {
        "apache_beam",
        "datasketch",
        "fsspec",
        "http.client",
        "jingyu.pipeline.page.extract.engines",
        "jingyu.pipeline.run.workers",
        "jingyu.pipeline.steps.clean.contamination.index",
        "openpyxl",
        "pandas",
        "resiliparse",
        "rich.markdown",
        "rich.progress",
        "sqlite3",
        "trafilatura",
    } == set()  # fmt: skip
