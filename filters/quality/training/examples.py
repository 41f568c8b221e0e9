"""What a model is trained on: documents with a judgement."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

GOOD: Final = frozenset({"clean", "usable"})
"""Labels of what is worth reading."""
COPIES: Final = frozenset({"counterfeit-mirror"})
"""Kinds of spam whose texts are copies of good ones, so that no text can tell them."""
NO_TEXT: Final = "not-text"
LABELS: Final = (*sorted(GOOD), "mixed", NO_TEXT, "spam")
"""All labels: edited prose, text with information, good text with bad inserted, menus and the like,
made to be found instead of read."""


class Example(NamedTuple):
    """A document and what people say of it.

    Attributes:
        text: As a run has it, personal data masked.
        title: As the page states it.
        signals: Values by column.
        label: One of `LABELS`.
        kind: What kind of spam or of no text, for the card; empty if nobody said.
        owner: What tells who made it: a site, or the person who gathered it.
        domain: Domain that it comes from, if that is known.
        sample: Where it comes from, for the card.
        signature: What near duplicates are found by.
        url: Its address, if that is known.
    """

    text: str
    title: str | None
    signals: Mapping[str, Any]
    label: str
    kind: str
    owner: str
    domain: str
    sample: str
    signature: bytes
    url: str = ""

    @property
    def is_text(self) -> bool:
        """Whether it is text at all."""
        return self.label != NO_TEXT

    @property
    def is_copy(self) -> bool:
        """Whether it is spam by its site, and not by what it says."""
        return self.kind in COPIES

    @property
    def is_good(self) -> bool:
        """Whether it is worth reading."""
        return self.label in GOOD
