import gzip
import hashlib
import io
import json
import os
import random
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from jingyu.filters.settings.errors import InputError
from jingyu.pipeline.config.config import RunConfig, load_config
from jingyu.pipeline.flow import Run, run
from jingyu.pipeline.read.settings import Inputs
from jingyu.pipeline.read.sniff import Format
from jingyu.pipeline.read.storage import StoredFile
from jingyu.pipeline.run.engine import Engine
from jingyu.pipeline.run.progress import Progress
from jingyu.pipeline.store.items import Input, WorkItem, find_inputs, work_items
from tests.support.archives import gzip_members, http_response, page, pages, record
from tests.support.paths import DEMO

MIB = 1 << 20
WANTED = Inputs()
PROSE = (
    "山里的天气说变就变，早上还是晴空万里，中午就下起了大雨，我们只好在亭子里等雨停下来再走。" * 3
)


def stored(size: int | None, name: str = "a.warc.gz", path: str = "/in/a.warc.gz") -> StoredFile:
    return StoredFile(name, path, size, 0.0)


def ranges(items: list[WorkItem]) -> list[tuple[int, int | None]]:
    return [(item.start, item.stop) for item in items]


@pytest.mark.parametrize(
    ("size", "pieces"),
    [
        (1, 1),
        (8 * MIB, 1),
        (8 * MIB + 1, 2),
        (128 * MIB, 16),
        (128 * MIB + 1, 16),
        (1 << 40, 16),
    ],
)
def test_a_warc_is_cut_into_at_most_16_ranges_of_at_least_8_mib(size: int, pieces: int) -> None:
    items = work_items([Input(stored(size), Format.WARC)])

    assert len(items) == pieces
    assert all(item.size >= 8 * MIB for item in items[:-1])
    assert sum(item.size for item in items) == size


@pytest.mark.parametrize(
    ("size", "piece_mib", "pieces"),
    [
        (64 * MIB, 64, 1),
        (64 * MIB + 1, 64, 2),
        (5 * MIB, 1, 5),
        (1 << 30, 1024, 1),
        ((1 << 30) + 1, 1024, 2),
        (1 << 40, 1024, 16),
    ],
)
def test_pieces_are_as_large_as_a_config_says(size: int, piece_mib: int, pieces: int) -> None:
    items = work_items([Input(stored(size), Format.WARC)], piece_mib=piece_mib)

    assert len(items) == pieces
    assert sum(item.size for item in items) == size


@given(sizes=st.lists(st.integers(1, 1 << 36), min_size=1, max_size=5))
def test_ranges_of_a_file_meet_and_do_not_depend_on_other_files(sizes: list[int]) -> None:
    inputs = [Input(stored(size, str(n)), Format.WARC) for n, size in enumerate(sizes)]

    together = work_items(inputs)

    assert together == [item for source in inputs for item in work_items([source])]
    for source in inputs:
        items = [item for item in together if item.file == source.file]
        assert [item.stop for item in items[:-1]] == [item.start for item in items[1:]]
        assert (items[0].start, items[-1].stop) == (0, None)
        assert [item.is_last for item in items] == [*([False] * (len(items) - 1)), True]


@pytest.mark.parametrize(
    "source",
    [
        Input(stored(99 * MIB), Format.PARQUET),
        Input(stored(99 * MIB), Format.JSONL),
        Input(stored(99 * MIB, path="http://a.cn/a.warc.gz"), Format.WARC),
        Input(stored(None, path="http://a.cn/a.warc.gz"), Format.WARC),
    ],
    ids=["parquet", "jsonl", "web", "web of unknown size"],
)
def test_what_cannot_be_cut_is_one_piece(source: Input) -> None:
    assert ranges(work_items([source])) == [(0, None)]


def test_a_file_that_shall_stay_whole_is_one_piece() -> None:
    inputs = [Input(stored(20 * MIB, name), Format.WARC) for name in ("a", "b")]

    items = work_items(inputs, frozenset({"a"}))

    assert [item.file.name for item in items] == ["a", "b", "b", "b"]


