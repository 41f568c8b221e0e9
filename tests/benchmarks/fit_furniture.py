"""Fits the trees of `jingyu.pipeline.page.furniture` to the text of pages with gold text.

Usage: JINGYU_REAL_DATA=… python -m tests.benchmarks.fit_furniture [--folds] [--to FILE]

Data: the pages that `tests.benchmarks.fit_extraction` is fitted to, each in all of `RENDERINGS`,
and the gold text alone, of which every line is main text: a row of text may well come without
furniture. A line is main text if the gold text holds it or a reader marked it. Pages weigh as
there, a rendering a third of its page, the gold text alone a quarter of the page. Beside them, up
to six pages each of the sites of warc/zh-dev.warc.gz, in one rendering, with the text that the
engine `jingyu` finds for gold, where it is sure of it or finds none: it sees the markup, of which a
text has nothing left.

The trees are written where the pipeline reads them. With `--folds` it fits five times, each time
without the sites of one fifth, and writes all five to FILE.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from jingyu.pipeline.page.decode.decoding import decode
from jingyu.pipeline.page.extract.jingyu import main_text
from jingyu.pipeline.page.extract.trees import Floats, Trees
from jingyu.pipeline.page.furniture import model
from jingyu.pipeline.page.furniture.features import Measured, measure_lines, with_context
from jingyu.pipeline.page.furniture.main_lines import lines_of
from jingyu.pipeline.page.normalize.normalization import normalize
from tests.benchmarks.boosting import Boosting, fit
from tests.benchmarks.fit_extraction import (
    FOLDS,
    Sample,
    all_samples,
    labels_of,
    write_trees,
)
from tests.benchmarks.gold import gold_folder, part_of
from tests.benchmarks.reencoded import captures
from tests.benchmarks.renderings import RENDERINGS

_INNER_FOLDS = 2
_PER_SITE = 12
_ALONE = 0.25
_LINES_OF_A_TEXT = 80
_WARC, _LABELS = "warc/zh-dev.warc.gz", "warc/zh-dev.labels.jsonl"
_CRAWLED_PER_SITE = 6
_CRAWLED = 0.2
_SURE = 0.8
_HOW = Boosting(trees=100, depth=5, rate=0.15, columns=0.3)


class Text(NamedTuple):
    """A text as the trees see it."""

    site: str
    measured: Measured
    labels: Floats
    weights: Floats


def main() -> None:
    """Fits and writes."""
    parser = argparse.ArgumentParser(description="Fits the trees of lines of text.")
    parser.add_argument("--folds", action="store_true", help="five times, without a fifth each")
    parser.add_argument("--to", type=Path, default=model._FITTED, help="where to write the trees")  # noqa: SLF001
    arguments = parser.parse_args()
    texts = [*texts_of(all_samples()), *engine_texts(gold_folder().parent)]
    write_trees(arguments.to, fold_trees(texts) if arguments.folds else [fit_both(texts)])


def fold_trees(texts: Sequence[Text]) -> list[tuple[Trees, Trees]]:
    """Returns for each fifth of the sites the trees that do not know it."""
    return [
        fit_both([text for text in texts if part_of(text.site, FOLDS) != fold])
        for fold in range(FOLDS)
    ]


def texts_of(samples: Sequence[Sample]) -> list[Text]:
    """Returns the texts of the pages in Chinese that teach something."""
    taken: Counter[str] = Counter()
    texts = []
    for sample in samples:
        taken[sample.gold.site] += 1
        is_used = sample.weights.any() and taken[sample.gold.site] <= _PER_SITE
        if is_used:
            texts += list(_texts_of(sample))
    return texts


def engine_texts(folder: Path) -> Iterator[Text]:
    """Yields texts of crawled pages whose main text the engine for pages finds with confidence."""
    rows = map(json.loads, (folder / _LABELS).read_text(encoding="utf-8").splitlines())
    sites = {row["file"]: row["site"] for row in rows}
    taken: Counter[str] = Counter()
    for capture in captures(str(folder / _WARC)):
        site = sites[capture.name]
        if taken[site] == _CRAWLED_PER_SITE:
            continue
        page = decode(capture.payload, None).text
        found = main_text(page)
        if found.confidence < _SURE and found.text:
            continue
        rendering = list(RENDERINGS.values())[taken[site] % len(RENDERINGS)]
        lines = lines_of(rendering(page))
        if lines:
            taken[site] += 1
            yield _text(site, lines, labels_of(lines, normalize(found.text)), _CRAWLED)


def _texts_of(sample: Sample) -> Iterator[Text]:
    page, gold, _, site, _ = sample.gold
    weight = float(sample.weights.sum())
    for rendering in RENDERINGS.values():
        lines = lines_of(rendering(page))
        if lines:
            yield _text(site, lines, labels_of(lines, gold), weight / len(RENDERINGS))
    if gold:
        lines = lines_of(gold)
        yield _text(site, lines, np.ones(len(lines), np.float32), weight * _ALONE)


def _text(site: str, lines: Sequence[str], labels: Floats, weight: float) -> Text:
    measured = measure_lines(lines)
    lengths = np.minimum(measured.lengths, 400) + 12
    return Text(site, measured, labels, (lengths / lengths.sum() * weight).astype(np.float32))


def fit_both(texts: Sequence[Text]) -> tuple[Trees, Trees]:
    """Returns the trees of both looks; the second learns from what strangers say."""
    seconds: list[tuple[Text, Floats]] = []
    for fold in range(_INNER_FOLDS):
        parts = [part_of("inner " + text.site, _INNER_FOLDS) == fold for text in texts]
        known = [text for text, is_out in zip(texts, parts, strict=True) if not is_out]
        trees = _fit([(text, text.measured.matrix) for text in known])
        for text, is_out in zip(texts, parts, strict=True):
            if is_out:
                said = trees.probability(text.measured.matrix)
                seconds.append((text, with_context(text.measured, said)))
    return _fit([(text, text.measured.matrix) for text in texts]), _fit(seconds)


def _fit(rows: Sequence[tuple[Text, Floats]]) -> Trees:
    random = np.random.default_rng(0)
    drawn = [_drawn(text, matrix, random) for text, matrix in rows]
    matrix, labels, weights = (np.concatenate(column) for column in zip(*drawn, strict=True))
    return fit(matrix, labels, weights, _HOW)


def _drawn(
    text: Text, matrix: Floats, random: np.random.Generator
) -> tuple[Floats, Floats, Floats]:
    """Returns the lines of a text to learn from; their weights add up to those of all its lines."""
    lines = np.arange(len(matrix))
    if len(lines) > _LINES_OF_A_TEXT:
        lines = np.sort(random.choice(lines, _LINES_OF_A_TEXT, replace=False))
    weights = text.weights[lines]
    return matrix[lines], text.labels[lines], weights * (text.weights.sum() / weights.sum())


if __name__ == "__main__":
    main()
