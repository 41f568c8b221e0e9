"""How a file is compressed, told by its first bytes."""

from jingyu.pipeline.read.compression import (
    Compression,
    Gzip,
    Zstd,
    begins_with_dictionary,
    compression_of,
)
from jingyu.pipeline.read.members import Members
from jingyu.pipeline.read.record_start import find_record
from jingyu.pipeline.read.tally import Tally
from jingyu.pipeline.read.window import Window


def detect_compression(window: Window) -> Compression | None:
    """Returns how the file is compressed whose first bytes a window shows; none if it is not.

    Garbage may precede the first record, and may look like a member: where a record can be seen
    to begin, that decides.
    """
    claimed = compression_of(window)
    if isinstance(claimed, Zstd) and begins_with_dictionary(window):
        return claimed  # which may hold what looks like records
    ways: list[Compression] = [claimed] if claimed else []
    ways += [way for way in (Gzip(), Zstd()) if type(way) is not type(claimed)]
    at = find_record(window.data, 0)
    earliest, found = (at if at >= 0 else window.end), None if at >= 0 else claimed
    for way in ways:
        members = Members(window, way, Tally())
        start = members.find_start(0, limit=earliest, keep=0)
        if start is not None:
            earliest, found = start, way
    return found
