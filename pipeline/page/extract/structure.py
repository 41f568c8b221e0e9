"""What the lines of a main text are, and the two forms that it can be written in."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import chain, groupby
from operator import itemgetter
from typing import Literal, NamedTuple

import numpy as np

from jingyu.filters.code import code_stretches
from jingyu.pipeline.page.extract.formulas import in_markdown, unmarked
from jingyu.pipeline.page.extract.markup import Lines, Markup
from jingyu.pipeline.page.extract.program import language_of, without_numbers
from jingyu.pipeline.page.extract.tags import IN_CELL, IN_HEADING, IN_PREFORMATTED

Form = Literal["text", "markdown"]
Sort = Literal["paragraph", "heading", "item", "row", "code"]

# What says itself where it stands: 1. 一、 （二） 第三条 ④
_NUMBERED = re.compile(
    r"[（(\[【「]?(?:\d+[.．、:：)）\]】\s]|[一二三四五六七八九十百]+[.．、:：)）\]】\s]"
    r"|第[\d一二三四五六七八九十百零〇]+[章节節条條款项項步回集]|[①-⓿❶-➓㈠-㈩Ⅰ-ⅻ]|[a-zA-Z][.)）、])"
)


_FEWEST_LINES_APART = 3
_NO_ROWS = np.empty(0, np.int64)
_TICKS = re.compile("^ *(`{3,})", re.MULTILINE)


class Line(NamedTuple):
    """A line of main text."""

    text: str
    sort: Sort
    mark: int = 0
    """As `Lines.mark`: level of a heading, number of an item, empty lines before one of code, the
    table of a row."""
    language: str = ""
    """Of code, if the page states it."""
    is_first: bool = False
    """Whether a block of code begins with it."""


def structure_of(markup: Markup, places: Sequence[int]) -> list[Line]:
    """Returns some lines of a page with what they are.

    Args:
        markup: The page.
        places: Numbers of the lines, in order.
    """
    texts = markup.lines.text
    kinds, marks = (each.take(places).tolist() for each in (markup.lines.kind, markup.lines.mark))
    told = list(zip(kinds, marks, places, strict=True))
    columns = _columns(markup.lines, {mark for kind, mark, _ in told if kind == IN_CELL})
    found: list[Line] = []
    for kind, group in groupby(told, itemgetter(0)):
        if kind == IN_PREFORMATTED:
            found += _program(markup, [place for *_, place in group])
        elif kind == IN_CELL:
            found += [_row(texts[place], mark, columns) for _, mark, place in group]
        else:
            found += [_line(texts[place], kind, mark) for _, mark, place in group]
    return found


def _columns(lines: Lines, tables: Collection[int]) -> dict[int, list[int]]:
    """Returns the columns of some tables in which any row has something: others lay it out."""
    used: dict[int, set[int]] = {}
    rows = np.flatnonzero((lines.kind == IN_CELL) & (lines.mark > 0)) if tables else _NO_ROWS
    for place, table in zip(rows.tolist(), lines.mark.take(rows).tolist(), strict=True):
        if table not in tables:
            continue
        cells = lines.text[place].split("\t")
        if len(cells) > 1:
            filled = (column for column, cell in enumerate(cells) if cell)
            used.setdefault(table, set()).update(filled)
    return {table: sorted(columns) for table, columns in used.items()}


def _row(text: str, table: int, columns: Mapping[int, Sequence[int]]) -> Line:
    if "\t" not in text:
        return Line(text, "paragraph")
    cells = text.split("\t")
    used = columns.get(table, range(len(cells)))
    return Line("\t".join(cells[at] for at in used if at < len(cells)), "row", table)


def _line(text: str, kind: int, mark: int) -> Line:
    if kind == IN_HEADING:
        return Line(text, "heading", mark)
    is_item = mark != 0 and not _NUMBERED.match(text)
    return Line(text, "item", mark) if is_item else Line(text, "paragraph")


def _program(markup: Markup, places: Sequence[int]) -> list[Line]:
    """Returns lines of code that follow each other; a block begins where another one ended."""
    texts, marks = markup.lines.text, markup.lines.mark
    found: list[Line] = []
    blocks: list[list[int]] = []
    for place in places:
        if blocks and place == blocks[-1][-1] + 1 and marks[place] >= 0:
            blocks[-1].append(place)
        else:
            blocks.append([place])
    for block in _joined(blocks):
        gaps = [0, *(max(int(marks[place]), 0) for place in block[1:])]
        language = language_of(markup, block[0])
        for number, text in enumerate(without_numbers([texts[place] for place in block])):
            found.append(Line(text, "code", gaps[number], language, number == 0))
    return found


def _joined(blocks: Sequence[list[int]]) -> list[list[int]]:
    """Returns blocks of code, as one those of a line each of which three or more follow each other.

    Some editors set each line of a program apart.
    """
    runs: list[list[list[int]]] = []
    for block in blocks:
        before = runs[-1][-1] if runs else []
        is_next = len(before) == len(block) == 1 and block[0] == before[0] + 1
        if is_next:
            runs[-1].append(block)
        else:
            runs.append([block])
    joined = ([list(chain(*run))] if len(run) >= _FEWEST_LINES_APART else run for run in runs)
    return [block for run in joined for block in run]


def as_markdown(lines: Sequence[Line]) -> str:
    """Returns lines as Markdown, a block to a line or a stretch of lines.

    Headings, items, code between fences with its language, tables, and formulas between dollars.
    Blocks stand on lines of their own, with none empty between them: so the form is its own
    canonical form.
    """
    parts: list[str] = []
    for block in _blocks(lines):
        sort = block[0].sort
        if sort == "code":
            parts.append(_fenced(block))
        elif sort == "row":
            parts.append(_table(block))
        else:
            parts += [in_markdown(_MARKS[sort](line) + line.text) for line in block]
    return "\n".join(parts)


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yields lines of a sort that follow each other; each program and table is a block."""
    block: list[Line] = []
    for line in lines:
        is_other = not block or line.sort != block[-1].sort or line.is_first
        is_other |= line.sort == "row" and line.mark != block[-1].mark if block else False
        if is_other and block:
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _fenced(block: Sequence[Line]) -> str:
    """Returns code between fences; preformatted text that is no code as it is."""
    text = as_text(block)
    if not code_stretches(text.split("\n")):
        return text
    longest = max((len(ticks) for ticks in _TICKS.findall(text)), default=0)
    fence = "`" * max(longest + 1, 3)
    return f"{fence}{block[0].language}\n{text}\n{fence}"


