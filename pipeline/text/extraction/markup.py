"""HTML read once, from left to right: its containers and the lines of text in them.

No parser builds a tree: containers go on a stack, end tags that close nothing are passed over, and
what is open at the end of the page ends there. So time and memory are linear in the page, however
deep, broken or large it is.
"""

import html
from typing import NamedTuple

from pipeline.text.extraction.hints import hints_of
from pipeline.text.extraction.silence import without_silence
from pipeline.text.extraction.tags import (
    CONTAINER,
    HEADING,
    IMPLIED_ENDS,
    INLINE,
    KINDS,
    LINK,
    PARAGRAPH,
    PREFORMATTED,
    SCOPES,
    TAG,
)

IN_CONTAINER, IN_PARAGRAPH, IN_ITEM, IN_CELL, IN_HEADING, IN_PREFORMATTED = range(6)

_FLOWS = {PARAGRAPH: IN_PARAGRAPH, HEADING: IN_HEADING}
_PLACES = {"li": IN_ITEM, "dd": IN_ITEM, "td": IN_CELL}
_LONGEST_CELL = 120
_MOST_IN_ROW = 200
_MOST_CONTAINERS = 100_000
_MOST_LINES = 50_000
_TAGS_AT_ONCE = 1 << 16
"""So that what a page of tags alone is cut into stays within memory."""


class Nodes(NamedTuple):
    """The containers in document order, a value per container in each list."""

    parent: list[int]
    name: list[str]
    attributes: list[str]
    hints: list[int]
    inherited: list[int]
    """Hints of the container and of all around it."""
    depth: list[int]
    first: list[int]
    """Number of the first line in the container."""
    last: list[int]
    """Number of the first line after the container."""


class Lines(NamedTuple):
    """The lines of text between boundaries of blocks; each list has a value per line."""

    text: list[str]
    link_length: list[int]
    """Characters that are links, more or less."""
    node: list[int]
    """Innermost container."""
    kind: list[int]
    """`IN_PARAGRAPH` and so on."""


class Markup(NamedTuple):
    """What a page holds."""

    nodes: Nodes
    lines: Lines


def read_markup(page: str) -> Markup:
    """Returns the containers and the lines of a page.

    Beyond 100,000 containers no more are opened, and beyond 50,000 lines the rest is one line.
    """
    return _Reader().read(without_silence(page))


def headings_of(lines: Lines) -> list[str]:
    """Returns the headings of a page, in order."""
    return [text for text, kind in zip(lines.text, lines.kind, strict=True) if kind == IN_HEADING]


