"""Whether the pieces that a file was read in meet."""

from collections.abc import Mapping

from jingyu.pipeline.store.items import WorkItem
from jingyu.pipeline.store.staging import ExtractSummary


def files_whose_pieces_do_not_meet(
    items: Mapping[str, WorkItem], summaries: Mapping[str, ExtractSummary]
) -> frozenset[str]:
    """Returns files in which one piece does not begin where the one before it ended.

    A piece begins at what looks like the start of a record; a record may hold such a thing.
    """
    broken = set()
    expected: int | None = None
    for key, item in items.items():
        summary = summaries[key]
        first = summary.first_offset
        if item.start and first is not None and first != expected:
            broken.add(item.file.name)
        if first is not None or not item.start:
            expected = summary.end_offset
        elif expected is not None and expected < (item.stop or item.file.size or 0):
            broken.add(item.file.name)
    return frozenset(broken)
