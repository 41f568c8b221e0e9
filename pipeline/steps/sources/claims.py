"""Numbers and scripts that many unrelated sites have: counted where all claims of one meet."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jingyu.filters.source.claims import without_suffixes
from jingyu.filters.source.settings import Verdicts
from jingyu.filters.source.verdicts import bounds
from jingyu.pipeline.steps.sources.figures import hashes_of

CLAIM: Final = np.dtype([("number", "<u8"), ("domain", "<u8"), ("site", "<u8")])
"""That a page of a site, below a registered domain, claims a number; hashes of all three."""

SCRIPT: Final = np.dtype(
    [("script", "<u8"), ("domain", "<u8"), ("site", "<u8"), ("pages", "<u4"), ("traced", "<u4")]
)
"""That pages of a site have a script from a host: hashes, how many there are, and on how many of
them a copying tool left traces."""

COLUMNS = ("site", "registered_domain", "icp_numbers", "script_hosts", "dead_link_count")
"""Of staged documents, what claims are made of."""
_OWNED = ("site", "registered_domain")


def claims_of(documents: pa.Table) -> NDArray[np.void]:
    """Returns the claims of documents, each once; pages without a registered domain make none."""
    claimed = _claimed(documents, "icp_numbers", _OWNED)
    claimed = claimed.append_column("number", without_suffixes(claimed["icp_numbers"])).drop_null()
    claimed = claimed.drop_columns("icp_numbers")
    each = claimed.group_by(claimed.column_names, use_threads=False).aggregate([])
    found = np.zeros(each.num_rows, CLAIM)
    for name, column in (("number", "number"), ("domain", "registered_domain"), ("site", "site")):
        found[name] = hashes_of(each[column].to_pylist())
    return found


def sites_of_shared(claims: NDArray[np.void], least_domains: int) -> NDArray[np.uint64]:
    """Returns the sites that claim shared numbers, as often as they claim one, ordered.

    Args:
        claims: All claims of some numbers.
        least_domains: Registered domains that must claim a number for it to count as shared.
    """
    unique = np.unique(claims)
    pairs = np.unique(unique[["number", "domain"]])
    numbers, domains = np.unique(pairs["number"], return_counts=True)
    shared = numbers[domains >= least_domains]
    sites = np.unique(unique[["number", "site"]])
    return np.sort(sites["site"][np.isin(sites["number"], shared)])


def scripts_of(documents: pa.Table) -> NDArray[np.void]:
    """Returns which sites have which scripts of others, each pair once."""
    claimed = _claimed(documents, "script_hosts", (*_OWNED, "dead_link_count"))
    is_traced = pc.greater(pc.fill_null(claimed["dead_link_count"], 0), 0)
    claimed = claimed.drop_columns("dead_link_count").append_column(
        "traced", pc.cast(is_traced, pa.int64())
    )
    names = ["script_hosts", *_OWNED]
    each = claimed.drop_null().group_by(names, use_threads=False)
    counted = each.aggregate([([], "count_all"), ("traced", "sum")])
    found = np.zeros(counted.num_rows, SCRIPT)
    for name, column in zip(("script", "site", "domain"), names, strict=True):
        found[name] = hashes_of(counted[column].to_pylist())
    found["pages"] = counted["count_all"].to_numpy()
    found["traced"] = counted["traced_sum"].to_numpy()
    return found


def _claimed(documents: pa.Table, listed: str, others: Sequence[str]) -> pa.Table:
    """Returns a row for each value of a list, with other columns beside it."""
    rows = pa.table({name: documents[name] for name in (*others, listed)}).combine_chunks()
    parents = pc.list_parent_indices(rows[listed])
    return (
        rows.select(list(others)).take(parents).append_column(listed, pc.list_flatten(rows[listed]))
    )


def sites_of_traced(claims: NDArray[np.void], settings: Verdicts) -> NDArray[np.uint64]:
    """Returns the sites with scripts of a network, as often as they have one, ordered.

    Of a network is a script that so many registered domains have as the config says, of which
    surely more than its limit bear traces of a copying tool on more than half of their pages.

    Args:
        claims: All claims of some scripts.
        settings: What decides.
    """
    pairs, places = np.unique(claims[["script", "domain"]], return_inverse=True)
    pages, traced = (np.bincount(places, claims[name]) for name in ("pages", "traced"))
    is_traced = 2 * traced > pages
    scripts, of_pairs = np.unique(pairs["script"], return_inverse=True)
    domains = np.bincount(of_pairs).astype(float)
    traced_domains = np.bincount(of_pairs, is_traced).astype(float)
    low, _ = bounds(traced_domains, domains, settings.confidence)
    is_network = (domains >= settings.script_domains) & (low > settings.max_traced_ratio)
    sites = np.unique(claims[["script", "site"]])
    return np.sort(sites["site"][np.isin(sites["script"], scripts[is_network])])
