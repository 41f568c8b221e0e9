"""What sites state in files of their own, as a crawl or a folder holds them, on one address."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import NamedTuple

from jingyu.filters.rights.ai_txt import ai_txt_rules, ai_txt_statement
from jingyu.filters.rights.mining import MiningRules, Reservation, mining_rules
from jingyu.filters.rights.patterns import path_of
from jingyu.filters.rights.read_files import held
from jingyu.filters.rights.robots import Group
from jingyu.filters.rights.robots_statements import ALL_RESERVED, RobotsReader
from jingyu.filters.rights.rsl import Terms, rsl_terms, uses_at
from jingyu.filters.rights.snapshot import MAX_BYTES, Kind, Snapshot, text_of
from jingyu.filters.rights.statement import ACCESS, ALLOWED, RESERVED, Statement, Uses, Verdict
from jingyu.filters.source.address import host_of

_OK, _REDIRECT, _CLIENT_ERROR, _SERVER_ERROR, _BEYOND = 200, 300, 400, 500, 600
_NEVER = datetime.min.replace(tzinfo=UTC)


class Access(StrEnum):
    """Whether a robot may fetch an address."""

    ALLOWED = "allowed"
    DISALLOWED = "disallowed"
    UNKNOWN = "unknown"


class Said(NamedTuple):
    """What a site says of one address."""

    robots_txt: Access = Access.UNKNOWN
    """Whether all of the configured robots may fetch it."""
    robots_txt_rule: str | None = None
    """The rule that decided; none where no rule is about it."""
    robots_txt_at: datetime | None = None
    """When the robots.txt was captured."""
    ai_agents_disallowed: tuple[str, ...] = ()
    """Robots that collect for training and may not fetch it, of those that the file names."""
    mining: Reservation | None = None
    statements: tuple[Statement, ...] = ()
    """All of them."""
    counted: tuple[Statement, ...] = ()
    """Those of them that are for the configured robots, and on more than access."""


_NOTHING = Said()


@dataclass(frozen=True)
class Sites:
    """The files of sites."""

    files: Mapping[tuple[Kind, str], Snapshot] = field(default_factory=dict)
    """By kind and host in lower case."""
    licenses: Mapping[str, Snapshot] = field(default_factory=dict)
    """License documents by address."""

    def said(self, url: str | None, agents: Sequence[str] = ()) -> Said:
        """Returns what the site of an address says of it.

        Of hosts without a file in the snapshots nothing is known, nor of what is no web address.

        Args:
            url: The address.
            agents: The configured robots; none stand for any, `*`. One that is disallowed is
                enough.
        """
        host = host_of(url)
        if url is None or not host:
            return _NOTHING
        path = path_of(url)
        said = self._of_robots(host, path, tuple(agents) or ("*",))
        rules, at = self._mining(host)
        decisive = rules.rule(path) if rules else None
        more = [_of_mining(*decisive, at)] if decisive else []
        more += self._of_ai_txt(host, path)
        return said._replace(
            mining=decisive[1] if decisive else None,
            statements=(*said.statements, *more),
            counted=(*said.counted, *more),
        )

    def license_terms(self, url: str, host: str | None = None) -> tuple[Terms, ...] | None:
        """Returns the terms of a license document; none if no snapshot holds it or it is no RSL."""
        document = self.licenses.get(url) or (self.files.get(("rsl", host)) if host else None)
        return _terms(document.body) if document else None

    def _mining(self, host: str) -> tuple[MiningRules | None, datetime | None]:
        file = self.files.get(("tdmrep", host))
        return (_mining_rules(file.body), file.captured_at) if file else (None, None)

    def _of_ai_txt(self, host: str, path: str) -> list[Statement]:
        file = self.files.get(("ai_txt", host))
        found = ai_txt_statement(_ai_txt_rules(file.body), path) if file else None
        return [found._replace(stated_at=file.captured_at)] if found and file else []

    def _of_robots(self, host: str, path: str, agents: tuple[str, ...]) -> Said:
        file = self.files.get(("robots", host))
        if file is None:
            return _NOTHING
        at = file.captured_at
        if _CLIENT_ERROR <= file.status < _SERVER_ERROR:
            return Said(Access.ALLOWED, None, at)
        if file.status >= _SERVER_ERROR:
            said = f"status {file.status}"
            refused = Statement(ACCESS, "robots.txt", said, ALL_RESERVED, stated_at=at)
            return Said(Access.DISALLOWED, refused.rule, at, statements=(refused,))
        reader = _reader(file.body, agents, at)
        read = reader.read(path)
        licensed = tuple(self._licensed(reader, host, path)) if reader.licenses else ()
        counted = (*read.preferences, *licensed)
        return Said(
            Access.ALLOWED if read.may_fetch else Access.DISALLOWED,
            read.access.rule if read.access else None,
            at,
            read.disallowed,
            None,
            (*((read.access,) if read.access else ()), *counted, *read.others),
            counted,
        )

    def _licensed(self, reader: RobotsReader, host: str, path: str) -> Iterator[Statement]:
        # Many lines may name one document: it is asked once.
        read: dict[int, tuple[tuple[Terms, ...], tuple[Uses, str | None]]] = {}
        for rule, agent in reader.licenses:
            terms = self.license_terms(rule.value, host) or ()
            if id(terms) not in read:
                read[id(terms)] = terms, uses_at(terms, path)
            uses, pattern = read[id(terms)][1]
            yield Statement(
                "rsl", "robots.txt", rule.text, uses, rule.line, agent, pattern, reader.at
            )


def sites(snapshots: Iterable[Snapshot], as_of: date | None = None) -> Sites:
    """Returns the files of sites; of several of a kind for a host one counts.

    That is the last in their order that says something, or, with `as_of`, the latest of those that
    were captured on that day or before; what has no date is older than what has one. A success, a
    client error (400 to 499: there are no rules) and a server error (500 to 599: nothing may be
    fetched) say something, of other files than robots.txt a success alone.

    Source: RFC 9309, section 2.3.1.
    """
    files: dict[tuple[Kind, str], Snapshot] = {}
    licenses: dict[str, Snapshot] = {}
    for snapshot in snapshots:
        if not counts(snapshot, as_of):
            continue
        kind, host = snapshot.kind, snapshot.host.lower()
        if not as_of or _is_later(snapshot, files.get((kind, host))):
            files[kind, host] = snapshot
        # A host may have several license documents, each with an address and days of its own.
        if snapshot.url and (not as_of or _is_later(snapshot, licenses.get(snapshot.url))):
            licenses[snapshot.url] = snapshot
    return Sites(files, licenses)


def counts(snapshot: Snapshot, as_of: date | None) -> bool:
    """Returns whether a file says something, and as of a day had said it."""
    return _says_something(snapshot) and not (as_of and moment(snapshot).date() > as_of)


def _is_later(snapshot: Snapshot, known: Snapshot | None) -> bool:
    return known is None or moment(known) <= moment(snapshot)


def _says_something(snapshot: Snapshot) -> bool:
    if snapshot.kind == "tdmrep":
        return snapshot.status == _OK and _mining_rules(snapshot.body) is not None
    if snapshot.kind != "robots":
        return snapshot.status == _OK
    return _OK <= snapshot.status < _REDIRECT or _CLIENT_ERROR <= snapshot.status < _BEYOND


def moment(snapshot: Snapshot) -> datetime:
    """Returns when a file was captured, in UTC; the beginning of time where nothing says."""
    at = snapshot.captured_at
    try:
        aware = at if at is None or at.tzinfo else at.replace(tzinfo=UTC)
        return aware.astimezone(UTC) if aware else _NEVER
    except OverflowError:  # of another zone, at an end of the calendar
        return _NEVER


@held
def _reader(body: bytes, agents: tuple[str, ...], at: datetime | None) -> RobotsReader:
    return RobotsReader(_text(body), agents, at)


@held
def _ai_txt_rules(body: bytes) -> Group:
    return ai_txt_rules(_text(body))


@held
def _mining_rules(body: bytes) -> MiningRules | None:
    return mining_rules(body)


@held
def _terms(body: bytes) -> tuple[Terms, ...] | None:
    return rsl_terms(text_of(body))


def _text(body: bytes) -> str:
    """Returns a file's first 500 KiB, less the line that these cut."""
    if len(body) > MAX_BYTES:
        body = body[:MAX_BYTES].rpartition(b"\n")[0]
    return text_of(body)


def _of_mining(location: str, reservation: Reservation, at: datetime | None) -> Statement:
    verdict: Verdict = RESERVED if reservation.is_reserved else ALLOWED
    text = f"{location} tdm-reservation {int(reservation.is_reserved)}"
    uses = Uses(train=verdict, other=verdict)
    return Statement("tdmrep", "tdmrep.json", text, uses, None, None, location, at)
