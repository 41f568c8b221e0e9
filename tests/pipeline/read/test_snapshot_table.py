import gzip
import os
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jingyu.filters.rights.site import Access, moment, sites
from jingyu.filters.rights.snapshot import MAX_BYTES, Kind, Snapshot
from jingyu.pipeline.read.own_folder import use
from jingyu.pipeline.read.snapshot_table import prepared, sites_of
from jingyu.pipeline.read.snapshots import line_of, read_snapshots
from tests.support.archives import http_response, record

BODY = b"User-agent: *\nDisallow: /private/"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "own"))
    (tmp_path / "own").mkdir(exist_ok=True)


def lines(folder: Path, snapshots: Sequence[Snapshot]) -> str:
    path = folder / "sites.jsonl"
    path.write_bytes(b"".join(map(line_of, snapshots)))
    return str(path)


KINDS: tuple[Kind, ...] = ("robots", "tdmrep", "ai_txt", "rsl")
SNAPSHOTS = st.builds(
    Snapshot,
    host=st.sampled_from(["a.cn", "A.cn", "b.cn", "\ud800"]),
    status=st.sampled_from([200, 301, 404, 503]),
    body=st.sampled_from([b"", BODY, b"[]", "用户：*".encode()]),
    kind=st.sampled_from(KINDS),
    captured_at=st.none() | st.datetimes(timezones=st.just(UTC)),
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    snapshots=st.lists(SNAPSHOTS, max_size=9), as_of=st.none() | st.sampled_from([date(2000, 1, 1)])
)
def test_a_table_has_what_the_choice_in_memory_has(
    snapshots: list[Snapshot], as_of: date | None, tmp_path: Path
) -> None:
    path = lines(tmp_path, snapshots)
    expected = sites(read_snapshots(path), as_of).files

    prepared((path,), as_of)  # the file is another one than in the last example
    found = sites_of((path,), as_of).files

    assert len(found) == len(list(found)) == len(expected)
    for key, snapshot in expected.items():
        assert found[key]._replace(host="") == snapshot._replace(host="")


def test_another_content_is_another_table(tmp_path: Path) -> None:
    path = lines(tmp_path, [Snapshot("a.cn", 200, BODY)])
    first = prepared((path,), None)
    os.utime(path, (1, 1))

    lines(tmp_path, [Snapshot("a.cn", 200, BODY.replace(b"*", b"x"))])
    os.utime(path, (1, 1))

    assert prepared((path,), None) != first


def test_a_table_that_another_run_made_meanwhile_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever uses it holds a lock on that file, and not on the next of its name."""
    paths = (lines(tmp_path, [Snapshot("a.cn", 200, BODY)]),)
    made = prepared(paths, None)
    before = os.stat(made).st_ino
    looks = iter([False])
    monkeypatch.setattr(
        "jingyu.pipeline.read.snapshot_table.use",
        lambda entry: next(looks, True) and use(entry) if entry == made else use(entry),
    )

    assert prepared(paths, None) == made
    assert os.stat(made).st_ino == before
    assert next(looks, None) is None


def test_the_robotstxt_captures_of_a_crawl_are_read_from_a_folder_or_glob(tmp_path: Path) -> None:
    for host, name in (("a.cn", "0.warc.gz"), ("b.cn", "sub/1.warc")):
        body = http_response(BODY, "Content-Type: text/plain")
        content = record(body, url=f"http://{host}/robots.txt")
        path = tmp_path / "robotstxt" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.compress(content) if name.endswith("gz") else content)
    (tmp_path / "robotstxt" / "c.cn.txt").write_bytes(BODY)

    folder = sites_of((str(tmp_path / "robotstxt"),), None)
    glob = sites_of((str(tmp_path / "robotstxt" / "*.warc.gz"),), None)

    told = [
        [found.said(f"http://{host}.cn/private/").robots_txt for host in "abc"]
        for found in (folder, glob)
    ]
    assert told == [
        [Access.DISALLOWED] * 3,
        [Access.DISALLOWED, Access.UNKNOWN, Access.UNKNOWN],
    ]


def test_a_copy_of_the_process_opens_the_table_anew(tmp_path: Path) -> None:
    path = lines(tmp_path, [Snapshot("a.cn", 200, BODY)])
    ours = sites_of((path,), None)

    child = os.fork()
    if not child:
        theirs = sites_of((path,), None)
        os._exit(0 if theirs is not ours and theirs.files["robots", "a.cn"].body == BODY else 1)

    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_line_is_read_as_what_it_was_written_of() -> None:
    at = datetime(2026, 1, 2, tzinfo=UTC)
    long = Snapshot("a.cn", 200, b"#" * (MAX_BYTES * 2), captured_at=at)

    assert len(line_of(long)) < MAX_BYTES + 200


def test_a_moment_beyond_the_calendar_is_none() -> None:
    at = datetime.min.replace(tzinfo=timezone(timedelta(hours=5)))

    assert moment(Snapshot("a.cn", 200, b"", captured_at=at)) == datetime.min.replace(tzinfo=UTC)