def test_files_of_a_folder_are_named_relative_to_it_and_hidden_ones_left_out(
    tmp_path: Path,
) -> None:
    for name in ("b/c.warc.gz", "a.warc.gz", ".hidden.warc.gz", ".git/d.warc.gz"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(gzip_members(pages(1)))

    def names(*paths: str) -> list[str]:
        return [found.file.name for found in find_inputs(paths, WANTED)[0]]

    assert names(str(tmp_path)) == ["a.warc.gz", "b/c.warc.gz"]
    assert names(f"{tmp_path}/**/*.gz") == ["a.warc.gz", "b/c.warc.gz"]
    assert names(f"{tmp_path}/b/c.warc.gz") == ["c.warc.gz"]
    assert names(f"{tmp_path}/.hidden.warc.gz") == [".hidden.warc.gz"]
    assert names(str(tmp_path), f"{tmp_path}/a.*") == ["a.warc.gz", "b/c.warc.gz"]


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.warc.gz").write_bytes(gzip_members(pages(1)))

    with pytest.raises(InputError, match=r"would both be named x\.warc\.gz"):
        find_inputs([f"{tmp_path}/a", f"{tmp_path}/b"], WANTED)


def test_no_input_at_all_is_an_error() -> None:
    with pytest.raises(InputError, match="there is no input: give `--input PATH`"):
        find_inputs([], WANTED)


def parquet(columns: dict[str, list[Any]]) -> bytes:
    stream = io.BytesIO()
    pq.write_table(pa.table(columns), stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04" + bytes(99), "a ZIP or WACZ file"),
        (b"BZh9" + bytes(99), "compressed with bzip2"),
        (b"[{}]", "a JSON array"),
        (b"no crawl", "is neither a WARC file"),
        (b'{"body": "x"}\n' * 100, "has no column html or text, only body"),
        (parquet({"body": ["x"]}), "has no column html or text, only body"),
        (parquet({"text": pa.array([], pa.string())}), "holds no row"),
        (b"PAR1" + bytes(99), "is not a whole Parquet file"),
        (gzip.compress(b"\n\n", mtime=0), "holds nothing"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(
    content: bytes, reason: str, tmp_path: Path
) -> None:
    path = tmp_path / "input"
    path.write_bytes(content)

    inputs, (refused,) = find_inputs([str(path)], WANTED)

    assert inputs == []
    assert refused.path == str(path)
    assert f"{path}: " in refused.reason
    assert reason in refused.reason


def test_the_columns_that_are_asked_for_may_have_any_name(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"body": "x"}\n', encoding="utf-8")

    (found,), refused = find_inputs([str(path)], Inputs(text_column="body"))

    assert (found.format, refused) == (Format.JSONL, [])


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.csv", b"body,url\nx,y\n", "has no column html or text, only body, url"),
        ("a.csv", "text\n山里\n".encode("gb18030"), "is not UTF-8; convert it with `iconv"),
    ],
)
def test_csv_that_cannot_be_read_is_refused_with_its_reason(
    name: str, content: bytes, reason: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    _, (refused,) = find_inputs([str(path)], WANTED)

    assert reason in refused.reason
    assert not refused.is_skipped


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("part-00000.warc.gz", b""),
        ("part-00000.csv", b"text,url\n"),
        ("part-00000.csv", b"\n"),
        ("part-00000", parquet({"text": pa.array([], pa.string())})),
        ("page_files/a.png", b"\x89PNG\r\n"),
    ],
)
def test_a_file_in_which_nobody_expects_pages_is_skipped(
    name: str, content: bytes, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)

    _, (refused,) = find_inputs([str(path)], WANTED)

    assert refused.is_skipped


@pytest.fixture(scope="module")
def config() -> RunConfig:
    return load_config(DEMO)


