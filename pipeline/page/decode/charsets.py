"""From the name that a page gives its charset to the codec that reads it."""

import codecs
import functools
import re

GB18030 = "gb18030"
BIG5 = "big5hkscs"

_META = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,512}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})",
    re.IGNORECASE,
)
_META_BYTES = 8192
_SUPERSETS = {
    "gb2312": GB18030,
    "gbk": GB18030,
    "cp936": GB18030,
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "big5": BIG5,
    "cp950": BIG5,
}
_MARKUP = r"<meta name=az AZ 09 +ADw- \u0041 ~{VPND~}>"


def declared_codecs(payload: bytes, http_charset: str | None) -> list[tuple[str, str]]:
    """Returns who declares an encoding, `http` and `meta`, each with Python's name of it."""
    found = _META.search(payload[:_META_BYTES])
    meta = found[1].decode("ascii", "replace") if found else None
    declared = (("http", codec_of(http_charset)), ("meta", codec_of(meta)))
    return [(source, codec) for source, codec in declared if codec]


def codec_of(name: str | None) -> str | None:
    """Returns Python's name of the widest encoding that a declared name stands for.

    GB2312 and GBK are read as GB18030, Big5 as Big5-HKSCS, Latin-1 as cp1252. A name that Python
    does not know is none, and so is one of an encoding in which ASCII means something else: bytes
    in which a declaration can be read are not in UTF-16, and a page that says UTF-7 hides markup
    (`+ADw-` for `<`) from whoever does not believe it, so nobody does. HZ is told by its escapes.
    """
    return _codec(name.strip().strip("\"'").lower()) if name else None


def detected_charset(payload: bytes) -> str:
    """Returns what a statistical detector takes bytes for, in lower case; empty for nothing.

    It says `utf-8` of all that it does not know.
    """
    # Where the gate has read whatever is no UTF-8, the process that examines pages needs none.
    from resiliparse.parse.encoding import detect_encoding

    return (detect_encoding(payload) or "").lower()


@functools.lru_cache(maxsize=1024)
def _codec(name: str) -> str | None:
    try:
        codec = codecs.lookup(name).name
        reads_ascii = _MARKUP.encode().decode(codec, "replace") == _MARKUP
    except (LookupError, ValueError):
        return None
    return _SUPERSETS.get(codec, codec) if reads_ascii else None
