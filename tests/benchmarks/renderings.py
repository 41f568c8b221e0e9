"""Pages as text without markup: what WET files and rows of text hold of them."""

import html
import re
from collections.abc import Callable, Mapping

from resiliparse.extract.html2text import extract_plain_text

from jingyu.pipeline.page.extract.engines import readable
from jingyu.pipeline.page.extract.markup import read_markup
from jingyu.pipeline.page.extract.metadata import title_of

_UNSEEN = re.compile(
    r"<!--.*?-->|<(script|style|noscript|template|textarea)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE
)
_TAG = re.compile(r"<[^>]*>")


def blocks(page: str) -> str:
    """Returns every visible line of a page, as the engine `jingyu` reads them."""
    return "\n".join(read_markup(page).lines.text)


def nodes(page: str) -> str:
    """Returns every piece of text between two tags on a line of its own, the title first."""
    pieces = _TAG.split(_UNSEEN.sub("<>", page))
    lines = (" ".join(html.unescape(piece).split()) for piece in pieces)
    return "\n".join(filter(None, lines))


def plain(page: str) -> str:
    """Returns a page as resiliparse shows it, below its title, as in WET files."""
    text = extract_plain_text(
        readable(page), main_content=False, alt_texts=False, links=False, noscript=False
    )
    return f"{title_of(page) or ''}\n{text}"


RENDERINGS: Mapping[str, Callable[[str], str]] = {"blocks": blocks, "nodes": nodes, "plain": plain}
"""Ways to make text of a page, by name."""