def rows_of(config: RunConfig, path: Path, out: Path) -> list[dict[str, Any]]:
    progress = Progress(Console(file=io.StringIO()))
    run(Run(config, (str(path),), str(out), Engine(), progress=progress))
    rows: list[dict[str, Any]] = pq.read_table(out / "ledger").to_pylist()
    return rows


def pieces_of(out: Path) -> list[dict[str, Any]]:
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    (source,) = manifest["inputs"]
    content = Path(source["path"]).read_bytes()
    assert source["sha256"] == hashlib.sha256(content).hexdigest(), "as sha256sum tells it"
    pieces: list[dict[str, Any]] = source["pieces"]
    return pieces


def chinese(number: int) -> bytes:
    return page(f"http://{number}.cn/", f"<p>第{number}篇。{PROSE}</p>".encode())


def noise(number: int, size: int) -> bytes:
    content = random.Random(number).randbytes(size)
    return record(http_response(content, "Content-Type: image/png"), url=f"http://{number}.cn/")


def test_a_warc_in_ranges_gives_the_ledger_of_its_records(
    config: RunConfig, tmp_path: Path
) -> None:
    crawl = tmp_path / "crawl.warc.gz"
    records = [chinese(n) if n % 10 else noise(n, 2 * MIB + n) for n in range(95)]
    crawl.write_bytes(gzip_members(records))

    rows = rows_of(config, crawl, tmp_path / "out")

    assert len(pieces_of(tmp_path / "out")) == 3
    assert [row["url"] for row in rows] == [f"http://{n}.cn/" for n in range(95)]
    offsets, at = [], 0
    for each in records:
        offsets.append(at)
        at += len(gzip.compress(each, mtime=0))
    assert [row["offset"] for row in rows] == offsets
    assert sum(row["offset"] + row["length"] for row in rows[-1:]) == crawl.stat().st_size


def stored_member(content: bytes) -> bytes:
    return gzip.compress(content, compresslevel=0, mtime=0)


def nested(border: int, before: int) -> tuple[bytes, bytes]:
    """Returns a member that holds a WARC file uncompressed, across a border, and the one after."""
    inner = gzip_members([chinese(n) for n in range(1000, 1500)])
    filler = random.Random(1).randbytes(border - before - len(inner) // 2)
    member = stored_member(record(http_response(filler + inner, "Content-Type: image/png")))
    return member, gzip_members([chinese(n) for n in range(5)])


@pytest.mark.parametrize("tail", [8 * MIB, 0], ids=["amid the file", "at its end"])
def test_a_warc_that_holds_a_warc_across_a_border_is_read_again_whole(
    tail: int, config: RunConfig, tmp_path: Path
) -> None:
    head = gzip_members([chinese(n) for n in range(10, 15)])
    member, after = nested(8 * MIB, len(head))
    last = gzip_members([noise(1, tail)]) if tail else b""
    crawl = tmp_path / "crawl.warc.gz"
    crawl.write_bytes(head + member + after + last)
    assert len(head) < 8 * MIB < len(head + member)

    rows = rows_of(config, crawl, tmp_path / "out")

    assert [(piece["start"], piece["stop"]) for piece in pieces_of(tmp_path / "out")] == [(0, None)]
    expected = [*range(10, 15), "example", *range(5), *([1] if tail else [])]
    assert [row["url"] for row in rows] == [f"http://{name}.cn/" for name in expected]


def test_files_of_any_name_are_read_and_told_of(config: RunConfig, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    names = [os.fsdecode(b"a\xff.html"), "b\nc.html", "页 #?.html"]
    for name in names:
        (folder / name).write_text(f"<html><body><p>{name!r}{PROSE}</p></body></html>", "utf-8")

    for _ in range(2):
        assert len(rows_of(config, folder, tmp_path / "out")) == len(names)

    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert sorted(each["name"] for each in manifest["inputs"]) == sorted(names)
