"""Documents that stand as a whole in longer ones."""

import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.filters.decisions import Decisions
from jingyu.pipeline.config.deduplication import Deduplication
from jingyu.pipeline.page.sign.minhash import HASHES
from jingyu.pipeline.steps.deduplicate.candidates import MAX_HOLDERS, join
from jingyu.pipeline.steps.deduplicate.within import shared_passages
from jingyu.pipeline.store.decided import read_decisions
from tests.benchmarks.staged import stage, staged_table
from tests.support.staged import deduplicate_here, layout_in

WITHIN, NEAR, EXACT = "contained_duplicate", "near_duplicate", "exact_duplicate"


def page(length: int, seed: int) -> str:
    generator = random.Random(seed)
    return "".join(chr(generator.randrange(0x5000, 0x9000)) for _ in range(length))


POSTS = [page(400, seed) for seed in range(5)]
ARCHIVE = "\n".join(POSTS)


def decided(folder: Path, texts: list[str], **settings: object) -> tuple[list[str], Decisions]:
    layout = layout_in(folder)
    (key,) = stage(staged_table(texts), layout, 1)
    deduplicate_here([key], layout, Deduplication.model_validate(settings), HASHES)
    ids = layout.staged(key).table(["document_id"])["document_id"].to_pylist()
    return ids, read_decisions(key, layout, "deduplicate")


def test_the_posts_of_an_archive_are_dropped_for_it(tmp_path: Path) -> None:
    ids, decisions = decided(tmp_path, [*POSTS, ARCHIVE, page(600, 9)])

    assert decisions["reason"].tolist() == [WITHIN] * 5 + [None, None]
    assert decisions["duplicate_of"].tolist() == [ids[5]] * 5 + [None, None]
    assert decisions["duplicate_count"].tolist() == [0] * 5 + [5, 0]
    assert not decisions["duplicate_domain_count"].any()
    assert decisions["coverage"][:5].tolist() == [1.0] * 5
    assert decisions["similarity"][0] == pytest.approx(0.2, abs=0.01)


def test_both_may_stay(tmp_path: Path) -> None:
    _, decisions = decided(tmp_path, [*POSTS, ARCHIVE], contained="keep")

    assert decisions.is_open.all()


def test_an_archive_may_be_dropped_for_its_posts(tmp_path: Path) -> None:
    texts = [*POSTS, ARCHIVE, page(600, 9)]

    ids, decisions = decided(tmp_path, texts, contained="drop_collections")

    named = decisions["duplicate_of"][5]
    assert decisions["reason"].tolist() == [None] * 5 + [WITHIN, None]
    assert named in ids[:5]
    assert decisions["duplicate_count"][ids.index(named)] == decisions["duplicate_count"].sum() == 1
    assert decisions["coverage"][5] == 1.0
    assert decisions["own_chars"][5] == 0


def test_an_archive_with_more_to_say_than_its_posts_stays_for_them(tmp_path: Path) -> None:
    archive = ARCHIVE + page(30, 8)

    ids, decisions = decided(tmp_path, [*POSTS, archive], contained="drop_collections")

    assert decisions["reason"].tolist() == [WITHIN] * 5 + [None]
    assert decisions["duplicate_of"].tolist() == [ids[5]] * 5 + [None]


def test_a_text_within_one_other_is_no_part_of_a_collection(tmp_path: Path) -> None:
    text = page(900, 7)

    _, decisions = decided(tmp_path, [text[:450], text], contained="drop_collections")

    assert decisions["reason"].tolist() == [WITHIN, None]


def test_what_was_dropped_for_an_archive_stays_if_its_posts_say_less(tmp_path: Path) -> None:
    copy = ARCHIVE.replace("\n", "另")

    _, decisions = decided(tmp_path, [*POSTS, ARCHIVE, copy], contained="drop_collections")

    # The one says a character more at each joint than the other, which stays or goes with it.
    assert decisions["reason"][:5].tolist() == [None] * 5
    assert set(decisions["reason"][5:].tolist()) <= {WITHIN, NEAR}


def test_the_order_of_documents_changes_nothing_of_collections(tmp_path: Path) -> None:
    texts = [*POSTS, ARCHIVE, "\n".join(POSTS[:2]), "\n".join([ARCHIVE, page(300, 6)])]
    table = staged_table(texts)
    found = []
    for seed in range(3):
        order = np.random.default_rng(seed).permutation(len(texts))
        layout = layout_in(tmp_path / str(seed))
        (key,) = stage(table.take(order), layout, 1)
        settings = Deduplication(contained="drop_collections")
        deduplicate_here([key], layout, settings, HASHES)
        decisions = read_decisions(key, layout, "deduplicate")
        names = table.take(order)["document_id"].to_pylist()
        found.append(dict(zip(names, decisions["duplicate_of"].tolist(), strict=True)))

    assert found[0] == found[1] == found[2]


def test_a_post_with_more_to_say_stays(tmp_path: Path) -> None:
    _, decisions = decided(tmp_path, [POSTS[0] + page(30, 8), ARCHIVE])

    assert decisions.is_open.all()


def test_what_was_dropped_for_a_post_goes_with_it(tmp_path: Path) -> None:
    copy, reprint = POSTS[0] + "。", POSTS[0][:-20]
    ids, decisions = decided(tmp_path, [POSTS[0], copy, reprint, ARCHIVE])

    assert set(decisions["reason"].tolist()[:3]) == {WITHIN}
    assert set(decisions["duplicate_of"].tolist()[:3]) == {ids[3]}


def test_of_archives_in_archives_the_longest_stays(tmp_path: Path) -> None:
    ids, decisions = decided(tmp_path, [POSTS[0], "\n".join(POSTS[:3]), ARCHIVE])

    assert decisions["duplicate_of"].tolist() == [ids[2], ids[2], None]


def test_a_passage_that_many_have_brings_none_together() -> None:
    documents = np.arange(MAX_HOLDERS + 1, dtype=np.uint64)
    passage, band = np.full(documents.size, 7, np.uint64), np.full(documents.size, 8, np.uint64)

    assert len(join(passage, documents)) == 0
    assert len(join(passage[1:], documents[1:])) == MAX_HOLDERS - 1
    assert len(join(band, documents)) == MAX_HOLDERS


@given(
    held=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 7)), max_size=30, unique=True),
    seed=st.integers(0, 99),
)
def test_pairs_are_those_that_share_a_quarter_of_the_passages_of_the_later_one(
    held: list[tuple[int, int]], seed: int
) -> None:
    held = sorted(held, key=lambda pair: pair[1])
    values, rows = np.array(held, np.uint64).reshape(-1, 2).T
    places = np.random.default_rng(seed).permutation(8)

    found = shared_passages(values, rows.astype(np.intp), places)

    of = {row: {value for value, other in held if other == row} for row in range(8)}
    expected = {
        (a, b)
        for a in range(8)
        for b in range(8)
        if places[a] < places[b] and of[a] & of[b] and 4 * len(of[a] & of[b]) >= len(of[b])
    }
    assert set(zip(found.holders.tolist(), found.held.tolist(), strict=True)) == expected
