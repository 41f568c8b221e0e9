"""Paragraphs that were broken into lines of one width, joined again."""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import groupby, pairwise
from typing import NamedTuple

from jingyu.filters.lazy_pattern import lazy_pattern
from jingyu.pipeline.page.extract.markup import CLOSING, ENDS
from jingyu.pipeline.page.normalize.widths import width_of

_NARROWEST, _WIDEST = 40, 160
"""Of the lines, in columns. Source: our choice; verse is narrower, few editors are wider."""
_SLACK = 6
"""Columns that a full line may be short of: an indentation that is lost, and a character that may
not stand where it is broken, or the beginning of a word."""
_HANGING = 2
"""Columns that a mark may stand beyond the width."""
_BASIC_PLANE = 0x10000
_HAN_OF_GBK = range(0x4E00, 0x9FA6)
_FEWEST = 3
_CLOSED = 0.6
_PROSE = 0.5
_ALIKE = 0.2
_ITEM = lazy_pattern(
    r"//|/\*|[•·●○■□◆◇▪►▶※★☆✓*+\-—–>#|【\[（(]|\d+\s?[.、)）．:：]|[一二三四五六七八九十百]+[、.．]"
    r"|第[一二三四五六七八九十百\d]+[章节節条條回卷部篇组組讲講课課步]"
)
_CLOSING = CLOSING + "."
_MARK = lazy_pattern(f"[{ENDS}，、,]")
_HAN = lazy_pattern("[\u3001-\u303f\u3400-\u9fff\uff01-\uff5e“”]")


class _Line(NamedTuple):
    text: str
    width: int
    """Columns, two to a Han character; more than any of interest if it is long."""
    is_open: bool
    """Whether it ends within a sentence."""
    indent: int


def unwrapped(text: str) -> tuple[str, int]:
    """Returns a text with hard-wrapped paragraphs on one line each, and how many lines were joined.

    Lines were wrapped if several are of one width and end within a sentence, if no line around is
    wider, if they hold the marks of prose and if the shorter ones, the last of their paragraphs,
    mostly end in a mark. Verse is narrower than 40 columns; lines of lists begin alike, or with
    numbers or bullets, and code is not Chinese. What is indented, or stands behind an empty line,
    begins a paragraph. The form of the form is itself.
    """
    lines = text.split("\n")
    count = 0
    while len(lines) >= _FEWEST and len(lines) != count:
        count = len(lines)
        lines = _joined(lines)
    joined = text.count("\n") + 1 - len(lines)
    return ("\n".join(lines), joined) if joined else (text, 0)


def _joined(lines: Sequence[str]) -> list[str]:
    """Returns the lines, those joined that were wrapped at the width that most were wrapped at."""
    width = _common_width(lines)
    if not width:
        return list(lines)
    done: list[str] = []
    part: list[str] = []
    widest = width + _HANGING
    for line in lines:
        if len(line) <= widest or len(line.strip()) <= widest:
            part.append(line)
        else:
            done += [*_joined_part(part, width), line]
            part = []
    return [*done, *_joined_part(part, width)]


def _joined_part(lines: Sequence[str], width: int) -> Sequence[str]:
    """Returns lines that are not wider by their length alone, joined where they were wrapped.

    Where fewer than three can be full, none is measured: of most parts that is so.
    """
    shortest = (width - _SLACK) / 2
    if len([line for line in lines if len(line) >= shortest]) < _FEWEST:
        return lines
    done: list[str] = []
    run: list[_Line] = []
    for line in map(_measured, lines):
        if line.width <= width + _HANGING:
            run.append(line)
        else:
            done += [*_paragraphs(run, width), line.text]
            run = []
    return [*done, *_paragraphs(run, width)]


def _measured(text: str) -> _Line:
    bare = text.strip()
    blank = text[: len(text) - len(text.lstrip())]
    is_open = bool(bare) and bare[-1] not in _CLOSING
    indent = _width(blank) if blank else 0
    return _Line(text, _width(bare) + indent * bool(bare), is_open, indent)


def _width(line: str) -> int:
    return width_of(line, _columns()) if len(line) <= _WIDEST else 2 * _WIDEST


