"""Which part of a text speaks loudest for what a rule decided on it."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from jingyu.filters.lexicon.measure import measure_lexicon
from jingyu.filters.lexicon.settings import LexiconSettings, lexicon_of
from jingyu.filters.quality.measure import MEASURED, MEASURES

_MOST_LINES: Final = 80
_SHOWN: Final = 160
_OF_LINES: Final = dict(zip(MEASURED, MEASURES, strict=True))


def deciding_line(
    text: str, rule: Mapping[str, Any] | None, lexicon: LexiconSettings | None = None
) -> str:
    """Returns the line of a text that is farthest on the wrong side of a rule by itself.

    The first line where no rule decided, or where its signal is none of the text.

    Args:
        text: The whole text.
        rule: The rule, with `signal`, and `min` or `max`.
        lexicon: Word lists, for signals of theirs.
    """
    lines = [line for line in text.splitlines() if line.strip()][:_MOST_LINES]
    if not lines:
        return ""
    measure = _measure(rule["signal"], lexicon) if rule else None
    if not rule or measure is None:
        return shortened(lines[0])
    # Of lines that are equally far the longest tells most.
    sign = 1 if rule["min"] is None else -1
    return shortened(max(lines, key=lambda line: (sign * measure(line), len(line))))


def _measure(signal: str, lexicon: LexiconSettings | None) -> Callable[[str], float] | None:
    if signal in _OF_LINES:
        return _OF_LINES[signal]
    if signal.startswith("lexicon_") and lexicon is not None:
        words = lexicon_of(lexicon)
        return lambda line: measure_lexicon(line, words)[signal]
    return None


def shortened(text: str, most: int = _SHOWN) -> str:
    """Returns the beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most]}…"
