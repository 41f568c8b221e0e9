import contextlib
import io
import itertools
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from jingyu.filters.settings.errors import InputError
from jingyu.pipeline.read import storage
from jingyu.pipeline.read.stores import glob_pattern
from jingyu.pipeline.store import filesystem
from jingyu.pipeline.store.parquet import read_parquet
from tests.support.servers import Decide, Fault, Proxy, at_endpoint, make_bucket, proxied, server

_NUMBERS = itertools.count()


@pytest.fixture(scope="module", params=["s3", "gs"])
def store(request: pytest.FixtureRequest) -> Iterator[tuple[str, str]]:
    scheme: str = request.param
    with server(scheme) as address:
        yield scheme, address


@pytest.fixture
def bucket(store: tuple[str, str]) -> Iterator[str]:
    name = f"bucket{next(_NUMBERS)}"
    make_bucket(*store, name)
    with at_endpoint(*store):
        yield f"{store[0]}://{name}"


@contextlib.contextmanager
def faulty(store: tuple[str, str], decide: Decide) -> Iterator[Proxy]:
    """Puts a proxy before the server of a store."""
    scheme, address = store
    if scheme == "gs":
        pytest.skip("the proxy is in this process, which Google's client keeps locked as it waits")
    with proxied(address, decide) as proxy, at_endpoint(scheme, proxy.address):
        yield proxy


def objects(bucket: str) -> list[str]:
    try:
        return [file.path.removeprefix(f"{bucket}/") for file in storage.find(bucket)]
    except InputError:
        return []


def test_what_is_written_to_a_store_is_read_found_and_told_of(bucket: str) -> None:
    filesystem.write_bytes(f"{bucket}/crawl/a.warc", b"content")

    (found,) = storage.find(f"{bucket}/crawl")

    assert (found.name, found.path, found.size) == ("a.warc", f"{bucket}/crawl/a.warc", 7)
    assert found.modified > 0
    assert storage.read_bytes(found.path) == b"content"
    assert storage.exists(f"{bucket}/crawl/a.warc")
    assert storage.exists(f"{bucket}/crawl")
    assert not storage.exists(f"{bucket}/crawl/b.warc")
    assert filesystem.names_in(bucket) == {"crawl"}
    assert filesystem.names_in(f"{bucket}/nowhere") == frozenset()


def test_names_on_a_store_are_those_of_the_same_files_on_a_disk(
    bucket: str, tmp_path: Path
) -> None:
    for name in ("in/a/b.gz", "in/c.gz", "in/.hidden/d.gz", "in/.e.gz", "in/f.txt", "in/a/x/g.gz"):
        for root in (bucket, str(tmp_path)):
            filesystem.write_bytes(f"{root}/{name}", b"x")

    for pattern in ("in", "in/", "in/c.gz", "in/*.gz", "in/**/*.gz", "in/*/b.gz", "in/[ac]*"):
        on_disk, on_store = (
            [file.name for file in storage.find(f"{root}/{pattern}")]
            for root in (str(tmp_path), bucket)
        )
        assert on_store == on_disk, pattern


@pytest.mark.parametrize(
    ("pattern", "matching", "other"),
    [
        ("b/*.gz", "b/a.gz", "b/c/a.gz"),
        ("b/**/*.gz", "b/a.gz", "b/.c/a.gz"),
        ("b/**/*.gz", "b/c/d/a.gz", "b/a.txt"),
        ("b/**", "b/c/d", "b/.c"),
        ("b/a?.gz", "b/a1.gz", "b/a.gz"),
        ("b/[!a]x", "b/bx", "b/ax"),
        ("b/[ab]x", "b/ax", "b/cx"),
        ("b/.*", "b/.a", "b/a"),
        ("b/*", "b/净语", "b/.净语"),
        ("b/a+(1)*", "b/a+(1).gz", "b/aa1.gz"),
    ],
)
def test_a_glob_matches_as_on_a_disk(pattern: str, matching: str, other: str) -> None:
    assert glob_pattern(pattern).match(matching)
    assert not glob_pattern(pattern).match(other)


@pytest.mark.parametrize("pattern", ["nowhere", "nowhere/*.gz"])
def test_what_no_object_matches_is_an_error(pattern: str, bucket: str) -> None:
    with pytest.raises(InputError, match="there is no such file; check the path"):
        storage.find(f"{bucket}/{pattern}")


def test_addresses_that_nothing_reads_are_an_error_that_names_those_that_something_does() -> None:
    with pytest.raises(InputError, match=r"x://a/b: cannot be opened.*s3://.*gs://"):
        storage.find("x://a/b")


