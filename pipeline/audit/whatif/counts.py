"""Documents and characters by how they end, and by host: added up over items."""

from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jingyu.pipeline.audit.whatif.ends import Ending, Endings, Ends
from jingyu.pipeline.audit.whatif.verdicts import Verdicts
from jingyu.schemas.decisions import KEPT

MOST_SOURCES: Final = 20
_SUMMED: Final = ("before", "after", "documents", "characters")

ByEnding = dict[Ending, tuple[int, int]]
"""Documents and characters."""


class Counts:
    """What is counted of all items."""

    def __init__(self, endings: Endings) -> None:
        self._endings = endings
        self._before = np.zeros((0, 2), np.int64)
        self._after = np.zeros((0, 2), np.int64)
        self._hosts: list[pa.Table] = []

    def add(self, one: Verdicts, lengths: NDArray[np.int64]) -> None:
        """Adds an item: its verdicts, and the lengths of its texts."""
        most = len(self._endings.known)
        self._before = _sum(self._before, _by_number(one.before, lengths, most))
        self._after = _sum(self._after, _by_number(one.after, lengths, most))
        self._hosts.append(_of_hosts(one, lengths))

    @property
    def before(self) -> ByEnding:
        """How documents ended in the run."""
        return self._named(self._before)

    @property
    def after(self) -> ByEnding:
        """How they would end."""
        return self._named(self._after)

    def _named(self, counts: NDArray[np.int64]) -> ByEnding:
        rows = zip(self._endings.known, counts.tolist(), strict=False)
        return {ending: (documents, length) for ending, (documents, length) in rows if documents}

    def sources(self) -> list[dict[str, Any]]:
        """Returns the hosts whose kept documents change most in number."""
        grouped = pa.concat_tables(self._hosts).group_by("host")
        added = grouped.aggregate([(name, "sum") for name in _SUMMED])
        changed = added.filter(pc.not_equal(added["documents_sum"], 0))
        sized = changed.append_column("size", pc.abs(changed["documents_sum"]))
        order = [("size", "descending"), ("host", "ascending")]
        ordered = sized.sort_by(order).slice(0, MOST_SOURCES)
        return [
            {name.removesuffix("_sum"): value for name, value in row.items()}
            for row in ordered.drop_columns("size").to_pylist()
        ]


def kept(counts: ByEnding) -> tuple[int, int]:
    """Returns documents and characters of what is kept."""
    return counts.get(Ending("write", KEPT, None), (0, 0))


def _by_number(ends: Ends, lengths: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    documents = np.bincount(ends.numbers, minlength=most)
    # Sums of 64-bit floats are exact as far as any item's characters go.
    characters = np.bincount(ends.numbers, lengths, most).astype(np.int64)
    return np.stack([documents, characters], axis=1)


def _sum(one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.int64]:
    other[: len(one)] += one
    return other


def _of_hosts(one: Verdicts, lengths: NDArray[np.int64]) -> pa.Table:
    """Returns what is kept of each host, before and after; of hosts that stay, too."""
    hosts = one.documents["host"].combine_chunks()
    encoded = hosts.dictionary_encode(null_encoding="encode")
    places, most = encoded.indices.to_numpy(), len(encoded.dictionary)
    before, after = (
        np.bincount(places[ends.is_open], minlength=most) for ends in (one.before, one.after)
    )
    change = one.after.is_open.astype(np.int64) - one.before.is_open
    characters = np.bincount(places, lengths * change, most).astype(np.int64)
    columns = (encoded.dictionary, before, after, after - before, characters)
    rows = pa.table(dict(zip(("host", *_SUMMED), columns, strict=True)))
    return rows.filter(pa.array((before > 0) | (after > 0)))
