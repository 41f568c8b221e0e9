"""What word lists find in a text, as signals."""

import numpy as np

from jingyu.filters.lexicon.characters import Kind
from jingyu.filters.lexicon.engine import Found, Lexicon
from jingyu.schemas.lexicon import LEXICON, SUBJECTS

_SEVERE = 3
_BREAK = int(Kind.BREAK)  # numpy takes microseconds to compare with an enum's member
_NAMES = tuple(SUBJECTS)
_ZEROS: dict[str, int | float] = {
    field.name: 0.0 if field.name.endswith(("_ratio", "_context")) else 0 for field in LEXICON
}


def measure_lexicon(text: str, lexicon: Lexicon | None) -> dict[str, int | float]:
    """Returns the value of each column of `LEXICON`.

    The share of a subject is that of its terms' letters, digits and punctuation among those of
    the text; spaces and symbols count on neither side. Empty text, and no lexicon, have zeros.
    """
    return _ZEROS | ({} if lexicon is None else _signals(lexicon.find(text)))


def _signals(found: Found) -> dict[str, int | float]:
    total = int(np.count_nonzero(found.folded.text_kinds < _BREAK))
    signals = _subjects(found, total) if len(found.counted.senses) else {}
    signals["lexicon_exempt_count"] = len(found.exempt.senses)
    for context, count in found.contexts.items():
        signals[f"lexicon_{context}_context"] = 1000 * count / total
    return signals


def _subjects(found: Found, total: int) -> dict[str, int | float]:
    """Returns the signals of the places that count."""
    starts, ends, rows = found.counted
    before = np.concatenate([[0], np.cumsum(found.folded.kinds < _BREAK)])
    subjects = found.senses.subjects
    counts = np.bincount(subjects[rows])
    covered = np.bincount(subjects[rows], before[ends] - before[starts])
    distinct = np.bincount(subjects[list(set(rows.tolist()))])
    severe = np.count_nonzero(found.senses.severities[rows] >= _SEVERE)
    signals: dict[str, int | float] = {"lexicon_severe_count": int(severe)}
    for subject in np.flatnonzero(counts).tolist():
        signals[f"lexicon_{_NAMES[subject]}_count"] = int(counts[subject])
        signals[f"lexicon_{_NAMES[subject]}_distinct"] = int(distinct[subject])
        signals[f"lexicon_{_NAMES[subject]}_ratio"] = float(covered[subject]) / total
    return signals
