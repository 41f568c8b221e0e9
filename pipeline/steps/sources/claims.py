"""Filing numbers that many unrelated sites claim: counted where all claims of a number meet."""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jingyu.filters.source.claims import without_suffixes
from jingyu.pipeline.steps.sources.figures import hashes_of

CLAIM: Final = np.dtype([("number", "<u8"), ("domain", "<u8"), ("site", "<u8")])
"""That a page of a site, below a registered domain, claims a number; hashes of all three."""

COLUMNS = ("site", "registered_domain", "icp_numbers")
"""Of staged documents, what claims are made of."""


def claims_of(documents: pa.Table) -> NDArray[np.void]:
    """Returns the claims of documents, each once; pages without a registered domain make none."""
    rows = pa.table({name: documents[name] for name in COLUMNS}).combine_chunks()
    parents = pc.list_parent_indices(rows["icp_numbers"])
    numbers = without_suffixes(pc.list_flatten(rows["icp_numbers"]))
    claimed = rows.select(["site", "registered_domain"]).take(parents)
    claimed = claimed.append_column("number", numbers).drop_null()
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
