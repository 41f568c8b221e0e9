"""Lines that many pages of one host have: its furniture, and no text of any page."""

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.page.sign.minhash import mix
from jingyu.pipeline.steps.clean.counts import add_up
from jingyu.pipeline.steps.clean.lines.lines import NO_LINE, Lines

LINE_COUNT: Final = np.dtype([("host", "<u8"), ("line", "<u8"), ("pages", "<u4")])
"""How many pages of a host have a line; with `NO_LINE`, how many pages the host has."""


_DOCUMENTS_OF_A_PART: Final = 1_000_000
_MOST_PARTS: Final = 16


class Limits(NamedTuple):
    """When a line is boilerplate.

    Attributes:
        min_pages: Least pages of a host that have it.
        min_page_ratio: Least share of the host's pages that have it.
    """

    min_pages: int
    min_page_ratio: float


def count_lines(lines: Lines, hosts: NDArray[np.uint64]) -> NDArray[np.void]:
    """Returns on how many pages of each host each line stands, and how many pages it has.

    Args:
        lines: Lines of pages.
        hosts: Hash of each page's host, 0 where there is none.
    """
    has_host = hosts[lines.documents] != 0
    standing = lines.of(has_host & (lines.hashes != NO_LINE) & ~lines.is_repeated)
    pages = hosts[hosts != 0]
    counts = np.zeros(len(standing.hashes) + len(pages), LINE_COUNT)
    counts["host"] = np.concatenate([hosts[standing.documents], pages])
    counts["line"][: len(standing.hashes)] = standing.hashes
    counts["pages"] = 1
    return add_up_lines([counts])


def add_up_lines(parts: Sequence[NDArray[np.void]]) -> NDArray[np.void]:
    """Returns the counts of all parts together, sorted by host and line."""
    return add_up([np.zeros(0, LINE_COUNT), *parts], ("host", "line"))


def parts_of_a_host(documents: int) -> int:
    """Returns at how many places the lines of a host are counted, from 1 to 16.

    A host may have a hundredth of a crawl: of a billion documents its lines are 6 GB before they
    are added up. What is paid for it is that the pages of a host are told at each place.
    """
    return max(1, min(math.isqrt(documents // _DOCUMENTS_OF_A_PART), _MOST_PARTS))


def dealt_lines(
    counts: NDArray[np.void], partitions: int, parts: int
) -> tuple[NDArray[np.void], NDArray[np.int64]]:
    """Returns counts and the partition of each: of a line one, of the pages of a host each.

    Args:
        counts: What `add_up_lines` returns.
        partitions: Number of partitions.
        parts: At how many places the lines of a host are counted.
    """
    hosts = mix(counts["host"])
    is_total = counts["line"] == NO_LINE
    lines, totals = np.flatnonzero(~is_total), np.flatnonzero(is_total)
    part = (counts["line"][lines] % np.uint64(parts)).astype(np.uint64)
    of_lines = _partition(hosts[lines] + part, partitions)
    every = np.repeat(totals, parts)
    each: NDArray[np.uint64] = np.tile(np.arange(parts, dtype=np.uint64), totals.size)
    of_totals = _partition(hosts[every] + each, partitions)
    # Two parts of a host may be at one place, which is told its pages once.
    _, once = np.unique(of_totals * counts.size + every, return_index=True)
    rows = np.concatenate([lines, every[once]])
    return counts[rows], np.concatenate([of_lines, of_totals[once]])


def _partition(values: NDArray[np.uint64], partitions: int) -> NDArray[np.int64]:
    return (mix(values) % np.uint64(partitions)).astype(np.int64)


def find_boilerplate(counts: NDArray[np.void], limits: Limits) -> NDArray[np.uint64]:
    """Returns the keys, sorted, of lines that are boilerplate.

    All counts of a line must be there, and how many pages its host has.

    Args:
        counts: What `add_up_lines` returns.
        limits: When a line is boilerplate.
    """
    is_total = counts["line"] == NO_LINE
    hosts, pages = counts["host"][is_total], counts["pages"][is_total]
    lines = counts[~is_total]
    pages_of_host = pages[np.searchsorted(hosts, lines["host"])]
    least = np.maximum(limits.min_pages, limits.min_page_ratio * pages_of_host)
    found = lines[lines["pages"] >= least]
    return np.sort(line_keys(found["host"], found["line"]))


def line_keys(hosts: NDArray[np.uint64], lines: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Returns the key of each line of a host."""
    return mix(mix(hosts) ^ lines)


def is_boilerplate(
    lines: Lines, hosts: NDArray[np.uint64], boilerplate: NDArray[np.uint64]
) -> NDArray[np.bool_]:
    """Returns whether each line of pages is boilerplate of its host."""
    keys = line_keys(hosts[lines.documents], lines.hashes)
    found = np.isin(keys, boilerplate)
    return np.asarray(found & (lines.hashes != NO_LINE) & (hosts[lines.documents] != 0))
