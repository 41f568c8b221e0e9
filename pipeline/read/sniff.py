"""What a file is, told by its first bytes; its name counts where these fit several kinds."""

import io
import json
import re
from enum import StrEnum
from typing import Literal

from jingyu.filters.settings.errors import InputError
from jingyu.pipeline.read.compression import DICTIONARY_MAGIC
from jingyu.pipeline.read.detection import detect_compression
from jingyu.pipeline.read.markup import begins_with_markup, begins_with_wide_markup
from jingyu.pipeline.read.members import Members
from jingyu.pipeline.read.names import Claim, claim_of
from jingyu.pipeline.read.record_start import begins_with_record, find_record
from jingyu.pipeline.read.tally import Tally
from jingyu.pipeline.read.window import Window

TextFiles = Literal["refuse", "file", "line"]
"""What a row of a file of plain text is."""

_ARC_LINE = re.compile(rb"[a-z]+://\S+ [0-9a-f.:]+ \d{14} \S+ \d+\r?\n")
_ARC = "an ARC file; convert it with `warcio recompress`"
_FOREIGN = (
    (b"PK\x03\x04", "a ZIP or WACZ file; unzip it and give the WARC files in archive/"),
    (b"\x04\x22\x4d\x18", "compressed with lz4; recompress it with gzip or zstd"),
    (b"BZh", "compressed with bzip2; recompress it with gzip or zstd"),
    (b"\xfd7zXZ\x00", "compressed with xz; recompress it with gzip or zstd"),
    (b"filedesc://", _ARC),
)
_JSON_ARRAY = re.compile(rb"\[\s*(?:[\[{\"]|\Z)")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_ENOUGH_BYTES = 1 << 20
_SAMPLE_LINES = 10
_LONGEST_CHARACTER = 4
_PARQUET_MAGIC = b"PAR1"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"{\0", b"\0{")


class Format(StrEnum):
    """The formats that can be read."""

    WARC = "warc"
    PARQUET = "parquet"
    JSONL = "jsonl"
    CSV = "csv"
    HTML = "html"
    TEXT = "text"


class UnreadableInput(InputError, ValueError):  # noqa: N818  (a sentence to the user, not a defect)
    """A file of a kind that cannot be read; the message says what it is and what to do."""


class NoPages(UnreadableInput):
    """A file that nobody expects pages in: an empty one, or a picture beside a saved page."""


def sniff(head: bytes, name: str, text_files: TextFiles = "refuse") -> Format:
    """Returns the format of a file.

    Args:
        head: Its first bytes, up to 1 MiB: a WARC record must begin within them.
        name: Its name, which the message begins with.
        text_files: Whether plain text is read at all.

    Raises:
        NoPages: It is empty, or belongs to a page that was saved.
        UnreadableInput: It is of no format that can be read.
    """
    if not head:
        raise NoPages(f"{name}: is empty")
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
    return _of_text(head, content, name, text_files)


def _of_text(head: bytes, content: bytes, name: str, text_files: TextFiles) -> Format:
    """Returns the format of what may be text, or a WARC file behind something else."""
    claim = claim_of(name)
    if claim is Claim.CSV:
        return Format.CSV
    is_markup = begins_with_markup(content) or begins_with_wide_markup(content)
    if is_markup and claim is Claim.HTML:
        return Format.HTML
    if find_record(content, 0) >= 0 or (head.startswith(DICTIONARY_MAGIC) and not content):
        return Format.WARC
    if not content.strip(b"\0 \t\r\n"):
        raise NoPages(f"{name}: holds nothing")
    if claim is Claim.COMPANION:
        raise NoPages(f"{name}: is no page, but belongs to one")
    if claim is Claim.HTML or (is_markup and claim is not Claim.DATA):
        return Format.HTML
    _refuse_other_charsets(content, name)
    if _CONTROL.search(content) or claim is Claim.DATA:
        kind = "is an HTML page, perhaps an error that was saved: fetch it again; it" * is_markup
        raise UnreadableInput(
            f"{name}: {kind or 'is'} neither a WARC file (no record begins in its first "
            f"{len(head)} bytes) nor Parquet or JSONL; convert it or leave it out"
        )
    if text_files == "refuse":
        raise UnreadableInput(
            f"{name}: is neither a WARC file nor Parquet, JSONL, CSV or HTML, but may be plain "
            "text; set `inputs.text_files` to `file` or `line` to read it, or leave it out"
        )
    return Format.TEXT


def _refuse_foreign(content: bytes, name: str) -> None:
    for magic, explanation in _FOREIGN:
        if content.startswith(magic):
            raise UnreadableInput(f"{name}: is {explanation}")
    if _JSON_ARRAY.match(content):
        raise UnreadableInput(f"{name}: is a JSON array; write one JSON object per line instead")
    if _ARC_LINE.match(content):
        raise UnreadableInput(f"{name}: is {_ARC}")


def _refuse_other_charsets(content: bytes, name: str) -> None:
    """Refuses JSON that is not UTF-8, and says what it is."""
    if not content.startswith((b"{", *_WIDE_MARKS)):
        return
    if content.startswith(_WIDE_MARKS):
        raise not_utf8(name, "UTF-16")
    lines = content.split(b"\n", _SAMPLE_LINES)[:_SAMPLE_LINES]
    if not all(map(is_utf8, lines)):
        is_gbk = any(_is_object(line, "gb18030") for line in lines)
        raise not_utf8(name, "GB18030" if is_gbk else "ITS_CHARSET")


def not_utf8(name: str, charset: str) -> UnreadableInput:
    """Returns the error of a file of rows in another charset."""
    return UnreadableInput(
        f"{name}: is not UTF-8; convert it with `iconv -f {charset} -t UTF-8`, or leave it out"
    )


def is_utf8(content: bytes) -> bool:
    """Returns whether bytes are UTF-8, but for a character that is cut at their end."""
    try:
        content.decode()
    except UnicodeDecodeError as error:
        return error.start > len(content) - _LONGEST_CHARACTER and error.end == len(content)
    return True


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
    if not rest:
        return is_utf8(first)
    return any(_is_object(line) for line in [first, *rest])


def _is_object(line: bytes, charset: str | None = None) -> bool:
    try:
        return isinstance(json.loads(line.decode(charset) if charset else line), dict)
    except (ValueError, RecursionError):
        return False
