"""Real files, most of them from other tools' test suites, against an independent reader."""

import io
import os
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from jingyu.pipeline.read.sniff import Format, UnreadableInput, sniff
from tests.support.archives import read, reader

REAL_DATA = os.environ.get("JINGYU_REAL_DATA")
FOLDER = Path(REAL_DATA or "/nowhere") / "warc"
FILES = sorted(FOLDER.glob("real/*")) + sorted(FOLDER.glob("*.warc.gz"))

# The payloads differ, and ours is right.
DIFFERENT_PAYLOADS = {
    "N0taN3rd__node-warc__parseMe.warc": "HTTP below an address that is not http",
    "N0taN3rd__node-warc__parseMe.warc.gz": "HTTP below an address that is not http",
    "25741a_sing-group__WARCProcessor__test.warc": "no HTTP header; the other reader finds no body",
    "chfoo__warcat__bad_http_chunked_content.warc": "a chunk is shorter than it says",
    "webrecorder__warcio__example-wrong-chunks.warc.gz": "not chunked although it says so",
}

pytestmark = [
    pytest.mark.skipif(REAL_DATA is None, reason="JINGYU_REAL_DATA names no folder"),
    pytest.mark.parametrize("path", FILES, ids=lambda path: path.name),
]


def is_warc(data: bytes) -> bool:
    try:
        return sniff(data[: 1 << 20], "a") is Format.WARC
    except UnreadableInput:
        return False


def found_by_warcio(data: bytes) -> tuple[list[tuple[str, str, bytes | None]], bool]:
    """Returns type, address and, of responses, payload of the records, and whether all was read."""
    found = []
    try:
        for record in ArchiveIterator(io.BytesIO(data)):
            address = normal(record.rec_headers.get_header("WARC-Target-URI") or "")
            found.append((record.rec_type, address, payload_of(record)))
    except ArchiveLoadFailed:
        return found, False
    return found, True


def payload_of(record: ArcWarcRecord) -> bytes | None:
    if record.rec_type != "response":
        return None
    try:
        payload: bytes = record.content_stream().read()
    except AttributeError:  # it does not know today's brotli
        return None
    return payload


def normal(address: str) -> str:
    return address.strip("<>").replace(" ", "%20")


def test_no_record_is_missed_and_payloads_agree(path: Path) -> None:
    data = path.read_bytes()
    if not is_warc(data):
        pytest.skip("not a WARC file")

    ours = read(data)
    theirs, is_complete = found_by_warcio(data)

    kinds = Counter((each.record_type, normal(each.url or "")) for each in ours)
    expected = Counter((kind, address) for kind, address, _ in theirs)
    assert expected <= kinds
    assert kinds == expected or not is_complete
    if path.name not in DIFFERENT_PAYLOADS:
        payloads = {(normal(each.url or ""), each.payload) for each in ours}
        damaged = {normal(each.url or "") for each in ours if each.damage}
        for _, address, payload in theirs:
            assert payload is None or address in damaged or (address, payload) in payloads


def test_ranges_of_real_files_yield_the_whole(path: Path) -> None:
    data = path.read_bytes()
    if not is_warc(data):
        pytest.skip("not a WARC file")

    step = len(data) // 3 + 1
    parts = [reader(data, start=start, stop=start + step) for start in range(0, len(data), step)]
    found = [(each.offset, each.ordinal, each.payload) for part in parts for each in part]

    assert found == [(each.offset, each.ordinal, each.payload) for each in read(data)]
    holding = [part for part in parts if part.first_offset is not None]
    for part, following in pairwise(holding):
        assert part.end_offset == following.first_offset
    assert not holding or holding[-1].end_offset == len(data)
