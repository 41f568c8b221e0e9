"""Texts, pages and bytes that are invented to break what reads them."""

import functools
import random
from collections.abc import Callable, Sequence

from tests.benchmarks.stall import mutated
from tests.support.html import PIECES
from tests.support.paths import PAGES

_ENCODINGS = (
    *("utf-8", "utf-8", "utf-8", "gb18030", "gbk", "big5", "big5hkscs", "hz", "euc-kr"),
    *("shift_jis", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp1252"),
)
_ALPHABETS = (
    *(
        "ab \n",
        "中文，。\n",
        "的一是不\u3000",
        "𠮷𠀋😀\U0010ffff",
        "\ud800\udfff\udc00",
        "\x00\x01\x1f\x7f",
    ),
    *(
        "éßÿ\xa0\x80",
        "あいうヶー",
        "한국어",
        "０１２３",
        "0123456789-_",
        "·.…*>]【】",
        "\t\r\n \u2028\x85",
    ),
    *("<>/='\"&;#x!", "裡後學臺", "e\u0301\u0308\u200b\u200d\ufeff\ufe0f"),
)
_DIGITS = 5000
_DEEPEST = 4000
_LONGEST = 3000

_FORMS: Sequence[Callable[[int], str]] = (
    lambda _: "",
    lambda n: "<div>" * n + "文",
    lambda n: "<div>" * n + "文" + "</div>" * n,
    lambda n: "<table><tr><td>" * n + "文",
    lambda n: "<ul><li>一" * n,
    lambda n: "<div>" * n + "<td>一<li>二" * n,
    lambda n: "<table>" + "<tr><td>甲<td>乙<td>丙" * n,
    lambda n: "<tr>" + "<td>甲" * n + "</tr>",
    lambda n: "<div><td>" + "</div></table></li>" * n,
    lambda n: "<pre>" + "一\n" * n + "</pre>",
    lambda n: "".join(f"<p id={i}><div class=c{i}>文" for i in range(n)),
    lambda n: f'<div class="{"article Content1 " * n}">文',
    lambda n: "<a href=\"x>文<b title='" * n,
    lambda n: "<!--" * n + "文" + "-->" * (n % 3),
    lambda n: "<script>" * n + "文",
    lambda n: "<![CDATA[文]]" * n,
    lambda n: "<" * n,
    lambda n: "</" * n,
    lambda n: "&" * n,
    lambda n: "&amp;&#25991;&nbsp;&hearts;&#x2e;" * n,
    lambda _: "<p>文&#" + "1" * _DIGITS + ";&#x" + "f" * _DIGITS + ";&#00000;",
    lambda n: "\x00" * n + "<p>文\x00字",
    lambda n: "<p>" + " \u3000\xa0" * n,
    lambda n: "<a " * n,
    lambda n: "一<br>" * n,
    lambda n: "来源：上一篇 版权所有 13800138000 a@b.cn " * n,
)


@functools.cache
def _invented_pages() -> Sequence[str]:
    return [path.read_text("utf-8", "replace") for path in sorted(PAGES.glob("*.html"))]


def text(dice: random.Random, longest: int = _LONGEST) -> str:
    """Returns a text of a few alphabets, or of any code points, which may repeat itself."""
    length = int(longest * dice.random() ** 3)
    if dice.random() < 0.2:
        return "".join(chr(dice.randrange(0x110000)) for _ in range(length))
    signs = "".join(dice.choices(_ALPHABETS, k=dice.randint(1, 4)))
    once = "".join(dice.choices(signs, k=dice.choice((1, 7, 40, length + 1))))
    return (once * (length // len(once) + 1))[:length]


def page(dice: random.Random) -> str:
    """Returns a page: a mutated one, one of a hostile form, loose pieces or a text."""
    kind = dice.randrange(4)
    if kind == 0:
        return mutated(dice.choice(_invented_pages()), dice)[: 1 << 16]
    if kind == 1:
        return dice.choice(_FORMS)(int(_DEEPEST * dice.random() ** 3))
    if kind == 2:
        return "".join(dice.choices(PIECES, k=dice.randint(0, 300)))
    return text(dice)


def payload(dice: random.Random) -> bytes:
    """Returns a page in some encoding, perhaps with bytes that are wrong in it."""
    if dice.random() < 0.1:
        return dice.randbytes(dice.randrange(2000))
    encoding = dice.choice(_ENCODINGS)
    handling = "surrogatepass" if encoding.startswith("utf") else "xmlcharrefreplace"
    encoded = page(dice).encode(encoding, handling)
    for _ in range(dice.choice((0, 0, 0, 1, 5, 50))):
        at = dice.randrange(len(encoded) + 1)
        encoded = encoded[:at] + dice.randbytes(dice.randint(0, 3)) + encoded[at + 1 :]
    return encoded[: dice.randrange(len(encoded) + 1)] if dice.random() < 0.1 else encoded
