"""What one page shows of its rights, in plain values; what finds them is in other modules."""

from datetime import datetime
from typing import Final, NamedTuple

from jingyu.filters.rights.statement import NOT_STATED, Statement, Verdict

RESERVATIONS: Final = (
    "all_rights_reserved",
    "attribution_required",
    "copyright_claimed",
    "no_ai_training",
    "no_commercial_use",
    "no_crawling",
    "no_reprint",
    "permission_required",
)
"""Kinds of reservations in words."""


class Rights(NamedTuple):
    """One value for each column of `schemas.rights.RIGHTS`, in its order."""

    robots_txt: str | None = None
    robots_meta: str | None = None
    x_robots_tag: str | None = None
    noindex: bool = False
    nofollow: bool = False
    noarchive: bool = False
    nosnippet: bool = False
    noai: bool = False
    noimageai: bool = False
    tdm_reservation: bool | None = None
    tdm_policy: str | None = None
    license: str | None = None
    license_evidence: str | None = None
    licenses: tuple[str, ...] = ()
    reservations: tuple[str, ...] = ()
    paywall: str = "none"
    paywall_evidence: str | None = None
    ai_train: Verdict = NOT_STATED
    ai_train_rule: str | None = None
    robots_txt_rule: str | None = None
    robots_txt_at: datetime | None = None
    ai_agents_disallowed: tuple[str, ...] = ()
    statements: tuple[Statement, ...] = ()
