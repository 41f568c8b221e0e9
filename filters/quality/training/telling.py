"""Which grams and signals speak loudest in a model."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from jingyu.filters.quality.model.passages import passages_of
from jingyu.filters.quality.model.text_model import (
    MOST_CHARACTERS,
    PASSAGES,
    TARGETS,
    TextModel,
    gram_slots,
)
from jingyu.filters.quality.training.examples import Example

_SHOWN = 12
_FEWEST = 20
_LENGTHS = (2, 3)
_TARGET = TARGETS.index("quality")


def telling_grams(examples: Sequence[Example], model: TextModel) -> dict[str, dict[str, list[str]]]:
    """Returns, for each passage, the Han grams of several documents that speak for and against.

    Ranked by the weight of the slot, which is shared by all grams that fall on it, times the root
    of the documents that have the gram.
    """
    found = {}
    for number, passage in enumerate(PASSAGES):
        counts: Counter[str] = Counter()
        for example in examples:
            counts.update(_grams(passages_of(example.text, example.title)[number]))
        known = [gram for gram, count in counts.items() if count >= _FEWEST]
        weights = {gram: _weight(gram, number, model) for gram in known}
        ranked = sorted(known, key=lambda gram: (weights[gram] * counts[gram] ** 0.5, gram))
        found[passage] = {"for": ranked[::-1][:_SHOWN], "against": ranked[:_SHOWN]}
    return found


def _grams(passage: str) -> set[str]:
    text = passage[:MOST_CHARACTERS]
    cut = (text[at : at + size] for size in _LENGTHS for at in range(len(text) - size + 1))
    return {gram for gram in cut if all("\u4e00" <= char <= "\u9fff" for char in gram)}


def _weight(gram: str, number: int, model: TextModel) -> int:
    """Returns the weight of the slot that the gram as a whole falls on: the last one."""
    places = gram_slots(gram, model.folded, number, model.bits)
    return int(model.grams[_TARGET, number, places[-1]])


def telling_signals(model: TextModel) -> list[str]:
    """Returns the signals whose weights reach furthest, with how far."""
    reaches = {
        name: float(np.ptp(weights))
        for name, weights in zip(model.signals, model.weights[_TARGET], strict=True)
    }
    ranked = sorted(reaches, key=lambda name: -reaches[name])[:_SHOWN]
    return [f"`{name}` ({reaches[name]:.2f})" for name in ranked]
