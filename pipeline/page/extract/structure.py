"""What the lines of a main text are, and the two forms that it can be written in."""

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Literal, NamedTuple

import numpy as np

from jingyu.pipeline.page.extract.formulas import unmarked
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


class Line(NamedTuple):
    """A line of main text."""

    text: str
    sort: Sort
    mark: int = 0
    """As `Lines.mark`: level of a heading, number of an item, empty lines before one of code."""
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
    kinds, marks = markup.lines.kind.tolist(), markup.lines.mark.tolist()
    columns = _columns(markup.lines)
    found: list[Line] = []
    for kind, group in groupby(places, kinds.__getitem__):
        if kind == IN_PREFORMATTED:
            found += _program(markup, list(group))
        elif kind == IN_CELL:
            found += [_row(texts[place], columns.get(marks[place])) for place in group]
        else:
            found += [_line(texts[place], kind, marks[place]) for place in group]
    return found


def _columns(lines: Lines) -> dict[int, list[int]]:
    """Returns the columns of each table in which any row has something: others lay it out."""
    used: dict[int, set[int]] = {}
    for place in np.flatnonzero((lines.kind == IN_CELL) & (lines.mark > 0)).tolist():
        cells = lines.text[place].split("\t")
        if len(cells) > 1:
            filled = (column for column, cell in enumerate(cells) if cell)
            used.setdefault(int(lines.mark[place]), set()).update(filled)
    return {table: sorted(columns) for table, columns in used.items()}


def _row(text: str, columns: Sequence[int] | None) -> Line:
    if "\t" not in text:
        return Line(text, "paragraph")
    cells = text.split("\t")
    here = [cells[column] for column in columns or range(len(cells)) if column < len(cells)]
    return Line("\t".join(here), "row")


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
    for block in blocks:
        gaps = [0, *(int(marks[place]) for place in block[1:])]
        language = language_of(markup, block[0])
        for number, text in enumerate(without_numbers([texts[place] for place in block])):
            found.append(Line(text, "code", gaps[number], language, number == 0))
    return found


def text_of(markup: Markup, places: Sequence[int]) -> str:
    """Returns some lines of a page as plain text."""
    kinds, marks = markup.lines.kind.take(places), markup.lines.mark.take(places)
    is_more = (kinds == IN_PREFORMATTED) | (marks > 0) & (kinds != IN_HEADING)
    is_more |= kinds == IN_CELL
    if is_more.any():
        return as_text(structure_of(markup, places))
    return unmarked("\n".join([markup.lines.text[place] for place in places]))


def as_text(lines: Sequence[Line]) -> str:
    """Returns lines as plain text: formulas as bare TeX, items of ordered lists with numbers."""
    texts = [line.text if line.sort == "paragraph" else _plain(line) for line in lines]
    return unmarked("\n".join(texts))


def _plain(line: Line) -> str:
    if line.sort == "item" and line.mark > 0:
        return f"{line.mark}. {line.text}"
    return "\n" * line.mark + line.text if line.sort == "code" else line.text
