"""From a page's bytes to characters, whatever the page says of its encoding."""

import codecs
import functools
import re
from typing import NamedTuple

import opencc
from resiliparse.parse.encoding import detect_encoding

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_META = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,512}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})",
    re.IGNORECASE,
)
_META_BYTES = 8192
_DETECTOR_BYTES = 1 << 18
_JUDGED_CHARACTERS = 1 << 16
_CONVINCING = 0.6
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U000323af]")
_BEYOND_ASCII = re.compile("[\x00-\x7f]+")
# The characters that come to everybody's mind first: function words, numbers, the vocabulary of
# news and of everyday life. They make up about two thirds of any modern text.
_MOST_FREQUENT = (
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小"
    "么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民"
    "样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什"
    "打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处"
    "总才场师书比住员九性通目华报立活难神数件安表原车白应路期常提感金更反合放做系计或司利受光果亲界及今京务"
    "制解各任至清物台记边共风接它许八特觉直服题建南度统字请交爱让认算论百义科社术结六功指非流每管连远资队带"
    "花快条院变联言权往展该领传近留红治决周保达办运半候七必城强步完深区即求品转量众技程告江语英基满式识极收"
    "钱党未持取设始双史商千片容研站广改议形委早音首单据导网专石校读志观争究包组造落视济服务发布信息项目公司"
)
_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
}


class Decoded(NamedTuple):
    """Characters, and how they were found."""

    text: str
    charset: str
    charset_source: str
    """`bom`, `http`, `meta`, `utf-8` or `detector`."""
    replacement_ratio: float
    """Share of characters that stand for bytes that could not be decoded."""


def decode(payload: bytes, http_charset: str | None) -> Decoded:
    """Returns the characters of a page; undecodable bytes become U+FFFD one by one.

    A byte order mark decides. Bytes that are valid UTF-8 beyond ASCII are UTF-8, whatever is
    declared. Else the charset of the HTTP header, then of the page's `meta`, is taken if it gives
    next to no damage and familiar characters; if neither does, whichever of these, of what a
    detector says and of UTF-8 gives the least damage and the most familiar characters. GB2312 and
    GBK are read as GB18030, Big5 as Big5-HKSCS, which contain them.
    """
    for mark, codec in _BOMS:
        if payload.startswith(mark):
            return _decode_as(payload[len(mark) :], codec, "bom")
    if not payload.isascii():
        try:
            return Decoded(payload.decode("utf-8"), "utf-8", "utf-8", 0.0)
        except UnicodeDecodeError:
            pass
    attempts = []
    for source, declared in declared_codecs(payload, http_charset):
        attempts.append(_decode_as(payload, declared, source))
        if _strangeness(attempts[-1]) < _CONVINCING:
            return attempts[-1]
    detected = _codec(detect_encoding(payload[:_DETECTOR_BYTES])) or "utf-8"
    attempts.append(_decode_as(payload, detected, "detector"))
    attempts.append(_decode_as(payload, "utf-8", "utf-8"))
    return min(attempts, key=_strangeness)


def declared_codecs(payload: bytes, http_charset: str | None) -> list[tuple[str, str]]:
    """Returns who declares an encoding, `http` and `meta`, each with Python's name of it."""
    found = _META.search(payload[:_META_BYTES])
    meta = found[1].decode("ascii", "replace") if found else None
    declared = (("http", _codec(http_charset)), ("meta", _codec(meta)))
    return [(source, codec) for source, codec in declared if codec]


def _codec(name: str | None) -> str | None:
    """Returns Python's name of the widest encoding that a declared name stands for."""
    if not name:
        return None
    try:
        info = codecs.lookup(name.strip().strip("\"'"))
    except (LookupError, ValueError):
        return None
    if not getattr(info, "_is_text_encoding", True):
        return None
    return _SUPERSETS.get(info.name, info.name)


def _decode_as(payload: bytes, codec: str, source: str) -> Decoded:
    text = payload.decode(codec, "replace")
    damaged = text.count("\ufffd")
    return Decoded(text, codec, source, damaged / len(text) if text else 0.0)


def _strangeness(decoded: Decoded) -> float:
    """Returns how little a text looks like Chinese that was read rightly, 0 to 2.

    It is the share of damaged characters, thrice, and that of Han that are not among the most
    frequent ones: some 0.3 in Chinese, 0.8 and more in Chinese that was read in a wrong charset.
    A text without Han is as strange as one of rare Han, but for plain ASCII.
    """
    beyond_ascii = _BEYOND_ASCII.sub("", decoded.text[:_JUDGED_CHARACTERS])
    if not beyond_ascii:
        return 3 * decoded.replacement_ratio
    familiar = len(beyond_ascii) - len(beyond_ascii.translate(_frequent()))
    han = len(_HAN.findall(beyond_ascii))
    return 3 * decoded.replacement_ratio + 1 - (familiar / han if han else 0.0)


@functools.cache
def _frequent() -> dict[int, None]:
    """Returns a table that deletes the most frequent characters, of both scripts."""
    traditional = opencc.OpenCC("s2t").convert(_MOST_FREQUENT)
    return dict.fromkeys(map(ord, _MOST_FREQUENT + traditional))