@cache
def _columns() -> bytes:
    """Returns the columns of each character: in GBK Han take two bytes, and ASCII one.

    What GBK does not have is one column wide.
    """
    columns = bytearray([1]) * _BASIC_PLANE
    columns[_HAN_OF_GBK.start : _HAN_OF_GBK.stop] = bytes([2]) * len(_HAN_OF_GBK)
    others = [*range(0x80, _HAN_OF_GBK.start), *range(_HAN_OF_GBK.stop, _BASIC_PLANE)]
    encoded = "\n".join(map(chr, others)).encode("gbk", "ignore").split(b"\n")
    for code_point, found in zip(others, encoded, strict=True):
        columns[code_point] = len(found) or 1
    return bytes(columns)


def _common_width(lines: Sequence[str]) -> int:
    """Returns the width up to which most lines that end within a sentence reach; 0 if few do."""
    long = [line.rstrip() for line in lines if len(line) >= _NARROWEST // 2]
    is_open = [line for line in long if 0 < len(line) <= _WIDEST and line[-1] not in _CLOSING]
    if len(is_open) < _FEWEST:
        return 0
    counts = Counter(map(_width, is_open))
    reaching = {
        width: sum(counts[width - short] for short in range(_SLACK + 1))
        for width in counts
        if _NARROWEST <= width <= _WIDEST
    }
    width = max(reaching, key=lambda width: (reaching[width], -width), default=0)
    return width if width and reaching[width] >= _FEWEST else 0


def _paragraphs(run: Sequence[_Line], width: int) -> list[str]:
    """Returns a run of lines, joined if they were wrapped at a width.

    All that empty lines part were wrapped together, or each part by itself.
    """
    are_all = _is_wrapped(run, width)
    done: list[str] = []
    for is_empty, lines in groupby(run, lambda line: not line.width):
        part = list(lines)
        is_itself = are_all if len(part) == len(run) else _is_wrapped(part, width)
        if not is_empty and (are_all or is_itself):
            done += _rejoined(part, width, is_sure=is_itself)
        else:
            done += [line.text for line in part]
    return done


def _rejoined(run: Sequence[_Line], width: int, *, is_sure: bool) -> list[str]:
    """Returns lines that were wrapped at a width; sure is what shows so without those around it."""
    margin = min(line.indent for line in run)
    has_indents = any(line.indent > margin for line in run)
    parts = [run[0].text]
    for line, following in pairwise(run):
        is_within = line.width >= width - _SLACK and (line.is_open or (has_indents and is_sure))
        begins = following.indent > margin if has_indents else _ITEM.match(following.text.strip())
        if is_within and not begins:
            parts[-1] = parts[-1].rstrip()
            parts.append(_continuing(parts[-1], following.text.strip()))
        else:
            parts.append("\n" + following.text)
    return "".join(parts).split("\n")


def _is_wrapped(run: Sequence[_Line], width: int) -> bool:
    if len(run) < _FEWEST:
        return False
    full = [a for a, b in pairwise(run) if a.width >= width - _SLACK and b.width]
    broken = [line.text for line in full if line.is_open]
    if len(broken) < _FEWEST or len(broken) < len(full) * _PROSE:
        return False
    shorter = [line for line in run if 0 < line.width < width - _SLACK]
    closed = sum(not line.is_open for line in shorter)
    begun = [line.text.strip()[:2] for line in run if line.width]
    alike = sum(a == b for a, b in pairwise(begun))
    return (
        0 < len(shorter) * _CLOSED <= closed
        and sum(map(_is_prose, broken)) >= len(broken) * _PROSE
        and alike <= len(begun) * _ALIKE
    )


def _is_prose(line: str) -> bool:
    """Returns whether a line holds a mark, and more Chinese than else."""
    return bool(_MARK.search(line)) and 2 * len(_HAN.sub("", line)) < len(line)


def _continuing(before: str, line: str) -> str:
    """Returns a line as it goes on behind another; words of Latin script stay apart."""
    last, first = before[-1:], line[:1]
    is_between = last.isascii() and last.isalpha() and first.isascii() and first.isalpha()
    return f" {line}" if is_between else line
