"""HTML read once, from left to right: its containers and the lines of text in them.

No parser builds a tree: containers go on a stack, end tags that close nothing are passed over, and
what is open at the end of the page ends there. So time and memory are linear in the page, however
deep, broken or large it is.

This is `pipeline/text/extraction/reader.c` in Python, what it is held to.
"""

import re
from array import array
from itertools import pairwise
from typing import NamedTuple

from jingyu.filters.references import unescaped
from jingyu.pipeline.page.extract.hints import HIDDEN, LEADS, OF_TAGS, hints_of
from jingyu.pipeline.page.extract.markup import CLOSING, ENDS, PAUSES
from jingyu.pipeline.page.extract.tags import (
    BREAK,
    CELL,
    CONTAINER,
    FLOWS,
    HEADING,
    IMPLIED_ENDS,
    IN_CELL,
    IN_CONTAINER,
    IN_HEADING,
    IN_ITEM,
    IN_PREFORMATTED,
    INLINE,
    ITEM,
    LINK,
    PLACES,
    PREFORMATTED,
    ROW,
    SCOPES,
    SILENT,
    TAGS,
)

# A quote counts only after an equals sign; without its partner it is a character like any other.
_TAG = re.compile(
    r"<(?:(/?)([a-zA-Z][a-zA-Z0-9:-]*+)"
    r"((?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?)*+)>?|[!?/][^>]*+>?)"
)
"""Every attempt to match it at a `<` and a letter succeeds, so that it never reads a part twice."""


_ATTRIBUTE = re.compile(
    r"\b(class|id|style|role|itemprop|hidden)\b"
    r"(?:\s*=\s*(?:\"([^\"]{0,300})|'([^']{0,300})|([^\s\"'>]{1,300})))?",
    re.IGNORECASE | re.ASCII,
)
_HIDES = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE | re.ASCII)
_LONGEST_CELL = 120
_MOST_COLUMNS = 200
_MOST_GRIDS = 64
_MOST_ROWS = 10_000
_LONGEST_QUESTION = 400
_LONGEST_BUTTON = 2_000
_MOST_IN_ROW = 200
_TAGS_AT_ONCE = 1 << 16
"""So that what a page of tags alone is cut into stays within memory."""
_ROOT = "html"
_OTHER = (INLINE, "")
_OF_LINES = 8


class _Columns(NamedTuple):
    """The lines, then a value per container in each of seven lists, then a value per line."""

    text: list[str]
    parent: list[int]
    look: list[int]
    hints: list[int]
    inherited: list[int]
    depth: list[int]
    first: list[int]
    last: list[int]
    link_length: list[int]
    node: list[int]
    kind: list[int]
    length: list[int]
    closed: list[int]
    ends: list[int]
    pauses: list[int]
    han: list[int]
    digits: list[int]
    letters: list[int]
    group: list[int]
    mark: list[int]


class _Grid:
    """The columns of a table that is open."""

    def __init__(self, number: int = 0) -> None:
        self.number = number
        self.left: dict[int, int] = {}
        self.next = 0
        self.joined = False

    def begin_row(self) -> None:
        self.next = 0
        self.left = {column: rows - 1 for column, rows in self.left.items() if rows > 1}

    def place(self, attributes: str) -> int:
        while self.next in self.left:
            self.next += 1
        column = self.next
        columns = min(max(plain_number(attributes, "colspan", 1), 1), _MOST_COLUMNS)
        rows = min(max(plain_number(attributes, "rowspan", 1), 1), _MOST_ROWS)
        end = min(self.next + columns, _MOST_COLUMNS - 1)
        self.left |= dict.fromkeys(range(self.next, end), rows)
        self.next = max(end, self.next)
        return column


def _joined(text: str) -> str:
    return re.sub(r"\s+", lambda gap: _space(gap[0]), text.strip())


def _space(gap: str) -> str:
    """Returns one space, an ideographic one for what is as wide; browsers collapse ASCII."""
    width = sum(2 if each in "\u2001\u2003\u3000" else each >= "\xa0" for each in gap)
    return " " if width < 2 else "\u3000"


class PlainReader:
    """Reads pages.

    Args:
        most_containers: Beyond so many no more are opened.
        most_lines: Beyond so many the rest of a page is one line.
    """

    def __init__(self, most_containers: int, most_lines: int) -> None:
        self._limits = most_containers, most_lines

    def read(
        self, page: str
    ) -> tuple[list[str], dict[str, int], dict[int, str], *tuple[bytes, ...]]:
        """Returns the lines, the attributes of containers and of code, and as arrays of int32 the
        columns of `Nodes` and `Lines`.
        """
        reading = _Page(*self._limits)
        texts, *columns = reading.read(_without_silence(page))
        del reading.looks[""]
        arrays = (array("i", column).tobytes() for column in columns)
        return texts, reading.looks, reading.codes, *arrays


