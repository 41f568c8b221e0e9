import gzip
import io
import json
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from jingyu.filters.settings.errors import InputError
from jingyu.pipeline.read.index.choice import Choice, Place
from jingyu.pipeline.read.index.index_files import index_files, read_index
from jingyu.pipeline.read.index.parts import Parts
from jingyu.pipeline.read.index.settings import IndexSection
from tests.support.ranged import ranged_server

ROWS: list[dict[str, Any]] = [
    {"url": "http://a.cn/1", "languages": "zho", "status": 200},
    {"url": "http://a.cn/2", "languages": "eng,zho", "status": 200},
    {"url": "http://news.b.cn/3", "languages": "eng", "status": 200},
    {"url": "http://b.cn/4", "languages": None, "status": 200},
    {"url": "http://b.cn/news/5", "languages": "zho,eng", "status": 404},
    {"url": "http://b.cn/news/6", "languages": "zho", "status": 200},
    {"url": "http://a.cn/robots.txt", "status": 200, "file": "x/robotstxt/r.warc.gz"},
]


def cdxj(rows: list[dict[str, Any]] = ROWS) -> bytes:
    lines = []
    for number, row in enumerate(rows):
        entry = {
            "url": row["url"],
            "status": str(row["status"]),
            "filename": row.get("file", "x/warc/a.warc.gz"),
            "offset": str(number * 100),
            "length": "100",
        }
        if row.get("languages"):
            entry["languages"] = row["languages"]
        lines.append(f"cn,a)/{number} 20240501000000 {json.dumps(entry)}\n")
    return "".join(lines).encode()


def columnar(rows: list[dict[str, Any]] = ROWS) -> bytes:
    table = pa.table(
        {
            "url": [row["url"] for row in rows],
            "url_host_name": [row["url"].split("/")[2] for row in rows],
            "fetch_status": pa.array([row["status"] for row in rows], pa.int16()),
            "content_languages": pa.array([row.get("languages") for row in rows], pa.string()),
            "warc_filename": [row.get("file", "x/warc/a.warc.gz") for row in rows],
            "warc_record_offset": pa.array([n * 100 for n in range(len(rows))], pa.int32()),
            "warc_record_length": pa.array([100] * len(rows), pa.int32()),
        }
    )
    stream = io.BytesIO()
    pq.write_table(table, stream, row_group_size=2)
    return stream.getvalue()


def places(content: bytes, **section: Any) -> list[int]:
    """Returns the numbers of the rows that are wanted."""
    choice = Choice.of(IndexSection(**section), [200])
    found = [each for _, some in read_index(io.BytesIO(content), "i", choice) for each in some]
    assert all(each == Place("x/warc/a.warc.gz", each.offset, 100) for each in found)
    return [each.offset // 100 for each in found]


@pytest.mark.parametrize(
    "content", [cdxj(), gzip.compress(cdxj()), columnar()], ids=["cdxj", "gzip", "parquet"]
)
@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ({}, [0, 1, 2, 3, 5]),
        ({"languages": ["zho"]}, [0, 1, 5]),
        ({"languages": ["eng", "fra"]}, [1, 2]),
        ({"hosts": ["b.cn"]}, [2, 3, 5]),
        ({"hosts": ["full:b.cn"]}, [3, 5]),
        ({"hosts": ["b.cn/news/"]}, [5]),
        ({"hosts": ["b.cn"], "languages": ["zho"]}, [5]),
        ({"hosts": ["c.cn"]}, []),
    ],
)
def test_records_of_pages_are_chosen_by_language_and_host(
    content: bytes, section: dict[str, Any], expected: list[int]
) -> None:
    assert places(content, **section) == expected


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"no index\n", "i: is neither CDXJ nor a Parquet file"),
        (gzip.compress(cdxj() * 9)[:150], "i: is damaged"),
        (columnar()[:-9], "i: is not a whole Parquet file"),
    ],
)
def test_what_is_no_index_is_an_error(content: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        places(content)


def test_a_table_of_other_columns_is_no_index() -> None:
    stream = io.BytesIO()
    pq.write_table(pa.table({"url": ["http://a.cn/"]}), stream)

    with pytest.raises(InputError, match="it lacks fetch_status, warc_filename"):
        places(stream.getvalue())


def test_lines_that_are_no_entries_are_passed_over() -> None:
    content = b"!meta 1 {}\n" + cdxj() + b"cn,a)/ 2024 {\n" + b'cn,a)/ 2024 {"filename": []}\n'

    assert places(content, languages=["zho"]) == [0, 1, 5]


def test_the_files_of_a_crawl_are_listed_as_it_is_published() -> None:
    of_pages = "cc-index/table/cc-main/warc/crawl=C/subset=warc/part-0.parquet"
    listed = gzip.compress(f"{of_pages.replace('=warc/', '=robotstxt/')}\n{of_pages}\n".encode())
    with ranged_server({"/crawl-data/C/cc-index-table.paths.gz": listed}) as there:
        section = IndexSection(crawl="C", base=f"{there.address}/", wait_seconds=0)

        assert index_files(section, Parts(section)) == [f"{there.address}/{of_pages}"]
        with pytest.raises(InputError, match=r"D/cc-index-table\.paths\.gz: cannot be read"):
            index_files(section.model_copy(update={"crawl": "D"}), Parts(section))
        section = section.model_copy(update={"crawl": "E"})
        there.files = {"/crawl-data/E/cc-index-table.paths.gz": listed[:12] + b"\xff" * 9}
        with pytest.raises(InputError, match=r"E/cc-index-table\.paths\.gz: cannot be read"):
            index_files(section, Parts(section))
        there.files = {"/crawl-data/E/cc-index-table.paths.gz": gzip.compress(b"../subset=warc/a")}
        assert index_files(section, Parts(section)) == []


HOSTILE: list[dict[str, Any]] = [
    *({"filename": name} for name in ("", "..", "../a", "a/../../b", "a\0b", "a\n", "a" * 2000)),
    *({"offset": offset} for offset in (-1, 1 << 63, None, "x")),
    *({"length": length} for length in (-1, 0, 1 << 63, (1 << 63) - 1, None)),
]


@pytest.mark.parametrize("stated", [*HOSTILE, {"offset": float("inf")}, {"filename": "\ud800"}])
def test_entries_of_places_where_no_record_can_lie_are_passed_over(stated: dict[str, Any]) -> None:
    row = {"url": "http://a.cn/", "status": 200, "filename": "w", "offset": 7, "length": 9}

    assert places(f"cn,a)/ 2024 {json.dumps(row | stated)}\n".encode()) == []


@pytest.mark.parametrize("stated", [s for s in HOSTILE if 1 << 63 not in s.values()], ids=str)
def test_rows_of_places_where_no_record_can_lie_are_passed_over(stated: dict[str, Any]) -> None:
    row = {"url": "u", "fetch_status": 200, "warc_filename": "w", "warc_record_offset": 7}
    row |= {"warc_record_length": 9} | {
        {"filename": "warc_filename"}.get(name, f"warc_record_{name}"): value
        for name, value in stated.items()
    }
    stream = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([row]), stream)

    assert places(stream.getvalue()) == []


def test_a_line_that_is_too_long_for_an_entry_is_passed_over() -> None:
    content = cdxj() + b"cn,a)/ 2024 " + b"a" * (1 << 20) + b"\n"

    assert places(content, languages=["zho"]) == [0, 1, 5]


def test_a_table_with_damaged_pages_is_no_whole_file() -> None:
    content = columnar()

    with pytest.raises(InputError, match="i: is not a whole Parquet file"):
        places(content[:4] + b"\xff" * 400 + content[404:])
