"""Programs that a page shows: their lines without the numbers beside them, and their language."""

import re
from collections.abc import Iterator, Sequence

import numpy as np

from jingyu.filters.code import Sort, sort_of
from jingyu.pipeline.page.extract.markup import Lines, Markup, Numbers
from jingyu.pipeline.page.extract.tags import IN_PREFORMATTED

_NUMBERED = re.compile(r"\s*(\d{1,5})[.:|]?(?!\d)")
_FEWEST_NUMBERED = 3
_LONGEST_NUMBER = 6
_STATED = re.compile(
    r"(?:\blang(?:uage)?-|\bbrush:\s*|\bsrc-|\bhighlight-(?:source-)?|\bdata-lang(?:uage)?=[\"']?"
    r"|\blang=[\"']?|\bsourceCode )([a-zA-Z][\w+#-]{0,19})"
)
_CLASS = re.compile(r"\bclass\s*=\s*[\"']?([^\"'>]*)")
_LANGUAGES = (
    "bash c cpp csharp css diff dockerfile go golang groovy haskell html http ini java javascript "
    "js json jsx kotlin less lua makefile markdown matlab nginx objectivec perl php powershell "
    "python r ruby rust scala scss sh shell sql swift toml ts tsx typescript vb vue xml yaml yml"
)
_BARE = frozenset(_LANGUAGES.split())
_NO_LANGUAGE = frozenset(("default", "none", "plain", "plaintext", "text", "zh", "zh-cn", "en"))


def numbers_beside(lines: Lines) -> list[int]:
    """Returns the lines that only count the lines of a program beside them."""
    beside: list[int] = []
    if not lines.has_programs:
        return beside
    texts, marks = lines.text, lines.mark
    for run in preformatted_runs(lines.kind):
        counts = [int(texts[at]) if _is_number(texts[at]) else None for at in run]
        for start, end in _counting(counts):
            if counts[start] != 1:
                continue
            rest = next((n for n in range(end, len(run)) if counts[n] == 1), len(run))
            other = range(start) if end == len(run) else range(end, rest)
            length = sum(1 + max(int(marks[run[n]]), 0) for n in other)
            if length and abs(length - (end - start)) <= (end - start > 1):
                beside += run[start:end]
    return beside


def preformatted_runs(kinds: Numbers) -> Iterator[range]:
    """Yields the stretches of lines that are preformatted."""
    is_preformatted = np.concatenate(([False], kinds == IN_PREFORMATTED, [False]))
    edges = np.flatnonzero(is_preformatted[1:] != is_preformatted[:-1]).tolist()
    yield from map(range, edges[::2], edges[1::2])


def without_numbers(texts: Sequence[str]) -> list[str]:
    """Returns lines without the numbers that each begins with, if these count lines of a program.

    Numbers that a program prints, or a list has, stay: behind them stands no code.
    """
    found = [_NUMBERED.match(text) for text in texts]
    numbers = [int(each[1]) for each in found if each]
    is_counted = len(numbers) == len(texts) >= _FEWEST_NUMBERED
    if not is_counted or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return list(texts)
    rest = [text[each.end() :] for text, each in zip(texts, found, strict=True) if each]
    is_code = [sort_of(text.strip()) > Sort.KEY for text in rest if text.strip()]
    if not is_code or 2 * sum(is_code) < len(is_code):
        return list(texts)
    is_apart = all(not text or text[0] in " \t\xa0" for text in rest)
    return [text[is_apart:] for text in rest]


def language_of(markup: Markup, line: int) -> str:
    """Returns the language that a page states for the program in which a line stands, or none."""
    node = int(markup.lines.node[line])
    for _ in range(4):
        inner, own = markup.codes.get(node, ""), markup.looks[markup.nodes.look[node]]
        if language := stated_language(inner) or stated_language(own):
            return language
        node = int(markup.nodes.parent[node])
    return ""


def stated_language(attributes: str) -> str:
    """Returns the language that the attributes of a tag state, in lower case, or none."""
    stated = _STATED.search(attributes)
    if stated and stated[1].lower() not in _NO_LANGUAGE:
        return stated[1].lower()
    names = _CLASS.search(attributes)
    words = names[1].lower().split() if names else []
    return next((word for word in words if word in _BARE), "")


def _is_number(text: str) -> bool:
    return len(text) <= _LONGEST_NUMBER and text.strip().isdecimal()


def _counting(counts: Sequence[int | None]) -> Iterator[tuple[int, int]]:
    """Yields the stretches that count on by one, each as its first place and the one after it."""
    start = 0
    for at in range(1, len(counts) + 1):
        before = counts[at - 1]
        if at < len(counts) and before is not None and counts[at] == before + 1:
            continue
        if before is not None:
            yield start, at
        start = at
