"""What rewriting and copying programs damage."""

from jingyu.filters.lazy_pattern import lazy_pattern

_BEFORE_PERCENT = lazy_pattern("%(?<=[\u4e00-\u9fff]%)")
_NO_DAY = "月日"
_CLAUSE_ENDS = "，,"
_SENTENCE_ENDS = "。！？；!?;…"


def lost_number_count(text: str) -> int:
    """Returns how many numbers are missing: 月日 without month and day, a % right after Han.

    Programs that strip digits leave them: 截至月日，涨幅高达%.

    Source: own labels (2026-11, in-sample): three or more have 3 texts of spam and one good one; a
    formula or a form has one or two.
    """
    return text.count(_NO_DAY) + len(_BEFORE_PERCENT.findall(text))


def clauses_per_sentence(text: str) -> float:
    """Returns how many commas there are for each end of a sentence.

    Sentences end in 。！？；… or half-width forms. A text without ends counts as one sentence.
    Programs that string praise or keywords together set hardly any stop; prose has 1 to 4.

    Source: own labels (2026-11, in-sample): see the rule in `configs/web_zh.yaml`.
    """
    commas = sum(map(text.count, _CLAUSE_ENDS))
    return commas / max(1, sum(map(text.count, _SENTENCE_ENDS)))
