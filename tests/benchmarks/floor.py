"""Times the least that any pipeline must do: inflate a WARC, and parse the pages that a run kept.

Usage: python -m tests.benchmarks.floor WARC OUT

OUT is the output of a run on the file, with its staging. Every gzip member is inflated; of the
pages that the run staged, the body is parsed by lexbor, as it stands in the record. Nothing else is
done: no header is read, no encoding of HTTP undone, no text taken. Prints the seconds, start-up
apart.
"""

import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow.parquet as pq
from isal import igzip_lib
from resiliparse.parse.html import HTMLTree

_PIECE_BYTES = 1 << 16
_BLANK_LINE = b"\r\n\r\n"


def main(arguments: list[str]) -> None:
    """Prints the seconds that the file takes."""
    warc, out = arguments
    charsets = _staged_charsets(Path(out))
    stored = Path(warc).read_bytes()
    HTMLTree.parse("")
    started = time.perf_counter()
    for offset, content in _members(stored):
        charset = charsets.get(offset)
        if charset:
            body = content.split(_BLANK_LINE, 2)[-1]
            HTMLTree.parse_from_bytes(body, charset)
    print(f"{time.perf_counter() - started:.3f}")  # noqa: T201  (a command prints its result)


def _staged_charsets(out: Path) -> Mapping[int, str]:
    """Returns the charset of each page that the run staged, by its offset in the file."""
    charsets: dict[int, str] = {}
    for path in out.glob("staging/extract-*/*.documents.parquet"):
        columns = pq.read_table(path, columns=["offset", "charset"])
        charsets.update(zip(*(column.to_pylist() for column in columns.columns), strict=True))
    return charsets


def _members(stored: bytes) -> Iterator[tuple[int, bytes]]:
    view = memoryview(stored)
    at = 0
    while at < len(view):
        offset = at
        inflater = igzip_lib.IgzipDecompressor(igzip_lib.DECOMP_GZIP)
        parts = []
        while not inflater.eof and at < len(view):
            piece = view[at : at + _PIECE_BYTES]
            parts.append(inflater.decompress(piece))
            at += len(piece)
        at -= len(inflater.unused_data)
        yield offset, b"".join(parts)


if __name__ == "__main__":
    main(sys.argv[1:])
