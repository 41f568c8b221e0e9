import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from jingyu.pipeline.page.sign.minhash import similarity
from jingyu.pipeline.steps.deduplicate.bands import NO_KEY, band_keys
from jingyu.pipeline.steps.deduplicate.holdings import Holdings
from jingyu.pipeline.steps.deduplicate.resemblance import Resemblance, margin
from jingyu.pipeline.steps.deduplicate.rivals import DROPPED, judge

HASHES = 6

signatures = st.lists(
    st.lists(st.integers(0, 2), min_size=HASHES, max_size=HASHES), min_size=1, max_size=30
)


def _dropped(
    values: NDArray[np.uint32], bands: int, rows: int, limit: float, kept: int
) -> set[int]:
    holdings = Holdings.of_bands(band_keys(values, bands, rows), rows, NO_KEY)
    compare = Resemblance(values, limit).compare
    judged = judge(holdings, values, compare, limit, kept)
    return set(np.flatnonzero(judged.states == DROPPED).tolist())


def _dropped_one_by_one(
    values: NDArray[np.uint32], bands: int, rows: int, limit: float, max_kept: int
) -> set[int]:
    """Judges with a tree of keys: a full key sends later rows on to keys one value longer."""
    kept: dict[tuple[int, ...], list[int]] = {}
    dropped = set()
    for row, signature in enumerate(values.tolist()):
        paths = []
        for band in range(bands):
            length = rows
            around = signature[band * rows :] + signature[: band * rows]
            path = [(band, *around[:length])]
            while len(kept.get(path[-1], [])) >= max_kept and length < HASHES + rows - 1:
                length += 1
                path.append((band, *(around + around)[:length]))
            paths.append(path)
        met = {other for path in paths for node in path for other in kept.get(node, [])}
        if any(similarity(values[row], values[other]) >= limit for other in met):
            dropped.add(row)
            continue
        for path in paths:
            if len(kept.get(path[-1], [])) < max_kept:
                kept.setdefault(path[-1], []).append(row)
    return dropped


@settings(max_examples=200)
@given(
    rows=signatures,
    banding=st.sampled_from([(6, 1), (3, 2), (2, 2)]),
    limit=st.sampled_from([0.5, 2 / 3, 0.9]),
    max_kept=st.sampled_from([1, 2, 100]),
)
def test_rounds_give_what_judging_one_by_one_gives(
    rows: list[list[int]], banding: tuple[int, int], limit: float, max_kept: int
) -> None:
    values = np.array(rows, np.uint32)

    found = _dropped(values, *banding, limit, max_kept)

    assert found == _dropped_one_by_one(values, *banding, limit, max_kept)


def test_rows_of_one_full_key_still_meet_what_they_resemble_under_a_longer_one() -> None:
    generator = np.random.default_rng(1)
    values = generator.integers(0, 2**32, (500, 32), dtype=np.uint32)
    values[:, :4] = 7
    copies = values[::-1].copy()
    copies[:, 31] += 1

    found = _dropped(np.concatenate([values, copies]), 4, 4, 0.9, 4)

    assert found == set(range(500, 1000))


@pytest.mark.parametrize("order", ["rising", "random"])
def test_long_chain_is_judged_link_by_link(order: str) -> None:
    generator = np.random.default_rng(2)
    values = generator.integers(0, 2**32, (2_000, 8), dtype=np.uint32)
    is_rising = order == "rising"
    places = np.arange(2_000) if is_rising else generator.permutation(2_000)

    found = _dropped(_chain(values)[places], 8, 1, 0.5, 16)

    assert len(found) >= 600
    if is_rising:
        assert found == set(range(1, 2_000, 2))


def _chain(values: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Returns rows of which each has half its values, in place, in common with the next."""
    chain = values.copy()
    for row in range(1, len(chain)):
        half = slice(0, 4) if row % 2 else slice(4, 8)
        chain[row, half] = chain[row - 1, half]
    return chain


def test_margin_is_a_tenth_at_128_hashes_and_none_at_the_ends() -> None:
    assert margin(0.7, 128) == pytest.approx(0.101, abs=0.001)
    assert margin(1.0, 128) == 0.0
