from collections import Counter, defaultdict
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.pipeline.steps.clean.lines.boilerplate import (
    LINE_COUNT,
    Limits,
    add_up_lines,
    count_lines,
    dealt_lines,
    find_boilerplate,
    is_boilerplate,
    parts_of_a_host,
)
from jingyu.pipeline.steps.clean.lines.lines import NO_LINE, lines_of

FOOTER = "本站内容未经许可不得转载"


def found(pages: list[tuple[int, str]], limits: Limits) -> list[bool]:
    """Returns whether the last line of each page is boilerplate."""
    hosts = np.array([host for host, _ in pages], np.uint64)
    lines = lines_of([text for _, text in pages])
    keys = find_boilerplate(count_lines(lines, hosts), limits)
    is_found = is_boilerplate(lines, hosts, keys)
    ends = np.flatnonzero(np.diff(lines.documents, append=-1))
    return [bool(value) for value in is_found[ends]]


@pytest.mark.parametrize(("pages", "expected"), [(3, False), (4, True)])
def test_a_line_of_enough_pages_is_boilerplate(pages: int, *, expected: bool) -> None:
    texts = [(1, f"正文{number}\n{FOOTER}") for number in range(pages)]

    assert found(texts, Limits(4, 0.0)) == [expected] * pages


@pytest.mark.parametrize(("others", "expected"), [(4, True), (5, False)])
def test_a_line_of_too_small_a_share_of_pages_is_none(others: int, *, expected: bool) -> None:
    texts = [(1, f"正文{number}\n{FOOTER}") for number in range(4)]
    texts += [(1, f"别的{number}") for number in range(others)]

    assert found(texts, Limits(2, 0.5))[:4] == [expected] * 4


def test_pages_count_once_and_by_their_own_host() -> None:
    texts = [(1, f"{FOOTER}\n{FOOTER}\n{FOOTER}"), (2, FOOTER), (1, FOOTER)]

    assert found(texts, Limits(3, 0.0)) == [False] * 3
    assert found(texts, Limits(2, 0.0)) == [True, False, True]


def test_pages_without_a_host_have_no_boilerplate() -> None:
    assert found([(0, FOOTER)] * 5, Limits(2, 0.0)) == [False] * 5


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["甲\n乙", "乙\n丙"])), max_size=12),
    st.integers(0, 12),
)
def test_counts_of_parts_add_up_to_those_of_all(pages: list[tuple[int, str]], cut: int) -> None:
    def counts(some: list[tuple[int, str]]) -> np.ndarray:
        hosts = np.array([host for host, _ in some], np.uint64)
        return count_lines(lines_of([text for _, text in some]), hosts)

    parts = add_up_lines([counts(pages[:cut]), counts(pages[cut:])])
    assert parts.tolist() == counts(pages).tolist()


@given(
    texts=st.lists(st.lists(st.sampled_from("甲乙丙。 "), max_size=6).map("\n".join), max_size=6)
)
def test_a_page_counts_once_for_each_of_its_lines(texts: list[str]) -> None:
    lines = lines_of(texts)

    counts = count_lines(lines, np.ones(len(texts), np.uint64))
    expected = Counter(
        line
        for number in range(len(texts))
        for line in {*lines.hashes[lines.documents == number].tolist(), NO_LINE}
    )
    assert dict(zip(counts["line"].tolist(), counts["pages"].tolist(), strict=True)) == expected


@given(
    rows=st.lists(st.tuples(st.integers(1, 3), st.integers(1, 20)), max_size=40),
    limits=st.builds(Limits, st.integers(1, 4), st.sampled_from([0.0, 0.3, 0.6])),
    partitions=st.integers(1, 4),
    parts=st.integers(1, 5),
)
def test_lines_of_a_host_may_be_counted_at_several_places(
    rows: list[tuple[int, int]], limits: Limits, partitions: int, parts: int
) -> None:
    items = [rows[::2], rows[1::2]]  # each row is a page of a host that has one line
    at_places: dict[int, list[Any]] = defaultdict(list)
    whole = []
    for item in items:
        pages = [(host, NO_LINE, 1) for host, _ in item]
        counted = add_up_lines([np.array([(*row, 1) for row in item] + pages, LINE_COUNT)])
        whole.append(counted)
        dealt, targets = dealt_lines(counted, partitions, parts)
        for target in np.unique(targets).tolist():
            at_places[target].append(dealt[targets == target])

    found = [find_boilerplate(add_up_lines(told), limits) for told in at_places.values()]

    expected = find_boilerplate(add_up_lines(whole), limits)
    assert sorted(np.concatenate([expected[:0], *found]).tolist()) == expected.tolist()


@pytest.mark.parametrize(
    ("documents", "parts"),
    [(0, 1), (3_999_999, 1), (4_000_000, 2), (255_999_999, 15), (256_000_000, 16), (10**12, 16)],
)
def test_of_more_documents_a_host_has_more_places(documents: int, parts: int) -> None:
    assert parts_of_a_host(documents) == parts
