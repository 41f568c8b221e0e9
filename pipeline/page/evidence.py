"""Evidence that a page carries beside its text: where it comes from, its rights, risky words."""

import functools
from collections.abc import Sequence
from typing import Any

from jingyu.filters.lexicon.literals import Found, Literals
from jingyu.filters.lexicon.measure import measure_lexicon
from jingyu.filters.lexicon.settings import lexicon_of
from jingyu.filters.rights.evidence import OfTheSite, rights_of
from jingyu.filters.rights.page import LITERALS as RIGHTS_LITERALS
from jingyu.filters.rights.rights import Rights
from jingyu.filters.rights.settings import Rights as Settings
from jingyu.filters.rights.statement import OF_THE_PAGE, Statement
from jingyu.filters.source.filing import LATEST_YEAR, NONE, FilingNumbers
from jingyu.filters.source.filing_numbers import filing_numbers
from jingyu.filters.source.networks import Networks, load_networks
from jingyu.filters.source.origin import PageEvidence, origin
from jingyu.filters.source.passages import LITERALS as NUMBER_LITERALS
from jingyu.filters.source.pasted_names import pasted_names
from jingyu.filters.source.registers import register_of
from jingyu.filters.source.settings import Provenance
from jingyu.filters.source.site_signs import LITERALS as SITE_LITERALS
from jingyu.filters.source.site_signs import site_signs, title_of
from jingyu.pipeline.page.mask.masking import mask, mask_url
from jingyu.pipeline.page.normalize.normalization import normalize
from jingyu.pipeline.page.page import About
from jingyu.pipeline.page.settings import PageSettings

_LONGEST_STATEMENT = 200
_MOST_READ = 2000


def evidence_of(about: About, markup: str, text: str, config: PageSettings) -> dict[str, Any]:
    """Returns the columns of `ORIGIN`, `SITE`, `RIGHTS` and `LEXICON`, and of names in the text.

    Args:
        about: What the record says of the page.
        markup: The decoded page; empty where there is only text.
        text: Its main text, personal data masked; all of it where there is only text.
        config: What is configured of registers, networks, robots rules and word lists.
    """
    found = _literals().find(markup or text)
    claimed = filing_numbers(markup, found) if markup else None
    signs = _site_columns(about, markup, found, claimed.icp) if claimed else {}
    pasted = pasted_names(text, title_of(markup, found), signs.get("site_name"), about.host)
    columns = signs | pasted._asdict() | _origin_columns(about, claimed, signs, config)
    site = _of_the_site(about, config.rights) if config.rights.robots else OfTheSite(about.url)
    rights = rights_of(about.http_headers, markup, text, found, site)
    return columns | _masked(rights, about) | measure_lexicon(text, lexicon_of(config.lexicon))


def _origin_columns(
    about: About, claimed: FilingNumbers | None, site: dict[str, Any], config: PageSettings
) -> dict[str, Any]:
    source = register_of(config.source_register).find(about.url, about.host)
    country = _networks(config.provenance).country_of(about.ip)
    day = about.captured_at.date() if about.captured_at else None
    year = day.year if day else LATEST_YEAR
    is_contradicted = bool(
        site and site["province_contradicted_count"] and not site["province_agreed_count"]
    )
    found = origin(
        PageEvidence(
            about.host, claimed or NONE, country, source, year, is_contradicted=is_contradicted
        )
    )
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


def _site_columns(
    about: About, markup: str, literals: Found, numbers: Sequence[str]
) -> dict[str, Any]:
    signs = site_signs(markup, literals, about.host, numbers)._asdict()
    name = signs["site_name"]
    return signs | {"site_name": mask(normalize(name)).text if name else None}


@functools.cache
def _literals() -> Literals:
    """Returns what all evidence in the markup is found by: it is read once for all."""
    return Literals((*RIGHTS_LITERALS, *NUMBER_LITERALS, *SITE_LITERALS))


@functools.cache
def _networks(settings: Provenance) -> Networks:
    return load_networks(settings.networks)


def _of_the_site(about: About, settings: Settings) -> OfTheSite:
    # Most runs read no files of sites.
    from jingyu.pipeline.read.snapshot_table import sites_of

    files = sites_of(settings.robots, settings.as_of)
    return OfTheSite(about.url, files.said(about.url, settings.agents), files)


def _masked(rights: Rights, about: About) -> dict[str, Any]:
    """Returns the columns of `RIGHTS`: what is copied as it stands is masked."""
    columns = rights._asdict()
    columns["tdm_policy"] = mask_url(rights.tdm_policy) if rights.tdm_policy else None
    for name in ("ai_train_rule", "robots_txt_rule"):
        columns[name] = _shown(columns[name]) if columns[name] else None
    columns["statements"] = [_row(each, about) for each in rights.statements]
    return columns


def _row(statement: Statement, about: About) -> dict[str, Any]:
    row = statement.columns()
    row["text"] = _shown(statement.text)
    row["path"] = _shown(statement.path) if statement.path else None
    if statement.place in OF_THE_PAGE:
        row["stated_at"] = about.captured_at
    return row


@functools.lru_cache(1 << 13)
def _shown(stated: str) -> str:
    """Returns words of a site as they may be written: masked, and not too long."""
    # Cut once it is masked: part of a number would not be known for one.
    shown = mask_url(mask(stated[:_MOST_READ]).text)[:_LONGEST_STATEMENT]
    return shown.encode("utf-8", "replace").decode()
