"""The characters of a canonical form: composed, seen, ordinary, of their usual width."""

import functools
import operator
import re
import sys
import unicodedata
from collections import Counter
from typing import NamedTuple

from jingyu.pipeline.page.normalize.kinds import FORMATTING, LINE_ENDS, MEANINGLESS, Flag, kinds
from jingyu.pipeline.page.normalize.settings import Normalization
from jingyu.pipeline.page.normalize.spacing import flags_of
from jingyu.pipeline.page.normalize.variants import with_ordinary, with_usual_width

_LINE_END = re.compile(f"[{LINE_ENDS}]")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_PLANE = 0x10000
_MEANINGLESS_ASTRAL = "".join(
    chr(plane + 0xFFFE) + chr(plane + 0xFFFF) for plane in range(_PLANE, sys.maxunicode, _PLANE)
)
_FORMATTING_ASTRAL = "\U000e0000-\U000e0fff"
# Composing sorts stacked marks in quadratic time. Source: UAX #15, Stream-Safe Text Format.
_MAX_MARKS = 30
_GAP = "\u3000"


class Composed(NamedTuple):
    """A text of other characters, and how many of the given ones are gone."""

    text: str
    invisible: int = 0
    variants: int = 0
    other_width: int = 0
    other_form: int = 0


def composed(text: str, settings: Normalization) -> Composed:
    r"""Returns a text with the characters that a canonical form has, and `\n` for line ends."""
    flags = flags_of(text, kinds())
    is_compatible = settings.unicode_form == "nfkc"
    if not (flags or is_compatible):
        return Composed(text)
    cleaners = _cleaners(
        beyond_basic_plane=flags & Flag.FORM != 0 and _ASTRAL.search(text) is not None,
        keep=settings.invisible == "keep",
    )
    invisible = variants = other_width = other_form = 0
    if flags & Flag.UNSEEN:
        text, invisible = cleaners.unseen.subn("", _LINE_END.sub("\n", text))
    if flags & Flag.VARIANT and settings.variants == "ordinary":
        text, variants = with_ordinary(text)
    if flags & Flag.WIDTH and settings.width == "usual":
        text, other_width = with_usual_width(text)
    if flags & Flag.FORM or is_compatible:
        before, text = text, _in_form(text, settings.unicode_form, cleaners.stacked)
        other_form = 0 if text == before else changed_count(before, text)
    return Composed(text, invisible, variants, other_width, other_form)


def _in_form(text: str, form: str, stacked: re.Pattern[str]) -> str:
    """Returns a text in a form of Unicode, with 30 of stacked marks at most."""
    text = stacked.sub(r"\1", text)
    if form == "nfc":
        if unicodedata.is_normalized("NFC", text):
            return text
        text = unicodedata.normalize("NFC", text)
    elif form == "nfkc":
        # The ideographic space is a gap, which a space is not.
        text = _GAP.join(unicodedata.normalize("NFKC", part) for part in text.split(_GAP))
    # A composed mark may come apart into several.
    return stacked.sub(r"\1", text)


def changed_count(before: str, after: str) -> int:
    """Returns how many characters of a text are others in another one, or are not in it."""
    if len(before) == len(after):
        return sum(map(operator.ne, before, after))
    return (Counter(before) - Counter(after)).total()


class _Cleaners(NamedTuple):
    unseen: re.Pattern[str]
    """Finds the characters that are to go."""
    stacked: re.Pattern[str]
    """Finds marks beyond those that remain, and these."""


@functools.cache
def _cleaners(*, beyond_basic_plane: bool, keep: bool) -> _Cleaners:
    # Classes within the basic plane match ten times as fast.
    unseen = MEANINGLESS + _MEANINGLESS_ASTRAL * beyond_basic_plane
    if not keep:
        unseen += FORMATTING + _FORMATTING_ASTRAL * beyond_basic_plane
    marks = _marks(2 * _PLANE if beyond_basic_plane else _PLANE)
    return _Cleaners(
        re.compile(f"[{unseen}]"), re.compile(f"([{marks}]{{{_MAX_MARKS}}})[{marks}]+")
    )


def _marks(end: int) -> str:
    return "".join(filter(unicodedata.combining, map(chr, range(end))))
