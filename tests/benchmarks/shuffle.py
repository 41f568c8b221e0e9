"""How large the elements of shuffles are that a runner carries, by the code that packs them.

Usage: python -m tests.benchmarks.shuffle [--documents N] [--in-item N] [--clustered SHARE]

Items of documents with keys at random are packed by `pack_keys`, rows of edges, requests, members
and decisions by `pack_by`, with the targets that a run of so many documents has; what they yield
goes through `run.packing`, as it does on a runner. A bundle is taken to hold as many items as fill
what is held; a runner that makes smaller ones sends smaller elements at first, and the same ones
from the places. Documents that are in clusters are a share that is assumed.
"""

import argparse
import itertools
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

import numpy as np

from jingyu.pipeline.config.deduplication import Deduplication
from jingyu.pipeline.run.packing import MOST_BYTES, PLACES, ToPlaces, by_target
from jingyu.pipeline.steps.deduplicate.bands import Keyed
from jingyu.pipeline.steps.deduplicate.candidates import partitions_for
from jingyu.pipeline.steps.deduplicate.decisions import DECISION
from jingyu.pipeline.steps.deduplicate.packs import pack_by, pack_keys
from jingyu.pipeline.steps.deduplicate.parts.members import REQUEST, member_type, name_documents

_HASHES: Final = 128
_FLUSHES: Final = 2
_EDGE: Final = np.dtype([("one", "<u8"), ("other", "<u8")])

Sent = Iterator[tuple[Any, Any]]


class Shuffle(NamedTuple):
    """Elements of a shuffle, of both ways together.

    Attributes:
        elements: How many.
        size: Bytes of all.
    """

    elements: float
    size: float


def main(arguments: list[str]) -> None:
    """Prints the sizes of the elements of each shuffle of deduplication, and of all."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.shuffle")
    parser.add_argument("--documents", type=int, default=1_000_000_000)
    parser.add_argument("--in-item", type=int, default=1_200)
    parser.add_argument("--clustered", type=float, default=0.3)
    told = parser.parse_args(arguments)
    settings = Deduplication()
    keys = settings.banding(_HASHES)[0] + settings.one_per_url
    partitions = partitions_for(told.documents, keys)
    items = -(-told.documents // told.in_item)
    of_cluster = round(told.clustered * told.documents / partitions)
    members = member_type(_HASHES)
    rows: dict[str, tuple[Callable[[int], Sent], int]] = {
        "keys": (lambda n: _keys(n, told.in_item, keys, partitions), items),
        "edges": (lambda n: _rows(n, of_cluster, partitions, _EDGE), partitions),
        "requests": (lambda n: _rows(n, of_cluster, items, REQUEST), partitions),
        "members": (
            lambda n: _rows(n, round(told.clustered * told.in_item), partitions, members),
            items,
        ),
        "decisions": (lambda n: _rows(n, of_cluster, items, DECISION), partitions),
    }
    print(f"{told.documents:,} documents, {items:,} items, {partitions:,} partitions")  # noqa: T201
    total = Shuffle(0, 0)
    for name, (produced, producers) in rows.items():
        found = measured(produced, producers)
        _print(name, found)
        total = Shuffle(total.elements + found.elements, total.size + found.size)
    _print("all", total)


def measured(produced: Callable[[int], Sent], producers: int) -> Shuffle:
    """Returns the elements of a shuffle.

    Args:
        produced: Returns what a producer, by its number, sends.
        producers: How many there are.
    """
    packs, at_place, sizes = ToPlaces(), [], Counter[str]()
    done = 0
    while done < producers and sizes["elements"] < _FLUSHES * PLACES:
        sent = produced(done)
        done += 1
        last = packs.rest() if done == producers else iter(())
        for place, pack in itertools.chain(*(packs.add(*each) for each in sent), last):
            sizes["elements"] += 1
            sizes["bytes"] += len(pack)
            if place == 0:
                at_place.append(pack)
    all_bytes = sizes["bytes"] * producers / done
    first = all_bytes / (sizes["bytes"] / sizes["elements"])
    # What comes to a place until it has to go on, or all of it.
    most = min(all_bytes / PLACES, 1.5 * MOST_BYTES)
    some = itertools.islice(itertools.cycle(at_place), max(1, round(most / len(at_place[0]))))
    lengths = [len(frames) for _, frames in by_target(some)]
    second = all_bytes / (sum(lengths) / len(lengths))
    return Shuffle(first + second, 2 * all_bytes)


def _keys(number: int, documents: int, keys: int, partitions: int) -> Sent:
    random = np.random.default_rng(number)
    names = name_documents(number, np.repeat(np.arange(documents), keys))
    values = random.integers(0, 1 << 63, documents * keys, np.uint64) * np.uint64(2)
    yield from pack_keys(Keyed(values, names), partitions)


def _rows(number: int, count: int, targets: int, kind: np.dtype[Any]) -> Sent:
    chosen = np.random.default_rng(number).integers(0, targets, count)
    yield from pack_by(chosen, np.zeros(count, kind))


def _print(name: str, found: Shuffle) -> None:
    print(  # noqa: T201
        f"{name:>10}: {found.size / 1e9:8,.1f} GB in {found.elements / 1e6:8.2f} million elements, "
        f"{found.size / found.elements / 1024:7.1f} KiB each",
        flush=True,
    )


if __name__ == "__main__":
    main(sys.argv[1:])
