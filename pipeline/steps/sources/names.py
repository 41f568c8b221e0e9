"""Names of sites: what the titles of its pages end in, and the province that they speak of."""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jingyu.filters.source.pasted_names import name_of_site
from jingyu.filters.source.provinces import province_of_name
from jingyu.pipeline.steps.sources.figures import hashes_of

_MOST_BYTES = 96
_NAME = f"S{_MOST_BYTES}"
NAMED: Final = np.dtype([("site", "<u8"), ("pages", "<u4"), ("homes", "<u4"), ("name", _NAME)])
"""How many pages of a site have titles that end in a name, and how many of these are its home page:
hash of the site, and the name."""
COMMON: Final = np.dtype([("site", "<u8"), ("name", _NAME), ("home", _NAME), ("province", "S2")])
"""What items are told of doubtful sites: the name that most titles end in, that of the home page,
and the code of the province that they speak of."""

COLUMNS = ("site", "site_name", "url")
"""Of staged documents, what names are counted by."""

_LEAST_PAGES = 3
_HOME = r"^https?://[^/?#]+/?(?:(?:index|default)\.[a-z]{3,5})?$"


def names_of(documents: pa.Table, is_let_in: NDArray[np.bool_]) -> NDArray[np.void]:
    """Returns the names of an item's sites, a row for each pair; those of no site have none.

    Args:
        documents: `COLUMNS` of its staged documents.
        is_let_in: Pages that count.
    """
    has_both = pc.and_(pc.not_equal(documents["site"], ""), pc.is_valid(documents["site_name"]))
    counts = pc.and_(pc.fill_null(has_both, fill_value=False), pa.array(is_let_in))
    is_home = pc.fill_null(pc.match_substring_regex(documents["url"], _HOME), fill_value=False)
    named = documents.select(["site", "site_name"]).append_column("homes", pc.cast(is_home, "u4"))
    pairs = named.filter(counts).group_by(["site", "site_name"], use_threads=False)
    table = pairs.aggregate([([], "count_all"), ("homes", "sum")])
    found = np.zeros(table.num_rows, NAMED)
    found["site"] = hashes_of(table["site"].to_pylist())
    found["pages"] = table["count_all"].to_numpy()
    found["homes"] = table["homes_sum"].to_numpy()
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
    found, counts = _most_named(sites, named, "pages")
    found[counts < np.maximum(_LEAST_PAGES, least_ratio * pages)] = b""
    return found


def home_names(sites: NDArray[np.uint64], named: NDArray[np.void]) -> NDArray[np.bytes_]:
    """Returns the name that the title of each site's home page ends in, empty where none is known.

    Of several captures that of most counts, then the first name.

    Args:
        sites: Hashes.
        named: Rows of `NAMED`, in any order.
    """
    return _most_named(sites, named[named["homes"] > 0], "homes")[0]


def provinces_of(
    sites: NDArray[np.uint64], named: NDArray[np.void], least_ratio: float
) -> NDArray[np.bytes_]:
    """Returns the code of the province that the names of each site speak of, empty where none is.

    That is the one of its home page, or else the one that the titles of three pages at least speak
    of, and of so many of those that speak of any.

    Args:
        sites: Hashes; names of others are not read.
        named: Rows of `NAMED`, in any order.
        least_ratio: Share of the pages whose names speak of a province that must speak of this one.
    """
    found = named[np.isin(named["site"], sites)].copy()
    codes = [province_of_name(name.decode()) or "" for name in found["name"].tolist()]
    found["name"] = [code.encode() for code in codes]
    found = found[found["name"] != b""]
    most, counts = _most_named(sites, found, "pages")
    order = np.argsort(sites)
    spoken = np.zeros(len(sites), np.int64)
    np.add.at(spoken, order[np.searchsorted(sites, found["site"], sorter=order)], found["pages"])
    most[counts < np.maximum(_LEAST_PAGES, least_ratio * spoken)] = b""
    of_home = home_names(sites, found)
    return np.where(of_home != b"", of_home, most).astype("S2")


def is_told(common: NDArray[np.void]) -> NDArray[np.bool_]:
    """Returns which rows of `COMMON` tell anything."""
    told = [common[name] != b"" for name in ("name", "home", "province")]
    return np.asarray(np.logical_or.reduce(told))


def _most_named(
    sites: NDArray[np.uint64], named: NDArray[np.void], by: str
) -> tuple[NDArray[np.bytes_], NDArray[np.int64]]:
    """Returns the name of most pages of each site, and of how many; of equal counts the first."""
    found, most = np.zeros(len(sites), _NAME), np.zeros(len(sites), np.int64)
    if not len(named):
        return found, most
    rows = named[np.lexsort((named["name"], named["site"]))]
    is_other = (rows["site"][1:] != rows["site"][:-1]) | (rows["name"][1:] != rows["name"][:-1])
    starts = np.flatnonzero(np.append(True, is_other))
    counts = np.add.reduceat(rows[by].astype(np.int64), starts)
    kinds = rows[starts]
    order = np.lexsort((-counts, kinds["site"]))
    known, firsts = np.unique(kinds["site"][order], return_index=True)
    best = order[firsts]
    places = np.minimum(np.searchsorted(known, sites), len(known) - 1)
    is_known = known[places] == sites
    found[is_known] = kinds["name"][best][places][is_known]
    most[is_known] = counts[best][places][is_known]
    return found, most
