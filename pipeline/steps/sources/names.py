"""Names of sites: what most of its pages' titles end in, and which texts name it."""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jingyu.filters.source.pasted_names import name_of_site
from jingyu.pipeline.steps.sources.figures import hashes_of

_MOST_BYTES = 96
_NAME = f"S{_MOST_BYTES}"
NAMED: Final = np.dtype([("site", "<u8"), ("pages", "<u4"), ("name", _NAME)])
"""How many pages of a site have titles that end in a name: hash of the site, and the name."""
COMMON: Final = np.dtype([("site", "<u8"), ("name", _NAME)])
"""What items are told of doubtful sites: the name that most titles end in."""

COLUMNS = ("site", "site_name")
"""Of staged documents, what names are counted by."""

_LEAST_PAGES = 3


def names_of(documents: pa.Table, is_let_in: NDArray[np.bool_]) -> NDArray[np.void]:
    """Returns the names of an item's sites, a row for each pair; those of no site have none.

    Args:
        documents: `COLUMNS` of its staged documents.
        is_let_in: Pages that count.
    """
    has_both = pc.and_(pc.not_equal(documents["site"], ""), pc.is_valid(documents["site_name"]))
    counts = pc.and_(pc.fill_null(has_both, fill_value=False), pa.array(is_let_in))
    pairs = documents.select(COLUMNS).filter(counts).group_by(list(COLUMNS), use_threads=False)
    table = pairs.aggregate([([], "count_all")])
    found = np.zeros(table.num_rows, NAMED)
    found["site"] = hashes_of(table["site"].to_pylist())
    found["pages"] = table["count_all"].to_numpy()
    names = [name_of_site(name).encode() for name in table["site_name"].to_pylist()]
    found["name"] = [name if len(name) <= _MOST_BYTES else b"" for name in names]
    return np.asarray(found[found["name"] != b""])


def common_names(
    sites: NDArray[np.uint64], pages: NDArray[np.int64], named: NDArray[np.void], least_ratio: float
) -> NDArray[np.bytes_]:
    """Returns the name that most titles of each site end in, empty where too few do.

    Args:
        sites: Hashes.
        pages: How many pages each has.
        named: Rows of `NAMED`, in any order; several may be of one site and name.
        least_ratio: Share of a site's pages that must have the name; it has three pages at least.
    """
    found = np.zeros(len(sites), _NAME)
    if not len(named):
        return found
    rows = named[np.lexsort((named["name"], named["site"]))]
    is_other = (rows["site"][1:] != rows["site"][:-1]) | (rows["name"][1:] != rows["name"][:-1])
    starts = np.flatnonzero(np.append(True, is_other))
    counts = np.add.reduceat(rows["pages"].astype(np.int64), starts)
    kinds = rows[starts]
    order = np.lexsort((-counts, kinds["site"]))  # of equal counts the first name
    known, firsts = np.unique(kinds["site"][order], return_index=True)
    best = order[firsts]
    places = np.minimum(np.searchsorted(known, sites), len(known) - 1)
    is_common = (known[places] == sites) & (
        counts[best][places] >= np.maximum(_LEAST_PAGES, least_ratio * pages)
    )
    found[is_common] = kinds["name"][best][places][is_common]
    return found
