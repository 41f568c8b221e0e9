"""All that one page shows of its rights, in plain values."""

from collections.abc import Mapping

from jingyu.filters.lexicon.literals import Found
from jingyu.filters.rights.licenses import licenses
from jingyu.filters.rights.opt_outs import opt_outs
from jingyu.filters.rights.page import page_of
from jingyu.filters.rights.paywall import paywall
from jingyu.filters.rights.reservations import reservations
from jingyu.filters.rights.rights import Rights


def rights_of(
    headers: Mapping[str, str], markup: str, text: str, found: Found | None = None
) -> Rights:
    """Returns what a page itself shows; robots.txt and `tdmrep.json` are its site's.

    Args:
        headers: HTTP headers by name in lower case.
        markup: The decoded page; empty where there is only text.
        text: Its main text, which is read where there is no markup.
        found: Where `page.LITERALS` stand in what is read, if the caller has looked for them.
    """
    page = page_of(markup, text, found)
    stated = licenses(page)
    wall = paywall(page)
    return Rights(
        None,
        *opt_outs(headers, page.elements),
        license=stated[0].name if stated else None,
        license_evidence=stated[0].evidence if stated else None,
        licenses=tuple(sorted({one.name for one in stated})),
        reservations=reservations(page),
        paywall=wall.state,
        paywall_evidence=wall.evidence,
    )
