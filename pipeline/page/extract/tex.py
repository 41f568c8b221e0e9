"""TeX without what only says how to set it."""

import re

_STYLE = re.compile(r"\\(?:display|text|script)style(?![a-zA-Z])\s*")
_DELIMITED = re.compile(r"\$\$(.+)\$\$|\$([^$]+)\$|\\\((.+)\\\)|\\\[(.+)\\\]", re.DOTALL)
_SECTION = re.compile(r"%? ?<!\[CDATA\[|%? ?\]\]>")
_LONGEST = 4000


def is_delimited(text: str) -> bool:
    """Returns whether a text is one formula between signs for it, such as dollars."""
    return _DELIMITED.fullmatch(text) is not None


def cleaned(tex: str) -> str:
    r"""Returns TeX on one line without what only says how to set it.

    Signs of dollars around it, `\displaystyle` before it, and the braces that MediaWiki puts
    around both say nothing of the formula.
    """
    # White space first: before a mark it would be read again from each of its characters.
    tex = _SECTION.sub("", " ".join(tex.split()))[:_LONGEST].strip()
    if delimited := _DELIMITED.fullmatch(tex):
        tex = next(part for part in delimited.groups() if part is not None).strip()
    bare = tex[1:-1].strip() if _is_wrapped(tex) else tex
    if styled := _STYLE.match(bare):
        return bare[styled.end() :].strip()
    return tex


def _is_wrapped(tex: str) -> bool:
    """Returns whether a formula stands in one pair of braces as a whole."""
    if not (tex.startswith("{") and tex.endswith("}")):
        return False
    depth = 0
    for place, sign in enumerate(tex):
        is_escaped = place > 0 and tex[place - 1] == "\\"
        depth += (sign == "{") - (sign == "}") if not is_escaped else 0
        if not depth:
            return place == len(tex) - 1
    return False
