"""How well an output keeps what is code, a formula or a table on a page.

The gold is a file of JSON lines beside the data, one object a page: `file` as the crawl or
gold.jsonl name it, `site`, `code` (blocks of lines), `formulas` (TeX) and `tables` (rows of cells;
a cell that spans others stands once, at its first place). Source: pages of sites that may not be
passed on, so that the file is not part of the project.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from jingyu.pipeline.page.decode.decoding import decode
from jingyu.pipeline.page.normalize.normalization import normalize
from tests.benchmarks.reencoded import captures

_WARC = "warc/zh-dev.warc.gz"
_SHORT_FORMULA = 3
KINDS = ("code", "formulas", "tables")


class Marked(NamedTuple):
    """A page and what a reader marked on it."""

    page: str
    site: str
    code: Sequence[Sequence[str]]
    formulas: Sequence[str]
    tables: Sequence[Sequence[Sequence[str]]]


class Score(NamedTuple):
    """What is found of what is there, and what is there of what was found, 0 to 1."""

    precision: float
    recall: float
    f1: float


def structure_pages(file: Path, data: Path) -> Iterator[Marked]:
    """Yields the pages of a gold file, decoded."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    payloads = {capture.name: capture.payload for capture in captures(str(data / _WARC))}
    for row in rows:
        name = row["file"]
        payload = payloads.get(name) or (data / "gold" / "pages" / name).read_bytes()
        page = decode(payload, None).text
        yield Marked(page, row["site"], row["code"], row["formulas"], row["tables"])


def scores(output: str, marked: Marked) -> Mapping[str, Score]:
    """Returns the score of an output for each kind that the page has."""
    found: dict[str, Score] = {}
    lines = output.split("\n")
    if marked.code:
        found["code"] = code_score(lines, marked.code)
    if marked.formulas:
        found["formulas"] = formula_score(output, marked.formulas)
    if marked.tables:
        found["tables"] = table_score(lines, marked.tables)
    return found


def code_score(lines: Sequence[str], blocks: Sequence[Sequence[str]]) -> Score:
    """Returns how many lines of blocks stand in an output exactly, white space at ends aside.

    Empty lines within a block count. A line of the output that stands where code should, in other
    words between the first and the last line found of a block, but is none of it, is one too many.
    """
    wanted = found = extra = 0
    stripped = [line.rstrip() for line in lines]
    at = 0
    for block in blocks:
        wanted += len(block)
        start, end, same = _place(stripped, block, at)
        found += same
        extra += max(end - start - same, 0)
        at = end if same else at
    return _score(found, found + extra, wanted)


def formula_score(output: str, formulas: Sequence[str]) -> Score:
    """Returns how many formulas an output holds exactly, white space aside, as often as the page.

    One that stands more often, as of two renderings, is one too many each time, unless it has three
    signs or fewer.
    """
    left = "".join(output.split())
    wanted = Counter("".join(formula.split()) for formula in formulas)
    found = 0
    # A short one may stand in a longer one: that is none of its own.
    for formula in sorted(wanted, key=len, reverse=True):
        held = min(left.count(formula), wanted[formula])
        found += held
        left = left.replace(formula, "\n", held)
    extra = sum(left.count(formula) for formula in wanted if len(formula) > _SHORT_FORMULA)
    return _score(found, found + extra, wanted.total())


def table_score(lines: Sequence[str], tables: Sequence[Sequence[Sequence[str]]]) -> Score:
    """Returns how many cells stand in their row and column, empty ones aside.

    Each row of gold is held against the line of the output that shares most cells with it, each
    line once; cells are compared in their normal form.
    """
    rows = [_cells(line) for line in lines if "\t" in line or line.startswith("|")]
    rows += [{(0, normalize(line))} for line in lines if "\t" not in line]
    wanted = found = shown = 0
    for row in (row for table in tables for row in table):
        cells = {(column, normalize(cell)) for column, cell in enumerate(row) if normalize(cell)}
        wanted += len(cells)
        best = max(range(len(rows)), key=lambda number: len(rows[number] & cells), default=None)
        if best is not None and rows[best] & cells:
            found += len(rows[best] & cells)
            shown += len(rows[best])
            rows[best] = set()
    return _score(found, shown, wanted)


def _cells(line: str) -> set[tuple[int, str]]:
    """Returns the cells of a row that is parted by tabs, or by bars as in Markdown."""
    cells = line[1:].rstrip("|").split("|") if line.startswith("|") else line.split("\t")
    normal = (normalize(cell) for cell in cells)
    return {(column, cell) for column, cell in enumerate(normal) if cell}


def _place(lines: Sequence[str], block: Sequence[str], at: int) -> tuple[int, int, int]:
    """Returns where a block stands in an output, as first line and the one after, and its lines."""
    best = (at, at, 0)
    for start in (n for n in range(len(lines)) if lines[n] and lines[n] == block[0]):
        here, same = start, 0
        for line in block:
            later = next(
                (n for n in range(here, min(here + 4, len(lines))) if lines[n] == line), -1
            )
            if later >= 0:
                same, here = same + 1, later + 1
        best = max(best, (start, here, same), key=lambda place: place[2])
    if best[2]:
        return best
    held = Counter(lines) & Counter(line for line in block if line)
    return at, at, held.total()


def _score(found: int, shown: int, wanted: int) -> Score:
    precision = found / shown if shown else 0.0
    recall = found / wanted if wanted else 0.0
    f1 = 2 * precision * recall / (precision + recall) if found else 0.0
    return Score(precision, recall, f1)
