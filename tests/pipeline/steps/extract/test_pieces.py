import pytest

from jingyu.pipeline.read.sniff import Format
from jingyu.pipeline.read.storage import StoredFile
from jingyu.pipeline.steps.extract.pieces import files_whose_pieces_do_not_meet
from jingyu.pipeline.store.items import WorkItem
from jingyu.pipeline.store.staging import ExtractSummary

FILE = StoredFile("a.warc", "/crawl/a.warc", 300, 1.0)


@pytest.mark.parametrize(
    ("pieces", "meet"),
    [
        ([(0, 100), (100, 200), (200, 300)], True),
        ([(0, 120), (120, 200), (200, 300)], True),
        ([(0, 120), (110, 200), (200, 300)], False),
        ([(0, 90), (100, 200), (200, 300)], False),
        ([(0, 200), (None, None), (200, 300)], True),
        ([(0, 180), (None, None), (200, 300)], False),
        ([(0, 100), (100, 300), (None, None)], True),
        ([(0, 100), (100, 250), (None, None)], False),
        ([(None, None), (None, None), (None, None)], True),
    ],
)
def test_each_piece_must_begin_where_the_one_before_it_ended(
    pieces: list[tuple[int | None, int | None]], *, meet: bool
) -> None:
    items = {
        str(start): WorkItem(FILE, Format.WARC, start, stop, is_last=stop is None)
        for start, stop in ((0, 100), (100, 200), (200, None))
    }
    summaries = {
        key: ExtractSummary(first_offset=first, end_offset=end)
        for key, (first, end) in zip(items, pieces, strict=True)
    }

    broken = files_whose_pieces_do_not_meet(items, summaries)

    assert broken == (frozenset() if meet else {"a.warc"})