class _Reader:
    def __init__(self) -> None:
        self.nodes = Nodes([0], ["html"], [""], [0], [0], [0], [0], [0])
        self.lines = Lines([], [], [], [])
        self.stack = [0]
        self.open: dict[str, list[int]] = {name: [] for name in SCOPES}
        self.unopened: dict[str, int] = {}
        self.run: list[str] = []
        self.link_length = 0
        self.flow = IN_CONTAINER
        self.last_row = 0

    def read(self, page: str) -> Markup:
        # Cutting at all tags at once is much faster than looking at one match after another.
        *cut, page = TAG.split(page, _TAGS_AT_ONCE)
        link_depth = self.read_tags(cut, 0)
        while cut:
            *cut, page = TAG.split(page, _TAGS_AT_ONCE)
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
            if text and (run or not text.isspace()):
                run.append(text)
                if link_depth:
                    self.link_length += len(text.strip())
            kind, name = KINDS[tag]
            if kind == INLINE:
                continue
            if kind == LINK:
                link_depth = 0 if closing or not _is_link(attributes) else len(stack)
                continue
            if run:
                self.end_line()
            if kind < CONTAINER:
                self.flow = IN_CONTAINER if closing else _FLOWS.get(kind, self.flow)
            elif not closing:
                self.begin(kind, name, attributes)
            else:
                self.end(name)
                link_depth = link_depth if len(stack) >= link_depth else 0
        return link_depth

    def begin(self, kind: int, name: str, attributes: str) -> None:
        self.flow = IN_PREFORMATTED if kind == PREFORMATTED else IN_CONTAINER
        if kind in IMPLIED_ENDS:
            self.close(name)
        nodes, stack = self.nodes, self.stack
        number = len(nodes.name)
        if number > _MOST_CONTAINERS:
            self.unopened[name] = self.unopened.get(name, 0) + 1
            return
        parent = stack[-1]
        hints = hints_of(name, attributes)
        self.open[name].append(len(stack))
        stack.append(number)
        nodes.parent.append(parent)
        nodes.name.append(name)
        nodes.attributes.append(attributes)
        nodes.hints.append(hints)
        nodes.inherited.append(nodes.inherited[parent] | hints)
        nodes.depth.append(nodes.depth[parent] + 1)
        nodes.first.append(len(self.lines.text))
        nodes.last.append(-1)

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
        stack, nodes = self.stack, self.nodes
        count = len(self.lines.text)
        while len(stack) > place:
            node = stack.pop()
            closed = nodes.name[node]
            nodes.last[node] = count
            self.open[closed].pop()
            if closed == "tr":
                self.join_row(node)
                count = len(self.lines.text)

    def join_row(self, row: int) -> None:
        """Makes one line of a row of short cells; a row that lays out a page stays as it is."""
        nodes, lines = self.nodes, self.lines
        first = nodes.first[row]
        count = len(lines.text) - first
        holds_row = row < self.last_row
        self.last_row = max(self.last_row, row)
        if holds_row or not 1 < count <= _MOST_IN_ROW:
            return
        if max(map(len, lines.text[first:])) > _LONGEST_CELL:
            return
        cells: dict[int, list[str]] = {}
        for text, node in zip(lines.text[first:], lines.node[first:], strict=True):
            cell = node
            while nodes.parent[cell] > row:
                cell = nodes.parent[cell]
            cells.setdefault(cell, []).append(text)
        if not 1 < len(cells) <= count <= 2 * len(cells):
            return
        linked = sum(lines.link_length[first:])
        for column in lines:
            del column[first:]
        self.add("\t".join(" ".join(parts) for parts in cells.values()), linked, row, IN_CELL)
        for node in range(row, len(nodes.name)):
            nodes.first[node] = min(nodes.first[node], first + 1)
            nodes.last[node] = min(nodes.last[node], first + 1)
        nodes.first[row] = first

    def end_line(self) -> None:
        if len(self.lines.text) >= _MOST_LINES:
            self.run.append("\n")
            return
        text = "".join(self.run)
        self.run.clear()
        if "&" in text:
            text = unescaped(text)
        node = self.stack[-1]
        if self.flow == IN_PREFORMATTED:
            for part in text.split("\n"):
                if part and not part.isspace():
                    self.add(part.rstrip(), self.link_length, node, IN_PREFORMATTED)
        elif text := " ".join(text.split()):
            kind = self.flow or _PLACES.get(self.nodes.name[node], IN_CONTAINER)
            self.add(text, self.link_length, node, kind)
        self.link_length = 0

    def add(self, text: str, link_length: int, node: int, kind: int) -> None:
        lines = self.lines
        lines.text.append(text)
        lines.link_length.append(link_length)
        lines.node.append(node)
        lines.kind.append(kind)

    def finished(self) -> Markup:
        if len(self.lines.text) >= _MOST_LINES:
            rest = " ".join(unescaped("".join(self.run)).split())
            if rest:
                self.add(rest, self.link_length, 0, IN_CONTAINER)
        else:
            self.end_line()
        count = len(self.lines.text)
        last_lines = self.nodes.last
        last_lines[:] = [count, *(count if last < 0 else last for last in last_lines[1:])]
        return Markup(self.nodes, self.lines)


def _is_link(attributes: str) -> bool:
    return "href" in attributes or "HREF" in attributes or "href" in attributes.lower()


def unescaped(text: str) -> str:
    """Returns the text with its character references resolved."""
    try:
        return html.unescape(text)
    except ValueError:  # a number of more digits than Python reads
        return text
