"""Formulas that KaTeX has set, without the TeX they came from: read back from where it put them."""

import re
from collections import deque
from dataclasses import dataclass, field

from jingyu.filters.references import unescaped

_TOKEN = re.compile(r"<(/?)(span|svg|math)\b([^<>]*)>|<[^<>]*>|([^<]+)")
_CLASSES = re.compile(r"class\s*=\s*[\"']([^\"']*)")
_TOP = re.compile(r"top:\s*(-?(?:\d+(?:\.\d+)?|\.\d+))em")
_SILENT = frozenset(
    ("pstrut", "strut", "vlist-s", "frac-line", "katex-mathml", "hide-tail", "mspace")
)
_RAISED = -2.8
_DEEPEST = 100


@dataclass
class _Box:
    """A span: its class names, how far from the line it stands, and what is in it."""

    names: frozenset[str] = frozenset()
    top: float = 0.0
    text: str = ""
    inside: list["_Box"] = field(default_factory=list)


def tex_of_katex(markup: str) -> str:
    """Returns the formula in the first `span` of some markup as TeX, on one line."""
    root = _Box()
    stack = [root]
    for found in _TOKEN.finditer(markup):
        closing, name, attributes, text = found.groups()
        if text:
            stack[-1].inside.append(_Box(text=unescaped(text)))
        elif closing and len(stack) > 1:
            stack.pop()
        elif name and not closing:
            stack.append(_box(stack, attributes))
        if closing and len(stack) == 1:
            break
    return " ".join(_tex(root).replace("−", "-").replace("\u200b", "").split())


def _box(stack: list[_Box], attributes: str) -> _Box:
    names, top = _CLASSES.search(attributes), _TOP.search(attributes)
    box = _Box(frozenset(names[1].split() if names else ()), float(top[1]) if top else 0.0)
    if len(stack) <= _DEEPEST:
        stack[-1].inside.append(box)
    return box


def _tex(box: _Box) -> str:
    if box.text:
        return box.text
    if box.names & _SILENT:
        return ""
    if "mfrac" in box.names:
        above, *_, below = [*_stacked(box), "", ""][:2]
        return f"\\frac{{{above}}}{{{below}}}"
    if "msupsub" in box.names:
        return "".join(_index(_tex(part), part.top) for part in reversed(_rows(box)))
    if "sqrt" in box.names:
        return f"\\sqrt{{{''.join(_stacked(box))}}}"
    return "".join(map(_tex, box.inside))


def _index(tex: str, top: float) -> str:
    sign = "^" if top < _RAISED else "_"
    return sign + (tex if len(tex) == 1 else f"{{{tex}}}") if tex else ""


def _stacked(box: _Box) -> list[str]:
    return [tex for tex in map(_tex, _rows(box)) if tex]


def _rows(box: _Box) -> list[_Box]:
    """Returns what stands above each other in the first stack of a box, from the top."""
    waiting = deque([box])
    while waiting:
        current = waiting.popleft()
        if "vlist" in current.names:
            return sorted(current.inside, key=lambda row: row.top)
        waiting += current.inside
    return []
