"""From examples to a model, with the scores that it gives to what it did not see."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jingyu.filters.quality.model.text_model import PASSAGES, TARGETS, TextModel, fold_table
from jingyu.filters.quality.training.characters import plain_characters
from jingyu.filters.quality.training.examples import Example
from jingyu.filters.quality.training.features import (
    SIGNAL_VALUE,
    Layout,
    layout_of,
    passage_value,
    rows_of,
)
from jingyu.filters.quality.training.folds import FOLDS, folds_of
from jingyu.filters.quality.training.logistic import fit, minimum

STRENGTH: Final = 60.0
"""Source: own measurement (2026-11): from 30 to 100 no figure on unseen sites moves by 0.01."""
UNWEIGHED: Final = (
    "line", "bullet", "masked_", "quality", "text_", "replacement", "damage",
    "site_name", "pasted_title", "mixed_place", "listing",
    "invisible", "variant_char", "other_width", "other_form", "dropped_space", "converted",
)  # fmt: skip
"""Signals with one of these in their names are not weighed.

Publishers of crawl texts join lines or cut them, so that their shapes tell the publisher; damage,
masking and what normalization changes tell the crawl and the config; most texts have no address;
names of the site tell something where the verdict on it is known.
Source: own measurement (2026-11): without those of lines, precision on raw crawl at 80 % recall
rises from 0.43 to 0.47.
"""
_LARGEST = 127
_Floats = NDArray[np.float64]


class Trained(NamedTuple):
    """A model, and what shows how good it is.

    Attributes:
        model: Trained on all examples.
        folds: Fold of each example.
        unseen: For each target, the probability of each example by a model that was trained
            without its fold, calibrated on the other folds' unseen scores.
    """

    model: TextModel
    folds: NDArray[np.int64]
    unseen: dict[str, _Floats]


def train(examples: Sequence[Example], signals: Sequence[str], about: dict[str, Any]) -> Trained:
    """Returns a model of examples; equal ones make an equal model.

    Copies of good texts are scored, and not learnt from. Source: own measurement (2026-11): as
    spam, 128 counterfeit mirrors taught that notices of offices are spam; without them, the AUC
    against all other spam on pages rises from 0.78 to 0.81, and precision on raw crawl at 80 %
    recall from 0.45 to 0.50.

    Args:
        examples: Documents with labels, of many sites.
        signals: Columns that are weighed beside the grams.
        about: What the model tells of where it comes from.
    """
    pairs = plain_characters()
    layout = layout_of(examples, signals)
    rows = rows_of(examples, layout, fold_table(pairs))
    folds = folds_of(examples)
    learnt = np.array([not example.is_copy for example in examples], np.bool_)
    unseen, fitted, calibrations = {}, [], []
    for name, truth in zip(TARGETS, _truths(examples), strict=True):
        scores = _unseen_scores(rows, truth, folds, learnt)
        unseen[name] = _calibrated_apart(scores, truth, folds, learnt)
        calibrations.append(calibration(scores[learnt], truth[learnt]))
        fitted.append(fit(rows[learnt], truth[learnt], np.ones(int(learnt.sum())), STRENGTH))
    return Trained(_model(pairs, layout, fitted, calibrations, about), folds, unseen)


def weighed(names: Sequence[str]) -> list[str]:
    """Returns which of some signals are weighed."""
    return [name for name in names if not any(part in name for part in UNWEIGHED)]


def _truths(examples: Sequence[Example]) -> Iterator[NDArray[np.bool_]]:
    yield np.array([example.is_text for example in examples], np.bool_)
    yield np.array([example.is_good for example in examples], np.bool_)


def _unseen_scores(
    rows: Any, truth: NDArray[np.bool_], folds: NDArray[np.int64], learnt: NDArray[np.bool_]
) -> _Floats:
    scores = np.zeros(rows.shape[0])
    for fold in range(FOLDS):
        seen, apart = np.flatnonzero((folds != fold) & learnt), np.flatnonzero(folds == fold)
        if len(apart):
            weights, intercept = fit(rows[seen], truth[seen], np.ones(len(seen)), STRENGTH)
            scores[apart] = rows[apart] @ weights + intercept
    return scores


def _calibrated_apart(
    scores: _Floats,
    truth: NDArray[np.bool_],
    folds: NDArray[np.int64],
    learnt: NDArray[np.bool_],
) -> _Floats:
    found = np.zeros(len(scores))
    for fold in range(FOLDS):
        others, apart = (folds != fold) & learnt, folds == fold
        factor, summand = calibration(scores[others], truth[others])
        found[apart] = 1 / (1 + np.exp(-(factor * scores[apart] + summand)))
    return found


def calibration(scores: _Floats, truth: NDArray[np.bool_]) -> tuple[float, float]:
    """Returns the factor and the summand that make scores log odds.

    Source: Platt, Probabilistic outputs for support vector machines (1999).
    """
    # His targets, short of 0 and 1 by what so many examples cannot tell.
    positives, negatives = int(truth.sum()), int((~truth).sum())
    wanted = np.where(truth, (positives + 1) / (positives + 2), 1 / (negatives + 2))
    columns = np.stack([scores, np.ones(len(scores))], axis=1)

    def objective(point: _Floats) -> tuple[float, _Floats]:
        odds = columns @ point
        found = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
        loss = float((np.logaddexp(0, odds) - wanted * odds).sum())
        return loss, columns.T @ (found - wanted)

    factor, summand = minimum(objective, np.zeros(2)).tolist()
    return factor, summand


def _model(
    pairs: NDArray[np.uint16],
    layout: Layout,
    fitted: Sequence[tuple[_Floats, float]],
    calibrations: Sequence[tuple[float, float]],
    about: dict[str, Any],
) -> TextModel:
    """Returns the weights in the form of a file: whole numbers for the grams."""
    slots = 1 << layout.bits
    grams = np.zeros((len(TARGETS), len(PASSAGES), slots), np.int8)
    scales = np.zeros((len(TARGETS), len(PASSAGES)))
    weights = []
    for target, (all_weights, _) in enumerate(fitted):
        for number in range(len(PASSAGES)):
            part = all_weights[number * slots : (number + 1) * slots]
            # The largest few of a hundred thousand would take all steps from the others.
            largest = float(np.quantile(np.abs(part), 0.9999)) or 1.0
            grams[target, number] = np.clip(np.rint(part / largest * _LARGEST), -_LARGEST, _LARGEST)
            scales[target, number] = largest / _LARGEST * passage_value(number)
        weights.append(_signal_weights(all_weights[len(PASSAGES) * slots :], layout))
    return TextModel(
        bits=layout.bits,
        pairs=pairs,
        grams=grams,
        scales=scales,
        signals=layout.signals,
        weights=tuple(weights),
        intercepts=tuple(intercept for _, intercept in fitted),
        calibrations=tuple(calibrations),
        about=about,
    )


def _signal_weights(weights: _Floats, layout: Layout) -> tuple[tuple[float, ...], ...]:
    found, first = [], 0
    for knots in layout.signals.values():
        part = weights[first : first + len(knots)] * SIGNAL_VALUE
        found.append(tuple(part.tolist()))
        first += len(knots)
    return tuple(found)
