"""Text that a page holds without showing it until a script runs."""

import contextlib
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from jingyu.filters.lazy_pattern import lazy_pattern
from jingyu.filters.references import unescaped
from jingyu.pipeline.page.extract.markup import ENDS, PAUSES, read_markup

_LEAST_HAN = 60
_SHELLS = ("<noscript", "<template", "<textarea", "text/template", "text/x-template")
_DATA = ("+json", "on/json", "window", "self")
# Of scripts, those that are templates of markup.
_SHELL = lazy_pattern(
    r"(?i)<(/?)(noscript|template|textarea|script(?:(?<=/script)"
    r"|(?=[^>]{0,100}\btype\s{0,9}=\s{0,9}[\"']?text/(?:x-)?template)))(?=[\s>/])[^>]{0,500}>"
)
_SCRIPT = lazy_pattern(r"<script([^>]{0,1000})>")
_STATE = lazy_pattern(
    r"\s*(?:window|self)\s*(?:\.|\[\W)__\w{1,40}\W{0,2}\s*=\s*(?:(?=\{)|JSON\.parse\(\s*(?=[\"']))"
)
_SIGN = lazy_pattern(r"\\.|\"")
_AS_JSON = {"\\'": "'", '"': '\\"', "\\x": "\\u00"}
_LITERAL = lazy_pattern(r"'((?:[^'\\\n]|\\.)*+)'")
_BODY = "articlebody"
_ASIDE = lazy_pattern(
    r"(?i)comment|repl(?:y|ies)|relat|recommend|seo|description|i18n|locale|copyright"
)
_HAN = lazy_pattern("[\u3400-\u4dbf\u4e00-\u9fff]")
_MARKS = frozenset(ENDS + PAUSES)
_LEAST_MARKS = 3
_LEAST_SHARE = 0.4
_DEEPEST = 50
_WITHIN = ("{", "[")
_MOST_STRINGS = 20_000


def is_prose(text: str) -> bool:
    """Returns whether a text has sixty Han or more, in sentences, and no blanks of a template."""
    if len(text) < _LEAST_HAN:
        return False
    han = len(_HAN.findall(text))
    if han < _LEAST_HAN or "{{" in text or han < _LEAST_SHARE * len("".join(text.split())):
        return False
    return sum(character in _MARKS for character in text) >= _LEAST_MARKS


def text_in_data(page: str) -> str | None:
    """Returns the article that a page holds as data for its scripts, if it is prose.

    An `articleBody` counts before all else; of other strings, those of one key that together hold
    most Han. What such a key says is beside the article, such as comments, does not count.
    """
    if not any(mark in page for mark in _DATA):
        return None
    stated: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for data in _data(page):
        for count, (path, text) in enumerate(_strings(data, (), 0)):
            if count > _MOST_STRINGS:
                break
            stated[path].append(text)
    bodies = [texts for path, texts in stated.items() if path[-1:] == (_BODY,)]
    others = [texts for path, texts in stated.items() if not _ASIDE.search(" ".join(path))]
    for groups in (bodies, others):
        if groups:
            best = max(groups, key=lambda texts: sum(len(_HAN.findall(text)) for text in texts))
            text = "\n".join(map(_as_lines, dict.fromkeys(best)))
            if is_prose(text):
                return text
    return None


def holds_prose(page: str) -> bool:
    """Returns whether a script of a page has prose between quotes."""
    return any(
        is_prose(text)
        for _, script in _scripts(page)
        if not script.isascii() and len(_HAN.findall(script)) >= _LEAST_HAN
        for text in _quoted(script)
    )


def _quoted(script: str) -> list[str]:
    """Returns what stands between quotes, and between them and the next, if it may be prose."""
    # Replacing is half as dear as an expression for all three.
    parts = script.replace("'", '"').replace("`", '"').split('"')
    return [part for part in parts if len(part) >= _LEAST_HAN]


def _as_lines(text: str) -> str:
    """Returns a string of data as lines of text; what looks like markup is read as such."""
    if "<" in text and ">" in text:
        return "\n".join(read_markup(text).lines.text)
    return unescaped(text)


def _data(page: str) -> Iterator[Any]:
    """Yields what scripts hold as JSON."""
    decoder = json.JSONDecoder(strict=False)
    for kind, script in _scripts(page):
        state = None if "json" in kind.lower() else _STATE.match(script)
        if not state and "json" not in kind.lower():
            continue
        text = script[state.end() :].lstrip() if state else script.lstrip()
        if literal := _LITERAL.match(text):
            text = f'"{_in_double_quotes(literal[1])}"'
        # What a page writes there is no JSON at times, or deeper and longer than Python reads.
        with contextlib.suppress(ValueError, RecursionError):
            yield decoder.raw_decode(text)[0]


def _in_double_quotes(literal: str) -> str:
    """Returns what stands in a literal of JavaScript between single quotes as JSON writes it."""
    return _SIGN.sub(lambda found: _AS_JSON.get(found[0], found[0]), literal)


def _scripts(page: str) -> Iterator[tuple[str, str]]:
    """Yields the attributes and the content of the scripts that end."""
    at = 0
    while script := _SCRIPT.search(page, at):
        at = page.find("</", script.end())
        while at >= 0 and page[at + 2 : at + 8].lower() != "script":
            at = page.find("</", at + 2)
        if at < 0:
            return
        yield script[1], page[script.end() : at]


def _strings(data: Any, path: tuple[str, ...], depth: int) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yields the strings that hold Han, each with the keys that lead to it."""
    if isinstance(data, str):
        if data[:1] in _WITHIN and depth < _DEEPEST and (inner := _read_within(data)):
            yield from _strings(inner, path, depth + 1)
        elif _HAN.search(data):
            yield path, data
    elif depth < _DEEPEST:
        if isinstance(data, dict):
            for key, value in data.items():
                yield from _strings(value, (*path, key.lower()), depth + 1)
        elif isinstance(data, list):
            for value in data:
                yield from _strings(value, path, depth + 1)


def _read_within(text: str) -> Any:
    """Returns what a string says that is JSON itself, None if it is none."""
    with contextlib.suppress(ValueError, RecursionError):
        return json.loads(text, strict=False)
    return None


def opened(page: str) -> str | None:
    """Returns a page whose `noscript`, `template` and `textarea` elements show what they hold.

    None if nothing that they hold is prose.
    """
    if not any(shell in page for shell in _SHELLS):
        return None
    shown, at, inside, is_worth = [], 0, None, False
    for tag in _SHELL.finditer(page):
        if inside is None and not tag[1]:
            shown.append(page[at : tag.start()])
            inside, at = tag[2].lower(), tag.end()
        elif tag[1] and inside == tag[2].lower():
            held = page[at : tag.start()]
            held = unescaped(held) if inside == "textarea" else held
            is_worth = is_worth or is_prose(re.sub("<[^>]{0,500}>", "", held))
            shown.append(held)
            inside, at = None, tag.end()
    return "".join([*shown, page[at:]]) if is_worth else None
