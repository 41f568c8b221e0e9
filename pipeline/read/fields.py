"""Named fields, as WARC and HTTP headers write them."""

import re
from typing import Final

from jingyu.pipeline.read.plain_fields import plain_fields

_FOLD = re.compile(r"\r*\n[ \t]+")
LISTS: Final = {
    **dict.fromkeys(("link", "content-usage", "content-signal"), ", "),
    "x-robots-tag": "\n",  # a robot that one line names is none of the next
}
"""Fields that go on where they are repeated, by what stands between."""
_BLANK_LINE = re.compile(rb"\n(\r*\n)")  # some writers end lines with CR CR LF


def parse_fields(block: bytes) -> dict[str, str]:
    """Returns the fields of a header block by name in lower case; of repeated ones the first.

    Fields that are lists, and are read as such, go on where they are repeated, X-Robots-Tag in a
    line of its own. Continuation lines belong to the line before; lines without a colon are passed
    over.
    """
    fields = plain_fields(block, LISTS)
    return _fields_of(_decoded(block)) if fields is None else fields


def _fields_of(text: str) -> dict[str, str]:
    if "\n " in text or "\n\t" in text:
        text = _FOLD.sub(" ", text)
    fields: dict[str, list[str]] = {}
    for line in text.split("\n"):
        name, colon, value = line.partition(":")
        if colon:
            name = name.strip().lower()
            if name not in fields:
                fields[name] = [value.strip()]
            elif name in LISTS:
                fields[name].append(value.strip())
    return {name: LISTS.get(name, "").join(values) for name, values in fields.items()}


def blank_line(block: bytes, start: int, end: int) -> tuple[int, int] | None:
    """Returns where the first blank line begins and ends; none if there is none.

    Args:
        block: Header lines, ended by LF with or without CR.
        start: Where to begin: at the line end before the first field.
        end: Where to stop looking.
    """
    match = _BLANK_LINE.search(block, start, end)
    return match.span(1) if match else None


def media_type(content_type: str | None) -> str | None:
    """Returns the media type of a Content-Type in lower case, without its parameters."""
    if not content_type:
        return None
    return content_type.partition(";")[0].partition(",")[0].strip().lower() or None


def _decoded(block: bytes) -> str:
    try:
        return block.decode()
    except UnicodeDecodeError:
        return "\n".join(map(_decoded_line, block.split(b"\n")))


def _decoded_line(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("latin-1")
