"""What hosts of wanted pages said in robots.txt when they were crawled, by the crawl's index."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import numpy as np

from jingyu.filters.rights.snapshot import Snapshot
from jingyu.pipeline.read import storage
from jingyu.pipeline.read.index.chosen_records import ChosenRecords
from jingyu.pipeline.read.index.parts import Parts
from jingyu.pipeline.read.settings import Inputs
from jingyu.pipeline.read.snapshots import line_of, snapshot_of
from jingyu.pipeline.steps.choose.runs import Places, each_once, read_places, runs_of
from jingyu.pipeline.steps.choose.wanted import NO_FILE
from jingyu.pipeline.store import filesystem

HOSTS_TOGETHER: Final = 1 << 14
"""Hosts and captures up to which partitions are read together."""

_CAPTURES_AT_ONCE = 256
"""Of a crawl file that are read, and held, by one thread."""
_MOST_OF_HOST = 64
"""Captures of a host that are read; a crawl asks for robots.txt by http and https, now and then."""


def write_robotstxt(target: str, hosts: Sequence[str], partitions: Sequence[int], inputs: Inputs
                    ) -> int:  # fmt: skip
    """Writes the robots.txt files of hosts of wanted pages, by host and time; returns how many.

    Raises:
        OSError: A crawl file cannot be read now.
    """
    captures = _captures(read_places(hosts, partitions))
    lines = sorted(_lines(captures, Parts(inputs.index), inputs))
    with filesystem.open_to_write(target) as out:
        out.writelines(line for _, line in lines)
    return len(lines)


def _captures(places: Places) -> Places:
    """Returns the captures of the hosts of wanted pages."""
    is_page = np.array([name == NO_FILE for name in places.names], bool)[places.codes]
    captures = places.take(~is_page & np.isin(places.hosts, places.hosts[is_page]))
    by_host = captures.take(np.argsort(captures.hosts, kind="stable"))
    starts = np.searchsorted(by_host.hosts, by_host.hosts)
    return each_once(by_host.take(np.arange(len(starts)) - starts < _MOST_OF_HOST))


def _lines(
    captures: Places, parts: Parts, inputs: Inputs
) -> Iterator[tuple[tuple[str, str], bytes]]:
    """Yields lines of snapshots, each with what it is sorted by."""

    def read(run: tuple[int, int]) -> list[Snapshot]:
        start, end = run
        path = storage.join(inputs.index.base, captures.names[captures.codes[start]])
        offsets, lengths = captures.offsets[start:end], captures.lengths[start:end]
        places = list(zip(offsets.tolist(), lengths.tolist(), strict=True))
        records = ChosenRecords(path, parts, 1, inputs.max_record_mib << 20).read(places)
        return [found for record in records if (found := snapshot_of(record))]

    with ThreadPoolExecutor(inputs.index.requests) as pool:
        for snapshots in pool.map(read, runs_of(captures.codes, _CAPTURES_AT_ONCE)):
            for snapshot in snapshots:
                at = snapshot.captured_at.isoformat() if snapshot.captured_at else ""
                yield (snapshot.host, at), line_of(snapshot)
