"""What somebody stated on the machine use of a page, in one vocabulary whatever the protocol."""

from datetime import datetime
from typing import Any, Final, Literal, NamedTuple

Verdict = Literal["allowed", "reserved", "not_stated"]
ALLOWED: Final = "allowed"
RESERVED: Final = "reserved"
NOT_STATED: Final = "not_stated"

ACCESS: Final = "robots"
"""The protocol that says who may fetch a page, and nothing of what may be done with it."""

PROTOCOLS: Final = {
    ACCESS: "Access rules of robots.txt: RFC 9309.",
    "content_usage": "Content-Usage: draft-ietf-aipref-vocab-08 and draft-ietf-aipref-attach-05.",
    "content_signal": "Content-Signal: Content Signals Policy, contentsignals.org.",
    "rsl": "Really Simple Licensing 1.0, rslstandard.org.",
    "license": 'A license that the HTTP header Link names by rel="license".',
    "tdmrep": "TDM Reservation Protocol, W3C community group report of 10 May 2024.",
    "directive": "`noai` and other directives of robots meta tags and X-Robots-Tag.",
    "ai_txt": "ai.txt, as Spawning describes it.",
    "words": "Reservations in words.",
}
"""How a statement can be made."""

OF_THE_PAGE: Final = frozenset({"header", "meta", "link", "script", "words"})
"""Places of a page; all others are files of its site."""

MOST_STATEMENTS: Final = 256
"""What is listed of a page; the robots of `agents.AGENTS` are some 70, a site seldom names more."""

_STRICTNESS = {RESERVED: 2, ALLOWED: 1, NOT_STATED: 0}


class Uses(NamedTuple):
    """What is said of each use."""

    train: Verdict = NOT_STATED
    """Training of models."""
    search: Verdict = NOT_STATED
    """Search engines that lead to the page."""
    other: Verdict = NOT_STATED
    """Other uses by machines, such as input for answers."""


class Statement(NamedTuple):
    """One statement: where it was read, what it says, and of what."""

    protocol: str
    """One of `PROTOCOLS`."""
    place: str
    """`robots.txt`, `tdmrep.json`, `ai.txt` or `rsl` of the site; `header`, `meta`, `link`,
    `script` or `words` of the page."""
    text: str
    """The rule, value or words as they stand there."""
    uses: Uses = Uses()
    line: int | None = None
    """Line of the file."""
    agent: str | None = None
    """Robots that the rule is for; none where it is for everybody."""
    path: str | None = None
    """Pattern of paths that the rule names; none where it names none."""
    stated_at: datetime | None = None
    """When the file, or the page, was captured."""

    def columns(self) -> dict[str, Any]:
        """Returns the fields of `schemas.rights.STATEMENT`."""
        fields = self._asdict()
        uses: Uses = fields.pop("uses")
        return fields | uses._asdict()

    @property
    def rule(self) -> str:
        """The statement in one line: where it stands, and its words."""
        at = f"{self.place}:{self.line}" if self.line else self.place
        robots = f" ({self.agent})" if self.agent and self.agent != "*" else ""
        return f"{at}: {self.text}{robots}"


def stricter(one: Verdict, other: Verdict) -> Verdict:
    """Returns the more restrictive of two verdicts; what is stated counts before what is not."""
    return max(one, other, key=_STRICTNESS.__getitem__)


def combined(one: Uses, other: Uses) -> Uses:
    """Returns the more restrictive verdict on each use.

    Source: draft-ietf-aipref-vocab-08, section 5.1.
    """
    return Uses(*map(stricter, one, other))
