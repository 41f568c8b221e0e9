from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.pipeline.steps.clean.passages.counting import (
    Limits,
    add_up_windows,
    count_windows,
    find_repeated,
)

STANDING = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 9)), max_size=30)
"""Windows, and the documents that they stand in."""


def counts(standing: list[tuple[int, int]], hosts: dict[int, int]) -> np.ndarray:
    columns = np.array(standing, np.uint64).reshape(-1, 2).T
    of_each = np.array([hosts[document] for _, document in standing], np.uint64)
    return count_windows(columns[0], columns[1], of_each)


@pytest.mark.parametrize(
    ("limits", "is_found"),
    [(Limits(3, 1), True), (Limits(4, 1), False), (Limits(3, 2), True), (Limits(3, 3), False)],
)
def test_a_window_is_repeated_if_enough_documents_of_enough_hosts_have_it(
    limits: Limits, *, is_found: bool
) -> None:
    found = counts([(7, 3), (7, 1), (7, 2), (7, 2), (8, 1)], {1: 50, 2: 50, 3: 60})

    expected = [(7, 1, 3)] if is_found else []
    assert find_repeated([found], limits).tolist() == expected


def test_documents_without_a_host_count_as_hosts_of_their_own() -> None:
    found = counts([(7, 1), (7, 2), (7, 3)], {1: 0, 2: 0, 3: 60})

    assert find_repeated([found], Limits(2, 3)).tolist() == [(7, 1, 3)]


@settings(max_examples=60)
@given(STANDING, st.permutations(range(1, 10)), st.integers(1, 4), st.integers(1, 3))
def test_it_does_not_matter_in_which_order_and_parts_windows_are_counted(
    standing: list[tuple[int, int]], order: list[int], documents: int, hosts: int
) -> None:
    host_of = {document: document % 3 for document in range(1, 10)}
    of_items = [[each for each in standing if each[1] % 2 == odd] for odd in (0, 1)]
    parts = [
        counts(sorted(some, key=lambda each: order[each[1] - 1]), host_of) for some in of_items
    ]

    found = find_repeated([add_up_windows(parts)], Limits(documents, hosts))

    by_window: dict[int, set[int]] = defaultdict(set)
    for window, document in standing:
        by_window[window].add(document)
    expected = [
        (window, min(some), len(some))
        for window, some in sorted(by_window.items())
        if len(some) >= documents and len({host_of[each] or -each for each in some}) >= hosts
    ]
    assert find_repeated(parts[::-1], Limits(documents, hosts)).tolist() == expected
    assert found.tolist() == expected
