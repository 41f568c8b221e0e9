"""Canonical form of main text, before anything is measured on it."""

import functools
import re
from typing import Any, NamedTuple

from jingyu.filters.code import code_stretches
from jingyu.pipeline.page.normalize.characters import Composed, composed
from jingyu.pipeline.page.normalize.kinds import kinds
from jingyu.pipeline.page.normalize.separators import without_layout
from jingyu.pipeline.page.normalize.settings import Normalization
from jingyu.pipeline.page.normalize.spacing import set_spaces

# All but the ideographic one, which has the width of a Han character in a program, too.
_ODD_SPACE = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f]")
_INDENTS = " \t\xa0"
# White space that only a program means: before a line, between lines, more than one space in one.
_MEANT = ("  ", " \t", "\n\n", *(f"\n{space}" for space in _INDENTS))
_SETTINGS = Normalization()


class Normalized(NamedTuple):
    """A text in its canonical form, and how many of its characters had to change for that."""

    text: str
    characters: Composed
    dropped_space_count: int
    """Gaps between Chinese characters that were layout."""


class _Spaced(NamedTuple):
    text: str
    dropped: int


def normalize(text: str, settings: Normalization = _SETTINGS) -> str:
    r"""Returns the canonical form of a text: one for all that looks the same.

    What follows is what the settings say if nobody changes them.

    - Control characters, lone surrogates, noncharacters and invisible formatting characters are
      removed. Zero-width joiners and variation selectors are among these, so that a joined emoji
      becomes its parts.
    - Radicals that stand for Han (⼀ for 一, as in PDF) and forms for vertical writing become
      ordinary characters, full-width letters and digits ASCII, half-width kana full-width ones.
    - NFC, not NFKC: full-width punctuation stays. Of stacked combining marks 30 remain.
    - Every line end becomes `\n`; lines are stripped, empty ones dropped.
    - Runs of spaces of any width become one space. Spaces between two CJK characters go unless they
      set something apart, as `separators` says; those beside Latin letters and digits stay.
    - Tabs part the cells of a table, and stay as many as they are, since a cell may be empty. So
      they do at the beginning of a line that holds another one or stands below a line with cells.
    - Code keeps its white space: indentation, spaces in lines, and lines that are empty within it.
      What is code is for `filters.code` to say; its no-break spaces become spaces.

    Any string is accepted; the form of the form is itself.

    Source: rule 12 of WuDaoCorpora (Yuan et al., AI Open 2, 2021) on spaces, limited to CJK and to
    layout.
    """
    return normalized(text, settings).text


def normalized(text: str, settings: Normalization = _SETTINGS) -> Normalized:
    """Returns what `normalize` does, and what was counted on the way."""
    characters = composed(text, settings)
    whole = characters.text
    spaced = _spaced(whole, settings)
    if spaced.text is not whole and ("\xa0" in whole or _is_uneven(whole)):
        spaced = _with_code(whole, spaced, settings)
    return Normalized(spaced.text, characters, spaced.dropped)


def _spaced(text: str, settings: Normalization) -> _Spaced:
    """Returns a text with its spaces set, code aside."""
    spaced, gaps, dropped = set_spaces(text, kinds(), settings.spaces == "separating")
    if gaps:
        separated, layout = without_layout(spaced)
        return _Spaced(separated, dropped + layout)
    if settings.spaces == "none":
        bare = spaced.replace(" ", "")
        count = len(spaced) - len(bare)
        # What a space kept apart may compose.
        return _Spaced(composed(bare, settings).text if count else bare, dropped + count)
    return _Spaced(spaced, dropped)


def _is_uneven(text: str) -> bool:
    """Returns whether a text has white space that a program may mean; most texts have none."""
    return text[:1] in _INDENTS or any(space in text for space in _MEANT)


def _with_code(whole: str, spaced: _Spaced, settings: Normalization) -> _Spaced:
    """Returns a text with the white space of its code, and else with its spaces set."""
    lines = whole.split("\n")
    parts: list[_Spaced] = []
    at = 0
    for start, end in code_stretches(lines):
        code = "\n".join(map(_as_code, lines[start:end]))
        # What is even may be read again without a look for code: it must come to the same then.
        if _is_uneven(code):
            parts += [_spaced("\n".join(lines[at:start]), settings), _Spaced(code, 0)]
            at = end
    if not parts:
        return spaced
    parts.append(_spaced("\n".join(lines[at:]), settings))
    return _Spaced(
        "\n".join(part.text for part in parts if part.text), sum(part.dropped for part in parts)
    )


def _as_code(line: str) -> str:
    return _ODD_SPACE.sub(" ", line).rstrip().lstrip("\u3000")


def to_simplified(text: str) -> str:
    """Returns the text in simplified characters, by OpenCC's phrases (configuration t2s).

    Lone surrogates, which OpenCC cannot read, become question marks; normalized text has none.
    """
    readable = text.encode("utf-8", "replace").decode("utf-8")
    return str(_converter().convert(readable))


@functools.cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")
