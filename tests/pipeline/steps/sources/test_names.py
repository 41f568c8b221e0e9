import random

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.steps.sources.names import NAMED, common_names, names_of

ROWS = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 9), st.sampled_from("甲乙丙")))


def rows_of(rows: list[tuple[int, int, str]]) -> np.ndarray[tuple[int], np.dtype[np.void]]:
    return np.array([(site, pages, 0, name.encode()) for site, pages, name in rows], NAMED)


@given(ROWS, st.randoms())
def test_the_order_in_which_names_meet_changes_nothing(
    rows: list[tuple[int, int, str]], chance: random.Random
) -> None:
    sites, pages = np.arange(4, dtype=np.uint64), np.full(4, 20)
    found = common_names(sites, pages, rows_of(rows), 0.3)
    chance.shuffle(rows)

    assert common_names(sites, pages, rows_of(rows), 0.3).tolist() == found.tolist()


@given(ROWS)
def test_the_common_name_is_that_of_most_pages(rows: list[tuple[int, int, str]]) -> None:
    sites, pages = np.arange(4, dtype=np.uint64), np.full(4, 20)
    found = common_names(sites, pages, rows_of(rows), 0.3).tolist()

    for site in range(4):
        counts = {name: sum(n for s, n, of in rows if (s, of) == (site, name)) for name in "丙乙甲"}
        most = max(counts.values())
        expected = min((n.encode() for n in counts if counts[n] == most), default=b"")
        assert found[site] == (expected if most >= 6 else b"")


def test_names_are_counted_by_site_and_too_long_or_short_ones_are_left_out() -> None:
    names = ["某县林业局", "某县林业局", "短名", "山" * 33, *["某县林业局"] * 4]
    sites = ["a.cn", "a.cn", "a.cn", "a.cn", "b.cn", "", None, "c.cn"]
    urls = ["http://a.cn/", "http://a.cn/1", *[None] * 6]
    documents = pa.table({"site": sites, "site_name": names, "url": urls})
    is_let_in = np.array([True] * 7 + [False])

    found = names_of(documents, is_let_in)

    assert sorted(found[["pages", "homes"]].tolist()) == [(1, 0), (2, 1)]
    assert {name.decode() for name in found["name"].tolist()} == {"某县林业局"}
