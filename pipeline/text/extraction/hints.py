"""What tag names, class names, ids and styles say about a part of a page."""

import functools
import re
from collections.abc import Iterable

# Fragments count anywhere in a name, words only whole; camel case and dashes part words.
_FRAGMENTS = {
    "navigation": "nav menu crumb weizhi",
    "foot": "foot copyright",
    "head": "header banner logo",
    "side": "side",
    "offer": "relat recommend share similar guess xiangguan tuijian",
    "comment": "comment",
    "overlay": "popup modal dialog tooltip dropdown",
    "text": "markdown trs_editor richtext parser_output",
    "content": "content article entry",
}
_WORDS = {
    "navigation": "dqwz position location path toolbar tab tabs channel",
    "foot": "bottom link links friendlink friendlinks flink yqlj beian icp",
    "head": "head top topbar hd",
    "side": "right left rightbar leftbar widget column",
    "offer": "hot rank ranking top10 more latest popular prev next pre like",
    "comment": "reply replies pinglun message respond guestbook",
    "advertisement": "ad ads adv advert guanggao gg sponsor promo qrcode wechat weixin app",
    "overlay": "mask pop radio checkbox btn button toast notice",
    "data": "meta info byline author user userinfo source time date pubtime tag tags editor "
    "property avatar statement category categories",
    "listing": "list lists newslist item items page pager pages pagination search login form "
    "select calendar archive",
    "text": "zoom zhengwen vsb_content rich_text postmessage post_message t_f t_fsz",
    "content": "vsb detail details para paragraph postbody",
    "post": "post thread floor answer question topic quote bbs",
    "main": "main text body txt con cont nr wrap center story blog news show view read intro desc "
    "description summary abstract",
}
# Such as `article-content`, `newsText`, `show_body`.
_TEXT = (
    "(?:article|news|entry|post|detail|show|txt|text|blog|art|main|nr) ?"
    "(?:content|body|text|txt|con|con1|cont|detail|nr)"
)
NAMES = (*_WORDS, "hidden")
"""The hints."""
_BITS = {name: 1 << index for index, name in enumerate(NAMES)}


def _patterns() -> list[tuple[re.Pattern[str], int]]:
    patterns = []
    for name, words in _WORDS.items():
        whole = "|".join(words.split()).replace("_", " ") + (f"|{_TEXT}" if name == "text" else "")
        inside = _FRAGMENTS.get(name, "").replace(" ", "|").replace("_", " ?")
        patterns.append((re.compile(rf"{inside}|\b(?:{whole})\b".lstrip("|")), _BITS[name]))
    return patterns


_PATTERNS = _patterns()
# No pattern holds more than one space, so what no single word gives, two neighbors give.
_OF_TWO_WORDS = [(pattern, bit) for pattern, bit in _PATTERNS if " " in pattern.pattern]
_OF_TAGS = {
    "nav": _BITS["navigation"],
    "menu": _BITS["navigation"],
    "footer": _BITS["foot"],
    "header": _BITS["head"],
    "aside": _BITS["side"],
    "article": _BITS["content"],
    "main": _BITS["main"],
}
_ATTRIBUTE = re.compile(
    r"\b(class|id|style|role|itemprop|hidden)\b"
    r"(?:\s*=\s*(?:\"([^\"]{0,300})|'([^']{0,300})|([^\s\"'>]{1,300})))?",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CAMEL = re.compile("(?<=[a-z0-9])(?=[A-Z])")
_SEPARATORS = re.compile("[^a-z0-9]+")
_READ = 1000
_REMEMBERED = 300


def hints_of(name: str, attributes: str) -> int:
    """Returns the bits of the hints that a start tag gives: bit n for the nth of `NAMES`."""
    hints = _OF_TAGS.get(name, 0)
    if not attributes:
        return hints
    if len(attributes) > _REMEMBERED:
        return hints | _hints_of(attributes[:_READ])
    return hints | _remembered(attributes)


def _hints_of(attributes: str) -> int:
    hints = 0
    names = []
    for key_as_written, double, single, bare in _ATTRIBUTE.findall(attributes):
        key = key_as_written.lower()
        value = double or single or bare
        if key == "hidden" or (key == "style" and _HIDDEN.search(value)):
            hints |= _BITS["hidden"]
        elif key != "style":
            names.append(value)
    if names:
        text = _SEPARATORS.sub(" ", _CAMEL.sub(" ", " ".join(names)).lower())
        words = text.split()
        for word in words:
            hints |= _hints_of_word(word)
        if len(words) > 1:
            hints |= _found(_OF_TWO_WORDS, text)
    return hints


def _found(patterns: Iterable[tuple[re.Pattern[str], int]], text: str) -> int:
    return sum(bit for pattern, bit in patterns if pattern.search(text))


@functools.lru_cache(maxsize=16384)
def _hints_of_word(word: str) -> int:
    return _found(_PATTERNS, word)


_remembered = functools.lru_cache(maxsize=8192)(_hints_of)
