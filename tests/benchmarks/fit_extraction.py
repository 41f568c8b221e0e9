"""Fits the trees of the engine `jingyu` to pages with gold text.

Usage: JINGYU_REAL_DATA=… python -m tests.benchmarks.fit_extraction [--folds] [--to FILE]

Data: the pages of gold/gold.jsonl of all languages, but for the kinds whose text is partial, and at
most 40 of a site; and the pages of sites without gold text that `tests.benchmarks.marks` yields. A
line of a page is main text if the gold text holds it or a reader marked it. Each page weighs the
same, whatever its length, and the pages of a site together weigh as much as their number to the
power 0.3, so that big sites do not decide; pages that were read line by line weigh double, those of
them without main text, which are far more than in a crawl, 0.6, and pages in other languages half.
Of a page of more than 300 lines as many are drawn. The second look is fitted to what the first one
says of pages of sites that it was not fitted to.

The trees are written where the engine reads them. With `--folds` it fits five times, each time
without the sites of one fifth, and writes all five to FILE: `tests.benchmarks.extraction` judges
each page by the trees that do not know its site.
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from jingyu.pipeline.page.extract import model
from jingyu.pipeline.page.extract.features import Measured, measure_lines, with_context
from jingyu.pipeline.page.extract.markup import Markup, read_markup
from jingyu.pipeline.page.extract.metadata import title_of
from jingyu.pipeline.page.extract.trees import Floats, Trees, trees_of
from jingyu.pipeline.page.normalize.normalization import normalize
from tests.benchmarks.boosting import Boosting, fit
from tests.benchmarks.gold import PARTIAL, Gold, gold_folder, gold_pages, part_of
from tests.benchmarks.marks import Marks, lines_marked, marked_pages

_PER_SITE = 40
FOLDS = 5
_INNER_FOLDS = 4
_READ = 2.0
_READ_WITHOUT_TEXT = 0.6
_KIND_WEIGHTS = {"read and picked": _READ}
_OTHER_LANGUAGE = 0.5
_LINES_OF_A_PAGE = 300


class Sample(NamedTuple):
    """A page as the trees see it."""

    gold: Gold
    markup: Markup
    measured: Measured
    labels: Floats
    weights: Floats


def main() -> None:
    """Fits and writes."""
    parser = argparse.ArgumentParser(description="Fits the trees of the engine `jingyu`.")
    parser.add_argument("--folds", action="store_true", help="five times, without a fifth each")
    parser.add_argument("--to", type=Path, default=model._FITTED, help="where to write the trees")  # noqa: SLF001
    arguments = parser.parse_args()
    samples = all_samples()
    fitted = fold_trees(samples) if arguments.folds else [fit_both(samples)]
    write_trees(arguments.to, fitted)


def fold_trees(samples: Sequence[Sample]) -> list[tuple[Trees, Trees]]:
    """Returns for each fifth of the sites the trees that do not know it."""
    return [
        fit_both([s for s in samples if part_of(s.gold.site, FOLDS) != fold])
        for fold in range(FOLDS)
    ]


def write_trees(path: Path, fitted: Sequence[tuple[Trees, Trees]]) -> None:
    """Writes trees as a JSON object a line."""
    lines = [
        json.dumps(
            {"first": stated_trees(first), "second": stated_trees(second)}, separators=(",", ":")
        )
        for first, second in fitted
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def stated_trees(trees: Trees) -> dict[str, Any]:
    """Returns the trees as plain lists, five significant digits to a number."""
    return {
        "columns": trees.columns.tolist(),
        "thresholds": _rounded(trees.thresholds),
        "leaves": _rounded(trees.leaves),
        "bias": trees.bias,
    }


def _rounded(values: Floats) -> Any:
    return json.loads(
        json.dumps(values.tolist()), parse_float=lambda text: float(f"{float(text):.5g}")
    )


def read_trees(path: Path) -> list[tuple[Trees, Trees]]:
    """Returns the trees that `write_trees` wrote."""
    stated = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [(trees_of(both["first"]), trees_of(both["second"])) for both in stated]


def all_samples() -> list[Sample]:
    """Returns what the trees are fitted to: pages with gold text, and marked ones."""
    folder = gold_folder()
    return samples_of(list(gold_pages(folder))) + marked_samples(list(marked_pages(folder.parent)))


def marked_samples(pages: Sequence[tuple[str, Marks]]) -> list[Sample]:
    """Returns the marked pages that hold lines, as the trees see them."""
    sizes = Counter(marks.site for _, marks in pages)
    samples = []
    for page, marks in pages:
        markup = read_markup(page)
        texts = markup.lines.text
        if not texts:
            continue
        measured = measure_lines(markup, title_of(page))
        labels = lines_marked(texts, marks.main).astype(np.float32)
        weight = sizes[marks.site] ** -0.7 * (_READ if marks.main else _READ_WITHOUT_TEXT)
        weights = _line_weights(measured, weight)
        weights[lines_marked(texts, marks.unsure)] = 0
        text = "\n".join(text for text, label in zip(texts, labels, strict=True) if label)
        gold = Gold(page, normalize(text), "marked", marks.site, "zh")
        samples.append(Sample(gold, markup, measured, labels, weights))
    return samples


def _line_weights(measured: Measured, weight: float) -> Floats:
    lengths = np.minimum(measured.lengths, 400) + 12
    weights: Floats = (lengths / (lengths.sum() + 200) * weight).astype(np.float32)
    return weights


def samples_of(pages: Sequence[Gold]) -> list[Sample]:
    """Returns the pages that hold text, as the trees see them."""
    sizes = Counter(page.site for page in pages)
    samples = []
    for page in pages:
        markup = read_markup(page.page)
        texts = markup.lines.text
        if not texts:
            continue
        measured = measure_lines(markup, title_of(page.page))
        weight = 0.0 if page.kind in PARTIAL else sizes[page.site] ** -0.7
        weight *= _KIND_WEIGHTS.get(page.kind, 1.0)
        weight *= 1.0 if page.language == "zh" else _OTHER_LANGUAGE
        weights = _line_weights(measured, weight)
        samples.append(Sample(page, markup, measured, labels_of(texts, page.text), weights))
    return samples


def labels_of(texts: Sequence[str], gold: str) -> Floats:
    """Returns 1 for each line that the gold text holds, else 0.

    A line counts as held if it stands in the gold text, or more than 85 % of its bigrams do. A
    line of up to three characters has to be a line of its own there, or stand between held lines.
    """
    packed = "".join(gold.split())
    bigrams = set(pairwise(packed))
    lines = {"".join(line.split()) for line in gold.split("\n")}
    labels = [_label("".join(normalize(text).split()), packed, bigrams, lines) for text in texts]
    for index, label in enumerate(labels):
        if label is None:
            before = next((known for known in labels[index::-1] if known is not None), 0.0)
            after = next((known for known in labels[index:] if known is not None), 0.0)
            labels[index] = before * after
    return np.array(labels, np.float32)


def _label(line: str, gold: str, bigrams: set[tuple[str, str]], lines: set[str]) -> float | None:
    if len(line) < 8:
        if not line or line not in gold:
            return 0.0
        return 1.0 if line in lines or len(line) >= 4 else None
    if line in gold:
        return 1.0
    own = list(pairwise(line))
    return float(sum(bigram in bigrams for bigram in own) / len(own) > 0.85)


def fit_both(samples: Sequence[Sample]) -> tuple[Trees, Trees]:
    """Returns the trees of both looks."""
    used = _few_of_a_site([sample for sample in samples if sample.weights.any()])
    rows: list[tuple[Sample, Floats]] = []
    for fold in range(_INNER_FOLDS):
        here = [part_of("inner " + s.gold.site, _INNER_FOLDS) == fold for s in used]
        trees = _fit(
            [(s, s.measured.matrix) for s, is_out in zip(used, here, strict=True) if not is_out]
        )
        for sample, is_out in zip(used, here, strict=True):
            if is_out:
                seen = trees.probability(sample.measured.matrix)
                rows.append((sample, with_context(sample.measured, seen)))
    return _fit([(sample, sample.measured.matrix) for sample in used]), _fit(rows)


def _few_of_a_site(samples: Sequence[Sample]) -> list[Sample]:
    taken: Counter[str] = Counter()
    few = []
    for sample in samples:
        taken[sample.gold.site] += 1
        if taken[sample.gold.site] <= _PER_SITE:
            few.append(sample)
    return few


def _fit(rows: Sequence[tuple[Sample, Floats]]) -> Trees:
    random = np.random.default_rng(0)
    parts = [_drawn(sample, matrix, random) for sample, matrix in rows]
    matrix, labels, weights = (np.concatenate(column) for column in zip(*parts, strict=True))
    return fit(matrix, labels, weights, Boosting())


def _drawn(
    sample: Sample, matrix: Floats, random: np.random.Generator
) -> tuple[Floats, Floats, Floats]:
    """Returns the lines of a page to learn from; their weights add up to those of all its lines."""
    lines = np.flatnonzero(sample.weights)
    if len(lines) > _LINES_OF_A_PAGE:
        lines = np.sort(random.choice(lines, _LINES_OF_A_PAGE, replace=False))
    weights = sample.weights[lines]
    share = weights.sum() / sample.weights.sum()
    return matrix[lines], sample.labels[lines], weights / share


if __name__ == "__main__":
    main()
