"""A quantized model of fastText, read from its file for sums that are quick and the same."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from jingyu.filters.language.linear import Model

_MAGIC, _VERSION = 793712314, 12
_ARGUMENTS = np.dtype(
    [(name, "<i4") for name in ("magic", "version", "dim", "ws", "epoch", "min_count", "neg")]
    + [(name, "<i4") for name in ("word_ngrams", "loss", "model", "bucket", "minn", "maxn", "rate")]
    + [("t", "<f8")]
    + [(name, "<i4") for name in ("size", "words", "labels")]
    + [("tokens", "<i8"), ("pruned", "<i8")]
)
_SUPPORTED: Final = {"magic": _MAGIC, "version": _VERSION, "dim": 16, "loss": 1, "model": 3} | {
    "word_ngrams": 1,
    "minn": 2,
    "maxn": 4,
}
"""What `linear.c` can add up: hierarchical softmax of 16 dimensions over grams of 2 to 4."""
_PARTS, _CENTROIDS = 8, 256
_UNCOUNTED = 10**15


class Labels:
    """The languages of a model, and what it says of a line."""

    def __init__(self, content: bytes) -> None:
        """Reads the file of a model.

        Raises:
            ValueError: It is no such model, or of another form than `lid.176.ftz`.
        """
        read = _Reader(content)
        told = read.take(_ARGUMENTS)
        if any(told[name] != value for name, value in _SUPPORTED.items()):
            raise ValueError("it is no model of fastText in the form of lid.176.ftz")
        words = {read.entry(): row for row in range(told["words"])}
        labels = [(read.entry(), read.last_count()) for _ in range(told["labels"])]
        self.names = [name.decode().removeprefix("__label__") for name, _ in labels]
        pruned = read.array("<i4", 2 * told["pruned"]).reshape(-1, 2)
        buckets = np.empty(len(pruned), np.int32)
        buckets[pruned[:, 1]] = pruned[:, 0]
        codes, norms, centroids = _input(read)
        read.take(np.dtype([("quantized", "?"), ("rows", "<i8"), ("columns", "<i8")]))
        outputs = read.array("<f4", len(labels) * told["dim"])
        children = _tree([count for _, count in labels])
        self._model = Model(
            words,
            int(told["bucket"]),
            *(each.tobytes() for each in (buckets, codes, norms, centroids, outputs, children)),
        )

    def __call__(self, line: str) -> dict[str, float]:
        """Returns the probabilities of the eight likeliest languages of a line, the first first.

        As fastText's `predict` does of the line and a line end, to the last bit.
        """
        found = self._model.labels(line.encode())
        return {self.names[label]: min(probability, 1.0) for label, probability in found}


class _Reader:
    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0

    def take(self, form: np.dtype[Any]) -> Any:
        (found,) = self.array(form, 1)
        return found

    def array(self, form: np.dtype[Any] | str, count: int) -> NDArray[Any]:
        found = np.frombuffer(self._content, form, count, self._at)
        self._at += found.nbytes
        return found

    def entry(self) -> bytes:
        """Returns a word or label; its count and its kind follow it."""
        end = self._content.index(b"\0", self._at)
        name = self._content[self._at : end]
        self._at = end + 10
        return name

    def last_count(self) -> int:
        """Returns how often the last entry occurs."""
        return int.from_bytes(self._content[self._at - 9 : self._at - 1], "little")


def _input(read: _Reader) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Returns the codes, norms and centroids of the rows."""
    form = [("quantized", "?"), ("has_norms", "?"), ("rows", "<i8"), ("columns", "<i8")]
    told = read.take(np.dtype([*form, ("size", "<i4")]))
    codes = read.array("u1", told["size"])
    centroids = _centroids(read)
    if not (told["quantized"] and told["has_norms"]):
        raise ValueError("it is no quantized model of fastText with norms")
    places = read.array("u1", told["rows"])
    return codes, _centroids(read)[places], centroids


def _centroids(read: _Reader) -> NDArray[Any]:
    dimensions, *_ = read.array("<i4", 4)
    return read.array("<f4", dimensions * _CENTROIDS)


def _tree(counts: Sequence[int]) -> NDArray[Any]:
    """Returns the two children of each inner node of the tree of labels, the rarest first.

    Source: fastText, `HierarchicalSoftmaxLoss::buildTree`; labels stand in the order of counts.
    """
    known = [*counts, *[_UNCOUNTED] * (len(counts) - 1)]
    leaf, node = len(counts) - 1, len(counts)
    children = []
    for place in range(len(counts), len(known)):
        pair = []
        for _ in range(2):
            if leaf >= 0 and known[leaf] < known[node]:
                pair.append(leaf)
                leaf -= 1
            else:
                pair.append(node)
                node += 1
        children.append(pair)
        known[place] = known[pair[0]] + known[pair[1]]
    return np.array(children, np.int32)
