"""MathML without TeX, written as TeX: fractions, powers and roots keep their meaning."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from jingyu.filters.references import unescaped

_TOKEN = re.compile(r"<(/?)(?:\w++:)?([a-zA-Z]++)([^<>]*?)(/?)>|([^<]+)|<")
_DEEPEST = 60
_UNSEEN = dict.fromkeys(range(0x2061, 0x2065)) | {0x2212: "-", 0xA0: " ", 0x200B: None}
_NAMES = (
    "arccos arcsin arctan cos cosh cot csc deg det dim exp gcd inf lg lim ln log max min sec sin "
    "sinh sup tan tanh"
)
_FUNCTIONS = frozenset(_NAMES.split())
_ACCENTS = {
    **dict.fromkeys(("¯", "‾", "_", "̄", "―"), "overline"),
    **dict.fromkeys(("→", "⃗"), "vec"),
    **dict.fromkeys(("^", "ˆ", "̂"), "hat"),
    **dict.fromkeys(("~", "˜", "∼", "̃"), "tilde"),
    **dict.fromkeys(("˙", "̇", "."), "dot"),
    "¨": "ddot",
    "⏞": "overbrace",
}
_LONGEST_COMMAND = 40
_COMMAND = re.compile(r"\\[a-zA-Z]+$")


@dataclass
class _Element:
    """An element of MathML; text is an element without a name."""

    name: str
    attributes: str = ""
    text: str = ""
    inside: list["_Element"] = field(default_factory=list)


def tex_of(mathml: str) -> str:
    """Returns what MathML says as TeX, on one line; nothing if it is nested beyond measure."""
    root = _Element("mrow")
    stack = [root]
    for found in _TOKEN.finditer(mathml):
        closing, name, attributes, is_empty, text = found.groups()
        if text and text.strip():
            stack[-1].inside.append(_Element("", text=" ".join(unescaped(text).split())))
        elif not name:
            continue
        elif closing:
            _close(stack, name.lower())
        else:
            element = _Element(name.lower(), attributes)
            stack[-1].inside.append(element)
            if not is_empty and len(stack) <= _DEEPEST:
                stack.append(element)
    return " ".join(_tex(root).split())


def _close(stack: list[_Element], name: str) -> None:
    """Closes the innermost element of a name, if one is open."""
    for place in range(len(stack) - 1, 0, -1):
        if stack[place].name == name:
            del stack[place:]
            return


def _tex(element: _Element) -> str:
    if not element.name:
        return element.text.translate(_UNSEEN)
    if element.name in _EMPTY:
        return ""
    parts = [_tex(inner) for inner in element.inside]
    written = _WRITTEN.get(element.name)
    return written(parts, element.attributes) if written else _joined(parts)


def _joined(parts: Sequence[str]) -> str:
    text = ""
    for part in parts:
        is_apart = part[:1].isalpha() and _COMMAND.search(text[-_LONGEST_COMMAND:])
        text += f" {part}" if is_apart else part
    return text


def _braced(part: str) -> str:
    return part if len(part) == 1 else f"{{{part}}}"


def _base(part: str) -> str:
    """Returns what an index stands at, in braces if it would stand at its end alone."""
    is_one = len(part) < 2 or part[-1] in ")]}|" or part.isalnum() or _COMMAND.fullmatch(part)  # noqa: PLR2004  (one sign)
    return part if is_one else f"{{{part}}}"


def _padded(parts: Sequence[str], count: int) -> list[str]:
    return [*parts, *[""] * count][:count]


def _word(parts: Sequence[str], _: str) -> str:
    word = _joined(parts)
    return f"\\{word}" if word in _FUNCTIONS else word


def _said(parts: Sequence[str], _: str) -> str:
    text = _joined(parts)
    return f"\\text{{{text}}}" if text.strip() else " "


def _fraction(parts: Sequence[str], attributes: str) -> str:
    above, below = _padded(parts, 2)
    is_choice = re.search(r"linethickness\s*=\s*[\"']?0", attributes)
    return f"\\{'binom' if is_choice else 'frac'}{{{above}}}{{{below}}}"


def _index(signs: str) -> Callable[[Sequence[str], str], str]:
    def written(parts: Sequence[str], _: str) -> str:
        base, *indices = _padded(parts, len(signs) + 1)
        pairs = zip(signs, indices, strict=True)
        return _base(base) + "".join(sign + _braced(part) for sign, part in pairs if part)

    return written


def _over(parts: Sequence[str], attributes: str) -> str:
    base, above = _padded(parts, 2)
    accent = _ACCENTS.get(above)
    return f"\\{accent}{{{base}}}" if accent else _index("^")([base, above], attributes)


def _root(parts: Sequence[str], _: str) -> str:
    base, degree = _padded(parts, 2)
    return f"\\sqrt[{degree}]{{{base}}}"


def _fenced(parts: Sequence[str], attributes: str) -> str:
    stated = dict(re.findall(r"(open|close|separators)\s*=\s*[\"']([^\"']*)[\"']", attributes))
    separator = stated.get("separators", ",").strip()[:1]
    return f"{stated.get('open', '(')}{separator.join(parts)}{stated.get('close', ')')}"


def _table(parts: Sequence[str], _: str) -> str:
    rows = r" \\ ".join(parts)
    return rf"\begin{{matrix}} {rows} \end{{matrix}}"


_EMPTY = frozenset(
    ("annotation", "annotation-xml", "annotationxml", "mphantom", "none", "maligngroup")
)
_WRITTEN: Mapping[str, Callable[[Sequence[str], str], str]] = {
    "mi": _word,
    "mtext": _said,
    "mspace": lambda _, __: " ",
    "mfrac": _fraction,
    "msup": _index("^"),
    "msub": _index("_"),
    "msubsup": _index("_^"),
    "munder": _index("_"),
    "munderover": _index("_^"),
    "mover": _over,
    "msqrt": lambda parts, _: f"\\sqrt{{{_joined(parts)}}}",
    "mroot": _root,
    "mfenced": _fenced,
    "mtable": _table,
    "mtr": lambda parts, _: " & ".join(parts),
}
