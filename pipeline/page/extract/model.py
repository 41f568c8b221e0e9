"""The fitted trees, and which lines they take for main text."""

import functools
import json
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.page.extract.features import Measured, with_context
from jingyu.pipeline.page.extract.looks import expected_score
from jingyu.pipeline.page.extract.trees import Floats, Trees, trees_of

_FITTED = Path(__file__).with_name("trees.json")
_HIGHEST_LIMIT = 0.5
MIN_CONFIDENCE = 0.2
"""Below it a page has no main text. Source: our measurement, 2026-11-22, on sites that the trees
do not know: 83 of 138 pages that a reader found without main text lie below it, and 6 of 539 with
some. Of 0.15, 0.2, 0.25 and 0.3 it gave the highest mean F1 of the kinds of gold."""


class Choice(NamedTuple):
    """Which lines are main text."""

    chosen: NDArray[np.bool_]
    confidence: float
    """F1 that the choice can expect, by the probabilities it rests on, 0 to 1."""
    limit: float
    """Probability from which on a line is chosen."""


def probabilities(measured: Measured, first: Trees, second: Trees) -> Floats:
    """Returns for each line the probability that it is main text."""
    return second.probability(with_context(measured, first.probability(measured.matrix)))


def choose(probability: Floats, lengths: Floats) -> Choice:
    """Returns the lines to keep so that the expected F1 is highest; none if that is too low.

    F1 over characters is highest if all lines above half of it are kept, so that the limit falls
    on a page whose lines are all doubtful, and each page has its own. It is never above a half.

    Source: Ye, Chai, Lee and Chieu, "Optimizing F-measures", ICML 2012.
    """
    in_one_piece = (np.ascontiguousarray(each, np.float32) for each in (probability, lengths))
    confidence = min(1.0, expected_score(*in_one_piece))
    if confidence < MIN_CONFIDENCE:
        return Choice(np.zeros(len(lengths), np.bool_), confidence, 1.0)
    limit = min(confidence / 2, _HIGHEST_LIMIT)
    return Choice(probability >= limit, confidence, limit)


@functools.cache
def fitted() -> tuple[Trees, Trees]:
    """Returns the trees of the first and of the second look.

    They come from `python -m tests.benchmarks.fit_extraction`.
    """
    stated = json.loads(_FITTED.read_text(encoding="utf-8"))
    return trees_of(stated["first"]), trees_of(stated["second"])
