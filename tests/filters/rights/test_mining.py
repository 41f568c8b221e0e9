import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.filters.rights.mining import (
    MiningRules,
    Reservation,
    mining_rules,
)
from jingyu.filters.rights.patterns import path_of
from jingyu.filters.rights.site import sites
from jingyu.filters.rights.snapshot import MAX_BYTES, Snapshot


def rules_of(*locations: tuple[str, int]) -> MiningRules:
    entries = [{"location": location, "tdm-reservation": value} for location, value in locations]
    rules = mining_rules(json.dumps(entries).encode())
    assert rules is not None
    return rules


@pytest.mark.parametrize(
    ("location", "path", "matches"),
    [
        ("/", "/a", True),
        ("/a", "/a/b.html?c=1", True),
        ("/a", "/b", False),
        ("/*.pdf", "/a/b.pdf?c=1", True),
        ("/*.pdf$", "/a/b.pdf", True),
        ("/*.pdf$", "/a/b.pdf?c=1", False),
        ("/a$", "/a", True),
        ("/a$", "/ab", False),
        ("/a*a$", "/a", False),
        ("/a*b*c", "/a1b2c3", True),
        ("/a*b*c", "/a1c2b", False),
        ("/*", "/中文", True),
    ],
)
def test_a_location_matches_as_in_robots_txt(location: str, path: str, matches: bool) -> None:
    assert (rules_of((location, 1)).reservation(path) is not None) == matches


def test_the_longest_location_holds_and_of_equals_the_one_that_reserves() -> None:
    rules = rules_of(("/", 1), ("/open", 0), ("/same", 0), ("/same", 1))

    assert rules.reservation("/a") == Reservation(is_reserved=True, policy=None)
    assert rules.reservation("/open/a") == Reservation(is_reserved=False, policy=None)
    assert rules.reservation("/same") == Reservation(is_reserved=True, policy=None)


def test_a_rule_names_its_policy() -> None:
    body = b'\xef\xbb\xbf[{"location":"/","tdm-reservation":"1","tdm-policy":"https://a.cn/p"}]'
    rules = mining_rules(body)

    assert rules is not None
    assert rules.reservation("/") == Reservation(is_reserved=True, policy="https://a.cn/p")


@pytest.mark.parametrize("body", [b"", b"{}", b"<html>", b"\xff", b"[" * 100_000, b"null"])
def test_a_damaged_file_has_no_rules(body: bytes) -> None:
    assert mining_rules(body) is None


def test_entries_that_cannot_be_used_are_passed_over() -> None:
    body = b'[1, {"location": 1, "tdm-reservation": 1}, {"location": "/", "tdm-reservation": 2}]'

    assert mining_rules(body) == MiningRules(())


def test_a_file_is_read_up_to_500_kib() -> None:
    assert mining_rules(b"[]".ljust(MAX_BYTES)) == MiningRules(())
    assert mining_rules(b"[]".ljust(MAX_BYTES + 1)) is None


@settings(max_examples=100)
@given(location=st.text("/a*$.中"), path=st.text("/a*$.中?"))
def test_any_location_can_be_matched_with_any_path(location: str, path: str) -> None:
    found = rules_of((location, 1)).reservation(path)

    assert found is None or found.is_reserved


def test_the_rules_of_a_site_are_those_that_it_last_served() -> None:
    old, new = (
        json.dumps([{"location": "/", "tdm-reservation": said}]).encode() for said in (0, 1)
    )
    found = sites(
        [
            Snapshot("A.cn", 200, old, "tdmrep"),
            Snapshot("a.cn", 200, new, "tdmrep"),
            Snapshot("a.cn", 404, old, "tdmrep"),
            Snapshot("a.cn", 200, b"damaged", "tdmrep"),
        ]
    )

    assert found.said("http://a.cn/x").mining == Reservation(is_reserved=True, policy=None)
    assert found.said("http://b.cn/x").mining is None


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("http://a.cn", "/"),
        ("http://a.cn/b?c=1#d", "/b?c=1"),
        ("http://[a.cn/b", "/"),
    ],
)
def test_a_path_has_its_query(url: str, path: str) -> None:
    assert path_of(url) == path
