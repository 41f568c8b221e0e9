from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.filters.settings.errors import ConfigError, InputError
from jingyu.pipeline.review.corpus import open_corpus
from jingyu.pipeline.review.sample import allocation, draw, drawn_ids
from tests.support.corpora import document, document_id, finished

DOCUMENTS = [document(number) for number in range(1000)]


def sample(out: str, n: int, seed: int = 1) -> list[str]:
    corpus = open_corpus(out)
    return drawn_ids(corpus, draw(corpus, n, seed))


def test_a_sample_depends_neither_on_shards_nor_on_order(tmp_path: Path) -> None:
    one = finished(tmp_path / "one", DOCUMENTS, shards=1)
    other = finished(tmp_path / "other", DOCUMENTS[::-1], shards=5)

    found = sample(one, 300)
    assert found == sample(other, 300)
    assert len(set(found)) == 300


def test_a_smaller_sample_is_the_beginning_of_a_larger_one(tmp_path: Path) -> None:
    out = finished(tmp_path / "out", DOCUMENTS)

    assert sample(out, 40) == sample(out, 400)[:40]


def test_another_seed_draws_another_sample(tmp_path: Path) -> None:
    out = finished(tmp_path / "out", DOCUMENTS)

    assert len({*sample(out, 100, 1)} & {*sample(out, 100, 2)}) < 40


def test_a_published_seed_draws_the_same_documents_in_every_version(tmp_path: Path) -> None:
    out = finished(tmp_path / "out", DOCUMENTS)

    assert sample(out, 3) == [
        "0d3d341cebd49c7b2b9ad4514021d076",
        "cf2b95dcf77ed26aded5dd4a8297d001",
        "73877c94ae8e8ba21b18ea6e88374446",
    ]


def test_every_document_is_drawn_about_as_often(tmp_path: Path) -> None:
    out = finished(tmp_path / "out", DOCUMENTS[:50])

    times = Counter(name for seed in range(200) for name in sample(out, 10, seed))
    assert len(times) == 50
    assert 18 <= min(times.values()) <= max(times.values()) <= 65  # 40 expected, sd 5.7


@pytest.mark.parametrize("n", [1000, 1001, 4000])
def test_of_a_corpus_that_is_not_larger_all_documents_are_drawn(tmp_path: Path, n: int) -> None:
    out = finished(tmp_path / "out", DOCUMENTS)
    corpus = open_corpus(out)

    assert draw(corpus, n, 1).size == 1000
    assert len(set(sample(out, n))) == 1000


def test_strata_get_their_share_of_the_sample(tmp_path: Path) -> None:
    rows = [
        document(number, registered_domain="big.cn" if number < 750 else "small.cn")
        for number in range(1000)
    ]
    corpus = open_corpus(finished(tmp_path / "out", rows))

    found = drawn_ids(corpus, draw(corpus, 100, 1, "registered_domain"))
    big = {document_id(number) for number in range(750)}
    assert len(found) == 100
    assert len(big & set(found)) == 75


def test_quality_is_parted_into_tenths_and_a_null_is_a_stratum(tmp_path: Path) -> None:
    rows = [document(number, quality=number / 10) for number in range(11)]
    corpus = open_corpus(finished(tmp_path / "out", rows))
    assert len(drawn_ids(corpus, draw(corpus, 10, 1, "quality"))) == 10

    rows = [document(0, host=None), *(document(number, host="a.cn") for number in range(1, 99))]
    corpus = open_corpus(finished(tmp_path / "null", rows))
    assert document_id(0) in drawn_ids(corpus, draw(corpus, 2, 1, "host"))


def test_a_column_that_the_corpus_lacks_is_refused(tmp_path: Path) -> None:
    out = finished(tmp_path / "out", DOCUMENTS)
    for part in (tmp_path / "out" / "corpus").rglob("*.parquet"):
        pq.write_table(pq.read_table(part).drop_columns(["source_tier"]), part)

    with pytest.raises(ConfigError, match="no column `source_tier`"):
        draw(open_corpus(out), 10, 1, "source_tier")


def test_more_strata_than_documents_to_draw_are_refused(tmp_path: Path) -> None:
    corpus = open_corpus(finished(tmp_path / "out", DOCUMENTS))

    with pytest.raises(ConfigError, match=r"7 strata, more than the 6 .* raise `--n`"):
        drawn_ids(corpus, draw(corpus, 6, 1, "host"))


@pytest.mark.parametrize(
    ("sizes", "n", "shares"),
    [
        ({"a": 50, "b": 50}, 10, {"a": 5, "b": 5}),
        ({"a": 998, "b": 1, "c": 1}, 10, {"a": 8, "b": 1, "c": 1}),
        ({"a": 1, "b": 2, "c": 3}, 6, {"a": 1, "b": 2, "c": 3}),
        ({"a": 1, "b": 1, "c": 1}, 3, {"a": 1, "b": 1, "c": 1}),
        ({"a": 34, "b": 33, "c": 33}, 10, {"a": 4, "b": 3, "c": 3}),
    ],
)
def test_shares_are_proportional_with_at_least_one(
    sizes: dict[str, int], n: int, shares: dict[str, int]
) -> None:
    assert allocation(sizes, n) == shares


@settings(max_examples=100)
@given(sizes=st.lists(st.integers(1, 5000), min_size=1, max_size=60), part=st.floats(0, 1))
def test_shares_add_up_and_no_stratum_gives_more_than_it_has(sizes: list[int], part: float) -> None:
    named = {str(number): size for number, size in enumerate(sizes)}
    n = max(len(sizes), round(part * sum(sizes)))

    shares = allocation(named, n)
    assert sum(shares.values()) == n
    assert all(1 <= shares[name] <= size for name, size in named.items())


def test_a_folder_without_a_finished_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="give the output folder of a finished run"):
        open_corpus(str(tmp_path))
    (tmp_path / "manifest.json").write_text("[]", encoding="utf-8")
    with pytest.raises(InputError, match="give the output folder of a finished run"):
        open_corpus(str(tmp_path))


def test_an_empty_corpus_is_refused(tmp_path: Path) -> None:
    out = finished(tmp_path / "out", [], shards=1)

    with pytest.raises(InputError, match="the corpus is empty"):
        open_corpus(out)


@pytest.mark.parametrize("columns", [{"origin": ["mainland"]}, {"han_ratio": [0.9]}])
def test_a_part_of_an_earlier_version_is_named(columns: dict[str, Any], tmp_path: Path) -> None:
    corpus = open_corpus(finished(tmp_path / "out", DOCUMENTS[:10], shards=1))
    pq.write_table(pa.table({"document_id": ["a"]} | columns), corpus.parts[0])

    with pytest.raises(InputError, match=r"part-00000.parquet: is damaged or of an earlier"):
        list(corpus.batches(list(columns)))


def test_a_lost_or_damaged_part_is_named(tmp_path: Path) -> None:
    out = finished(tmp_path / "out", DOCUMENTS[:10])
    part = tmp_path / "out" / "corpus" / "part-00001.parquet"
    part.write_bytes(b"no parquet")
    with pytest.raises(InputError, match=r"part-00001.parquet: is damaged"):
        sample(out, 5)

    part.unlink()
    with pytest.raises(InputError, match=r"part-00001.parquet: is missing"):
        open_corpus(out)
