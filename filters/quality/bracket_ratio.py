"""How much of a text stands in lenticular brackets."""

import re

from jingyu.filters.quality.characters import share
from jingyu.filters.quality.length import char_count

_BRACKETED = re.compile("【([^【】\n]*)】")


def bracket_ratio(text: str) -> float:
    """Returns the share of characters that stand between 【 and 】 of one line.

    Advertisers set their keywords in them. The brackets themselves count only in
    the whole, and an unclosed one encloses nothing. Empty text has ratio 0.

    Source: a signal of MAP-CC (Du et al. 2024, Chinese Tiny LLM), limit 0.1.
    """
    if "【" not in text:
        return 0.0
    return share(sum(map(len, _BRACKETED.findall(text))), char_count(text))
