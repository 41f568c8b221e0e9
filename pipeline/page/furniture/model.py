"""The fitted trees that tell main text from furniture, and what they say of lines."""

import functools
import json
from pathlib import Path

from jingyu.pipeline.page.extract.trees import Floats, Trees, trees_of
from jingyu.pipeline.page.furniture.features import Measured, with_context

_FITTED = Path(__file__).with_name("trees.json")


def probabilities(measured: Measured, first: Trees, second: Trees) -> Floats:
    """Returns for each line the probability that it is main text."""
    return second.probability(with_context(measured, first.probability(measured.matrix)))


@functools.cache
def fitted() -> tuple[Trees, Trees]:
    """Returns the trees of the first and of the second look.

    They come from `python -m tests.benchmarks.fit_furniture`.
    """
    stated = json.loads(_FITTED.read_text(encoding="utf-8"))
    return trees_of(stated["first"]), trees_of(stated["second"])
