"""In how many registered domains a text stands."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.config.deduplication import Deduplication
from jingyu.pipeline.run.engine import Engine
from jingyu.pipeline.steps.deduplicate.parts.parts import parts_for
from jingyu.pipeline.steps.deduplicate.reprints import other_domains
from jingyu.pipeline.store.decided import read_decisions
from tests.support.staged import HASHES, HERE, ON_A_RUNNER, deduplicate, stage

RNG = np.random.default_rng(11)
ONE, OTHER = (RNG.integers(0, 1 << 32, HASHES, np.uint32) for _ in range(2))
LIKE_ONE = np.where(np.arange(HASHES) < 105, ONE, OTHER)
PAGE = "渡口的老船工说，江面最宽的地方要划上半个钟头，遇到大风的日子，就得等到傍晚才敢开船。" * 3


def copy(domain: str | None, **columns: Any) -> dict[str, Any]:
    signed = {"text_hash": 1, "signature": ONE.astype("<u4").tobytes(), "text": PAGE}
    return signed | {"registered_domain": domain} | columns


def counted(
    folder: Path, items: dict[str, list[dict[str, Any]]], engine: Engine = HERE
) -> tuple[list[int], list[int]]:
    """Returns the numbers of duplicates and of their domains, of all documents that are kept."""
    layout = stage(folder, items)
    deduplicate(parts_for(list(items), layout), layout, Deduplication(), engine)
    decided = [read_decisions(key, layout, "deduplicate") for key in items]
    documents, domains = (
        [count for each in decided for count in each[name][each.is_open].tolist()]
        for name in ("duplicate_count", "duplicate_domain_count")
    )
    return documents, domains


def test_pages_of_one_site_are_one_domain_and_its_own_is_none(tmp_path: Path) -> None:
    own, one, two = (copy(domain) for domain in ("a.cn", "b.cn", "c.com.cn"))
    rows = [own | {"quality": 0.9}, own, own, one, one, one, two]

    assert counted(tmp_path, {"a": rows}) == ([6], [2])


def test_a_near_duplicate_is_a_reprint(tmp_path: Path) -> None:
    near = {"text_hash": 2, "signature": LIKE_ONE.astype("<u4").tobytes(), "text": PAGE + "。"}
    rows = [copy("a.cn", quality=0.9), copy("b.cn", **near)]

    assert counted(tmp_path, {"a": rows}) == ([1], [1])


@pytest.mark.parametrize(
    ("own", "others", "expected"),
    [
        ("a.cn", [None, None], 0),
        ("a.cn", [None, "b.cn"], 1),
        (None, [None, "a.cn", "b.cn"], 2),
        (None, [None], 0),
    ],
)
def test_what_has_no_domain_counts_for_none(
    own: str | None, others: list[str | None], expected: int, tmp_path: Path
) -> None:
    rows = [copy(own, quality=0.9), *map(copy, others)]

    assert counted(tmp_path, {"a": rows}) == ([len(others)], [expected])


def test_another_capture_of_an_address_with_another_text_is_no_reprint(tmp_path: Path) -> None:
    other = {"text_hash": 3, "signature": OTHER.astype("<u4").tobytes()}
    rows = [copy("a.cn", quality=0.9, url_key=5), copy("b.cn", url_key=5, **other)]

    assert counted(tmp_path, {"a": rows}) == ([1], [0])


@pytest.mark.parametrize("engine", [HERE, ON_A_RUNNER], ids=["here", "on a runner"])
def test_it_does_not_matter_in_which_items_and_order_reprints_come(
    engine: Engine, tmp_path: Path
) -> None:
    kept = copy("a.cn", quality=0.9)
    rows = [copy(domain) for domain in ("b.cn", "c.cn", "b.cn", "a.cn", "d.cn")]

    forward = counted(tmp_path / "1", {"a": [kept, *rows[:2]], "b": rows[2:]}, engine)
    backward = counted(tmp_path / "2", {"a": rows[:1:-1], "b": [*rows[1::-1], kept]}, engine)

    assert forward == backward == ([5], [3])


@given(
    documents=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 9), st.booleans()), max_size=10)
)
def test_domains_are_those_of_reprints_but_for_ones_own(
    documents: list[tuple[int, int, bool]],
) -> None:
    domains = [domain for domain, _, _ in documents]
    survivors = [survivor % len(documents) for _, survivor, _ in documents]
    reprints = [row for row, (_, _, is_reprint) in enumerate(documents) if is_reprint]

    found = other_domains(
        np.array(domains, np.uint64),
        np.array(survivors, np.intp),
        np.array([each for _, _, each in documents], np.bool_),
    )

    assert found.tolist() == [
        len({domains[row] for row in reprints if survivors[row] == of} - {0, domains[of]})
        for of in range(len(documents))
    ]