class _Page:
    def __init__(self, most_containers: int, most_lines: int) -> None:
        self.most_containers = most_containers
        self.most_lines = most_lines
        self.columns = _Columns([], *([0] for _ in range(7)), *([] for _ in range(12)))
        self.names = [_ROOT]
        self.looks = {"": 0}
        self.stack = [0]
        self.open: dict[str, list[int]] = {name: [] for name in SCOPES}
        self.unopened: dict[str, int] = {}
        self.run: list[str] = []
        self.link_length = 0
        self.flow = IN_CONTAINER
        self.last_row = 0
        self.column = [0]
        self.counter: list[int | None] = [None]
        self.codes: dict[int, str] = {}
        self.grids: list[_Grid] = []
        self.table_count = 0
        self.item = self.level = self.gap = 0
        self.is_after_break = self.is_begun = False

    def read(self, page: str) -> _Columns:
        # Cutting at all tags at once is much faster than looking at one match after another.
        *cut, page = _TAG.split(page, _TAGS_AT_ONCE)
        link_depth = self.read_tags(cut, 0)
        while cut:
            *cut, page = _TAG.split(page, _TAGS_AT_ONCE)
            link_depth = self.read_tags(cut, link_depth)
        self.run.append(page)
        return self.finished()

    def read_tags(self, cut: list[str], link_depth: int) -> int:
        """Reads tags, each with the text before it; returns the depth of the link at the end.

        Args:
            cut: In turn: text, slash of an end tag, name of the tag, attributes.
            link_depth: Depth of the link at the beginning; 0 outside.
        """
        run, stack = self.run, self.stack
        parts = iter(cut)
        for text, closing, tag, attributes in zip(parts, parts, parts, parts, strict=True):
            if text and (run or not text.isspace() or self.is_preformatted()):
                run.append(text)
                if link_depth:
                    self.link_length += len(text.strip())
            kind, name = TAGS.get(tag.lower(), _OTHER) if tag else _OTHER
            if kind == INLINE:
                is_code = (tag or "").lower() == "code" and not closing
                if is_code and attributes and self.is_preformatted():
                    self.codes.setdefault(stack[self.open["pre"][-1]], attributes)
                continue
            if kind == LINK:
                link_depth = 0 if closing or not _is_link(attributes) else len(stack)
                continue
            if run:
                self.end_line(by_break=kind == BREAK)
            else:
                self.gap += kind == BREAK and self.is_preformatted()
                self.is_after_break = kind == BREAK
            if kind < CONTAINER:
                self.flow = IN_CONTAINER if closing else FLOWS.get(kind, self.flow)
                self.level = int(tag[1]) if kind == HEADING else self.level
            elif not closing:
                self.begin(tag.lower(), kind, name, attributes)
            else:
                self.end(name)
                link_depth = link_depth if len(stack) >= link_depth else 0
        return link_depth

    def is_preformatted(self) -> bool:
        return bool(self.open["pre"]) and self.flow not in FLOWS.values()

    def begin(self, tag: str, kind: int, name: str, attributes: str) -> None:
        self.flow = IN_PREFORMATTED if kind == PREFORMATTED else IN_CONTAINER
        if kind in IMPLIED_ENDS:
            self.close(name)
        columns, stack = self.columns, self.stack
        number = len(columns.parent)
        if number > self.most_containers:
            self.unopened[name] = self.unopened.get(name, 0) + 1
            return
        parent = stack[-1]
        hints = OF_TAGS.get(name, 0) | plain_hints(attributes)
        self.open[name].append(len(stack))
        stack.append(number)
        self.names.append(name)
        columns.parent.append(parent)
        columns.look.append(self.looks.setdefault(attributes, len(self.looks)))
        columns.hints.append(hints)
        columns.inherited.append(columns.inherited[parent] | hints)
        columns.depth.append(columns.depth[parent] + 1)
        columns.first.append(len(columns.text))
        columns.last.append(-1)
        self.column.append(0)
        self.counter.append(None)
        self.begin_inside(tag, kind, name, attributes)

    def begin_inside(self, tag: str, kind: int, name: str, attributes: str) -> None:
        grid = self.grids[-1] if 0 < len(self.grids) <= _MOST_GRIDS else _Grid()
        if kind == CELL and 0 < len(self.grids) <= _MOST_GRIDS:
            self.column[-1] = grid.place(attributes)
        elif name == "table":
            self.table_count += len(self.grids) < _MOST_GRIDS
            self.grids.append(_Grid(self.table_count))
        elif kind == ROW:
            grid.begin_row()
        elif kind == ITEM:
            self.begin_item(attributes)
        elif tag == "ol":
            self.counter[-1] = plain_number(attributes, "start", 1)
        elif kind == PREFORMATTED:
            self.gap, self.is_begun = 0, False

    def begin_item(self, attributes: str) -> None:
        self.item = -1
        lists = self.open["ul"]
        number = self.counter[self.stack[lists[-1]]] if lists else None
        if number is not None:
            self.item = plain_number(attributes, "value", number)
            self.counter[self.stack[lists[-1]]] = self.item + 1

    def end(self, name: str) -> None:
        self.flow = IN_CONTAINER
        if self.unopened and self.unopened.get(name):
            self.unopened[name] -= 1
        else:
            self.close(name)

    def close(self, name: str) -> None:
        """Closes the container of that name, and all in it, if one is open in its scope."""
        places = self.open[name]
        if not places:
            return
        place = places[-1]
        scopes = self.open[SCOPES[name]]
        if scopes and scopes[-1] > place:
            return
        stack, columns = self.stack, self.columns
        while len(stack) > place:
            node = stack.pop()
            closed = self.names[node]
            columns.last[node] = len(columns.text)
            self.open[closed].pop()
            if closed == "tr":
                self.join_row(node)
            elif closed == "table":
                self.grids.pop()
            elif PLACES.get(closed) == IN_ITEM:
                self.item = 0

    def join_row(self, row: int) -> None:
        """Makes one line of a row of short cells; a row that lays out a page stays as it is."""
        columns = self.columns
        texts, parent = columns.text, columns.parent
        first = columns.first[row]
        count = len(texts) - first
        holds_row = row < self.last_row
        self.last_row = max(self.last_row, row)
        grid = self.grids[-1] if 0 < len(self.grids) <= _MOST_GRIDS else _Grid()
        if holds_row or not (1 if grid.joined else 2) <= count <= _MOST_IN_ROW:
            return
        if max(map(len, texts[first:])) > _LONGEST_CELL or IN_PREFORMATTED in columns.kind[first:]:
            return
        cells: dict[int, list[str]] = {}
        for text, node in zip(texts[first:], columns.node[first:], strict=True):
            cell = node
            while parent[cell] > row:
                cell = parent[cell]
            cells.setdefault(cell, []).append(text)
        is_alone = len(cells) == 1 and (count > 1 or not self.column[next(iter(cells))])
        if count > 2 * len(cells) or is_alone:
            return
        grid.joined = True
        linked = sum(columns.link_length[first:])
        for column in (texts, *columns[_OF_LINES:]):
            del column[first:]
        self.item = grid.number
        self.add(self.row_of(cells), linked, row, IN_CELL)
        for node in range(row, len(parent)):
            columns.first[node] = min(columns.first[node], first + 1)
            columns.last[node] = min(columns.last[node], first + 1)
        columns.first[row] = first

    def row_of(self, cells: dict[int, list[str]]) -> str:
        row, last = "", None
        for cell, parts in cells.items():
            column = self.column[cell] if last is None else max(self.column[cell], last + 1)
            row += "\t" * (column - (last or 0)) + " ".join(parts)
            last = column
        return row

    def end_line(self, *, by_break: bool = False) -> None:
        if len(self.columns.text) >= self.most_lines:
            self.run.append("\n")
            return
        text = "".join(self.run)
        self.run.clear()
        if "&" in text:
            text = unescaped(text)
        node = self.stack[-1]
        if self.is_preformatted():
            self.add_preformatted(text.split("\n"), node, by_break=by_break)
        elif text := _joined(text):
            kind = self.flow or PLACES.get(self.names[node], IN_CONTAINER)
            self.add(text, self.link_length, node, kind)
        self.link_length = 0
        self.is_after_break = by_break

    def add_preformatted(self, parts: list[str], node: int, *, by_break: bool) -> None:
        empty = 0 if self.is_after_break else -1
        for number, part in enumerate(parts, 1):
            if part and not part.isspace():
                self.gap += max(empty, 0)
                empty = 0
                if len(self.columns.text) >= self.most_lines:
                    rest = _joined("\n".join(parts[number - 1 :]))
                    self.add(rest, self.link_length, node, IN_PREFORMATTED)
                    return
                self.add(part.rstrip(), self.link_length, node, IN_PREFORMATTED)
            else:
                empty += number < len(parts) or by_break
        self.gap += max(empty, 0)

    def add(self, text: str, link_length: int, node: int, kind: int) -> None:
        columns = self.columns
        columns.text.append(text)
        columns.link_length.append(link_length)
        columns.node.append(node)
        columns.kind.append(kind)
        columns.length.append(len(text))
        columns.closed.append(text[-1] in CLOSING)
        sorts = [_sort(character) for character in text]
        for sort, counts in enumerate(columns[-7:-2]):
            counts.append(sorts.count(sort))
        is_code = kind == IN_PREFORMATTED
        gap = self.gap if self.is_begun else -1
        columns.mark.append(self.level if kind == IN_HEADING else gap if is_code else self.item)
        self.item = self.gap = 0
        self.is_begun = is_code

    def finished(self) -> _Columns:
        if len(self.columns.text) >= self.most_lines:
            rest = _joined(unescaped("".join(self.run)))
            if rest:
                self.add(rest, self.link_length, 0, IN_CONTAINER)
        else:
            self.end_line()
        columns = self.columns
        count = len(columns.text)
        look, parent = columns.look, columns.parent
        groups: dict[tuple[int, int, int], int] = {}
        for node, kind in zip(columns.node, columns.kind, strict=True):
            key = (look[node], look[parent[node]], kind)
            columns.group.append(groups.setdefault(key, len(groups)))
        columns.last[:] = [count, *(count if last < 0 else last for last in columns.last[1:])]
        return columns


