"""Figures of sites: counted over an item's pages, and added up over items."""

import hashlib
from collections.abc import Iterable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jingyu.filters.decisions import Decisions
from jingyu.filters.source.source import TIERS
from jingyu.filters.source.verdicts import UNREGISTERED
from jingyu.schemas.sites import FIGURES

COLUMNS = (
    "site", "registered_domain", "source_name", "source_tier", "char_count", "link_count",
    "dead_link_count", "province_agreed_count", "province_contradicted_count",
    "doubled_name_count",
)  # fmt: skip
"""Of staged documents, what counting needs."""

_OF_THE_PASS = ("sources", "gate", "language")
"""Stages of decisions that a narrower pass would have made."""
_SUMMED = tuple(FIGURES.names)
_NAMES = ("registered_domain", "source_name")
_NO_NAME = ""
_HASH_BYTES = 8


def count_sites(documents: pa.Table, decisions: Decisions, bad_reasons: Sequence[str]) -> pa.Table:
    """Returns the figures of an item's sites, ordered by site.

    Pages that a pass just as wide as the config turns away do not count, so that sites are judged
    alike over what a wider pass staged; nor do pages of no site.

    Args:
        documents: `COLUMNS` of its staged documents.
        decisions: What select decided on them.
        bad_reasons: Reasons of rules that make a page a bad one.
    """
    stage, reason = (decisions[name].astype(str) for name in ("stage", "reason"))
    is_let_in = ~np.isin(stage, _OF_THE_PASS)
    is_passed = decisions.is_open
    agreed, contradicted = (
        _numbers(documents, f"province_{kind}_count") for kind in ("agreed", "contradicted")
    )
    chars = _numbers(documents, "char_count")
    figures = {
        "pages": np.ones(len(decisions), np.int64),
        "bad_pages": (stage == "select") & np.isin(reason, bad_reasons),
        "passed_pages": is_passed,
        "passed_chars": np.where(is_passed, chars, 0),
        "links": _numbers(documents, "link_count"),
        "dead_links": _numbers(documents, "dead_link_count"),
        "province_pages": (agreed > 0) | (contradicted > 0),
        "contradicted_pages": (contradicted > 0) & (agreed == 0),
        "doubled_name_pages": _numbers(documents, "doubled_name_count") > 0,
    }
    of_each = pa.table(
        {"site": documents["site"], "registered_domain": documents["registered_domain"]}
        | {"source_name": pc.fill_null(documents["source_name"], _NO_NAME)}
        | {"tier": _ranks(documents["source_tier"])}
        | {name: values.astype(np.int64) for name, values in figures.items()}
    )
    has_site = pc.fill_null(pc.not_equal(of_each["site"], ""), fill_value=False)
    return add_up([of_each.filter(pc.and_(has_site, pa.array(is_let_in)))])


def add_up(counts: Iterable[pa.Table]) -> pa.Table:
    """Returns the sums of figures of the same sites, ordered by site.

    Of tiers the least trusted counts, of names the first: both whatever the order of the tables.
    """
    tables = list(counts)
    how = dict.fromkeys(_SUMMED, "sum") | {"tier": "max"} | dict.fromkeys(_NAMES, "min")
    grouped = pa.concat_tables(tables).group_by("site", use_threads=False)
    added = grouped.aggregate(list(how.items()))
    named = {"site": added["site"]} | {name: added[f"{name}_{how[name]}"] for name in how}
    return pa.table(named).sort_by("site")


def hashes_of(values: Iterable[str]) -> NDArray[np.uint64]:
    """Returns hashes of sites, domains or numbers, by which they travel: 64 bits of BLAKE2b."""
    digests = (hashlib.blake2b(value.encode(), digest_size=_HASH_BYTES) for value in values)
    return np.frombuffer(b"".join(each.digest() for each in digests), "<u8").astype(np.uint64)


def _numbers(documents: pa.Table, name: str) -> NDArray[np.int64]:
    return np.asarray(pc.fill_null(documents[name], 0).to_numpy(), np.int64)


def _ranks(tiers: pa.ChunkedArray) -> pa.Array:
    found = pc.index_in(tiers, pa.array(TIERS))
    return pc.cast(pc.fill_null(found, UNREGISTERED), pa.int64())
