from collections.abc import Sequence

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.filters.source.claims import shared_numbers, without_suffix, without_suffixes


def shared(pairs: Sequence[tuple[str | None, str | None]], least_domains: int) -> dict[str, int]:
    numbers = pa.array([number for number, _ in pairs], pa.string())
    domains = pa.array([domain for _, domain in pairs], pa.string())
    found = shared_numbers(numbers, domains, least_domains)
    return dict(zip(found["number"].to_pylist(), found["domain_count"].to_pylist(), strict=True))


def test_a_number_is_shared_from_the_limit_on() -> None:
    pairs = [("京ICP备12345678号", f"{domain}.cn") for domain in "abc"]

    assert shared(pairs, 2) == {"京ICP备12345678号": 3}
    assert shared(pairs, 3) == {"京ICP备12345678号": 3}
    assert shared(pairs, 4) == {}


def test_domains_are_counted_once_and_pages_without_one_not_at_all() -> None:
    pairs = [("京ICP证030173号", domain) for domain in ("a.cn", "a.cn", None, "b.cn")]

    assert shared([*pairs, (None, "a.cn"), (None, "b.cn")], 2) == {"京ICP证030173号": 2}


def test_suffixes_of_sites_and_apps_do_not_make_another_number() -> None:
    pairs = [
        ("京ICP备12345678号", "a.cn"),
        ("京ICP备12345678号-1", "b.cn"),
        ("京ICP备12345678号-2X", "c.cn"),
    ]

    assert shared(pairs, 3) == {"京ICP备12345678号": 3}


@pytest.mark.parametrize(
    ("number", "plain"),
    [
        ("京ICP备12345678号-10A", "京ICP备12345678号"),
        ("桂B2-20040022-5", "桂B2-20040022"),
        ("A2.B1.B2-20100001", "A2.B1.B2-20100001"),
        ("京公网安备11010102000001号", "京公网安备11010102000001号"),
    ],
)
def test_one_number_loses_its_suffix_as_many_do(number: str, plain: str) -> None:
    assert without_suffix(number) == plain
    assert without_suffixes(pa.array([number])).to_pylist() == [plain]


def test_no_claims_share_nothing() -> None:
    assert shared([], 1) == {}


@settings(max_examples=50)
@given(
    pairs=st.lists(st.tuples(st.sampled_from("甲乙丙"), st.sampled_from("abcd")), max_size=20),
    least=st.integers(1, 4),
)
def test_counts_do_not_depend_on_order(pairs: list[tuple[str, str]], least: int) -> None:
    expected = {
        number: len({domain for other, domain in pairs if other == number}) for number, _ in pairs
    }

    found = shared(pairs, least)

    assert found == {number: count for number, count in expected.items() if count >= least}
    assert shared(pairs[::-1], least) == found
