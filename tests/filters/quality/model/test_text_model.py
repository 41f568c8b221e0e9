from math import exp

import numpy as np
import pytest

from jingyu.filters.quality.model.text_model import PASSAGES, TARGETS, TextModel


def test_weights_of_signals_are_summed_exactly_whichever_python_sums_them() -> None:
    signals: dict[str, tuple[float, ...]] = {
        "first": (0.0, 1.0),
        "second": (0.0, 1.0),
        "third": (0.0, 1.0),
    }
    steep = ((0.0, 1e16), (0.0, 1.0), (0.0, -1e16))
    model = TextModel(
        bits=3,
        pairs=np.empty((0, 2), np.uint16),
        grams=np.zeros((len(TARGETS), len(PASSAGES), 8), np.int8),
        scales=np.ones((len(TARGETS), len(PASSAGES))),
        signals=signals,
        weights=(steep, steep),
        intercepts=(0.0, 0.0),
        calibrations=((1.0, 0.0), (1.0, 0.0)),
        about={},
    )

    found = model.probabilities("", None, dict.fromkeys(signals, 1.0))

    assert found["quality"] == pytest.approx(1 / (1 + exp(-1)))
