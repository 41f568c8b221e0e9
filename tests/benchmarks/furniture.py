"""Measures how well main text is told from furniture in text without markup.

Usage: JINGYU_REAL_DATA=… python -m tests.benchmarks.furniture [--folds FILE]

Chinese pages of gold/gold.jsonl whose gold text is whole, each in all of `RENDERINGS`, as WET files
and rows of text would have them: `all lines` is what a rendering holds, `main lines` what is left
of it. Scores are the F1 of `tests.benchmarks.gold`, means over the pages of a kind. `gold text` is
the text alone: what the model takes away of a text without furniture.

Each page is judged by trees that were fitted without a page of its site, from FILE as written by
`tests.benchmarks.fit_furniture --folds`; without it, by those that ship, which know the pages.
"""

import argparse
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from rich import box
from rich.console import Console
from rich.table import Table

from jingyu.pipeline.page.extract.trees import Trees
from jingyu.pipeline.page.furniture.main_lines import main_lines
from jingyu.pipeline.page.furniture.model import fitted
from jingyu.pipeline.page.normalize.normalization import normalize
from tests.benchmarks.fit_extraction import FOLDS, read_trees
from tests.benchmarks.gold import PARTIAL, Gold, agreement, gold_folder, gold_pages, part_of
from tests.benchmarks.renderings import RENDERINGS

Scores = Mapping[str, Mapping[str, Sequence[float]]]


def main() -> None:
    """Measures and prints a table."""
    parser = argparse.ArgumentParser(description="Measures the model of lines of text.")
    parser.add_argument("--folds", type=Path, help="trees that do not know a fifth of the sites")
    arguments = parser.parse_args()
    folds = read_trees(arguments.folds) if arguments.folds else [fitted()] * FOLDS
    Console(width=200).print(_table(_scores(folds)))


def _scores(folds: Sequence[tuple[Trees, Trees]]) -> Scores:
    """Returns the F1 of each page by output and kind of gold."""
    scores: defaultdict[str, defaultdict[str, list[float]]]
    scores = defaultdict(lambda: defaultdict(list))
    for page in gold_pages(gold_folder()):
        if page.language == "zh" and page.kind not in PARTIAL:
            for output, text in _outputs(page, folds[part_of(page.site, FOLDS)]).items():
                scores[output][page.kind].append(agreement(normalize(text), page.text).f1)
    return scores


def _outputs(page: Gold, trees: tuple[Trees, Trees]) -> dict[str, str]:
    rendered = {name: rendering(page.page) for name, rendering in RENDERINGS.items()}
    outputs = {f"{name}, all lines": text for name, text in rendered.items()}
    outputs |= {
        f"{name}, main lines": main_lines(text, trees).text for name, text in rendered.items()
    }
    return outputs | ({"gold text": main_lines(page.text, trees).text} if page.text else {})


def _table(scores: Scores) -> Table:
    kinds = sorted({kind for of_output in scores.values() for kind in of_output})
    counts = {kind: max(len(each[kind]) for each in scores.values()) for kind in kinds}
    table = Table(box=box.SIMPLE_HEAD, title="F1 per kind of gold")
    headings = [f"{kind} ({counts[kind]})" for kind in kinds]
    for heading in ("text", *headings, "mean of kinds", "mean of pages"):
        table.add_column(heading)
    for output, found in sorted(scores.items()):
        means = [float(np.mean(found[kind])) for kind in kinds]
        pages = [score for kind in kinds for score in found[kind]]
        values = (*means, np.mean(means), np.mean(pages))
        table.add_row(output, *(f"{value:.3f}" for value in values))
    return table


if __name__ == "__main__":
    main()
