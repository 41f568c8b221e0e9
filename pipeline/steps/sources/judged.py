"""Judged sites: from figures to rows of `SITES`, and to what items are told of them."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jingyu.filters.source.pasted_names import is_local
from jingyu.filters.source.settings import Verdicts
from jingyu.filters.source.source import TIERS
from jingyu.filters.source.verdicts import DOUBTFUL, against, bad_ratio_bounds, verdicts
from jingyu.pipeline.steps.sources.figures import hashes_of
from jingyu.pipeline.steps.sources.names import (
    COMMON,
    common_names,
    home_names,
    provinces_of,
)
from jingyu.schemas.sites import FIGURES, SITES, VERDICTS

VERDICT: Final = np.dtype(
    [("site", "<u8"), ("verdict", "i1"), ("bad_ratio", "<f8"), ("mask", "i1")]
)
"""What items are told of a site: hash, place in `VERDICTS`, share of bad pages, and which of
`AGAINST` speak against it, a bit each."""

AGAINST: Final = (
    "bad_pages", "dead_links", "provinces", "shared_numbers", "doubled_names", "shared_scripts",
    "templates",
)  # fmt: skip
COUNTED: Final = ("shared_numbers", "shared_scripts", "template_pages")
"""What is counted elsewhere: sites of each come as often as they have one."""


def judge(
    figures: pa.Table, counted: Mapping[str, NDArray[np.uint64]], settings: Verdicts
) -> "Judged":
    """Returns the sites of a partition with the verdicts on them.

    Args:
        figures: What `figures.add_up` returned.
        counted: For each of `COUNTED`, the hashes of sites, as often as they have one.
        settings: What decides.
    """
    hashes = hashes_of(figures["site"].to_pylist())
    columns: dict[str, NDArray[Any]] = {
        name: figures[name].to_numpy() for name in (*FIGURES.names, "tier")
    }
    for name in COUNTED:
        columns[name] = _times(hashes, counted[name])
    return Judged(figures, hashes, columns, settings)


def _times(hashes: NDArray[np.uint64], counted: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Returns how often each hash is among those that were counted."""
    ordered = np.sort(counted)
    ends = np.searchsorted(ordered, hashes, "right")
    return np.asarray(ends - np.searchsorted(ordered, hashes), np.int64)


class Judged:
    """Sites of a partition, with the verdicts on them."""

    def __init__(
        self,
        figures: pa.Table,
        hashes: NDArray[np.uint64],
        columns: dict[str, NDArray[Any]],
        settings: Verdicts,
    ) -> None:
        self._figures = figures
        self._columns = columns
        self._settings = settings
        self._bounds = bad_ratio_bounds(columns, settings)
        found = against(columns, settings)
        self._against = [found[name] for name in AGAINST]
        self.told = np.zeros(len(hashes), VERDICT)
        self.told["site"] = hashes
        self.told["verdict"] = verdicts(columns, settings)
        self.told["bad_ratio"] = columns["bad_pages"] / columns["pages"]
        self.told["mask"] = sum(
            flags.astype(np.int8) << bit for bit, flags in enumerate(self._against)
        )

    def common_names(self, named: NDArray[np.void]) -> NDArray[np.void]:
        """Returns rows of `names.COMMON`, one for each site.

        Only doubtful ones have a name or a province, and not those whose numbers vouch for them. A
        province has who is of one place by name, or whose numbers contradict it: a portal or a
        guide names other places, too.
        """
        found = np.zeros(len(self.told), COMMON)
        sites, pages = self.told["site"], self._columns["pages"]
        found["site"] = sites
        settings = self._settings
        is_vouched = self._columns["vouched_pages"] > settings.max_vouched_ratio * pages
        is_open = (self.told["verdict"] == DOUBTFUL) & ~is_vouched
        if settings.min_common_name_ratio is not None:
            names = common_names(sites, pages, named, settings.min_common_name_ratio)
            found["name"][is_open] = names[is_open]
            found["home"][is_open] = home_names(sites, named)[is_open]
        if settings.min_province_name_ratio is not None:
            is_told = is_open & (self._against[AGAINST.index("provinces")] | _are_local(found))
            found["province"][is_told] = provinces_of(
                sites[is_told], named, settings.min_province_name_ratio
            )
        return found

    def table(self) -> pa.Table:
        """Returns rows of `SITES`."""
        sites = self._figures["site"].to_pylist()
        tiers = [TIERS[rank] if rank < len(TIERS) else None for rank in self._columns["tier"]]
        names = [name or None for name in self._figures["source_name"].to_pylist()]
        values = {
            "site": sites,
            "surt_host": [surt_host(site) for site in sites],
            "registered_domain": self._figures["registered_domain"],
            "source_name": names,
            "source_tier": tiers,
            **{name: self._columns[name] for name in (*FIGURES.names, *COUNTED)},
            "least_bad_ratio": self._bounds[0],
            "most_bad_ratio": self._bounds[1],
            "verdict": [VERDICTS[place] for place in self.told["verdict"].tolist()],
            "against": [against_of(mask) for mask in self.told["mask"].tolist()],
        }
        arrays = [pa.array(_plain(values[field.name]), field.type) for field in SITES]
        return pa.Table.from_arrays(arrays, schema=SITES)


def _are_local(common: NDArray[np.void]) -> NDArray[np.bool_]:
    return np.array([is_local(name.decode()) for name in common["name"].tolist()], np.bool_)


def against_of(mask: int) -> list[str]:
    """Returns what speaks against a site, of the bits of `VERDICT`."""
    return [name for bit, name in enumerate(AGAINST) if mask >> bit & 1]


def surt_host(site: str) -> str:
    """Returns the host of a site in the order of SURT: `cn,example,news`; an address as it is."""
    host = site.partition("/")[0]
    labels = host.split(".")
    return host if labels[-1].isdigit() or ":" in host else ",".join(reversed(labels))


def _plain(values: Any) -> Any:
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
