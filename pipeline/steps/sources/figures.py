"""Figures of sites: counted over an item's pages, and added up over items."""

import functools
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
    "doubled_name_count", "pasted_title_count",
)  # fmt: skip
"""Of staged documents, what counting needs."""

_OF_THE_PASS = ("sources", "gate", "language")
"""Stages of decisions that a narrower pass would have made."""
_SUMMED = tuple(FIGURES.names)
_NAMES = ("registered_domain", "source_name")
_NO_NAME = ""
_KINDS = 2
"""Kinds of numbers that tell a province: of filing, and of landlines."""
_HASH_BYTES = 8
_HELD = 1 << 16


def count_sites(documents: pa.Table, decisions: Decisions, bad_reasons: Sequence[str]) -> pa.Table:
    """Returns the figures of an item's sites, ordered by site.

    Pages that a pass just as wide as the config turns away do not count, so that sites are judged
    alike over what a wider pass staged; nor do pages of no site.

    Args:
        documents: `COLUMNS` of its staged documents.
        decisions: What select decided on them.
        bad_reasons: Reasons of rules that make a page a bad one.
    """
    is_passed = decisions.is_open
    is_of_select = _one_of(decisions["stage"], ("select",)) >= 0
    is_bad = is_of_select & (_one_of(decisions["reason"], bad_reasons) >= 0)
    agreed, contradicted = (
        _numbers(documents, f"province_{kind}_count") for kind in ("agreed", "contradicted")
    )
    chars = _numbers(documents, "char_count")
    figures = {
        "pages": np.ones(len(decisions), np.int64),
        "bad_pages": is_bad,
        "passed_pages": is_passed,
        "passed_chars": np.where(is_passed, chars, 0),
        "links": _numbers(documents, "link_count"),
        "dead_links": _numbers(documents, "dead_link_count"),
        "province_pages": (agreed > 0) | (contradicted > 0),
        "contradicted_pages": (contradicted > 0) & (agreed == 0),
        "vouched_pages": (agreed >= _KINDS) & (contradicted == 0),
        "doubled_name_pages": _has_pasted_ends(documents),
    }
    of_each = pa.table(
        {"site": documents["site"], "registered_domain": documents["registered_domain"]}
        | {"source_name": pc.fill_null(documents["source_name"], _NO_NAME)}
        | {"tier": _ranks(documents["source_tier"])}
        | {name: values.astype(np.int64) for name, values in figures.items()}
    )
    has_site = pc.fill_null(pc.not_equal(of_each["site"], ""), fill_value=False)
    return add_up([of_each.filter(pc.and_(has_site, pa.array(let_in(decisions))))])


def _has_pasted_ends(documents: pa.Table) -> NDArray[np.bool_]:
    """Returns which texts have a name twice, or two parts of the title, a dash between."""
    counts = (_numbers(documents, name) for name in ("doubled_name_count", "pasted_title_count"))
    return np.asarray(sum(counts) > 0)


def let_in(decisions: Decisions) -> NDArray[np.bool_]:
    """Returns which documents a pass just as wide as the config would have staged."""
    return np.asarray(_one_of(decisions["stage"], _OF_THE_PASS) < 0)


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
    return np.frombuffer(b"".join(map(_digest, values)), "<u8").astype(np.uint64)


@functools.lru_cache(_HELD)  # items of a crawl are of the same sites, which are hashed thrice each
def _digest(value: str) -> bytes:
    return hashlib.blake2b(value.encode(), digest_size=_HASH_BYTES).digest()


def _one_of(words: NDArray[np.object_], known: Sequence[str]) -> NDArray[np.int64]:
    """Returns the place of each word among those that are known, -1 for all others."""
    given = pa.array(words, pa.string(), from_pandas=True)
    places = pc.index_in(given, pa.array(known, pa.string()), skip_nulls=True)
    return np.asarray(pc.fill_null(places, -1).to_numpy(), np.int64)


def _numbers(documents: pa.Table, name: str) -> NDArray[np.int64]:
    return np.asarray(pc.fill_null(documents[name], 0).to_numpy(), np.int64)


def _ranks(tiers: pa.ChunkedArray) -> pa.Array:
    found = pc.index_in(tiers, pa.array(TIERS, pa.string()))
    return pc.cast(pc.fill_null(found, UNREGISTERED), pa.int64())
