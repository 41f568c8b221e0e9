"""What a site said of its use, as it was served."""

import codecs
from datetime import datetime
from typing import Final, Literal, NamedTuple

MAX_BYTES: Final = 500 << 10
"""What is read of a file. Source: RFC 9309, section 2.5."""

Kind = Literal["robots", "tdmrep", "ai_txt", "rsl"]


class Snapshot(NamedTuple):
    """A robots.txt, a `/.well-known/tdmrep.json`, an ai.txt or a license document, as served."""

    host: str
    status: int
    body: bytes
    kind: Kind = "robots"
    captured_at: datetime | None = None
    """When; none where nothing says."""
    url: str | None = None
    """Address of a license document, which others name it by."""


_ESCAPED: Final = "jingyu.escaped"
_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def text_of(body: bytes) -> str:
    """Returns a file's text: UTF-8, or UTF-16 where its mark says so.

    Octets that are neither are percent-encoded, as those of a path are compared: so a path in
    GB 18030 matches the addresses of its site.

    Source: RFC 9309, section 2.2.2.
    """
    if body.startswith(_UTF_16):
        return body.decode("utf-16", "replace")
    return body.decode("utf-8-sig", _ESCAPED)


def _escaped(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    octets = error.object[error.start : error.end]
    return "".join(f"%{octet:02X}" for octet in octets), error.end


codecs.register_error(_ESCAPED, _escaped)