def plain_number(attributes: str, name: str, other: int) -> int:
    """Returns the number that an attribute states, another one if it states none."""
    form = rf"(?<![a-z-]){name}[ =]+[\"']*([0-9]{{1,6}})"
    found = re.search(form, attributes[:1000], re.IGNORECASE | re.ASCII)
    return int(found[1]) if found else other


def plain_hints(attributes: str) -> int:
    """Returns the bits of the hints that attributes give."""
    hints = 0
    words = []
    for name, double, single, bare in _ATTRIBUTE.findall(attributes[:1000]):
        key, value = name.lower(), double or single or bare
        if key == "hidden" or (key == "style" and _HIDES.search(value)):
            hints |= HIDDEN
        elif key != "style":
            camel = re.sub("(?<=[a-z0-9])(?=[A-Z])", " ", value)
            words += re.findall("[a-z0-9]+", re.sub("[A-Z]", lambda found: found[0].lower(), camel))
    for word in words:
        hints |= hints_of(word)
    for pair in pairwise(words):
        hints |= hints_of(" ".join(pair))
    return hints & ~LEADS


def _sort(character: str) -> int | None:
    """Returns the number of the count that a character goes to."""
    if character in ENDS:
        return 0
    if character in PAUSES:
        return 1
    if "\u3400" <= character < "\ua000" or "\uf900" <= character < "\ufb00" or character > "\ufffe":
        return 2
    if character < "\u3400" and character.isdigit():
        return 3
    return 4 if character < "\u3400" and character.isalpha() else None


