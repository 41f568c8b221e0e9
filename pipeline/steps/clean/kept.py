"""The documents of an item that rules and deduplication keep, batch by batch."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.page.sign.minhash import hash_of
from jingyu.pipeline.steps.clean.lines.lines import Lines, lines_of
from jingyu.pipeline.steps.clean.passages.sentences import sentences_of
from jingyu.pipeline.store.decided import read_decisions
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.row_groups import taken

NAME_DIGITS: Final = 16
"""Digits of an id that name a document: of 1,000,000,000 documents two meet in them once in 37
corpora."""

_MOST_HELD = 1 << 24
"""Characters: with their lines, about 100 MB."""


@dataclass(frozen=True)
class Kept:
    """Some kept documents.

    Attributes:
        rows: Rows in the item.
        texts: Texts.
        hosts: Hash of each host, 0 where there is none.
        names: The first 64 bits of each id.
        cleaned: What lines and questions leave of them, once that was asked, by the boilerplate
            that it was asked with.
    """

    rows: NDArray[np.int64]
    texts: list[str]
    hosts: NDArray[np.uint64]
    names: NDArray[np.uint64]
    cleaned: dict[bytes, Any] = field(default_factory=dict, compare=False)

    @cached_property
    def lines(self) -> Lines:
        """Lines of the texts."""
        return lines_of(self.texts)

    @cached_property
    def sentences(self) -> Lines:
        """Sentences of the texts."""
        return sentences_of(self.texts)


def kept_documents(key: str, layout: Layout) -> Iterator[Kept]:
    """Yields the kept documents of an item, a row group at a time."""
    rows = np.flatnonzero(read_decisions(key, layout, "deduplicate").is_open)
    hashes: dict[str | None, int] = {None: 0, "": 0}
    for here, batch in taken(layout.staged(key).documents, ["document_id", "text", "host"], rows):
        hosts = batch.column("host").to_pylist()
        hashes |= {host: hash_of(host) for host in set(hosts) - hashes.keys()}
        numbers = np.array([hashes[host] for host in hosts], np.uint64)
        names = named(batch.column("document_id").to_pylist())
        yield Kept(rows[here], batch.column("text").to_pylist(), numbers, names)


def named(ids: Sequence[str]) -> NDArray[np.uint64]:
    """Returns the first 64 bits of ids, by which documents are named where places count."""
    packed = bytes.fromhex("".join(each[:NAME_DIGITS] for each in ids))
    return np.frombuffer(packed, ">u8").astype(np.uint64)


class HeldDocuments:
    """Kept documents of items, of which those first read stay in memory until the last time."""

    def __init__(self, layout: Layout, most_characters: int = _MOST_HELD, times: int = 2) -> None:
        """Takes the most characters to be held, and how many times each item is asked for."""
        self._layout = layout
        self._left = most_characters
        self._times = times
        self._held: dict[str, tuple[int, list[Kept]]] = {}

    def __reduce__(self) -> tuple[type[Self], tuple[Layout, int]]:
        # Another process is not asked for the same item twice.
        return type(self), (self._layout, 0)

    def of(self, key: str) -> Iterator[Kept]:
        """Yields the kept documents of an item; the last time they are let go of."""
        left, held = self._held.pop(key, (self._times, None))
        if held is None:
            held = []
            for kept in kept_documents(key, self._layout):
                yield kept
                self._left -= sum(map(len, kept.texts))
                if self._left >= 0:
                    held.append(kept)
            is_held = self._left >= 0
        else:
            yield from held
            is_held = True
        if is_held and left > 1:
            self._held[key] = (left - 1, held)
