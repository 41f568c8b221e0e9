"""What a page of HTML holds: containers, and the lines of text in them."""

import re
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jingyu.filters.references import unescaped
from jingyu.pipeline.page.extract.hints import HIDDEN, LEADS, OF_TAGS, hints_of
from jingyu.pipeline.page.extract.reader import Reader
from jingyu.pipeline.page.extract.tags import (
    IN_HEADING,
    IN_PREFORMATTED,
    PLACES,
    SCOPES,
    SILENT,
    TAGS,
)

Numbers = NDArray[np.int32]
_OF_NODES = 7
_NEAR = 12
_NO_TITLE = re.compile(
    r"(?:[来來]源|作者|[发發]布|[时時][间間]|日期|编辑)[^:：]{0,4}[:：]|[\d\s:/.年月日-]+$"
    "|(?:联系我们|友情链接|网站导航|相关|热门|推荐|最新|栏目|分享|搜索|当前位置)|(?:新闻|资讯)(?:中心|动态)$"
)
ENDS = "。！？；!?;…"
"""Marks that end a sentence."""
PAUSES = "，、：,“”‘’《》"
"""Marks within a sentence."""
CLOSING = "。！？；：!?;:…”’」）)】"
"""Marks that close a sentence or a quotation."""


class Nodes(NamedTuple):
    """The containers in document order, a value per container in each array."""

    parent: Numbers
    look: Numbers
    """Equal for containers whose tags have equal attributes."""
    hints: Numbers
    inherited: Numbers
    """Hints of the container and of all around it."""
    depth: Numbers
    first: Numbers
    """Number of the first line in the container."""
    last: Numbers
    """Number of the first line after the container."""


class Lines(NamedTuple):
    """The lines of text between boundaries of blocks, a value per line."""

    text: list[str]
    link_length: Numbers
    """Characters that are links, more or less."""
    node: Numbers
    """Innermost container."""
    kind: Numbers
    """`IN_PARAGRAPH` and so on."""
    length: Numbers
    closed: Numbers
    """1 if the last character is one of `CLOSING`."""
    ends: Numbers
    """Characters of `ENDS`."""
    pauses: Numbers
    """Characters of `PAUSES`."""
    han: Numbers
    digits: Numbers
    letters: Numbers
    """Letters that are not Han."""
    group: Numbers
    """Equal for lines in containers of equal tags."""
    mark: Numbers
    """Of a heading its level; of a preformatted line how many empty ones stand before it, -1 of
    the first one; of the first line of a list item its number, -1 if the list has none; of a row
    the number of its table; else 0."""

    @property
    def has_programs(self) -> bool:
        """Whether any line is preformatted."""
        return IN_PREFORMATTED in self.kind.tobytes()  # a kind has one byte that is not 0


class Markup(NamedTuple):
    """What a page holds."""

    nodes: Nodes
    lines: Lines
    looks: list[str]
    """The attributes of containers, by `Nodes.look`."""
    codes: dict[int, str]
    """Number of a preformatted container to the attributes of its first `code` tag, if it has
    any."""
    has_formulas: bool = False
    """Whether some lines may be formulas, as `formulas.py` marks them."""


def reader(most_containers: int = 100_000, most_lines: int = 50_000) -> Reader:
    """Returns what reads pages.

    Args:
        most_containers: Beyond so many no more are opened.
        most_lines: Beyond so many the rest of a page is one line.
    """
    return Reader(
        tags=TAGS,
        scopes=SCOPES,
        places=PLACES,
        tag_hints=OF_TAGS,
        silent=SILENT,
        hints_of=hints_of,
        hidden=HIDDEN,
        leads=LEADS,
        unescaped=unescaped,
        ends=ENDS,
        pauses=PAUSES,
        closing=CLOSING,
        most_containers=most_containers,
        most_lines=most_lines,
    )


_READER = reader()


def read_markup(page: str) -> Markup:
    """Returns the containers and the lines of a page.

    Beyond 100,000 containers no more are opened, and beyond 50,000 lines the rest is one line.
    """
    texts, looks, codes, *columns = _READER.read(page)
    numbers = [np.frombuffer(column, np.int32) for column in columns]
    nodes, lines = Nodes(*numbers[:_OF_NODES]), Lines(texts, *numbers[_OF_NODES:])
    return Markup(nodes, lines, ["", *looks], codes)


def headings_of(lines: Lines) -> list[str]:
    """Returns the headings of a page, in order."""
    return [lines.text[place] for place in np.flatnonzero(lines.kind == IN_HEADING).tolist()]


def heading_before(lines: Lines, first: int) -> str | None:
    """Returns the heading that a line is, or that stands at most 12 lines before it.

    Those that say when and by whom a text was published, or name what is beside it, do not count.
    """
    begin = max(0, first - _NEAR)
    kinds = lines.kind[begin : first + 1].tolist()
    near = [place for place, kind in enumerate(kinds, begin) if kind == IN_HEADING]
    texts = (lines.text[place] for place in reversed(near))
    return next((text for text in texts if not _NO_TITLE.match(text)), None)
