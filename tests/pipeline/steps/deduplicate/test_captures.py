"""Captures of one address, and texts that are too short to be near duplicates."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from jingyu.filters.decisions import Decisions
from jingyu.pipeline.config.deduplication import Deduplication
from jingyu.pipeline.store.decided import read_decisions
from jingyu.pipeline.store.layout import Layout
from tests.support.staged import HASHES, deduplicate_here, stage

KEPT = None
EXACT, NEAR, URL = "exact_duplicate", "near_duplicate", "url_duplicate"
RNG = np.random.default_rng(3)
ONE, OTHER, THIRD = (RNG.integers(0, 1 << 32, HASHES, np.uint32) for _ in range(3))
PAGE = "河水从山谷里流出来，经过三个村庄，最后在城外的石桥下汇入大江。" * 3
LIKE_ONE = np.where(np.arange(HASHES) < 100, ONE, OTHER)


def document(text: int, signature: Any, **columns: Any) -> dict[str, Any]:
    signed = {"text_hash": text, "signature": signature.astype("<u4").tobytes()}
    return signed | {"text": PAGE} | columns


def decided(
    tmp_path: Path, rows: list[dict[str, Any]], **settings: Any
) -> tuple[Layout, Decisions]:
    layout = stage(tmp_path, {"a": rows})
    deduplicate_here(["a"], layout, Deduplication.model_validate(settings))
    return layout, read_decisions("a", layout, "deduplicate")


def names(layout: Layout) -> list[str]:
    found: list[str] = layout.staged("a").table(["document_id"])["document_id"].to_pylist()
    return found


def test_of_the_captures_of_an_address_the_best_stays_and_the_others_name_it(
    tmp_path: Path,
) -> None:
    rows = [
        document(1, ONE, url_key=5, quality=0.4),
        document(2, OTHER, url_key=5, quality=0.9),
        document(3, THIRD, url_key=6, quality=0.4),
    ]
    layout, decisions = decided(tmp_path, rows)

    assert decisions["reason"].tolist() == [URL, KEPT, KEPT]
    assert decisions["duplicate_of"][0] == names(layout)[1]
    assert decisions["similarity"][0] == pytest.approx(0, abs=0.02)
    assert decisions["duplicate_count"].tolist() == [0, 1, 0]


def test_documents_without_an_address_are_no_captures_of_one(tmp_path: Path) -> None:
    rows = [document(1, ONE, url_key=0), document(2, OTHER, url_key=0)]

    assert decided(tmp_path, rows)[1]["reason"].tolist() == [KEPT, KEPT]


def test_captures_may_all_stay(tmp_path: Path) -> None:
    rows = [document(1, ONE, url_key=5), document(2, OTHER, url_key=5)]

    assert decided(tmp_path, rows, one_per_url=False)[1]["reason"].tolist() == [KEPT, KEPT]


def test_a_capture_whose_text_is_the_same_is_an_exact_duplicate(tmp_path: Path) -> None:
    rows = [document(1, ONE, url_key=5, quality=0.9), document(1, ONE, url_key=5)]
    _, decisions = decided(tmp_path, rows)

    assert decisions["reason"].tolist() == [KEPT, EXACT]
    assert decisions["similarity"][1] == 1


def test_a_capture_of_a_page_that_duplicates_another_names_the_one_that_is_kept(
    tmp_path: Path,
) -> None:
    rows = [
        document(1, ONE, url_key=4, quality=0.9),
        document(2, LIKE_ONE, url_key=5, quality=0.8),
        document(3, THIRD, url_key=5, quality=0.7),
    ]
    layout, decisions = decided(tmp_path, rows)

    assert decisions["reason"].tolist() == [KEPT, NEAR, URL]
    assert decisions["duplicate_of"].tolist() == [None, names(layout)[0], names(layout)[0]]
    assert decisions["duplicate_count"].tolist() == [2, 0, 0]


def test_what_a_lesser_capture_resembles_stays(tmp_path: Path) -> None:
    rows = [
        document(1, THIRD, url_key=5, quality=0.9),
        document(2, ONE, url_key=5, quality=0.8),
        document(3, LIKE_ONE, url_key=6, quality=0.7),
    ]

    assert decided(tmp_path, rows)[1]["reason"].tolist() == [KEPT, URL, KEPT]


@pytest.mark.parametrize(("length", "kind"), [(63, KEPT), (64, NEAR)])
def test_a_short_text_is_a_duplicate_of_its_equals_alone(
    length: int, kind: str | None, tmp_path: Path
) -> None:
    rows = [
        document(1, ONE, char_count=length, quality=0.9),
        document(2, LIKE_ONE, char_count=length),
        document(1, ONE, char_count=length),
    ]

    assert decided(tmp_path, rows)[1]["reason"].tolist() == [KEPT, kind, EXACT]
