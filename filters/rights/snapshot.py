"""What a site said of its use, as it was served."""

from typing import Final, Literal, NamedTuple

MAX_BYTES: Final = 500 << 10
"""What is read of a file. Source: RFC 9309, section 2.5."""

Kind = Literal["robots", "tdmrep"]


class Snapshot(NamedTuple):
    """A robots.txt, or a `/.well-known/tdmrep.json`, as it was served."""

    host: str
    status: int
    body: bytes
    kind: Kind = "robots"
