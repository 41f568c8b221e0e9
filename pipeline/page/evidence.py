"""Evidence that a page carries beside its text: where it comes from, its rights, risky words."""

import functools
from collections.abc import Sequence
from typing import Any

from jingyu.filters.lexicon.engine import Lexicon
from jingyu.filters.lexicon.literals import Found, Literals
from jingyu.filters.lexicon.measure import measure_lexicon
from jingyu.filters.lexicon.settings import LexiconSettings, lexicon_of
from jingyu.filters.rights.evidence import rights_of
from jingyu.filters.rights.mining import MiningRules, mining_by_host, path_of
from jingyu.filters.rights.page import LITERALS as RIGHTS_LITERALS
from jingyu.filters.rights.robots import RobotsRules, Verdict, robots_rules
from jingyu.filters.rights.settings import Rights as Settings
from jingyu.filters.source.filing import LATEST_YEAR, NONE
from jingyu.filters.source.filing_numbers import filing_numbers
from jingyu.filters.source.networks import Networks, load_networks
from jingyu.filters.source.origin import PageEvidence, origin
from jingyu.filters.source.passages import LITERALS as NUMBER_LITERALS
from jingyu.filters.source.registers import register_of
from jingyu.filters.source.settings import Provenance
from jingyu.pipeline.page.mask.masking import mask_url
from jingyu.pipeline.page.page import About
from jingyu.pipeline.page.settings import PageSettings
from jingyu.pipeline.read.snapshots import read_snapshots


def evidence_of(about: About, markup: str, text: str, config: PageSettings) -> dict[str, Any]:
    """Returns the columns of `ORIGIN`, `RIGHTS` and `LEXICON`.

    Args:
        about: What the record says of the page.
        markup: The decoded page; empty where there is only text.
        text: Its main text, personal data masked.
        config: What is configured of registers, networks, robots rules and word lists.
    """
    found = _literals().find(markup or text)
    columns = _origin_columns(about, markup, found, config)
    rights = rights_of(about.http_headers, markup, text, found)._asdict()
    if config.rights.robots:
        rights |= _of_the_site(about, rights, config.rights)
    # The one value that is copied from the page as it stands.
    rights["tdm_policy"] = mask_url(rights["tdm_policy"]) if rights["tdm_policy"] else None
    return columns | rights | measure_lexicon(text, _lexicon(config.lexicon))


def _origin_columns(
    about: About, markup: str, literals: Found, config: PageSettings
) -> dict[str, Any]:
    source = register_of(config.source_register).find(about.url, about.host)
    claimed = filing_numbers(markup, literals) if markup else None
    country = _networks(config.provenance).country_of(about.ip)
    day = about.captured_at.date() if about.captured_at else None
    year = day.year if day else LATEST_YEAR
    found = origin(PageEvidence(about.host, claimed or NONE, country, source, year))
    columns: dict[str, Any] = {
        "icp_numbers": list(claimed.icp) if claimed else None,
        "psb_numbers": list(claimed.psb) if claimed else None,
        "server_country": country,
        "origin": found.verdict,
        "origin_evidence": list(found.evidence),
        "origin_against": list(found.against),
    }
    if source:
        is_valid = day is None or source.is_valid_on(day)
        columns |= {
            "source_name": source.name,
            "source_category": source.category,
            "source_tier": source.tier,
            "source_basis": source.basis if is_valid else None,
            "source_weight": source.weight,
        }
    return columns


@functools.cache
def _literals() -> Literals:
    """Returns what both kinds of evidence in the markup are found by: it is read once for both."""
    return Literals((*RIGHTS_LITERALS, *NUMBER_LITERALS))


@functools.cache
def _networks(settings: Provenance) -> Networks:
    return load_networks(settings.networks)


def _of_the_site(about: About, of_the_page: dict[str, Any], settings: Settings) -> dict[str, Any]:
    """Returns what the site says of the page; on mining only where the page itself says nothing."""
    robots, mining = _site_rules(settings.robots)
    verdict = robots.verdict(about.url, settings.agents)
    found: dict[str, Any] = {"robots_txt": None if verdict is Verdict.UNKNOWN else str(verdict)}
    is_stated = of_the_page["tdm_reservation"] is not None
    rules = None if is_stated else mining.get(about.host or "")
    reservation = rules.reservation(path_of(about.url or "")) if rules else None
    if reservation:
        found |= {"tdm_reservation": reservation.is_reserved, "tdm_policy": reservation.policy}
    return found


@functools.cache
def _site_rules(paths: Sequence[str]) -> tuple[RobotsRules, dict[str, MiningRules]]:
    snapshots = [snapshot for path in paths for snapshot in read_snapshots(path)]
    return robots_rules(snapshots), mining_by_host(snapshots)


@functools.cache
def _lexicon(settings: LexiconSettings) -> Lexicon | None:
    return lexicon_of(settings)
