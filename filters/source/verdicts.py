"""Verdicts on sites: from figures of their pages to trusted, fine, unknown, doubtful or bad."""

from collections.abc import Mapping
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jingyu.filters.source.settings import Verdicts
from jingyu.filters.source.source import TIERS
from jingyu.schemas.sites import VERDICTS

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Columns = Mapping[str, NDArray[Any]]

UNREGISTERED = len(TIERS)
"""Rank of no tier at all, after those of `TIERS`."""
TRUSTED, FINE, UNKNOWN, DOUBTFUL, BAD = range(5)
"""Places in `schemas.sites.VERDICTS`."""


def bounds(successes: Floats, trials: Floats, confidence: float) -> tuple[Floats, Floats]:
    """Returns the Wilson intervals of many shares, as `wilson` of one; of no trials 0 to 1."""
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        share, weight = successes / trials, z * z / trials
        half = z * np.sqrt(share * (1 - share) / trials + weight / (4 * trials))
        low, high = ((share + weight / 2 + end) / (1 + weight) for end in (-half, half))
    low = np.where((trials > 0) & (successes > 0), low, 0.0)
    high = np.where((trials > 0) & (successes < trials), high, 1.0)
    return np.clip(low, 0, 1), np.clip(high, 0, 1)


def bad_ratio_bounds(sites: Columns, settings: Verdicts) -> tuple[Floats, Floats]:
    """Returns between which shares of bad pages each site's lies, with the stated confidence.

    So many pages are added to each site's as the config says, with bad ones among them in the share
    of its limit: a site of few pages lies near it, and so is neither bad nor fine.
    """
    added = settings.prior_pages
    bad = sites["bad_pages"] + added * settings.max_bad_ratio
    return bounds(bad, sites["pages"] + added, settings.confidence)


def verdict_by_tier(tier: str | None, settings: Verdicts) -> str:
    """Returns the verdict on a site of which no page was counted: `trusted`, or else `unknown`."""
    is_trusted = tier in TIERS[: TIERS.index(settings.trusted_tier) + 1]
    return VERDICTS[TRUSTED if is_trusted else UNKNOWN]


def against(sites: Columns, settings: Verdicts) -> dict[str, Flags]:
    """Returns, by name, what speaks against each site.

    What is found by the pages of other sites, too, speaks against none of a trusted tier: whoever
    copies such a site copies its number, scripts and forms with it.
    """
    certain = settings.confidence
    is_open = ~_has_trusted_tier(sites, settings)

    def above(part: str, whole: str, limit: float) -> Flags:
        low = bounds(sites[part].astype(float), sites[whole].astype(float), certain)[0]
        return np.asarray(low > limit)

    is_filled_in = above("template_pages", "pages", settings.max_template_ratio)
    return {
        "bad_pages": np.asarray(bad_ratio_bounds(sites, settings)[0] > settings.max_bad_ratio),
        "dead_links": above("dead_links", "links", settings.max_dead_link_ratio),
        "provinces": above("contradicted_pages", "province_pages", settings.max_contradicted_ratio),
        "shared_numbers": np.asarray(is_open & (sites["shared_numbers"] > 0)),
        "shared_scripts": np.asarray(is_open & (sites["shared_scripts"] > 0)),
        "doubled_names": above("doubled_name_pages", "pages", settings.max_doubled_name_ratio),
        "templates": np.asarray(is_open & is_filled_in),
    }


def _has_trusted_tier(sites: Columns, settings: Verdicts) -> Flags:
    return np.asarray(sites["tier"] <= TIERS.index(settings.trusted_tier))


def verdicts(sites: Columns, settings: Verdicts) -> NDArray[np.int8]:
    """Returns the place in `schemas.sites.VERDICTS` of the verdict on each site.

    1. `bad`: at least `min_pages`, and the share of bad ones surely above `max_bad_ratio`.
    2. `doubtful`: anything speaks `against` it; of fewer pages the share of bad ones, too.
    3. `trusted`: its tier is `trusted_tier` or better.
    4. `fine`: the share of bad pages is surely below `max_fine_bad_ratio`, that of pages which pass
       the rules surely above `min_fine_passed_ratio`.
    5. `unknown`: else.

    Args:
        sites: `schemas.sites.FIGURES`, `shared_numbers`, `shared_scripts`, `template_pages`, and
            `tier`: the rank of the tier.
        settings: The limits.
    """
    found = against(sites, settings)
    is_bad = found["bad_pages"] & (sites["pages"] >= settings.min_pages)
    is_doubtful = np.logical_or.reduce(list(found.values()))
    is_trusted = _has_trusted_tier(sites, settings)
    passed, _ = bounds(
        sites["passed_pages"].astype(float), sites["pages"].astype(float), settings.confidence
    )
    _, most_bad = bad_ratio_bounds(sites, settings)
    is_fine = (most_bad < settings.max_fine_bad_ratio) & (passed > settings.min_fine_passed_ratio)
    conditions = [is_bad, is_doubtful, is_trusted, is_fine]
    return np.select(conditions, [BAD, DOUBTFUL, TRUSTED, FINE], UNKNOWN).astype(np.int8)
