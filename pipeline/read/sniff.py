"""What a file is, told by its first bytes; its name tells nothing."""

import io
import json
import re
from enum import StrEnum

from jingyu.filters.settings.errors import InputError
from jingyu.pipeline.read.compression import DICTIONARY_MAGIC
from jingyu.pipeline.read.detection import detect_compression
from jingyu.pipeline.read.members import Members
from jingyu.pipeline.read.record_start import begins_with_record, find_record
from jingyu.pipeline.read.tally import Tally
from jingyu.pipeline.read.window import Window

_ARC_LINE = re.compile(rb"[a-z]+://\S+ [0-9a-f.:]+ \d{14} \S+ \d+\r?\n")
_ARC = "an ARC file; convert it with `warcio recompress`"
_FOREIGN = (
    (b"PK\x03\x04", "a ZIP or WACZ file; unzip it and give the WARC files in archive/"),
    (b"\x04\x22\x4d\x18", "compressed with lz4; recompress it with gzip or zstd"),
    (b"BZh", "compressed with bzip2; recompress it with gzip or zstd"),
    (b"\xfd7zXZ\x00", "compressed with xz; recompress it with gzip or zstd"),
    (b"filedesc://", _ARC),
    (b"[", "a JSON array; write one JSON object per line instead"),
)
_ENOUGH_BYTES = 1 << 20
_SAMPLE_LINES = 10
_PARQUET_MAGIC = b"PAR1"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Format(StrEnum):
    """The formats that can be read."""

    WARC = "warc"
    PARQUET = "parquet"
    JSONL = "jsonl"


class UnreadableInput(InputError, ValueError):  # noqa: N818  (a sentence to the user, not a defect)
    """A file of a kind that cannot be read; the message says what it is and what to do."""


def sniff(head: bytes, name: str) -> Format:
    """Returns the format of a file.

    Args:
        head: Its first bytes, up to 1 MiB: a WARC record must begin within them.
        name: What the message calls it.

    Raises:
        UnreadableInput: It is of no format that can be read.
    """
    if not head:
        raise UnreadableInput(f"{name}: is empty; leave it out or fetch it again")
    if head.startswith(_PARQUET_MAGIC):
        return Format.PARQUET
    _refuse_foreign(head, name)
    content = _inflated(head)
    if begins_with_record(content):
        return Format.WARC
    text = content.removeprefix(_BYTE_ORDER_MARK).lstrip()
    if text.startswith(b"{") and _is_object_per_line(text):
        return Format.JSONL
    _refuse_foreign(text, name)
    if find_record(content, 0) >= 0 or (head.startswith(DICTIONARY_MAGIC) and not content):
        return Format.WARC
    if not content.strip(b"\0"):
        raise UnreadableInput(f"{name}: holds nothing; leave it out or fetch it again")
    raise UnreadableInput(
        f"{name}: is neither a WARC file (no record begins in its first {len(head)} bytes) nor "
        "Parquet or JSONL; convert it or leave it out"
    )


def _refuse_foreign(content: bytes, name: str) -> None:
    for magic, explanation in _FOREIGN:
        if content.startswith(magic):
            raise UnreadableInput(f"{name}: is {explanation}")
    if _ARC_LINE.match(content):
        raise UnreadableInput(f"{name}: is {_ARC}")


def _inflated(head: bytes) -> bytes:
    window = Window(io.BytesIO(head))
    compression = detect_compression(window)
    if compression is None:
        return head
    parts: list[bytes] = []
    size = 0
    for block in Members(window, compression, Tally()).blocks(0):
        parts.append(block.data)
        size += len(block.data)
        if size >= _ENOUGH_BYTES:
            break
    return b"".join(parts)


def _is_object_per_line(text: bytes) -> bool:
    """Returns whether one of the first lines is a JSON object, as far as the head goes."""
    first, *rest = text.split(b"\n", _SAMPLE_LINES)
    return not rest or any(_is_object(line) for line in [first, *rest])


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
