"""From a page to its main text: engines behind one interface."""

import re
from collections.abc import Callable, Mapping

from jingyu.pipeline.page.extract.extracted import Extracted
from jingyu.pipeline.page.extract.jingyu import Found, main_text
from jingyu.pipeline.page.extract.markup import heading_before, headings_of
from jingyu.pipeline.page.extract.metadata import head_of, stated_by, title_of
from jingyu.pipeline.page.extract.remains import without_remains
from jingyu.pipeline.page.extract.structure import Form, as_markdown, structure_of
from jingyu.pipeline.page.extract.tags import IN_HEADING

_LINES_BEFORE = 4
_LINES_BEHIND = 2
_TABLE_RULE = re.compile("-{3,}")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def extract(
    page: str,
    engine: str,
    min_confidence: float = 0.0,
    form: Form = "text",
    *,
    comments: bool = False,
) -> Extracted:
    """Returns a page's main text, title, author and date.

    Below `min_confidence` the text of `jingyu` gives way to that of trafilatura, if it finds any;
    the confidence stays. A page that `jingyu` takes for one without main text is not asked about
    again: trafilatura finds something on every page. Of comments of readers only `jingyu` knows
    whether they are to stay.

    Raises:
        Exception: What a foreign engine raises on a page; engines document none.
    """
    if engine != "jingyu":
        return Extracted(ENGINES[engine](page), title_of(page), engine=engine)
    return completed(page, main_text(page, comments=comments), min_confidence, form)


def completed(page: str, found: Found, min_confidence: float, form: Form = "text") -> Extracted:
    """Returns what `jingyu` found on a page, with what the page states and the second opinion.

    Of a page without text nobody asks what it states.
    """
    if not found.text:
        return Extracted("", None, None, None, found.confidence, "jingyu", found.hidden_count)
    lines = found.markup.lines
    nearest, before = None, []
    if found.first is not None:
        nearest = heading_before(lines, found.first)
        end = found.first + 1
        # Under the heading that a text begins with, what stood before it may follow.
        end += _LINES_BEHIND if lines.kind[found.first] == IN_HEADING else 0
        before = lines.text[max(0, found.first - _LINES_BEFORE) : end]
    stated = stated_by(found.head or head_of(page), lines.text, headings_of(lines), nearest, before)
    text, engine = found.text, "jingyu"
    if text and found.confidence < min_confidence:
        other = _with_trafilatura(page)
        if other:
            text, engine = other, "trafilatura"
    is_own = form == "markdown" and engine == "jingyu" and found.places
    markdown = _in_markdown(found) if is_own else None
    return Extracted(text, *stated, found.confidence, engine, found.hidden_count, markdown)


def _in_markdown(found: Found) -> str:
    lines = structure_of(found.markup, found.places)
    return without_remains(as_markdown(lines), found.notes)


def _with_jingyu(page: str) -> str:
    return main_text(page).text


def _with_trafilatura(page: str) -> str:
    import trafilatura

    text = trafilatura.extract(readable(page), fast=True, include_comments=False) or ""
    return with_tabs(text)


def readable(page: str) -> str:
    """Returns what lxml takes of a page: no encoding declaration, no NUL, no surrogates."""
    return _NOT_XML.sub("", _XML_DECLARATION.sub("", page, count=1))


def with_tabs(text: str) -> str:
    """Returns trafilatura's text with tabs between the cells of tables."""
    return "\n".join(_without_pipes(line.strip()) for line in text.split("\n"))


def _without_pipes(line: str) -> str:
    """Returns a table row with tabs between its cells; trafilatura draws tables in Markdown."""
    if not (len(line) > 1 and line.startswith("|") and line.endswith("|")):
        return line
    cells = (cell.strip() for cell in line[1:-1].split("|"))
    return "\t".join(cell for cell in cells if cell and not _TABLE_RULE.fullmatch(cell))


def _with_resiliparse(page: str) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    return str(
        extract_plain_text(
            _NOT_XML.sub("", page),
            main_content=True,
            alt_texts=False,
            links=False,
            form_fields=False,
            noscript=False,
        )
    )


ENGINES: Mapping[str, Callable[[str], str]] = {
    "jingyu": _with_jingyu,
    "trafilatura": _with_trafilatura,
    "resiliparse": _with_resiliparse,
}
"""Name in the config to the function; `fast` trafilatura without comments scores as well on
Chinese pages as its default (F1 0.907 against 0.914 on 184 pages) in two thirds of the time."""
