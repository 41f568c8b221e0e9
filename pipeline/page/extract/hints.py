"""What tag names, class names, ids and styles say about a part of a page."""

import re
from collections.abc import Mapping

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
_TEXT_FIRST = "article|news|entry|post|detail|show|txt|text|blog|art|main|nr"
_TEXT_LAST = "content|body|text|txt|con|con1|cont|detail|nr"
NAMES = (*_WORDS, "hidden")
"""The hints."""
_BITS = {name: 1 << index for index, name in enumerate(NAMES)}
HIDDEN = _BITS["hidden"]
LEADS = 1 << len(NAMES)


def _patterns() -> list[tuple[re.Pattern[str], int]]:
    patterns = []
    for name, words in _WORDS.items():
        whole = "|".join(words.split()).replace("_", " ")
        if name == "text":
            whole += f"|(?:{_TEXT_FIRST}) ?(?:{_TEXT_LAST})"
        inside = _FRAGMENTS.get(name, "").replace(" ", "|").replace("_", " ?")
        patterns.append((re.compile(rf"{inside}|\b(?:{whole})\b".lstrip("|")), _BITS[name]))
    return patterns


def _firsts(listed: Mapping[str, str]) -> str:
    """Returns the first halves of what is listed in two words, as a pattern."""
    words = " ".join(listed.values()).split()
    return "|".join(sorted({word.partition("_")[0] for word in words if "_" in word}))


_PATTERNS = _patterns()
# Five of six words hint at nothing.
_ANY = re.compile("|".join(pattern.pattern for pattern, _ in _PATTERNS))
_LEADING = re.compile(rf"(?:\b(?:{_TEXT_FIRST}|{_firsts(_WORDS)})|{_firsts(_FRAGMENTS)})$")
OF_TAGS = {
    "nav": _BITS["navigation"],
    "menu": _BITS["navigation"],
    "footer": _BITS["foot"],
    "header": _BITS["head"],
    "aside": _BITS["side"],
    "article": _BITS["content"],
    "main": _BITS["main"],
}
"""Name of a tag to its bits."""


def hints_of(words: str) -> int:
    """Returns the bits of what one or two words of a name hint at: bit n for the nth of `NAMES`.

    A word that may be the first of two which hint at something only together has `LEADS` too.

    Args:
        words: Letters and digits in lower case; a space between two words.
    """
    hints = 0
    if _ANY.search(words):
        hints = sum(bit for pattern, bit in _PATTERNS if pattern.search(words))
    return hints | LEADS if _LEADING.search(words) else hints
