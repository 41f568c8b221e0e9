"""Preferences on the use of contents: the values of Content-Usage and of Content-Signal."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from jingyu.filters.lazy_pattern import lazy_pattern
from jingyu.filters.rights.statement import ALLOWED, NOT_STATED, RESERVED, Uses, Verdict, combined

_KEY = r"[a-z*][a-z0-9_\-.*]*"
_TOKEN = r"[A-Za-z*][!#$%&'*+\-.^_`|~0-9A-Za-z:/]*"  # noqa: S105  (a token of RFC 9651)
_STRING = r'"(?:[ !#-\[\]-~]|\\["\\])*"'
_DISPLAY = r'%"(?:[ !#$&-~]|%[0-9a-f]{2})*"'
_NUMBER = r"-?(?:[0-9]{1,12}\.[0-9]{1,3}|[0-9]{1,15}(?![0-9.]))"
_BARE = rf"(?:{_TOKEN}|{_STRING}|{_DISPLAY}|@-?[0-9]{{1,15}}|{_NUMBER}|\?[01]|:[A-Za-z0-9+/=]*:)"
_PARAMETERS = rf"(?:; *{_KEY}(?:={_BARE})?)*"
_LIST = rf"\( *(?:{_BARE}{_PARAMETERS}(?: +{_BARE}{_PARAMETERS})* *)?\)"
_MEMBER = lazy_pattern(rf"({_KEY})(?:=(?:({_BARE})|{_LIST}))?{_PARAMETERS}")
_COMMA = lazy_pattern(r"[ \t]*,[ \t]*")

_USAGE: Final[Mapping[str, str]] = {
    "train-ai": "train",
    "search": "search",
    # Labels of other versions of the draft: what a site said with them stands.
    "ai-use": "other",
    "train-genai": "train",
}
_USAGE_VERDICTS: Final[Mapping[str, Verdict]] = {"y": ALLOWED, "n": RESERVED}
_SIGNALS: Final[Mapping[str, str]] = {
    "ai-train": "train",
    "search": "search",
    "ai-input": "other",
}
_SIGNAL_VERDICTS: Final[Mapping[str, Verdict]] = {"yes": ALLOWED, "no": RESERVED}


def content_usage(value: str) -> Uses | None:
    """Returns what a value of Content-Usage says; none if it is not well-formed.

    The value is a dictionary of labels and the tokens `y` and `n`, all case-sensitive. Other labels
    and values say nothing, of a repeated label the last value counts, and parameters are passed
    over.

    Source: draft-ietf-aipref-vocab-08, section 6; RFC 9651, section 4.2.2. `train-genai` was a
    label of versions 02 and 03.
    """
    members = _dictionary(value)
    if members is None:
        return None
    return _uses(
        (_USAGE[label], _USAGE_VERDICTS.get(item or "", NOT_STATED))
        for label, item in members.items()
        if label in _USAGE
    )


def _dictionary(value: str) -> dict[str, str | None] | None:
    """Returns bare items by key, none for what is no bare item; none if it cannot be parsed."""
    value = value.strip(" ")
    found: dict[str, str | None] = {}
    at = 0
    while at < len(value):
        member = _MEMBER.match(value, at)
        if member is None:
            return None
        found[member[1]] = member[2]
        at = member.end()
        if at == len(value):
            break
        comma = _COMMA.match(value, at)
        if comma is None or comma.end() == len(value):
            return None
        at = comma.end()
    return found


def content_signal(value: str) -> Uses | None:
    """Returns what a value of Content-Signal says; none if it holds no signal that is known.

    Signals are read in any case, since no grammar is published; a signal that is both `yes` and
    `no` is `no`. What is missing, or has another value, says nothing.

    Source: Content Signals Policy (24 September 2025).
    """
    pairs = (part.partition("=") for part in re.split("[,;]", value.lower()))
    known = [
        (_SIGNALS[name.strip()], _SIGNAL_VERDICTS[said.strip()])
        for name, _, said in pairs
        if name.strip() in _SIGNALS and said.strip() in _SIGNAL_VERDICTS
    ]
    return _uses(known) if known else None


def _uses(stated: Iterable[tuple[str, Verdict]]) -> Uses:
    uses = Uses()
    for use, verdict in stated:
        uses = combined(uses, Uses(**{use: verdict}))
    return uses


def scoped(value: str) -> tuple[str | None, str]:
    """Returns the path that a rule of robots.txt is about, if it names one, and what it says.

    Source: draft-ietf-aipref-attach-05, section 3.2.
    """
    if not value.startswith("/"):
        return None, value
    path, _, said = value.replace("\t", " ").partition(" ")
    return path, said.strip()
