"""Compares the engines for main text, in quality and in time.

Usage: JINGYU_REAL_DATA=… python -m tests.benchmarks.extraction [--folds FILE]
    [--engine NAME]… [--kind KIND]… [--dev | --held-out] [--times N]

Chinese pages of gold/gold.jsonl, decoded. Tokens are character bigrams of the normalized text
without white space, as multisets; scores are means over the pages of a kind. A page without main
text counts 1 if the output is empty, else 0; where a kind has such pages, the F1 of the others and
their number follow in brackets. The engines take turns page by page; a page's time is the shortest
processor time of its runs.

The trees of `jingyu` are fitted to pages of this kind, so here it runs with others: each page is
judged by trees that were fitted without a single page of its site. FILE holds them, as written by
`tests.benchmarks.fit_extraction --folds`; without it they are fitted first, which takes some
minutes. `jingyu as shipped`, which knows the pages, is there for its time. `--dev` and `--held-out`
are the two halves of the sites. Titles are scored by `tests.benchmarks.titles`.

`--structure FILE` adds how well each engine keeps code, formulas and tables, on pages that FILE
marks; `tests.benchmarks.structure` says in what form, and how each is scored. Of `jingyu` it judges
what is shipped.
"""

import argparse
import statistics
import time
from collections import defaultdict, deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import trafilatura
from rich import box
from rich.console import Console
from rich.table import Table

from jingyu.pipeline.page.extract.engines import completed, extract, readable, with_tabs
from jingyu.pipeline.page.extract.jingyu import main_text
from jingyu.pipeline.page.extract.trees import Trees
from jingyu.pipeline.page.normalize.normalization import normalize
from tests.benchmarks.fit_extraction import FOLDS, all_samples, fold_trees, read_trees
from tests.benchmarks.gold import (
    PARTIAL,
    Agreement,
    Gold,
    agreement,
    gold_folder,
    gold_pages,
    part_of,
)
from tests.benchmarks.structure import KINDS, Marked, Score, scores, structure_pages
from tests.benchmarks.titles import print_scores

Engine = Callable[[Gold], str]
Folds = Sequence[tuple[Trees, Trees]]
_MIN_CONFIDENCE = 0.6
_BASELINE = "trafilatura"
_SHIPPED = "jingyu as shipped"


def _trafilatura(**options: Any) -> Engine:
    def run(gold: Gold) -> str:
        return with_tabs(trafilatura.extract(readable(gold.page), **options) or "")

    return run


def _jingyu(folds: Folds, min_confidence: float) -> Engine:
    def run(gold: Gold) -> str:
        found = main_text(gold.page, folds[part_of(gold.site, FOLDS)])
        return completed(gold.page, found, min_confidence).text

    return run


def _engines(folds: Folds) -> Mapping[str, Engine]:
    return {
        "jingyu": _jingyu(folds, 0.0),
        "jingyu + opinion": _jingyu(folds, _MIN_CONFIDENCE),
        _SHIPPED: lambda gold: extract(gold.page, "jingyu").text,
        "resiliparse": lambda gold: extract(gold.page, "resiliparse").text,
        "trafilatura": _trafilatura(),
        "trafilatura fast": _trafilatura(fast=True, include_comments=False),
        "trafilatura recall": _trafilatura(favor_recall=True),
        "trafilatura precision": _trafilatura(favor_precision=True),
    }


class Result(NamedTuple):
    """What one engine made of one page."""

    kind: str
    agreement: Agreement
    is_empty: bool
    has_text: bool
    """Whether the page has main text, by its gold text."""
    seconds: float


def main() -> None:
    """Runs the engines on the pages and prints a table."""
    parser = argparse.ArgumentParser(description="Compares the engines for main text.")
    parser.add_argument("--folds", type=Path, help="trees that do not know a fifth of the sites")
    parser.add_argument("--engine", action="append", choices=list(_engines([])))
    parser.add_argument("--kind", action="append")
    parser.add_argument("--times", type=int, default=1, help="runs of each engine on each page")
    parser.add_argument("--structure", type=Path, help="pages with their code, formulas and tables")
    halves = parser.add_mutually_exclusive_group()
    halves.add_argument("--dev", dest="half", action="store_const", const=0)
    halves.add_argument("--held-out", dest="half", action="store_const", const=1)
    arguments = parser.parse_args()
    folds = read_trees(arguments.folds) if arguments.folds else fold_trees(all_samples())
    pages = [
        page
        for page in gold_pages(gold_folder())
        if page.language == "zh"
        and (not arguments.kind or page.kind in arguments.kind)
        and arguments.half in {None, part_of(page.site, 2)}
    ]
    engines = _engines(folds)
    engines = {name: engines[name] for name in arguments.engine or engines}
    if arguments.structure:
        marked = list(structure_pages(arguments.structure, gold_folder().parent))
        half = [page for page in marked if arguments.half in {None, part_of(page.site, 2)}]
        Console(width=200).print(structure_table(half))
    Console(width=200).print(_table(_results(pages, engines, arguments.times)))
    print_scores()


