"""Which evidence excludes a page, as the config says."""

from collections.abc import Callable, Mapping

from jingyu.filters.rights.rights import RESERVATIONS, Rights
from jingyu.filters.rights.settings import Rights as Settings
from jingyu.filters.rights.statement import NOT_STATED, RESERVED

_FLAGS = ("noindex", "nofollow", "noarchive", "nosnippet", "noai", "noimageai")


def _flag(name: str) -> Callable[[Rights], bool]:
    return lambda rights: bool(getattr(rights, name))


def _reserves(kind: str) -> Callable[[Rights], bool]:
    return lambda rights: kind in rights.reservations


def _forbids(term: str) -> Callable[[Rights], bool]:
    return lambda rights: any(term in name.split("-") for name in rights.licenses)


EVIDENCE: Mapping[str, Callable[[Rights], bool]] = {
    "robots_disallowed": lambda rights: rights.robots_txt == "disallowed",
    "ai_agents_disallowed": lambda rights: bool(rights.ai_agents_disallowed),
    "ai_train_reserved": lambda rights: rights.ai_train == RESERVED,
    "ai_train_not_stated": lambda rights: rights.ai_train == NOT_STATED,
    **{name: _flag(name) for name in _FLAGS},
    "tdm_reservation": _flag("tdm_reservation"),
    **{kind: _reserves(kind) for kind in RESERVATIONS},
    "license_non_commercial": _forbids("NC"),
    "license_no_derivatives": _forbids("ND"),
    "paywall_metered": lambda rights: rights.paywall == "metered",
    "paywall_locked": lambda rights: rights.paywall == "locked",
}
"""What each name of the config's `exclude` looks for."""


def exclusion(rights: Rights, settings: Settings) -> str | None:
    """Returns the first of the config's evidences that a page shows; none if it shows none."""
    return next((name for name in settings.exclude if EVIDENCE[name](rights)), None)


def grounds(rights: Rights, name: str) -> str | None:
    """Returns which rule says what excludes a page; none where the name says it all."""
    if name == "robots_disallowed":
        return rights.robots_txt_rule
    if name == "ai_agents_disallowed":
        return ", ".join(rights.ai_agents_disallowed)
    return rights.ai_train_rule if name == "ai_train_reserved" else None