def write_and_raise(path: str, error: type[BaseException]) -> None:
    with filesystem.open_to_write(path) as stream:
        stream.write(b"new")
        raise error


@pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt])
def test_nothing_appears_on_a_store_when_the_block_raises(
    error: type[BaseException], bucket: str
) -> None:
    path = f"{bucket}/file"
    filesystem.write_bytes(path, b"old")

    with pytest.raises(error):
        write_and_raise(path, error)

    assert storage.read_bytes(path) == b"old"


def test_a_folder_is_moved_and_deleted_with_all_that_is_in_it(bucket: str) -> None:
    for name in ("a/b", "a/c/d"):
        filesystem.write_bytes(f"{bucket}/{name}", name.encode())
    filesystem.write_bytes(f"{bucket}/e/old", b"old")

    filesystem.move(f"{bucket}/a", f"{bucket}/e")

    assert objects(bucket) == ["e/b", "e/c/d"]
    filesystem.delete(f"{bucket}/e")
    filesystem.delete(f"{bucket}/e")
    assert objects(bucket) == []
    assert not storage.exists(f"{bucket}/e")


def test_folders_without_a_file_are_removed_and_others_stay(bucket: str) -> None:
    filesystem.write_bytes(f"{bucket}/a/b", b"x")
    filesystem.write_bytes(f"{bucket}/c/d", b"x")
    filesystem.delete(f"{bucket}/a/b")

    filesystem.delete_empty_folders(f"{bucket}/a")
    filesystem.delete_empty_folders(f"{bucket}/c")

    assert filesystem.names_in(bucket) == {"c"}


def test_folders_are_found_by_the_beginning_of_their_names(bucket: str) -> None:
    for name in ("extract-1/a", "extract-2/a", "select-1/a", "extract-file"):
        filesystem.write_bytes(f"{bucket}/{name}", b"x")

    found = storage.folders_in(bucket, "extract-")

    assert found == [f"{bucket}/extract-1", f"{bucket}/extract-2"]
    assert storage.folders_in(f"{bucket}/nowhere", "extract-") == []


def test_a_stream_of_a_store_seeks_and_asks_for_many_bytes_at_a_time(
    store: tuple[str, str], bucket: str
) -> None:
    content = bytes(range(256)) * 40_000
    filesystem.write_bytes(f"{bucket}/big", content)
    with faulty(store, lambda *_: None) as proxy:
        with storage.open_to_read(f"{bucket}/big") as stream:
            pieces = b"".join(iter(lambda: stream.read(1000), b""))
            assert stream.seek(5) == 5
            assert stream.read(3) == content[5:8]
        asked = [method for method, _ in proxy.seen if method == "GET"]

    assert pieces == content
    assert len(asked) <= 5


def test_columns_of_a_parquet_file_on_a_store_are_read(bucket: str) -> None:
    table = pa.table({"a": [1, 2, 3], "b": ["净", "语", None]})
    held = io.BytesIO()
    pq.write_table(table, held)
    filesystem.write_bytes(f"{bucket}/t.parquet", held.getvalue())

    assert read_parquet(f"{bucket}/t.parquet", ["b"]) == table.select(["b"])


@pytest.mark.parametrize("fault", ["error", "cut", "slow"])
def test_faults_of_a_store_that_pass_are_not_noticed(
    fault: Fault, store: tuple[str, str], bucket: str
) -> None:
    def decide(number: int, method: str, _: str) -> Fault | None:
        return fault if number % 3 == 1 and (method != "PUT" or fault != "cut") else None

    content = bytes(range(256)) * 30_000
    with faulty(store, decide):
        filesystem.write_bytes(f"{bucket}/a/b", content)
        assert storage.read_bytes(f"{bucket}/a/b") == content
        filesystem.move(f"{bucket}/a/b", f"{bucket}/c")
        assert objects(bucket) == ["c"]
        filesystem.delete(f"{bucket}/c")
        assert not storage.exists(f"{bucket}/c")


def test_a_store_that_answers_nothing_but_errors_is_an_error_and_leaves_no_object(
    store: tuple[str, str], bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jingyu.pipeline.read.stores._ATTEMPTS", 2)

    def decide(_: int, method: str, __: str) -> Fault | None:
        return "error" if method in {"PUT", "POST"} else None

    with (
        faulty(store, decide),
        pytest.raises(OSError, match="bucket"),
    ):
        filesystem.write_bytes(f"{bucket}/a", b"x" * (12 << 20))

    assert objects(bucket) == []
