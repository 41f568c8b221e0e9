"""Traces of the tools that spam is written with."""

import re

from jingyu.filters.spam.phrases import places

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
# An expression for each bracket: one that begins with a character is searched for much faster.
_READING = rf"[a-zü]{{0,5}}[{_TONED}][a-zü]{{0,4}}[)）]"
_PINYIN = {bracket: re.compile(f"[{bracket}]{_READING}") for bracket in "(（"}
_RUN = 3
_LONGEST_HOST = 40


def pinyin_bracket_count(text: str) -> int:
    """Returns how many brackets hold the toned reading of a character: 網(wǎng)絡(luò).

    A tool that turns hacked pages into traditional characters leaves them.

    Source: own labels (2026-11, in-sample): three or more have 15 texts of spam and one good one, a
    lesson of Chinese; five or more 14 and none.
    """
    return sum(len(pinyin.findall(text)) for sign, pinyin in _PINYIN.items() if sign in text)


def scaffold_count(text: str) -> int:
    """Returns how many phrases there are that writing tools set around what they get.

    Such as 本文摘要：, 本文关键词：, 本文目录一览 and 您可能还对以下资源感兴趣.

    Source: own labels (2026-11, in-sample): one has 34 texts of spam and 13 good ones, two or more
    have 5 and 2.
    """
    return len(places(text)["scaffolds"])


def spun_word_count(text: str) -> int:
    """Returns how many different words of the spinner's thesaurus stand in the text.

    Programs that rewrite articles put 德律风 for 电话, 颠末 for 经过 and 存眷 for 关注. Each of
    these has a good use, or had one; several of them together have none.

    Source: own reading (2026-11); own labels (2026-11, in-sample): 14 texts of spam have one, and
    no good one.
    """
    return len({place.phrase for place in places(text)["spun"]})


def bait_count(text: str) -> int:
    """Returns how many phrases ask the reader to come elsewhere: 加微信, 点击注册, 备用地址."""
    return len(places(text)["bait"])


def tunnel_count(text: str) -> int:
    """Returns how often services are named that get around a country's blocks.

    Their affiliates fill sites with fluent praise that names them in every paragraph, often written
    by machines. Who writes on networks says VPN and names no brand.

    Source: own reading (2026-11); own labels (2026-11, in-sample): three or more have 7 texts of
    spam, of one site, and no good one; nor has one.
    """
    return len(places(text)["tunnels"])


def domain_run_count(text: str) -> int:
    """Returns how often three names of hosts or more stand in a row, as wheels of hosts have them.

    In a row they stand where each ends at most 40 code points after the one before, in one line.
    """
    count, length, before = 0, 0, -_LONGEST_HOST
    for place in places(text)["hosts"]:
        is_next = place.end - before <= _LONGEST_HOST and "\n" not in text[before : place.start]
        length = length + 1 if is_next else 1
        count += length == _RUN
        before = place.end
    return count
