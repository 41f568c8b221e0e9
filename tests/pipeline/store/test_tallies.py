"""What runs tell of duplicates adds up to the counts of all runs together."""

import random
from collections import Counter
from collections.abc import Iterable

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.store.tallies import duplicate_tallies, merged
from jingyu.schemas.statistics import STATISTICS

NAMES = ("stage", "reason", "duplicate_of", "duplicate_corpus", "registered_domain")

duplicates = st.tuples(
    st.just("deduplicate"),
    st.sampled_from(["exact_duplicate", "near_duplicate", "url_duplicate", "contained_duplicate"]),
    st.sampled_from(["a", "b", "c"]),
    st.sampled_from([None, "first", "second"]),
    st.sampled_from([None, "x.cn", "y.cn"]),
)
others = st.sampled_from(
    [(None, None, None, None, "x.cn"), ("select", "too_short", None, None, "y.cn")]
)
ledgers = st.lists(duplicates | others, max_size=12)


def table(rows: Iterable[tuple[str | None, ...]]) -> pa.Table:
    found = [dict(zip(NAMES, row, strict=True)) for row in rows]
    return pa.Table.from_pylist(found, pa.schema([(name, pa.string()) for name in NAMES]))


def counts(rows: Iterable[tuple[str | None, ...]]) -> pa.Table:
    return duplicate_tallies(table(rows))["duplicate_deltas"]


@given(rows=ledgers)
def test_duplicates_are_counted_by_what_they_duplicate_and_by_domain(
    rows: list[tuple[str | None, ...]],
) -> None:
    dropped = [row for row in rows if row[0] == "deduplicate"]
    reprints = [row for row in dropped if row[1] in {"exact_duplicate", "near_duplicate"}]

    found = counts(rows)

    assert found.schema == STATISTICS["duplicate_deltas"]
    keys = list(zip(*(found[name].to_pylist() for name in NAMES[2:]), strict=True))
    assert len(set(keys)) == len(keys)
    documents = dict(zip(keys, found["documents"].to_pylist(), strict=True))
    assert documents == Counter(row[2:] for row in dropped)
    told = dict(zip(keys, found["reprints"].to_pylist(), strict=True))
    assert +Counter(told) == Counter(row[2:] for row in reprints)


@given(runs=st.lists(ledgers, min_size=1, max_size=4), seed=st.integers(0, 9))
def test_the_order_of_runs_and_of_their_rows_changes_no_sum(
    runs: list[list[tuple[str | None, ...]]], seed: int
) -> None:
    order = random.Random(seed)
    together = counts(row for run in runs for row in run)

    shuffled = [order.sample(run, len(run)) for run in order.sample(runs, len(runs))]
    added = merged({"duplicate_deltas": counts(run)} for run in shuffled)

    assert added["duplicate_deltas"] == together


def test_very_many_small_and_empty_parts_add_up_in_time_that_grows_with_them() -> None:
    """All that waits walked through for each part took minutes."""
    row = ("deduplicate", "exact_duplicate", "a", None, "x.cn")
    one, none = counts([row]), counts([])

    added = merged({"duplicate_deltas": each} for each in [one, none] * 20_000)

    assert added["duplicate_deltas"].num_rows == 1
    assert added["duplicate_deltas"]["documents"].to_pylist() == [20_000]