def _is_link(attributes: str) -> bool:
    return "href" in attributes or "HREF" in attributes or "href" in attributes.lower()


def _either_case(name: str) -> str:
    return "".join(f"[{character}{character.upper()}]" for character in name)


# `[sS]` and not IGNORECASE: a literal `<` in front makes the search ten times as fast.
_START = re.compile(rf"<(?:({'|'.join(map(_either_case, SILENT))})(?=[\s/>])|!--|!\[CDATA\[)")
_ENDS = {name: re.compile(f"</{_either_case(name)}(?=[\\s/>])[^>]*+>?") for name in SILENT}
_COMMENT_END = re.compile("--!?>")
_SECTION_END = re.compile("]]>")


def _without_silence(page: str) -> str:
    """Returns the page with a space for every silent element, comment and CDATA section.

    What has no end loses its start alone, so that a comment that nobody closed does not swallow
    the page.
    """
    kept = []
    at = 0
    endless = set()
    match = _START.search(page)
    while match:
        if _asks(page, match):
            match = _START.search(page, match.start() + 1)
            continue
        kept.append(page[at : match.start()])
        end = _end_of(match)
        closed = None if end in endless else end.search(page, match.end() - 2)
        if closed:
            at = closed.end()
        else:
            # Searching once for an end that is missing is enough: time stays linear.
            endless.add(end)
            at = page.find(">", match.end()) + 1 or len(page)
        match = _START.search(page, at)
    kept.append(page[at:])
    return " ".join(kept)


def _asks(page: str, match: re.Match[str]) -> bool:
    """Returns whether what begins is a button that asks a question: then it is text."""
    if (match[1] or "").lower() != "button":
        return False
    start = match.end()
    closed = _ENDS["button"].search(page, start - 2, start + _LONGEST_BUTTON)
    return closed is not None and "？" in page[start : min(closed.end(), start + _LONGEST_QUESTION)]


def _end_of(match: re.Match[str]) -> re.Pattern[str]:
    if match[1]:
        return _ENDS[match[1].lower()]
    return _SECTION_END if match[0].endswith("[") else _COMMENT_END
