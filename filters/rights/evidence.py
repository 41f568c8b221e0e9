"""All that one page shows of its rights, in plain values."""

from collections.abc import Mapping
from typing import NamedTuple

from jingyu.filters.lexicon.literals import Found
from jingyu.filters.rights.ai_train import deciding
from jingyu.filters.rights.licenses import licenses
from jingyu.filters.rights.opt_outs import opt_outs
from jingyu.filters.rights.page import page_of
from jingyu.filters.rights.page_statements import page_statements
from jingyu.filters.rights.paywall import paywall
from jingyu.filters.rights.reservations import reservations
from jingyu.filters.rights.rights import Rights
from jingyu.filters.rights.site import Access, Said, Sites
from jingyu.filters.rights.statement import MOST_STATEMENTS, NOT_STATED, Statement

_NO_SITES = Sites()


class OfTheSite(NamedTuple):
    """What is known of a page's site."""

    url: str | None = None
    """Address of the page."""
    said: Said = Said()
    """What its files say of the page."""
    sites: Sites = _NO_SITES
    """The files of all sites."""


def rights_of(
    headers: Mapping[str, str],
    markup: str,
    text: str,
    found: Found | None = None,
    site: OfTheSite = OfTheSite(),  # noqa: B008  (immutable)
) -> Rights:
    """Returns what a page and its site show.

    Args:
        headers: HTTP headers by name in lower case.
        markup: The decoded page; empty where there is only text.
        text: Its main text, which is read where there is no markup.
        found: Where `page.LITERALS` stand in what is read, if the caller has looked for them.
        site: Its address, and what the files of its site say.
    """
    page = page_of(markup, text, found)
    licensed = licenses(page, headers.get("link", ""))
    wall = paywall(page)
    reserved = reservations(page)
    own = tuple(page_statements(headers, page, site.url, site.sites.license_terms, reserved))
    said = site.said
    decisive = deciding((*said.counted, *own))
    refused = opt_outs(headers, page.elements)
    if refused.tdm_reservation is None and said.mining:
        refused = refused._replace(
            tdm_reservation=said.mining.is_reserved, tdm_policy=said.mining.policy
        )
    return Rights(
        None if said.robots_txt is Access.UNKNOWN else str(said.robots_txt),
        *refused,
        license=licensed[0].name if licensed else None,
        license_evidence=licensed[0].evidence if licensed else None,
        licenses=tuple(sorted({one.name for one in licensed})),
        reservations=reserved,
        paywall=wall.state,
        paywall_evidence=wall.evidence,
        ai_train=decisive.uses.train if decisive else NOT_STATED,
        ai_train_rule=decisive.rule if decisive else None,
        robots_txt_rule=said.robots_txt_rule,
        robots_txt_at=said.robots_txt_at,
        ai_agents_disallowed=said.ai_agents_disallowed,
        statements=_listed((*said.statements, *own), decisive),
    )


def _listed(statements: tuple[Statement, ...], decisive: Statement | None) -> tuple[Statement, ...]:
    """Returns the first statements, and the one that decides; a site may repeat itself for ever."""
    listed, others = statements[:MOST_STATEMENTS], statements[MOST_STATEMENTS:]
    return (*listed[:-1], decisive) if decisive in others and decisive not in listed else listed
