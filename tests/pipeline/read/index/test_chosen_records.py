"""Records by their places: those that begin there, whatever an index says."""

from pathlib import Path

import pytest

from jingyu.pipeline.read.index.choice import joined
from jingyu.pipeline.read.index.chosen_records import ChosenRecords
from jingyu.pipeline.read.index.parts import Parts
from jingyu.pipeline.read.index.settings import IndexSection
from tests.support.archives import gzip_members, pages

LIMIT = 1 << 20


@pytest.fixture
def crawl(tmp_path: Path) -> tuple[Path, list[tuple[int, int]]]:
    """A crawl file, and offset and length of its records."""
    members = [gzip_members([page]) for page in pages(4)]
    spans, offset = [], 0
    for member in members:
        spans.append((offset, len(member)))
        offset += len(member)
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"".join(members))
    return path, spans


def read(path: Path, places: list[tuple[int, int]]) -> list[tuple[int, str | None]]:
    records = ChosenRecords(str(path), Parts(IndexSection()), 2, LIMIT).read(places)
    return [(record.offset, record.damage) for record in records]


def test_places_that_lie_in_one_another_lose_no_record(
    crawl: tuple[Path, list[tuple[int, int]]],
) -> None:
    path, spans = crawl
    (first, length), second, *_ = spans

    assert read(path, [(first, length), (first + 5, 9), second]) == [
        (first, None),
        (first + 5, "missing_record"),
        (second[0], None),
    ]


def test_a_place_is_one_record_however_many_lie_in_it(
    crawl: tuple[Path, list[tuple[int, int]]],
) -> None:
    path, spans = crawl
    end = sum(spans[-1])

    found = read(path, [(0, end), spans[1], (spans[2][0] - 3, spans[2][1] + 3)])

    assert found == [(0, None), (spans[1][0], None), (spans[2][0] - 3, "missing_record")]


@pytest.mark.parametrize("name", ["none", "", "a.warc.gz/b", "a" * 999])
def test_a_name_of_no_file_is_a_missing_record(
    name: str, crawl: tuple[Path, list[tuple[int, int]]]
) -> None:
    path, _ = crawl

    assert read(path.parent / name, [(7, 9)]) == [(7, "missing_record")]


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([(0, 5), (6, 5)], [2]),
        ([(0, 5), (7, 5)], [1, 1]),
        ([(0, 9), (2, 2), (10, 2)], [3]),
        ([(0, 9), (2, 2), (11, 1)], [2, 1]),
        ([(0, 5), (5, 16)], [1, 1]),
    ],
)
def test_near_places_are_read_by_one_request(
    spans: list[tuple[int, int]], expected: list[int]
) -> None:
    assert [len(request) for request in joined(spans, gap=1, most=20)] == expected
