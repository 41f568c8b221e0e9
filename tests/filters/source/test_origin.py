import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.filters.source.filing import FilingNumbers
from jingyu.filters.source.origin import METHODS, PageEvidence, Verdict, origin
from jingyu.filters.source.source import Source

ICP = FilingNumbers(("京ICP备12345678号-1",), ())
PSB = FilingNumbers((), ("京公网安备11010102000001号",))
IMPLAUSIBLE = FilingNumbers(("京ICP备88888888号",), ("京公网安备31010102000001号",))
OFFICIAL = Source(match="gov.cn", name="政府", category="x", tier="official", origin="mainland")
ABROAD = Source(match="a.cn", name="a", category="x", tier="reputable", origin="overseas")
UNTOLD = Source(match="org.cn", name="b", category="x", tier="general")


@pytest.mark.parametrize(
    ("page", "verdict", "evidence", "against"),
    [
        (PageEvidence(None), "unknown", (), ()),
        (PageEvidence("a.com"), "unknown", (), ()),
        (PageEvidence("a.com", ICP), "unknown", ("icp",), ()),
        (PageEvidence("a.com", PSB), "unknown", ("psb",), ()),
        (PageEvidence("a.com", ICP, "US"), "unknown", ("icp", "ip:US"), ()),
        (PageEvidence("a.com", ICP, "CN"), "mainland", ("icp", "ip:CN"), ()),
        (PageEvidence("a.com", IMPLAUSIBLE), "unknown", ("icp:implausible", "psb:implausible"), ()),
        (PageEvidence("a.com", IMPLAUSIBLE, "US"), "overseas", ("ip:US",), ()),
        (PageEvidence("a.com", country="CN"), "mainland", ("ip:CN",), ()),
        (PageEvidence("a.com", country="HK"), "overseas", ("ip:HK",), ()),
        (PageEvidence("a.cn"), "unknown", ("cctld:cn",), ()),
        (PageEvidence("a.cn", ICP), "unknown", ("cctld:cn", "icp"), ()),
        (PageEvidence("xn--fsqu00a.xn--fiqs8s"), "unknown", ("cctld:xn--fiqs8s",), ()),
        (PageEvidence("a.cn", country="CN"), "mainland", ("cctld:cn", "ip:CN"), ()),
        (PageEvidence("a.cn", country="US"), "unknown", ("cctld:cn", "ip:US"), ()),
        (PageEvidence("a.cn", PSB, "US"), "unknown", ("cctld:cn", "psb", "ip:US"), ()),
        (PageEvidence("a.tw", ICP, "CN"), "overseas", ("cctld:tw",), ("icp", "ip:CN")),
        (PageEvidence("a.tw"), "overseas", ("cctld:tw",), ()),
        (PageEvidence("a.io"), "unknown", (), ()),
        (PageEvidence("127.0.0.11"), "unknown", (), ()),
        (PageEvidence("[::1]"), "unknown", (), ()),
        (
            PageEvidence("a.gov.cn", country="US", source=OFFICIAL),
            "mainland",
            ("register:official", "cctld:cn"),
            ("ip:US",),
        ),
        (
            PageEvidence("a.cn", ICP, source=ABROAD),
            "overseas",
            ("register:reputable",),
            ("cctld:cn", "icp"),
        ),
        (
            PageEvidence("a.org.cn", FilingNumbers((), ()), "CN", UNTOLD),
            "mainland",
            ("cctld:cn", "ip:CN"),
            (),
        ),
        (PageEvidence("a.com", source=UNTOLD), "unknown", ("register:general",), ()),
    ],
)
def test_the_most_trusted_evidence_decides(
    page: PageEvidence, verdict: Verdict, evidence: tuple[str, ...], against: tuple[str, ...]
) -> None:
    found = origin(page)

    assert (found.verdict, found.evidence, found.against) == (verdict, evidence, against)


def test_a_number_that_many_sites_claim_counts_for_none() -> None:
    both = FilingNumbers(("京ICP备12345678号-1", "沪ICP备12345678号"), ())
    shared = frozenset({"京ICP备12345678号"})

    assert origin(PageEvidence("a.com", ICP, shared=shared)).evidence == ("icp:shared",)
    assert origin(PageEvidence("a.com", ICP, shared=shared)).verdict == "unknown"
    assert origin(PageEvidence("a.com", both, shared=shared)).evidence == ("icp",)


def test_a_number_of_a_later_year_than_the_capture_counts_for_none() -> None:
    assert origin(PageEvidence("a.com", ICP, latest_year=2012)).evidence == ("icp",)
    assert origin(PageEvidence("a.com", ICP, latest_year=2011)).evidence == ("icp:implausible",)


def test_a_number_of_another_province_than_the_site_counts_for_none() -> None:
    found = origin(PageEvidence("a.com", ICP, "US", is_contradicted=True))

    assert (found.verdict, found.evidence) == ("overseas", ("ip:US",))
    assert found.by_method["icp"] == "unknown"


def test_each_method_has_its_own_verdict() -> None:
    found = origin(PageEvidence("a.tw", ICP, "US", OFFICIAL))

    assert found.by_method == {
        "register": "mainland",
        "cctld": "overseas",
        "icp": "mainland",
        "psb": "unknown",
        "ip": "overseas",
    }
    assert list(found.by_method) == list(METHODS)


pages = st.builds(
    PageEvidence,
    st.none() | st.sampled_from(["a.cn", "a.com", "a.tw", "a.io", ""]),
    st.sampled_from([ICP, PSB, IMPLAUSIBLE, FilingNumbers((), ())]),
    st.none() | st.sampled_from(["CN", "US", "TW"]),
    st.none() | st.sampled_from([OFFICIAL, ABROAD, UNTOLD]),
)


@given(page=pages)
def test_a_verdict_has_evidence_and_nothing_speaks_both_ways(page: PageEvidence) -> None:
    found = origin(page)

    assert not set(found.evidence) & set(found.against)
    assert found.verdict == "unknown" or found.evidence
    assert found.verdict != "unknown" or not found.against
    assert found.verdict in {"unknown", *found.by_method.values()}
