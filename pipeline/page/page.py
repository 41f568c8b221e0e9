"""What goes into examining a page, and what comes out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from jingyu.pipeline.page.decode.decoding import Decoded
from jingyu.schemas.decisions import Decision


class About(NamedTuple):
    """What a record says of its page, beside the page itself."""

    url: str | None = None
    host: str | None = None
    ip: str | None = None
    captured_at: datetime | None = None
    http_headers: Mapping[str, str] = {}


class Page(NamedTuple):
    """What examining needs of a record."""

    payload: bytes
    content_type: str | None
    http_charset: str | None
    is_text: bool = False
    """Whether the payload is UTF-8 text already, as of WET records and rows."""
    decoded: Decoded | None = None
    """The payload's characters, if the gate had to read them; the payload is then empty."""
    is_cut: bool = False
    """Whether the payload may end inside a character."""
    about: About = About()


class Examined(NamedTuple):
    """What a page came to, with each step on the way for who wants to see it."""

    columns: dict[str, Any]
    """Columns of `STAGING` beyond provenance, as far as they are known."""
    ended: Decision | None
    """None if the page goes on to the rules."""
