"""Where a corpus comes from, counted by page, by host and by method."""

from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.filters.source.filing import NONE, FilingNumbers
from jingyu.filters.source.origin import METHODS, PageEvidence, origin, verdicts_of
from jingyu.filters.source.source import Source
from jingyu.pipeline.run.origin_statistics import origin_statistics
from jingyu.pipeline.steps.write.origins import count_origins
from jingyu.pipeline.steps.write.statistics import add_up
from jingyu.schemas.corpus import DOCUMENT
from tests.support.staged import empty_of

ICP = FilingNumbers(("京ICP备12345678号-1",), ())
BOTH = FilingNumbers(("京ICP备12345678号",), ("京公网安备11010102000001号",))
IMPLAUSIBLE = FilingNumbers(("京ICP备88888888号",), ("京公网安备31010102000001号",))
SEATS = ("mainland", "overseas", None)
SOURCES = [
    Source.model_validate(
        {"match": "a.cn", "name": "甲", "category": "x", "tier": tier, "origin": seat}
    )
    for tier in ("official", "untrusted")
    for seat in SEATS
]
pages = st.builds(
    PageEvidence,
    host=st.none()
    | st.sampled_from(["a.cn", "a.xn--fiqs8s", "a.com", "a.tw", "a.hk", "a.io", "127.0.0.1", ""])
    | st.text(alphabet="ac.:CN中", max_size=6),
    claimed=st.sampled_from([ICP, BOTH, IMPLAUSIBLE, NONE, FilingNumbers((), BOTH.psb)]),
    country=st.none() | st.sampled_from(["CN", "US", "HK", "TW", "", "cn"]),
    source=st.none() | st.sampled_from(SOURCES),
    latest_year=st.integers(1999, 2026),
    shared=st.sampled_from([frozenset(), frozenset({"京ICP备12345678号"})]),
)


@given(page=pages)
@settings(max_examples=500)
def test_what_each_method_says_can_be_read_from_the_columns_again(page: PageEvidence) -> None:
    found = origin(page)

    assert verdicts_of(found.verdict, found.evidence, found.against) == found.by_method


def row(page: PageEvidence, domain: str | None = None, **columns: Any) -> dict[str, Any]:
    """Returns the columns of a page that are counted."""
    found = origin(page)
    return {
        "host": page.host,
        "registered_domain": domain,
        "icp_numbers": list(page.claimed.icp),
        "psb_numbers": list(page.claimed.psb),
        "origin": found.verdict,
        "origin_evidence": list(found.evidence),
        "origin_against": list(found.against),
    } | columns


def batch(*rows: dict[str, Any]) -> pa.RecordBatch:
    empty = {field.name: None if field.nullable else empty_of(field.type) for field in DOCUMENT}
    return pa.RecordBatch.from_pylist([empty | row for row in rows], schema=DOCUMENT)


def statistics(*rows: dict[str, Any], least_domains: int = 2) -> dict[str, Any]:
    return origin_statistics(count_origins(batch(*rows)), least_domains)


def counts(mainland: int, overseas: int, unknown: int) -> dict[str, int]:
    return {"mainland": mainland, "overseas": overseas, "unknown": unknown}


def test_pages_and_hosts_are_counted_by_each_method_and_by_all_together() -> None:
    told = statistics(
        row(PageEvidence("a.com", ICP, "US")),
        row(PageEvidence("a.com", country="US")),
        row(PageEvidence("a.com", ICP)),
        row(PageEvidence("b.tw", ICP)),
        row(PageEvidence("c.com")),
    )["origin"]

    assert list(told) == ["combined", *METHODS]
    assert told["combined"] == {"pages": counts(0, 2, 3), "hosts": counts(0, 2, 1)}
    assert told["icp"] == {"pages": counts(3, 0, 2), "hosts": counts(2, 0, 1)}
    assert told["ip"] == {"pages": counts(0, 2, 3), "hosts": counts(0, 1, 2)}
    assert told["cctld"] == {"pages": counts(0, 1, 4), "hosts": counts(0, 1, 2)}
    assert told["register"] == {"pages": counts(0, 0, 5), "hosts": counts(0, 0, 3)}


@pytest.mark.parametrize(
    ("mainland", "overseas", "expected"),
    [(1, 2, counts(0, 1, 0)), (2, 2, counts(1, 0, 0)), (2, 1, counts(1, 0, 0))],
)
def test_a_host_is_where_most_of_its_pages_are_and_at_a_tie_on_the_mainland(
    mainland: int, overseas: int, expected: dict[str, int]
) -> None:
    told = statistics(
        *[row(PageEvidence("a.com", ICP, "CN"))] * mainland,
        *[row(PageEvidence("a.com", country="US"))] * overseas,
        *[row(PageEvidence("a.com"))] * 9,
    )

    assert told["origin"]["combined"]["hosts"] == expected


def test_pages_without_a_host_are_one_host() -> None:
    told = statistics(row(PageEvidence(None)), row(PageEvidence(None)))

    assert told["origin"]["combined"] == {"pages": counts(0, 0, 2), "hosts": counts(0, 0, 1)}


@pytest.mark.parametrize(("least", "expected"), [(2, 3), (3, 3), (4, None)])
def test_a_number_that_so_many_domains_claim_is_listed_with_their_number(
    least: int, expected: int | None
) -> None:
    claims = [row(PageEvidence("x", BOTH), domain) for domain in ("a.cn", "b.cn", "c.cn", "c.cn")]
    others = [row(PageEvidence("x", ICP), None), row(PageEvidence("x"), "d.cn", icp_numbers=None)]

    told = statistics(*claims, *others, least_domains=least)["shared_numbers"]

    assert told == (
        {"京ICP备12345678号": expected, "京公网安备11010102000001号": expected} if expected else {}
    )


def test_the_suffix_of_a_number_makes_it_no_other() -> None:
    others = FilingNumbers(("京ICP备12345678号-2", "京ICP备12345678号"), ())
    told = statistics(row(PageEvidence("x", ICP), "a.cn"), row(PageEvidence("x", others), "b.cn"))

    assert told["shared_numbers"] == {"京ICP备12345678号": 2}


def test_an_empty_corpus_has_figures_of_zero() -> None:
    told = origin_statistics({}, 5)

    assert told["shared_numbers"] == {}
    assert told["origin"] == {
        method: {"pages": counts(0, 0, 0), "hosts": counts(0, 0, 0)}
        for method in ("combined", *METHODS)
    }


rows = st.lists(
    st.builds(row, pages, st.sampled_from([None, "a.cn", "b.cn", "c.cn"])), min_size=1, max_size=8
)


@given(documents=rows, cut=st.integers(1, 7))
@settings(max_examples=40)
def test_statistics_do_not_depend_on_how_the_corpus_is_cut(
    documents: list[dict[str, Any]], cut: int
) -> None:
    parts = [part for part in (documents[cut:], documents[:cut]) if part]
    counted = add_up(count_origins(batch(*part)) for part in parts)

    whole = statistics(*documents)
    assert origin_statistics(counted, 2) == whole
    for found in whole["origin"].values():
        assert sum(found["pages"].values()) == len(documents)
        assert sum(found["hosts"].values()) == len({each["host"] or "" for each in documents})
