"""How often the title of a page is found.

Usage: JINGYU_REAL_DATA=… python -m tests.benchmarks.titles

`titles.jsonl` names the titles of pages of `gold/` and of `warc/zh-dev.warc.gz`, one to a site, as
a reader took them from the page on 2026-11-28, most by correcting what we find; several where more
than one is right, none where it is unclear. The rules were adjusted to errors on these pages: what
this prints is no figure of pages that nobody has seen.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import trafilatura
from rich import box
from rich.console import Console
from rich.table import Table

from jingyu.pipeline.page.decode.decoding import decode
from jingyu.pipeline.page.extract.engines import extract, readable
from tests.benchmarks.gold import gold_folder
from tests.benchmarks.marks import mark_of
from tests.benchmarks.reencoded import captures

_MARKS = Path(__file__).with_name("titles.jsonl")
_WARC = "warc/zh-dev.warc.gz"


class Titled(NamedTuple):
    """A page and the names of what may be its title."""

    page: str
    titles: tuple[str, ...]
    is_gold: bool


def main() -> None:
    """Prints the share of right titles."""
    print_scores()


def titled_pages(folder: Path) -> Iterator[Titled]:
    """Yields the pages with a known title; those of `gold/` first."""
    stated = map(json.loads, _MARKS.read_text(encoding="utf-8").splitlines())
    known = {row["file"]: tuple(row["titles"]) for row in stated}
    for name, titles in known.items():
        path = folder / "gold" / "pages" / name
        if path.exists():
            yield Titled(decode(path.read_bytes(), None).text, titles, is_gold=True)
    for capture in captures(str(folder / _WARC)):
        if capture.name in known and not (folder / "gold" / "pages" / capture.name).exists():
            yield Titled(decode(capture.payload, None).text, known[capture.name], is_gold=False)


def print_scores() -> None:
    """Prints the share of titles that each engine has right."""
    pages = list(titled_pages(gold_folder().parent))
    table = Table("titles right", "pages of gold/", "of zh-dev", "together", box=box.SIMPLE_HEAD)
    for name, title_by in _ENGINES.items():
        right = [mark_of(title_by(page.page) or "") in page.titles for page in pages]
        parts = [
            [each for each, page in zip(right, pages, strict=True) if page.is_gold is is_gold]
            for is_gold in (True, False)
        ]
        table.add_row(name, *(f"{np.mean(part):.3f} of {len(part)}" for part in (*parts, right)))
    Console().print(table)


def _with_trafilatura(page: str) -> str | None:
    found = trafilatura.extract_metadata(readable(page))
    return found.title if found else None


_ENGINES: dict[str, Callable[[str], str | None]] = {
    "jingyu": lambda page: extract(page, "jingyu").title,
    "trafilatura": _with_trafilatura,
}

if __name__ == "__main__":
    main()
