"""The model as it is kept in a file and asked about a document."""

import functools
import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from math import exp, fsum, sqrt
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from jingyu.filters.quality.grams import slots, weigh
from jingyu.filters.quality.model.curves import weights_of
from jingyu.filters.quality.model.passages import passages_of

TARGETS: Final = ("text_probability", "quality")
"""What is asked of a document, by the column of the answer: is it text, is it worth reading."""
PASSAGES: Final = ("body", "around", "title")
SUFFIX: Final = ".npz"
"""How files of such models end."""
MOST_CHARACTERS: Final = 4000
"""Of each passage as many are looked at: what a page is shows in them.

Source: own measurement (2026-11): all of the text orders crawl texts no better (AUC against spam
0.87 both)."""

_BASIC_PLANE = 0x10000
_FURTHEST = 30.0  # beyond, the probability is 0 or 1 to 13 places


@dataclass(frozen=True, eq=False)
class TextModel:
    """Weights of hashed grams and of signals, for each of `TARGETS`.

    Attributes:
        bits: Each passage has a table of two to this power slots.
        pairs: Characters and what they are read as, a row of two for each that changes.
        grams: Weights as small integers, by target, passage and slot.
        scales: What they are multiplied by, by target and passage.
        signals: For each signal its knots.
        weights: For each target, the weights at the knots of each signal.
        intercepts: For each target what all documents have.
        calibrations: For each target the factor and the summand that make its sum log odds.
        about: What the card tells of the training.
    """

    bits: int
    pairs: NDArray[np.uint16]
    grams: NDArray[np.int8]
    scales: NDArray[np.float64]
    signals: dict[str, tuple[float, ...]]
    weights: tuple[tuple[tuple[float, ...], ...], ...]
    intercepts: tuple[float, ...]
    calibrations: tuple[tuple[float, float], ...]
    about: dict[str, Any]

    @functools.cached_property
    def folded(self) -> bytes:
        """What each character of the basic plane is read as."""
        return fold_table(self.pairs)

    def probabilities(
        self, text: str, title: str | None, signals: Mapping[str, float]
    ) -> dict[str, float]:
        """Returns the probability of each target, 0 to 1.

        Args:
            text: The document.
            title: Its title, if it is known.
            signals: Values by column, at least those that the model weighs.
        """
        of_grams, of_signals = self._gram_sums(text, title), self._signal_sums(signals)
        found = {}
        for target, name in enumerate(TARGETS):
            score = self.intercepts[target] + of_grams[target] + of_signals[target]
            factor, summand = self.calibrations[target]
            found[name] = probability(factor * score + summand)
        return found

    def _signal_sums(self, signals: Mapping[str, float]) -> tuple[float, float]:
        values = tuple(map(signals.__getitem__, self.signals))
        first, second = weights_of(values, *self._curves)
        # Rounded once: `sum` rounds otherwise from Python 3.12 on, and an output would change.
        return fsum(first), fsum(second)

    def _gram_sums(self, text: str, title: str | None) -> list[float]:
        sums = [0.0] * len(TARGETS)
        for number, passage in enumerate(passages_of(text, title)):
            table = self._pairs_of_weights[number]
            count, *totals = weigh(passage, self.folded, number, self.bits, MOST_CHARACTERS, table)
            for target, total in enumerate(totals) if count else ():
                sums[target] += total * float(self.scales[target, number]) / sqrt(count)
        return sums

    @functools.cached_property
    def _pairs_of_weights(self) -> list[bytes]:
        """The weights of both targets side by side, a table for each passage."""
        return [np.stack(both, axis=1).tobytes() for both in zip(*self.grams, strict=True)]

    @functools.cached_property
    def _curves(self) -> tuple[tuple[int, ...], bytes, bytes, bytes]:
        """How many knots each signal has, and those of all, with the weights of both targets."""
        sizes = tuple(map(len, self.signals.values()))
        knots, first, second = (
            np.array(list(chain.from_iterable(each)), np.float64).tobytes()
            for each in (self.signals.values(), *self.weights)
        )
        return sizes, knots, first, second

    def to_bytes(self) -> bytes:
        """Returns the model as a file."""
        told = {
            "bits": self.bits,
            "signals": self.signals,
            "weights": self.weights,
            "intercepts": self.intercepts,
            "calibrations": self.calibrations,
            "about": self.about,
        }
        header = np.frombuffer(json.dumps(told, sort_keys=False).encode(), np.uint8)
        held = io.BytesIO()
        np.savez_compressed(
            held, header=header, pairs=self.pairs, grams=self.grams, scales=self.scales
        )
        return held.getvalue()

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """Returns the model in a file.

        Raises:
            ValueError: It is none.
        """
        try:
            with np.load(io.BytesIO(content), allow_pickle=False) as file:
                told = json.loads(file["header"].tobytes())
                arrays = {name: file[name] for name in ("pairs", "grams", "scales")}
            return cls(
                **arrays,
                bits=told["bits"],
                signals={name: tuple(knots) for name, knots in told["signals"].items()},
                weights=tuple(tuple(map(tuple, target)) for target in told["weights"]),
                intercepts=tuple(told["intercepts"]),
                calibrations=tuple((factor, more) for factor, more in told["calibrations"]),
                about=told["about"],
            )
        except Exception as error:  # zip, zlib and NumPy raise what they like
            raise ValueError("it is no model that `jingyu train-quality` wrote") from error


@functools.cache
def read_model(path: Path, sha256: str) -> TextModel:
    """Returns the model of a file, once for a process.

    Raises:
        ValueError: The file has another digest, or holds no model.
    """
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ValueError(f"{path} has changed since the config was read")
    return TextModel.from_bytes(content)


def gram_slots(passage: str, folded: bytes, number: int, bits: int) -> NDArray[np.uint32]:
    """Returns the different slots of a passage's grams; the passages have tables of their own."""
    return np.frombuffer(slots(passage, folded, number, bits, MOST_CHARACTERS), np.uint32)


def fold_table(pairs: NDArray[np.uint16]) -> bytes:
    """Returns what each character of the basic plane is read as, as 16 bits each."""
    table = np.arange(_BASIC_PLANE, dtype=np.uint16)
    table[pairs[:, 0]] = pairs[:, 1]
    return table.tobytes()


def probability(log_odds: float) -> float:
    """Returns the probability of log odds."""
    return 1 / (1 + exp(-min(_FURTHEST, max(-_FURTHEST, log_odds))))
