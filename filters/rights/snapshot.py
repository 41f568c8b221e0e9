"""What a site said of its use, as it was served."""

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
