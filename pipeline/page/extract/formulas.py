"""Formulas of a page as TeX, each once, whatever shows them.

A formula is put into the page between two noncharacters, which say where it begins and ends until
its text is written: as bare TeX, or in Markdown between signs of dollars.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import NamedTuple
from urllib.parse import parse_qs, unquote

from jingyu.filters.references import unescaped
from jingyu.pipeline.page.extract.elements import (
    Ends,
    Tag,
    attributes_of,
    is_ended,
    tag_of,
    tags_named,
)
from jingyu.pipeline.page.extract.mathml import tex_of
from jingyu.pipeline.page.extract.tex import cleaned, is_delimited
from jingyu.pipeline.page.extract.typeset import tex_of_katex

_INLINE, _INLINE_END, _DISPLAY, _DISPLAY_END = "\ufdd0\ufdd1\ufdd2\ufdd3"
_UNMARKED = dict.fromkeys(map(ord, (_INLINE, _INLINE_END, _DISPLAY, _DISPLAY_END)))
_IN_MARKDOWN = {
    **dict.fromkeys(map(ord, (_INLINE, _INLINE_END)), "$"),
    **dict.fromkeys(map(ord, (_DISPLAY, _DISPLAY_END)), "$$"),
}
_NAMES = "math|span|div|p|figure|section|nobr|img|script|mjx-container"
_TAGS = tags_named(_NAMES)
_STATED = ("data-tex", "data-latex", "data-formula", "data-equation", "data-math", "latexcode")
_RENDERED = re.compile(
    r"(?:^|\s)(?:katex(?:-display)?|katex--(?:display|inline)|mwe-math-element|ztext-math"
    r"|MathJax\w*|ql-formula|MJXc-display|math-tex)(?=\s|$)"
)
_TRIGGER = re.compile(r"\\|[kKtT]a?[tT]e[xX]|tex|[mM]ath|MJX|formula|latex|equation")
_DISPLAYED = re.compile(
    r"display(?:-block|ed)?\b|MJXc-display|MathJax\w*_Display|mode\s*=\s*display|block"
)
_TEX_SCRIPT = re.compile(r"math/(?:tex|latex)", re.IGNORECASE)
# Up to the next tag at most, so that one without an end is not read again from each beginning; what
# a tag has to hold is looked for ahead, so that it is not read again from each place of that.
_ANNOTATION = re.compile(r"<annotation\b(?=[^<>]*?(?:x-tex|latex|/tex))[^<>]*+>", re.IGNORECASE)
_ALT_TEXT = re.compile(r"<math\b[^<>]*\balttext\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_MATH = re.compile(r"<math\b[^<>]*>", re.IGNORECASE)
_SCRIPT = re.compile(r"<script\b(?=[^<>]*?math/tex)[^<>]*+>", re.IGNORECASE)
_BARE_MATHML = re.compile(r"<(?=[^<>]*?katex-mathml)[^<>]*+>([^<]++)</span")
_GAP = re.compile(r"\s{2,}")
_ANY_TAG = re.compile("<[^<>]*>")
_PICTURE = re.compile(
    r"\b(?:tex|latex|math|formula|equation|ee_img|katex)|mwe-math|mathjax", re.IGNORECASE
)
_SOURCE = re.compile(
    r"equation\?tex=|codecogs\.com|latex\.php|cht=tx|mimetex|mathtex|/math/render|/latex[/.?]"
    r"|\.latex\?"
)
# What goes on as a path of Windows is none.
_COMMAND = re.compile(r"\\[a-zA-Z]{2,}+(?![\w\\.:/]{0,80}[\\/.]\w)|\\[{}\\,;]")
_OF_TEX = re.compile(r"[\\{}^_=]")
_FILES = (".png", ".gif", ".jpg", ".svg")
_OWN = frozenset(("math", "mjx-container"))
_MOST_MISSES = 200


class _Formula(NamedTuple):
    """What stands for an element."""

    tex: str
    """Empty if the element shows what another one says."""
    is_display: bool
    end: int


def with_formulas(page: str, places: Sequence[int]) -> str:
    """Returns a page whose formulas are text: TeX, marked where it begins and ends.

    Args:
        page: HTML.
        places: Where tags begin that may show one, in order.
    """
    ends, has_scripts = Ends(page), _SCRIPT.search(page) is not None
    parts: list[str] = []
    at = 0
    misses = 0
    for place in places:
        found = _TAGS.match(page, place) if place >= at else None
        # A tag that does not end is read to the end of the page.
        is_tag = found is not None and is_ended(found)
        misses += found is not None and not is_tag
        if misses > _MOST_MISSES:
            break
        formula = found and is_tag and _formula(page, tag_of(found), ends, has_scripts=has_scripts)
        if formula:
            parts += page[at:place], _written(formula)
            at = formula.end
    return "".join([*parts, page[at:]])


def unmarked(text: str) -> str:
    """Returns a text with bare TeX."""
    return text.translate(_UNMARKED) if _INLINE in text or _DISPLAY in text else text


def in_markdown(text: str) -> str:
    """Returns a text with its formulas between signs of dollars."""
    return text.translate(_IN_MARKDOWN) if _INLINE in text or _DISPLAY in text else text


def has_formulas(page: str) -> bool:
    """Returns whether `with_formulas` has set one apart on a page."""
    return _DISPLAY in page


def is_formula(text: str) -> bool:
    """Returns whether a line is a formula set apart."""
    return text.startswith(_DISPLAY)


def _written(formula: _Formula) -> str:
    if not formula.tex:
        return ""
    tex = escape(formula.tex, quote=False)
    if formula.is_display:
        return f"<br>{_DISPLAY}{tex}{_DISPLAY_END}<br>"
    return f"{_INLINE}{tex}{_INLINE_END}"


def _formula(page: str, tag: Tag, ends: Ends, *, has_scripts: bool) -> _Formula | None:
    """Returns what stands for an element, if that is a formula with its end."""
    if not (tag.name in _OWN or _TRIGGER.search(tag.attributes)):
        return None
    stated = attributes_of(tag.attributes)
    if tag.name == "img":
        tex = _of_picture(stated)
        return _Formula(tex, _is_display(tag, stated), tag.end) if tex else None
    given = _given(stated)
    closed = ends.of(tag) if given or _shows_formula(tag, stated) else None
    if not closed:
        return None
    if given:
        tex = cleaned(given)
    elif tag.name == "script":
        tex = cleaned(page[tag.end : closed[0]])
    else:
        tex = _inside(page[tag.start : closed[1]]) if ends.may_read(tag.start, closed[1]) else ""
    # What MathJax 2 shows stands before the script that says it.
    is_shown = tag.name != "script" and has_scripts and "MathJax" in stated.get("class", "")
    if is_shown or not tex:
        return _Formula("", is_display=False, end=closed[1]) if is_shown else None
    return _Formula(tex, _is_display(tag, stated), closed[1])


def _given(stated: Mapping[str, str]) -> str:
    """Returns the TeX that an attribute holds."""
    names = (*_STATED, "data-value") if "ql-formula" in stated.get("class", "") else _STATED
    return next((stated[name] for name in names if stated.get(name)), "")


def _shows_formula(tag: Tag, stated: Mapping[str, str]) -> bool:
    if tag.name == "script":
        return _TEX_SCRIPT.search(stated.get("type", "")) is not None
    is_named = tag.name in {"math", "mjx-container"}
    return is_named or _RENDERED.search(stated.get("class", "")) is not None


def _is_display(tag: Tag, stated: Mapping[str, str]) -> bool:
    if tag.name == "mjx-container":
        return stated.get("display") == "true"
    if tag.name == "math":
        return stated.get("display") == "block" or stated.get("mode") == "display"
    said = stated.get("type" if tag.name == "script" else "class", "")
    return _DISPLAYED.search(said) is not None


def _inside(element: str) -> str:
    """Returns the TeX that an element holds, in the order of what is to be believed."""
    if annotation := _content(element, _ANNOTATION, "</annotation"):
        return cleaned(unescaped(annotation))
    if script := _content(element, _SCRIPT, "</script"):
        return cleaned(script)
    if (found := _ALT_TEXT.search(element)) and (tex := cleaned(unescaped(found[1] or found[2]))):
        return tex
    if mathml := _content(element, _MATH, "</math"):
        return cleaned(tex_of(mathml))
    if found := _BARE_MATHML.search(element):
        return cleaned(_last_said(unescaped(found[1])))
    said = next(filter(None, map(_said, _tags_in(element))), "")
    bare = " ".join(unescaped(_ANY_TAG.sub("", element)).split())
    if not said and "katex-html" in element:
        said = tex_of_katex(element[element.rfind("<", 0, element.index("katex-html")) :])
    return cleaned(said or (bare if is_delimited(bare) else ""))


def _content(element: str, tag: re.Pattern[str], end: str) -> str:
    """Returns what the first such tag holds, nothing if it does not end."""
    found = tag.search(element)
    close = element.lower().find(end, found.end()) if found else -1
    return element[found.end() : close] if found and close >= 0 else ""


def _last_said(text: str) -> str:
    """Returns the TeX in what is left of MathML whose tags somebody took away.

    Its signs stand far apart, then comes the annotation.
    """
    chunks = _GAP.split(text.strip())
    first = (
        place for place, chunk in enumerate(chunks) if len(chunk) > 1 and _OF_TEX.search(chunk)
    )
    return " ".join(chunks[next(first, len(chunks) - 1) :])


def _tags_in(element: str) -> Iterator[dict[str, str]]:
    return (attributes_of(found[2]) for found in _TAGS.finditer(element) if is_ended(found))


def _said(stated: Mapping[str, str]) -> str:
    """Returns the TeX that the attributes of a tag in a formula state."""
    if mathml := stated.get("data-mathml"):
        return tex_of(mathml)
    return stated.get("alt", "")


def _of_picture(stated: Mapping[str, str]) -> str:
    """Returns the TeX of a picture of a formula: its text, else what its address says."""
    alt, source = stated.get("alt", "").strip(), stated.get("src") or stated.get("data-src", "")
    has_command = _COMMAND.search(alt) is not None
    if _PICTURE.search(stated.get("class", "")) or _SOURCE.search(source):
        is_said = has_command or (alt.isascii() and not alt.lower().endswith(_FILES))
        return cleaned(alt) if alt and is_said else _in_address(source)
    return cleaned(alt) if has_command and _OF_TEX.search(alt) else ""


def _in_address(source: str) -> str:
    if not _SOURCE.search(source):
        return ""
    # By hand: an address that is none raises.
    asked = source.partition("#")[0].partition("?")[2]
    query = parse_qs(asked)
    for name in ("tex", "chl", "latex", "formula"):
        if query.get(name):
            return cleaned(query[name][0])
    said = unquote(asked)
    return cleaned(said) if "codecogs" in source or "latex" in source else ""
