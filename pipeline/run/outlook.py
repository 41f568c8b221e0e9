"""What a run would do: which pieces it would read, why, and about how long that takes."""

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from jingyu.filters.source.address import host_of
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.page.page import About
from jingyu.pipeline.read import storage
from jingyu.pipeline.read.records import read_records
from jingyu.pipeline.read.sniff import Format
from jingyu.pipeline.run import fingerprints
from jingyu.pipeline.store.items import Refused, WorkItem
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.passes import Pass, item_key
from jingyu.pipeline.store.staging import Staged

_PROBED: Final = 3
_PROBE_SECONDS: Final = 1.0
_NAMED: Final = 20


class Probe(NamedTuple):
    """What was examined to tell how long a run takes."""

    pages: int
    bytes: int
    seconds: float


def named_items(
    this_pass: Pass, layout: Layout, items: Sequence[WorkItem]
) -> tuple[dict[str, WorkItem], dict[str, WorkItem]]:
    """Returns items by the keys of what is staged of them, by this pass or by a wider one.

    The second are those of which nothing is staged.
    """
    done = Staged.complete_in(this_pass.folder)
    widths = this_pass.usable_names()
    named = {}
    for item in items:
        name = fingerprints.of_item(layout.extract, item)
        keys = [item_key(name, width) for width in widths]
        named[next((key for key in keys if key in done), keys[0])] = item
    return named, {key: item for key, item in named.items() if key not in done}


def sections_read_again(this_pass: Pass, layout: Layout) -> list[str]:
    """Returns the sections of a config because of which pages that were read are read again."""
    return this_pass.widened(storage.folders_in(layout.staging_folder, "extract-"))


def outlook(
    config: RunConfig,
    layout: Layout,
    items: Sequence[WorkItem],
    refused: Sequence[Refused],
    workers: int,
) -> dict[str, Any]:
    """Returns what a run would read; nothing is written.

    Args:
        config: The config.
        layout: Where things lie, of which extract's fingerprint is known.
        items: All that is to be read.
        refused: Inputs that are left out.
        workers: Processes among which the time is parted.
    """
    this_pass = fingerprints.pass_of(config, layout)
    named, missing = named_items(this_pass, layout, items)
    size = sum(item.size for item in missing.values())
    probe = probed(config, list(missing.values()))
    seconds = probe.seconds / probe.bytes * size / workers if probe.bytes else None
    return {
        "inputs": _by_format(items),
        "left_out": [each.reason for each in refused[:_NAMED]],
        "left_out_total": len(refused),
        "pieces": len(named),
        "pieces_to_read": len(missing),
        "bytes_to_read": size,
        "read_again_because_of": sections_read_again(this_pass, layout) if missing else [],
        "probe": probe._asdict(),
        "workers": workers,
        "expected_seconds": None if seconds is None else round(seconds, 1),
    }


def _by_format(items: Iterable[WorkItem]) -> dict[str, dict[str, int]]:
    """Returns files and bytes of each format."""
    files: dict[str, tuple[str, int]] = {}
    for item in items:
        if not item.chosen:
            files[item.file.path] = str(item.format.value), item.file.size or 0
    found: dict[str, dict[str, int]] = {}
    for kind, size in files.values():
        one = found.setdefault(kind, {"files": 0, "bytes": 0})
        one["files"] += 1
        one["bytes"] += size
    return found


def probed(config: RunConfig, items: Sequence[WorkItem]) -> Probe:
    """Examines the first pages of a few pieces for about a second.

    Files whose records have no place in bytes, and records that an index names, are not probed.
    """
    # What examining imports, a run that reads no page has no use for.
    from jingyu.pipeline.page.admission import Admission
    from jingyu.pipeline.page.mask.masking import mask_url
    from jingyu.pipeline.page.sandbox import Sandbox

    able = [item for item in items if item.format is not Format.PARQUET and not item.chosen]
    admission, total = Admission.of(config), Probe(0, 0, 0.0)
    with Sandbox(config) as sandbox:

        def examine(record: Any) -> None:
            host = host_of(record.url)
            page = admission.admit(record, record.url and mask_url(record.url), host).page
            if page:
                about = About(record.url, host, record.ip, record.captured_at, record.http_headers)
                sandbox.examine(page._replace(about=about))

        for item in able[:1]:
            _probed(item, config, examine, most=1)  # the first page waits for what examines it
        for item in able[:: max(1, len(able) // _PROBED)][:_PROBED]:
            one = _probed(item, config, examine)
            total = Probe(
                total.pages + one.pages, total.bytes + one.bytes, total.seconds + one.seconds
            )
    return total


def _probed(item: WorkItem, config: RunConfig, examine: Any, most: int | None = None) -> Probe:
    pages, end, started = 0, item.start, time.monotonic()
    with storage.open_to_read(item.file.path) as stream:
        for record in read_records(
            stream, item.format, item.file.path, config.inputs, item.start, item.stop
        ):
            # Where records are found by the line, the stream may be some blocks ahead.
            end = record.offset if item.format is Format.WARC else stream.tell()
            if pages == most or time.monotonic() - started > _PROBE_SECONDS / _PROBED:
                break
            if record.bears_page:
                examine(record)
                pages += 1
        else:
            end = max(end, item.start + item.size)
    return Probe(pages, end - item.start, time.monotonic() - started)


def told(found: Mapping[str, Any]) -> str:
    """Returns an outlook as lines."""
    lines = [
        f"inputs: {count['files']:,} files of {kind}, {count['bytes']:,} bytes"
        for kind, count in found["inputs"].items()
    ]
    lines += [f"left out: {reason}" for reason in found["left_out"]]
    if found["left_out_total"] > len(found["left_out"]):
        lines.append(f"left out: {found['left_out_total'] - len(found['left_out']):,} more")
    lines.append(
        f"to read: {found['pieces_to_read']:,} of {found['pieces']:,} pieces, "
        f"{found['bytes_to_read']:,} bytes; the others are staged"
    )
    if found["read_again_because_of"]:
        again = ", ".join(found["read_again_because_of"])
        lines.append(f"pages are read again because of other settings of: {again}")
    probe, seconds = found["probe"], found["expected_seconds"]
    if seconds is not None:
        processes = "1 process" if found["workers"] == 1 else f"{found['workers']} processes"
        lines.append(
            f"reading takes about {_duration(seconds)} in {processes}, by "
            f"{probe['pages']:,} pages that took {probe['seconds']:.1f} s"
        )
    elif found["pieces_to_read"]:
        lines.append("how long reading takes is not known: none of it could be probed")
    else:
        lines.append("no page is read: what the config changed is decided over what is staged")
    return "\n".join([*lines, "nothing was written"])


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}"
