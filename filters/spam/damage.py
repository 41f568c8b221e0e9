"""What rewriting and copying programs damage."""

from jingyu.filters.lazy_pattern import lazy_pattern
from jingyu.filters.quality.kind_counts import count_kinds

_BEFORE_PERCENT = lazy_pattern("%(?<=[\u4e00-\u9fff]%)")
_NO_DAY = "月日"
_CLAUSE_ENDS = "，,"
_SENTENCE_ENDS = "。！？；!?;…"


def _ends() -> bytes:
    """Returns what each character of the basic plane ends: nothing, a clause, a sentence."""
    table = bytearray(0x10000)
    for kind, ends in enumerate((_CLAUSE_ENDS, _SENTENCE_ENDS), start=1):
        for end in map(ord, ends):
            table[end] = kind
    return bytes(table)


_ENDS = _ends()


def lost_number_count(text: str) -> int:
    """Returns how many numbers are missing: 月日 without month and day, a % right after Han.

    Programs that strip digits leave them: 截至月日，涨幅高达%.

    Source: own labels (2026-11, in-sample): three or more have 3 texts of spam and one good one; a
    formula or a form has one or two.
    """
    percents = len(_BEFORE_PERCENT.findall(text)) if "%" in text else 0
    return text.count(_NO_DAY) + percents


def clauses_per_sentence(text: str) -> float:
    """Returns how many commas there are for each end of a sentence.

    Sentences end in 。！？；… or half-width forms. A text without ends counts as one sentence.
    Programs that string praise or keywords together set hardly any stop; prose has 1 to 4.

    Source: own labels (2026-11, in-sample): see the rule in `configs/web_zh.yaml`.
    """
    _, commas, ends = count_kinds(text, _ENDS, 3)
    return commas / max(1, ends)
