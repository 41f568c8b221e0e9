"""What an engine makes of a page."""

import datetime as dt
from typing import NamedTuple


class Extracted(NamedTuple):
    """What an engine found on a page."""

    text: str
    """Main text, blocks as lines; empty if the page has none."""
    title: str | None
    author: str | None = None
    published_at: dt.date | None = None
    confidence: float | None = None
    """F1 that the text can expect, 0 to 1; None if the engine does not say."""
    engine: str | None = None
    """Engine whose text it is; another than the one asked if a second opinion was taken."""
    hidden_count: int = 0
    """Characters that the page hides and that are no part of the text; 0 of other engines."""
    markdown: str | None = None
    """The text as Markdown, if that was asked for and the engine knows what its lines are."""
