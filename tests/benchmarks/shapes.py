"""Signatures of documents whose clusters have a shape that is hard on clustering."""

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.page.sign.minhash import HASHES

Signatures = NDArray[np.uint32]

_SHARE_IN_CLUSTERS = 0.3
_CLUSTER_SIZE = 3


def crawl(count: int, seed: int = 1) -> Signatures:
    """Returns documents of which three in ten are in clusters of three, similar by 0.9."""
    generator = np.random.default_rng(seed)
    signatures = _random(count, generator)
    clustered = int(count * _SHARE_IN_CLUSTERS) // _CLUSTER_SIZE * _CLUSTER_SIZE
    members = generator.permutation(count)[:clustered].reshape(-1, _CLUSTER_SIZE)
    for column in range(1, _CLUSTER_SIZE):
        originals = signatures[members[:, 0]]
        signatures[members[:, column]] = _changed(originals, 0.1, generator)
    return signatures


def path(count: int) -> Signatures:
    """Returns a chain: each document resembles the next by 0.85, and soon none."""
    generator = np.random.default_rng(2)
    signatures = _random(count, generator)
    is_same = generator.random(signatures.shape) < 0.85
    for number in range(1, count):
        np.copyto(signatures[number], signatures[number - 1], where=is_same[number])
    return signatures


def clique(count: int) -> Signatures:
    """Returns documents each of which resembles each by 0.9."""
    return _site(count, np.sqrt(0.9))


def template(count: int) -> Signatures:
    """Returns documents each of which resembles each by 0.6: one cluster, and no duplicates."""
    return _site(count, np.sqrt(0.6))


def star(count: int) -> Signatures:
    """Returns documents that all resemble the first by 0.85, and one another by 0.72."""
    generator = np.random.default_rng(3)
    center = _random(1, generator)
    leaves = _changed(np.repeat(center, count - 1, axis=0), 0.15, generator)
    return np.concatenate([center, leaves])


def singletons(count: int) -> Signatures:
    """Returns documents that have nothing in common."""
    return _random(count, np.random.default_rng(4))


SHAPES: dict[str, Callable[[], Signatures]] = {
    "path of 100,000": partial(path, 100_000),
    "clique of 10,000": partial(clique, 10_000),
    "star of 10,000": partial(star, 10_000),
    "template of 10,000": partial(template, 10_000),
    "template of 50,000": partial(template, 50_000),
    "1,000,000 singletons": partial(singletons, 1_000_000),
}


def _site(count: int, share: float) -> Signatures:
    """Returns copies of one document with so large a share of it: pairs have its square."""
    generator = np.random.default_rng(5)
    frame = np.repeat(_random(1, generator), count, axis=0)
    return _changed(frame, 1 - share, generator)


def _random(count: int, generator: np.random.Generator) -> Signatures:
    return generator.integers(0, 2**32, (count, HASHES), dtype=np.uint32)


def _changed(signatures: Signatures, share: float, generator: np.random.Generator) -> Signatures:
    is_changed = generator.random(signatures.shape, np.float32) < share
    return np.where(is_changed, _random(len(signatures), generator), signatures)