_OTHERS: Mapping[str, Callable[[str], str]] = {
    _SHIPPED: lambda page: extract(page, "jingyu").text,
    "trafilatura": lambda page: trafilatura.extract(readable(page)) or "",
    "trafilatura markdown": lambda page: (
        trafilatura.extract(readable(page), output_format="markdown") or ""
    ),
    "resiliparse": lambda page: extract(page, "resiliparse").text,
}
"""Of other engines the output as it is: what is normalized is ours alone."""


def structure_table(pages: Sequence[Marked]) -> Table:
    """Returns how well engines keep what is code, a formula or a table."""
    table = Table(box=box.SIMPLE_HEAD, title="precision / recall / F1 per kind of structure")
    counts = {kind: sum(bool(getattr(page, kind)) for page in pages) for kind in KINDS}
    for heading in ("engine", *(f"{kind} ({counts[kind]})" for kind in KINDS)):
        table.add_column(heading)
    for name, run in _OTHERS.items():
        found: dict[str, list[Score]] = {kind: [] for kind in KINDS}
        for page in pages:
            output = run(page.page)
            text = normalize(output) if name == _SHIPPED else output
            for kind, score in scores(text, page).items():
                found[kind].append(score)
        cells = (np.mean(found[kind], axis=0) if found[kind] else None for kind in KINDS)
        table.add_row(
            name, *("-" if c is None else " / ".join(f"{v:.3f}" for v in c) for c in cells)
        )
    return table


def _results(
    pages: Sequence[Gold], engines: Mapping[str, Engine], times: int
) -> dict[str, list[Result]]:
    for run in engines.values():  # what is loaded on first use is not timed
        run(pages[0])
    results = defaultdict(list)
    for number, page in enumerate(pages):
        runs = defaultdict(list)
        # Who comes first finds cold caches: another one on each page.
        turn = deque(engines.items())
        turn.rotate(number)
        for _ in range(times):
            for name, run in turn:
                started = time.process_time()
                text = run(page)
                runs[name].append((time.process_time() - started, text))
        for name in engines:
            found = runs[name]
            text = normalize(found[0][1])
            seconds = min(taken for taken, _ in found)
            same = agreement(text, page.text)
            results[name].append(Result(page.kind, same, not text, bool(page.text), seconds))
    return results


def _table(results: Mapping[str, Sequence[Result]]) -> Table:
    kinds = sorted({result.kind for found in results.values() for result in found})
    table = Table(box=box.SIMPLE_HEAD, title="precision / recall / F1 per kind of gold")
    table.add_column("engine")
    for kind in kinds:
        count = sum(result.kind == kind for result in next(iter(results.values())))
        table.add_column(f"{kind} ({count})")
    for heading in ("mean F1 of kinds", "empty", "ms mean", "ms median", f"of {_BASELINE}"):
        table.add_column(heading, justify="right")
    base = _milliseconds(results[_BASELINE])[0] if _BASELINE in results else float("nan")
    for name, found in results.items():
        table.add_row(name, *_cells(found, kinds, base))
    return table


def _cells(found: Sequence[Result], kinds: Sequence[str], base: float) -> list[str]:
    cells, scores = [], []
    for kind in kinds:
        of_kind = [result for result in found if result.kind == kind]
        precision, recall, f1 = np.mean([result.agreement for result in of_kind], axis=0)
        if kind in PARTIAL:
            cells.append(f"- / {recall:.3f} / -")
            continue
        with_text = [result.agreement.f1 for result in of_kind if result.has_text]
        rest = f" ({np.mean(with_text):.3f} of {len(with_text)})"
        shown = f"{precision:.3f} / {recall:.3f} / {f1:.3f}"
        cells.append(shown + rest * (len(with_text) < len(of_kind)))
        scores.append(f1)
    mean, median = _milliseconds(found)
    return [
        *cells,
        f"{np.mean(scores):.3f}" if scores else "-",
        str(sum(result.is_empty for result in found)),
        f"{mean:.2f}",
        f"{median:.2f}",
        f"1/{base / mean:.1f}",
    ]


def _milliseconds(found: Sequence[Result]) -> tuple[float, float]:
    times = [result.seconds * 1e3 for result in found]
    return statistics.fmean(times), statistics.median(times)


if __name__ == "__main__":
    main()
