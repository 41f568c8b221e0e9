"""What a page says by more than plain markup, rewritten as plain markup before it is read."""

import re
from collections.abc import Callable, Mapping, Sequence

from jingyu.pipeline.page.extract.elements import Ends, tag_of
from jingyu.pipeline.page.extract.formulas import with_formulas
from jingyu.pipeline.page.extract.traits import traits

Traits = tuple[int, Sequence[int], Sequence[int], Sequence[int]]
"""What `traits` returns."""
_FORMULA, _RAISED, _PICTURE, _BLOCK, _PROGRAM = (1 << bit for bit in range(5))

_POWER = re.compile(r"<sup\b[^<>]*>\s*([-−–+]?\d{1,4}|\d?[-−–+]|[a-z])\s*</sup>", re.IGNORECASE)
# What stands above the line behind a number or a variable is a power: 10 and 6 are not 106.
_RAISED_BASE = re.compile(
    r"[\d)）\]](?:</(?:i|em|span|font|b)>){0,3}$|</(?:i|em|sub)>$", re.IGNORECASE
)
# 1 and three quarters are not thirteen.
_MIXED = re.compile(
    r"(?<=\d)(?=(?:<span\b[^<>]{0,200}>)?<sup\b[^<>]{0,200}>\s{0,9}\d{1,4}\s{0,9}</sup>\s{0,9}"
    r"(?:⁄|/|&frasl;)\s{0,9}<sub\b)",
    re.IGNORECASE,
)
_LONGEST_BASE = 30
_BASE = re.compile(r"<sub\b[^<>]*>\s*(\d{1,4})\s*</sub>(?=\s*\d)", re.IGNORECASE)
_HAN = re.compile("[\u3400-\u9fff]")
_LETTER = re.compile(
    r"<img\b(?=[^<>]*?\balt=[\"']([\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af])[\"'])[^<>]*+>"
)
# Such a letter says what a picture is for, and stands for no character.
_NO_LETTERS = frozenset("图圖赞贊新热熱荐薦顶頂精楼樓")
_TEXT_BEFORE = re.compile("[\\w，。、；：“”（）《》…—！？]", re.UNICODE)
_IN_BLOCKS = re.compile(
    r"<(span|a|b|strong|em|i|font|code)(?=\s)"
    r"(?=[^<>]*?\bstyle\s*=\s*[\"'][^\"'<>]*?display:\s?block)([^<>]*+)>",
    re.IGNORECASE,
)
# SyntaxHighlighter has a tag for each word: its classes are a language and a sort of words.
_LINES_OF_CODE = re.compile(
    r"</code>(?=<code\b(?![^<>]{0,80}[\"'][\w#+-]{1,20} (?:plain|keyword|spaces|string|comments"
    r"|functions|constants|value|variable|preprocessor|script|undef|color\d)\b))",
    re.IGNORECASE,
)
_LISTING = re.compile(
    r"(?:<td\b(?=[^<>]*?class=[\"'](?:code|td-code)[\"'])|<div\b(?=[^<>]*?class=[\"']blockcode[\"']))"
    r"[^<>]*+>(?!\s*<pre)",
    re.IGNORECASE,
)


def rewritten(page: str, found: Traits | None = None) -> str:
    """Returns a page that says in text and plain tags what most readers see.

    - Formulas are TeX, each once.
    - Powers have a `^`, and an index before a digit a `_`: 10^6, log_{2}8. Other raised and lowered
      signs are left as they are, as in H2O and m2.
    - A picture of one Han character within text is that character.
    - What is inline and shown as a block is a line of its own.
    - Each `code` of a listing is a line, and listings without `pre` are preformatted.

    Args:
        page: HTML.
        found: What `traits` returns of it, if it is known.
    """
    bits, places, *_ = found or traits(page)
    if bits & _BLOCK:
        page = _with_blocks(page, places)
        places = traits(page)[1] if bits & _FORMULA else ()
    if bits & _FORMULA:
        page = with_formulas(page, places)
    for bit, function in _PARTS.items():
        if bits & bit:
            page = function(page)
    return page


def _with_powers(page: str) -> str:
    page = _MIXED.sub(" ", page) if "<sub" in page else page
    page = _POWER.sub(_power, page)
    return _BASE.sub(r"_{\1}", page)


def _power(found: re.Match[str]) -> str:
    page, number = found.string, found[1].replace("−", "-").replace("–", "-")
    before = page[max(found.start() - _LONGEST_BASE, 0) : found.start()]
    is_charge = number[-1] in "+-"
    if is_charge:
        is_raised = before.endswith("</sub>")
    else:
        is_raised = number[0] == "-" or _RAISED_BASE.search(before) is not None
    if not is_raised:
        return found[0]
    is_followed = page[found.end() : found.end() + 1].isdecimal()
    return f"^{{{number}}}" if is_followed else f"^{number}"


def _with_letters(page: str) -> str:
    return _LETTER.sub(_letter, page)


def _letter(found: re.Match[str]) -> str:
    page = found.string
    before, after = page[found.start() - 1 : found.start()], page[found.end() : found.end() + 1]
    stands_in_text = _TEXT_BEFORE.match(before) and (after == "<" or _TEXT_BEFORE.match(after))
    begins_text = before == ">" and _HAN.match(after)
    is_letter = found[1] not in _NO_LETTERS and (stands_in_text or begins_text)
    return found[1] if is_letter else found[0]


def _with_blocks(page: str, places: Sequence[int]) -> str:
    """Returns a page with breaks around what is inline and shown as a block."""
    ends = Ends(page)
    breaks: list[int] = []
    for found in filter(None, (_IN_BLOCKS.match(page, place) for place in places)):
        if closed := ends.of(tag_of(found)):
            breaks += found.start(), closed[1]
    starts = [0, *sorted(breaks)]
    return "<br>".join(
        page[start:end] for start, end in zip(starts, [*starts[1:], len(page)], strict=True)
    )


def _with_listings(page: str) -> str:
    page = _LINES_OF_CODE.sub("</code>\n", page)
    if "yntax" in page or "blockcode" in page:
        return _LISTING.sub(r"\g<0><pre>", page)
    return page


_PARTS: Mapping[int, Callable[[str], str]] = {
    _RAISED: _with_powers,
    _PICTURE: _with_letters,
    _PROGRAM: _with_listings,
}
