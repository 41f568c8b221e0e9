"""Judges what becomes of passages that many documents have: planted ones, and what it costs.

Usage: python -m tests.benchmarks.passages [--documents N] [--passages N] [--seed S]

Passages of one to five sentences are planted into documents of their own text: between sentences
of a line and as lines of their own, at the beginning, in the middle and at the end, some with
another width, other punctuation or other line ends. A fifth of them stand in too few documents.
"""

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from jingyu.pipeline.config.passages import PassagesSection
from jingyu.pipeline.steps.clean.cleaning import Cleaned, as_ranges
from jingyu.pipeline.steps.clean.kept import Kept
from jingyu.pipeline.steps.clean.passages.counting import (
    Limits,
    add_up_windows,
    find_repeated,
)
from jingyu.pipeline.steps.clean.passages.cutting import Cutter, count_passages
from tests.benchmarks.planted import document_of_length

_IN_BATCH = 1_000
_COPIES = (10, 12, 20, 40)
_FEW_COPIES = (2, 5, 9)
_MOST_PLANTED = 3
_HOSTS = 50
_ENDS = "。！？"
_FULL_WIDTH = str.maketrans("0123456789,.", "０１２３４５６７８９，．")


class Place(NamedTuple):
    """Where a passage stands in a document."""

    passage: int
    document: int
    start: int
    end: int


class Planted(NamedTuple):
    """Documents with passages in them, and how many documents have each."""

    texts: list[str]
    places: list[Place]
    copies: list[int]


def plant(documents: int, passages: int, seed: int) -> Planted:
    """Returns documents with planted passages."""
    generator = random.Random(seed)
    bodies = [_sentences(generator.randint(8, 30), generator) for _ in range(documents)]
    known = [_sentences(generator.randint(1, 5), generator, 36) for _ in range(passages)]
    copies = [
        generator.choice(_FEW_COPIES if number % 5 == 0 else _COPIES) for number in range(passages)
    ]
    planted: list[list[int]] = [[] for _ in range(documents)]
    for number, count in enumerate(copies):
        free = generator.sample(range(documents), 3 * count)
        for document in [each for each in free if len(planted[each]) < _MOST_PLANTED][:count]:
            planted[document].append(number)
        copies[number] = min(count, len(free))
    texts, places = [], []
    for document, body in enumerate(bodies):
        text, found = _written(body, [(n, known[n]) for n in planted[document]], generator)
        texts.append(text)
        places += [Place(number, document, start, end) for number, start, end in found]
    return Planted(texts, places, copies)


def _sentences(count: int, generator: random.Random, least: int = 12) -> list[str]:
    return [
        document_of_length(generator.randint(least, 70), generator).replace("\n", "")
        + generator.choice(_ENDS)
        for _ in range(count)
    ]


def _written(
    body: Sequence[str], passages: Sequence[tuple[int, list[str]]], generator: random.Random
) -> tuple[str, list[tuple[int, int, int]]]:
    """Returns a text of sentences with passages between them, and where each stands."""
    gaps = sorted(generator.sample(range(len(body) + 1), len(passages)))
    text, found = "", []
    for place in range(len(body) + 1):
        for gap, (number, sentences) in zip(gaps, passages, strict=True):
            if gap == place:
                start = len(text)
                text += _varied(sentences, generator)
                found.append((number, start, len(text)))
                text += generator.choice(("", "\n"))
        if place < len(body):
            text += body[place] + generator.choice(("", "", "\n"))
    return text, found


def _varied(sentences: Sequence[str], generator: random.Random) -> str:
    """Returns a passage in one of the forms that reprints have."""
    passage = generator.choice(("", "\n")).join(sentences)
    if generator.random() < 0.2:
        passage = passage.translate(_FULL_WIDTH)
    return passage.replace("，", ", ") if generator.random() < 0.2 else passage


def main(arguments: Sequence[str]) -> None:
    """Plants passages and prints what was found of them, and what each document cost."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.passages")
    parser.add_argument("--documents", type=int, default=5_000)
    parser.add_argument("--passages", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    planted = plant(options.documents, options.passages, options.seed)
    section = PassagesSection()
    batches = list(_batches(planted.texts))
    start = time.process_time()
    counts = add_up_windows([count_passages(kept, [], section.min_han) for kept in batches])
    limits = Limits(section.min_documents, section.min_hosts)
    cutter = Cutter(section, find_repeated([counts], limits))
    cut = [each for kept in batches for each in cutter.cut(kept, [])]
    spent = time.process_time() - start
    _print(planted, cut, section.min_documents)
    characters = sum(map(len, planted.texts))
    print(f"{1e6 * spent / len(planted.texts):.0f} µs a document, {characters:,} characters")  # noqa: T201


def _batches(texts: Sequence[str]) -> Iterator[Kept]:
    for first in range(0, len(texts), _IN_BATCH):
        some = list(texts[first : first + _IN_BATCH])
        rows = np.arange(first, first + len(some))
        yield Kept(rows, some, (rows % _HOSTS + 1).astype(np.uint64), rows.astype(np.uint64))


def _print(planted: Planted, cut: Sequence[Cleaned], min_documents: int) -> None:
    texts = planted.texts
    ranges = {each.row: as_ranges(each.ranges) for each in cut if not each.decision}
    counted = np.bincount([place.passage for place in planted.places])
    whole = kept = few = 0
    taken = {row: [False] * len(texts[row]) for row in ranges}
    for row, some in ranges.items():
        for start, end in some:
            taken[row][start:end] = [True] * (end - start)
    own = {row: list(marks) for row, marks in taken.items()}
    for place in planted.places:
        marks = taken.get(place.document, [False] * len(texts[place.document]))
        text = texts[place.document]
        here = [marks[at] for at in range(place.start, place.end) if text[at] != "\n"]
        if place.document in own:
            own[place.document][place.start : place.end] = [False] * (place.end - place.start)
        if counted[place.passage] < min_documents:
            few += any(here)
        else:
            whole += all(here)
            kept += not any(here)
    often = int((counted >= min_documents).sum())
    places = int(counted[counted >= min_documents].sum())
    borders = [(row, at) for row, some in ranges.items() for each in some for at in each]
    within = sum(not _is_border(texts[row], at) for row, at in borders)
    print(f"{often} passages in {places} places, of which {often} copies are to stay")  # noqa: T201
    print(f"cut whole {whole} ({whole / (places - often):.4f} of the others), kept whole {kept}")  # noqa: T201
    print(f"places of passages that too few documents have, cut: {few}")  # noqa: T201
    print(f"characters cut that are of no passage: {sum(map(sum, own.values()))}")  # noqa: T201
    print(f"ends of cuts {len(borders)}, within a sentence: {within}")  # noqa: T201


def _is_border(text: str, at: int) -> bool:
    return at in {0, len(text)} or text[at - 1] in f"{_ENDS}\n" or text[at] == "\n"


if __name__ == "__main__":
    main(sys.argv[1:])
