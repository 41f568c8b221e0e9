"""Marks that editors and site software leave in a text, and that no reader was meant to see."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence

from jingyu.filters.lazy_pattern import lazy_pattern
from jingyu.filters.references import unescaped

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_CJK = f"{_HAN}\u3000-\u303f\uff00-\uffef“”‘’"
_EDIT = lazy_pattern(r"(?<![ \t])[ \t]*\[(?:编辑|編輯|edit)(?: ?[|｜] ?[^\]\n]{1,8})?\]")
_CONDITION = lazy_pattern(r"<?!?-{0,2}\[(?:if [^\]\n]{1,60}|endif)\]-{0,2}>")
_CONVERTED = lazy_pattern(r"-\{([^{}\n]{0,300})\}-")
_SIMPLIFIED = ("zh-hans", "zh-cn", "zh", "zh-sg", "zh-my")
_TRADITIONAL = ("zh-hant", "zh-tw", "zh", "zh-hk", "zh-mo")
_NAMES = "(?:ldquo|rdquo|lsquo|rsquo|hellip|mdash|middot|bull|times|quot|emsp|ensp|thinsp);"
# The sign that each begins with is looked for first: most texts have few of it.
_ESCAPED = lazy_pattern(f"&(?:{_NAMES}(?:&{_NAMES})*+|nbsp;\\s?(?:&nbsp;\\s?)++)")
_IS_BESIDE = lazy_pattern(f"[{_CJK}\\d]")
_NOTES = lazy_pattern(r"(?<![ \t])([ \t]*)((?:\[[^\[\]]{1,12}\])+)")
# A line, or in it what numbers or marks an item, a heading or a row, of Markdown as well.
_OPENING = lazy_pattern(r"\n[ \t]*(?:(?:-|#{1,6}|\d{1,4}\.|\|) )?\Z")
_LONGEST_OPENING = 12
_MARK = lazy_pattern(r"\[[^\[\]]+\]")


def without_remains(text: str, notes: Collection[str] = ()) -> str:
    """Returns a text without marks that were meant for software, not for readers.

    Marks of notes go unless a line begins with one, as a list of the notes does.
    Links to edit a section; conditional comments that were escaped; character references that were
    escaped twice, where they stand beside Han; MediaWiki's `-{zh-hans:…; zh-hant:…}-`, of which the
    form stays that the text around is written in. Code is not touched by what needs Han beside it.
    """
    for sign, cleaners in _CLEANERS.items():
        for mark, clean in cleaners if sign in text else ():
            if mark in text:
                text = clean(text)
    if notes:
        marks = {mark for note in notes for mark in _MARK.findall(note)}
        text = _NOTES.sub(lambda found: _without_notes(found, marks), text)
    return text


def _without_notes(found: re.Match[str], notes: Collection[str]) -> str:
    """Returns some marks in brackets, and the space before them, without those of notes."""
    place = found.start(2)
    before = found.string[max(place - _LONGEST_OPENING, 0) : place]
    begins_line = _OPENING.search(before if place > _LONGEST_OPENING else f"\n{before}")
    marks = _MARK.findall(found[2])
    others = [mark for mark in marks if mark not in notes]
    if begins_line or len(others) == len(marks):
        return found[0]
    return found[1] + "".join(others) if others else ""


def _without_edits(text: str) -> str:
    return _EDIT.sub("", text)


def _without_conditions(text: str) -> str:
    return _CONDITION.sub("", text)


def _without_escapes(text: str) -> str:
    return _ESCAPED.sub(_unescaped_beside, text)


def _unescaped_beside(found: re.Match[str]) -> str:
    """Returns references as what they name, if they are blanks or stand beside Han or a digit."""
    text, start = found.string, found.start()
    is_beside = (start > 0 and _IS_BESIDE.match(text, start - 1)) or _IS_BESIDE.match(
        text, found.end()
    )
    return unescaped(found[0]) if is_beside or found[0].startswith("&nbsp;") else found[0]


def _converted(text: str) -> str:
    # 為 and 與 against 为 and 与: a text has one or the other, and nearly always one of them.
    traditional = sum(map(text.count, "為與個們這說國來")) > sum(
        map(text.count, "为与个们这说国来")
    )
    forms = _TRADITIONAL if traditional else _SIMPLIFIED
    return _CONVERTED.sub(lambda found: _form(found[1], forms), text)


def _form(rule: str, wanted: Sequence[str]) -> str:
    """Returns what a rule of conversion shows in the first of some variants that it has."""
    flags, bar, rest = rule.partition("|")
    if bar and set(flags.replace(";", "")) <= set("AHTRDNLW-+ "):
        if set(flags) & set("HT-"):
            return ""
        rule = rest
    pairs = [part.partition(":") for part in rule.split(";") if part.strip()]
    known = {variant.strip().lower(): form for variant, colon, form in pairs if colon}
    if not known or not all(variant.startswith("zh") for variant in known):
        return rule
    return next((known[variant] for variant in wanted if variant in known), "") or next(
        iter(known.values())
    )


_CLEANERS: Mapping[str, Sequence[tuple[str, Callable[[str], str]]]] = {
    "{": (("-{", _converted),),
    "[": (
        ("[编辑", _without_edits),
        ("[編輯", _without_edits),
        ("[edit", _without_edits),
        ("[endif]", _without_conditions),
        ("[if ", _without_conditions),
    ),
    "&": (("&", _without_escapes),),
}
"""What a text has to hold, and what then is done; of each the sign that is looked for first."""
