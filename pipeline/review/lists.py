"""The lists that a review feeds: what is taken down, and which hosts are left out."""

import csv
import io
from collections.abc import Sequence
from datetime import date

from jingyu.filters.settings.errors import ConfigError
from jingyu.pipeline.config.takedown_lists import HEADER, REGISTER_HEADER
from jingyu.pipeline.read import storage
from jingyu.pipeline.review.bars import MAX_FAILURE_RATE, MIN_HOST_REVIEWED
from jingyu.pipeline.review.review import Review, SourceCount
from jingyu.pipeline.store import filesystem


def append_takedown(path: str, review: Review, day: date) -> int:
    """Appends the documents that failed to a takedown list, and returns how many were new.

    The list is CSV with the columns `kind`, `value`, `reason` and `date`; it is begun where there
    is none. What stands in it stays as it is.

    Raises:
        ConfigError: The file is there and is no takedown list.
    """
    before = _text(path)
    rows = list(csv.reader(io.StringIO(before, newline="")))
    if rows and tuple(cell.strip() for cell in rows[0]) not in {HEADER, REGISTER_HEADER}:
        raise ConfigError(
            f"{path}: row 1: is not `{','.join(HEADER)}`; give a takedown list, or the "
            "path of a new one"
        )
    listed = {tuple(row[:2]) for row in rows}
    added = [
        ("document_id", each.answer.document_id, f"review: {each.answer.reason}", day.isoformat())
        for each in review.failures
        if ("document_id", each.answer.document_id) not in listed
    ]
    lines = io.StringIO(newline="")
    csv.writer(lines, lineterminator="\n").writerows(([] if rows else [HEADER]) + added)
    _append(path, before, lines.getvalue())
    return len(added)


def failing_hosts(
    review: Review,
    min_reviewed: int = MIN_HOST_REVIEWED,
    max_failure_rate: float = MAX_FAILURE_RATE,
) -> dict[str, SourceCount]:
    """Returns the hosts whose documents fail too often, as far as the sample can tell.

    Args:
        review: The answers.
        min_reviewed: Fewest judged documents of a host that tell anything.
        max_failure_rate: The limit, 0 to 1; a host is above it if the lower bound of the 95 %
            Wilson interval of its failure rate is.
    """
    return {
        host: count
        for host, count in review.by_source("host").items()
        if host and count.reviewed >= min_reviewed and count.lowest_rate > max_failure_rate
    }


def append_block(path: str, hosts: dict[str, SourceCount], day: date) -> int:
    """Appends hosts to a block list, as `full:host`, and returns how many were new."""
    before = _text(path)
    listed = {line.partition("#")[0].strip() for line in before.splitlines()}
    lines = [
        f"full:{host}  # review {day.isoformat()}: {count.failed} of {count.reviewed} failed\n"
        for host, count in hosts.items()
        if not listed & {f"full:{host}", host}
    ]
    _append(path, before, "".join(lines))
    return len(lines)


def append_refused(path: str, entries: Sequence[str], day: date) -> int:
    """Appends entries to a block list, and returns how many were new."""
    before = _text(path)
    listed = {line.partition("#")[0].strip() for line in before.splitlines()}
    lines = [f"{entry}  # refused {day.isoformat()}\n" for entry in entries if entry not in listed]
    _append(path, before, "".join(lines))
    return len(lines)


def _text(path: str) -> str:
    """Returns what a list holds, nothing if it does not exist."""
    if not storage.exists(path):
        return ""
    try:
        return storage.read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: is not in UTF-8; save it as UTF-8") from error


def _append(path: str, before: str, added: str) -> None:
    if added:
        gap = "\n" if before and not before.endswith("\n") else ""
        filesystem.write_bytes(path, f"{before}{gap}{added}".encode())
