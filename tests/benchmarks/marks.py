"""Pages that a reader marked line by line, beside those that come with gold text."""

import json
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.page.decode.decoding import decode
from tests.benchmarks.reencoded import captures

_MARKS = Path(__file__).with_name("marks.jsonl")
_WARC = "warc/zh-dev.warc.gz"

Mask = NDArray[np.bool_]


class Marks(NamedTuple):
    """What a reader said of a page."""

    site: str
    main: str
    """Lines of main text, as `lines_marked` reads them; none if the page has no main text."""
    unsure: str
    """Lines that are right either way, such as a heading that repeats the title."""


def marked_pages(folder: Path) -> Iterator[tuple[str, Marks]]:
    """Yields the marked pages, decoded, in the order of the crawl file in a folder.

    The pages are of sites that have no gold text: 208 pages of 95 sites, up to three of a site, of
    which two at most are among those that the engine was in doubt about. 129 have no main text.
    Read on 2026-11-22: 90 beside their text in a browser, the others as lists of lines, long lists
    in part. Of 53 pages the engine's own choice of lines was put right, so they favor it: they are
    there to fit to, not to report.
    """
    stated = map(json.loads, _MARKS.read_text(encoding="utf-8").splitlines())
    known = {row["file"]: Marks(row["site"], row["main"], row.get("unsure", "")) for row in stated}
    for capture in captures(str(folder / _WARC)):
        if capture.name in known:
            yield decode(capture.payload, None).text, known[capture.name]


def lines_marked(texts: Sequence[str], marks: str) -> Mask:
    """Returns which lines of a page are marked.

    Args:
        texts: The lines.
        marks: Ranges with spaces between them, each a line or two with a dash. A line is named by
            `mark_of`; `*2` behind it names the second such line from the end of the last range on,
            or of the range itself.

    Raises:
        ValueError: The page has no such line: it is read in another way than when it was marked.
    """
    names = [mark_of(text) for text in texts]
    is_marked = np.zeros(len(texts), np.bool_)
    at = 0
    for each in marks.split():
        start, _, end = each.partition("-")
        first = _place(names, start, at)
        last = _place(names, end, first) if end else first
        is_marked[first : last + 1] = True
        at = last + 1
    return is_marked


def mark_of(text: str) -> str:
    """Returns the name of a line: the CRC-32 of its text without white space, as hexadecimals."""
    return f"{zlib.crc32(''.join(text.split()).encode('utf-8', 'surrogatepass')):08x}"


def _place(names: Sequence[str], wanted: str, at: int) -> int:
    name, _, number = wanted.partition("*")
    at -= 1
    for _ in range(int(number or 1)):
        at = names.index(name, at + 1)
    return at
