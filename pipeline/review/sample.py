"""Which documents of a corpus are reviewed: a draw that can be repeated."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import pyarrow as pa
import pyarrow.types as pt

from jingyu.filters.settings.errors import ConfigError
from jingyu.pipeline.review.corpus import Corpus
from jingyu.pipeline.review.strata import Stratum

SIMPLE, STRATIFIED = "simple_random", "stratified"
_TENTHS = 10
_DIGEST_BYTES = 16


@dataclass(frozen=True)
class Draw:
    """How a sample was drawn: all that is needed to draw it again."""

    run: str
    """Fingerprint of the run whose corpus it was."""
    corpus_documents: int
    n: int
    """Documents asked for."""
    seed: int
    stratify: Stratum | None = None

    @property
    def method(self) -> str:
        """`simple_random` or `stratified`."""
        return STRATIFIED if self.stratify else SIMPLE

    @property
    def size(self) -> int:
        """Documents drawn: `n`, or all where there are fewer."""
        return min(self.n, self.corpus_documents)


def draw(corpus: Corpus, n: int, seed: int, stratify: Stratum | None = None) -> Draw:
    """Returns the draw of a sample from a corpus.

    Raises:
        ConfigError: The corpus lacks the column of the strata, or has more strata than `n`.
    """
    if stratify and stratify not in corpus.columns:
        raise ConfigError(
            f"{corpus.out}: the corpus has no column `{stratify}` to stratify by; "
            "take another, or leave out `--stratify`"
        )
    return Draw(corpus.run, corpus.documents, n, seed, stratify)


def drawn_ids(corpus: Corpus, how: Draw) -> list[str]:
    """Returns the ids of a sample, in the order of their hashes.

    A document's hash is that of the seed and its id, and the `n` smallest are drawn: the sample
    depends neither on shards nor on order, the first rows of a simple random sample are one too,
    and that of a smaller `n` lies inside that of a larger one.
    """
    named = _named(corpus, how.stratify)
    if how.stratify is None:
        picked = _smallest(((name, "") for name, _ in named), {"": how.size}, how.seed)
    else:
        sizes = Counter(stratum for _, stratum in named)
        shares = allocation(sizes, how.size)
        picked = _smallest(_named(corpus, how.stratify), shares, how.seed)
    return [name for _, name in sorted(pair for pairs in picked.values() for pair in pairs)]


def allocation(sizes: Mapping[str, int], n: int) -> dict[str, int]:
    """Returns how many documents of each stratum are drawn: its share, and at least one.

    What rounding leaves goes to the strata that lost most by it; what the ones of small strata
    cost comes from those that are most above their share.

    Args:
        sizes: Documents in each stratum, at least one.
        n: Documents in all, at most the sum of the sizes.

    Raises:
        ConfigError: There are more strata than `n`.
    """
    if len(sizes) > n:
        raise ConfigError(
            f"there are {len(sizes):,} strata, more than the {n:,} documents to draw; "
            "raise `--n`, or stratify by something coarser"
        )
    total = sum(sizes.values())
    shares = {name: max(1, n * size // total) for name, size in sizes.items()}

    def lacking(name: str) -> float:
        return n * sizes[name] / total - shares[name]

    while missing := n - sum(shares.values()):
        step = 1 if missing > 0 else -1
        open_to_change = [
            name
            for name in shares
            if (shares[name] < sizes[name] if step > 0 else shares[name] > 1)
        ]
        ordered = sorted(open_to_change, key=lambda name: (-step * lacking(name), name))
        for name in ordered[: abs(missing)]:
            shares[name] += step
    return shares


def _named(corpus: Corpus, stratify: Stratum | None) -> Iterator[tuple[str, str]]:
    """Yields the id and the stratum of each document."""
    columns = ["document_id", *([stratify] if stratify else [])]
    for batch in corpus.batches(columns):
        names = batch.column("document_id").to_pylist()
        strata = _strata(batch.column(stratify)) if stratify else [""] * len(names)
        yield from zip(names, strata, strict=True)


def _strata(values: pa.Array) -> list[str]:
    """Returns the strata of a column: its values, of a ratio its tenths."""
    listed: list[Any] = values.to_pylist()
    if pt.is_floating(values.type):
        return [
            "" if value is None else str(min(int(value * _TENTHS), _TENTHS - 1)) for value in listed
        ]
    return ["" if value is None else str(value) for value in listed]


def _smallest(
    named: Iterable[tuple[str, str]], sizes: Mapping[str, int], seed: int
) -> dict[str, list[tuple[bytes, str]]]:
    """Returns the hashes and ids of each stratum's documents with the smallest hashes.

    Twice the sample is held in memory at most, however many documents there are.
    """
    seeded = blake2b(f"{seed}\0".encode(), digest_size=_DIGEST_BYTES)
    kept: dict[str, list[tuple[bytes, str]]] = {name: [] for name in sizes}
    bounds = dict.fromkeys(sizes, b"\xff" * _DIGEST_BYTES)
    for name, stratum in named:
        hashed = seeded.copy()
        hashed.update(name.encode())
        digest = hashed.digest()
        if digest <= bounds[stratum]:
            pairs, size = kept[stratum], sizes[stratum]
            pairs.append((digest, name))
            if len(pairs) >= 2 * size:
                pairs.sort()
                del pairs[size:]
                bounds[stratum] = pairs[-1][0]
    return {name: sorted(pairs)[: sizes[name]] for name, pairs in kept.items()}
