"""The documents of an item that rules and deduplication keep, batch by batch."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.layout import Layout
from pipeline.text.minhash import hash_of
from pipeline.work.deduplicate.row_groups import taken
from pipeline.work.verdicts import read_verdicts


class Kept(NamedTuple):
    """Some kept documents.

    Attributes:
        rows: Rows in the item.
        texts: Texts.
        hosts: Hash of each host, 0 where there is none.
    """

    rows: NDArray[np.int64]
    texts: list[str]
    hosts: NDArray[np.uint64]


def kept_documents(key: str, layout: Layout) -> Iterator[Kept]:
    """Yields the kept documents of an item, a row group at a time."""
    rows = np.flatnonzero(read_verdicts(key, layout).is_kept)
    for here, batch in taken(layout.staged(key).documents, ["text", "host"], rows):
        hosts = batch.column("host").to_pylist()
        hashes = {host: hash_of(host) if host else 0 for host in set(hosts)}
        numbers = np.array([hashes[host] for host in hosts], np.uint64)
        yield Kept(rows[here], batch.column("text").to_pylist(), numbers)