def _table(block: Sequence[Line]) -> str:
    rows = [line.text.replace("|", "\\|").split("\t") for line in block]
    width = max(map(len, rows))
    written = [_bars([*row, *[""] * (width - len(row))]) for row in rows]
    return in_markdown("\n".join([written[0], _bars(["---"] * width), *written[1:]]))


def _bars(cells: Sequence[str]) -> str:
    return "|" + "".join(f" {cell} |" if cell else " |" for cell in cells)


_MARKS: Mapping[Sort, Callable[[Line], str]] = {
    "paragraph": lambda _: "",
    "heading": lambda line: "#" * line.mark + " ",
    "item": lambda line: f"{line.mark}. " if line.mark > 0 else "- ",
}


_OF_BLOCKS = (IN_HEADING, IN_CELL)
"""What a mark of is no number of an item."""


def text_of(markup: Markup, places: Sequence[int]) -> str:
    """Returns some lines of a page as plain text."""
    kinds, marks = (each.take(places).tolist() for each in (markup.lines.kind, markup.lines.mark))
    is_more = any(
        kind == IN_PREFORMATTED or (mark > 0 and kind not in _OF_BLOCKS)
        for kind, mark in zip(kinds, marks, strict=True)
    )
    plain = "\n".join([markup.lines.text[place] for place in places])
    has_empty_cells = "\t" in plain and (
        "\t\t" in plain or "\n\t" in plain or plain.startswith("\t")
    )
    if has_empty_cells or is_more:
        return as_text(structure_of(markup, places))
    return unmarked(plain)


def as_text(lines: Sequence[Line]) -> str:
    """Returns lines as plain text: formulas as bare TeX, items of ordered lists with numbers."""
    texts = [line.text if line.sort == "paragraph" else _plain(line) for line in lines]
    return unmarked("\n".join(texts))


def _plain(line: Line) -> str:
    if line.sort == "item" and line.mark > 0:
        return f"{line.mark}. {line.text}"
    return "\n" * line.mark + line.text if line.sort == "code" else line.text
