"""Snapshots of sites on disk: a crawl has more robots.txt files than memory holds.

A table of SQLite is made once on a machine, whatever the number of its processes, and read by
them as need be.
"""

import functools
import hashlib
import os
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import quote

from jingyu.filters.rights.site import Sites, counts, moment
from jingyu.filters.rights.snapshot import MAX_BYTES, Kind, Snapshot
from jingyu.filters.settings.errors import JingyuError
from jingyu.pipeline.read import storage
from jingyu.pipeline.read.own_folder import (
    make_own,
    own_folder,
    release,
    remove_unused,
    use,
)
from jingyu.pipeline.read.snapshots import read_snapshots

_CREATE = """
CREATE TABLE {table} (
    key TEXT PRIMARY KEY, moment TEXT, host TEXT, status INT, body BLOB, kind TEXT, at TEXT,
    url TEXT
) WITHOUT ROWID
"""
_PUT = """
INSERT INTO {table} VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE
    SET moment=excluded.moment, host=excluded.host, status=excluded.status, body=excluded.body,
    kind=excluded.kind, at=excluded.at, url=excluded.url WHERE {is_later}
"""
_GET = "SELECT host, status, body, kind, at, url FROM {table} WHERE key = ?"
_FORMAT = 1
_HELD = 64
"""Files of sites that are held: pages of one come together, and a file may have 500 KiB."""
_IN_LINES: Final = frozenset({"robots", "ai_txt"})
"""Kinds of files of which the beginning is read."""

_paths: dict[tuple[tuple[str, ...], date | None], str] = {}
"""Where the tables are that this process, or the one that it is a copy of, has asked for."""


class _Table(Mapping[Any, Snapshot]):
    """A table of snapshots; only asking for one of them is quick."""

    def __init__(self, connection: sqlite3.Connection, table: str) -> None:
        self._connection = connection
        self._table = table
        self._found = functools.lru_cache(_HELD)(self._find)

    def __getitem__(self, key: Any) -> Snapshot:
        found = self._found(key)
        if found is None:
            raise KeyError(key)
        return found

    def _find(self, key: Any) -> Snapshot | None:
        row = self._connection.execute(_GET.format(table=self._table), (_key(key),)).fetchone()
        if row is None:
            return None
        host, status, body, kind, at, url = row
        captured_at = datetime.fromisoformat(at) if at else None
        return Snapshot(host, status, zlib.decompress(body), kind, captured_at, url)

    def __iter__(self) -> Iterator[str]:
        rows = self._connection.execute(f"SELECT key FROM {self._table}")  # noqa: S608  (ours)
        return (row[0] for row in rows)

    def __len__(self) -> int:
        rows = self._connection.execute(f"SELECT count(*) FROM {self._table}")  # noqa: S608
        return int(rows.fetchone()[0])


def sites_of(paths: Sequence[str], as_of: date | None) -> Sites:
    """Returns what snapshots say of sites, as `filters.rights.site.sites` chooses among them.

    Raises:
        InputError: There is no such file.
        OSError: One cannot be read, or no table of them can be written.
    """
    if not paths:
        return Sites()
    path = _paths.get((tuple(paths), as_of)) or prepared(paths, as_of)
    # Connections are of one process: a copy of it opens its own.
    return _opened(path, os.getpid())


@functools.cache
def _opened(path: str, process: int) -> Sites:
    del process
    uri = f"file:{quote(path)}?mode=ro&immutable=1"
    connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
    return Sites(_Table(connection, "files"), _Table(connection, "licenses"))


def prepared(paths: Sequence[str], as_of: date | None) -> str:
    """Returns the path of the table of some snapshots, which is made if this machine has none.

    Raises:
        InputError: There is no such file.
        JingyuError: The table cannot be written.
        OSError: A file cannot be read.
    """
    files = [file for path in paths for file in storage.find(path)]
    told = [(file.path, *_state(file)) for file in files]
    name = hashlib.sha256(repr((_FORMAT, told, as_of)).encode("utf-8", "surrogateescape"))
    folder = own_folder()
    path = str(folder / f"{name.hexdigest()[:32]}.snapshots")
    make_own(str(folder))
    while not use(path):
        remove_unused()
        with tempfile.TemporaryDirectory(dir=folder) as aside:
            written = os.path.join(aside, "table")
            use(aside)  # to write it may take longer than what is new is spared
            try:
                _write(written, paths, as_of)
            except sqlite3.Error as error:
                raise JingyuError(
                    f"{folder}: cannot hold a table of what sites state: {error}; make room there, "
                    "or set TMPDIR to another folder"
                ) from error
            _into_place(written, path)
            release(aside)
    _paths[tuple(paths), as_of] = path
    return path


def _into_place(written: str, path: str) -> None:
    """Puts a table in its place, unless another run's is there, which is locked as that file."""
    try:
        os.link(written, path)
    except FileExistsError:
        return
    except OSError:  # a filesystem without hard links
        os.replace(written, path)


def _state(file: storage.StoredFile) -> tuple[int, ...]:
    """Returns what changes with a file's content: of a local one, not its date alone."""
    if not storage.is_local(file.path):
        return (file.size or 0, int(file.modified))
    found = os.stat(file.path)
    return (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def _write(path: str, paths: Sequence[str], as_of: date | None) -> None:
    is_later = "excluded.moment >= moment" if as_of else "true"
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode=OFF")
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("BEGIN")
        for table in ("files", "licenses"):
            connection.execute(_CREATE.format(table=table))
        for each in paths:
            for snapshot in read_snapshots(each):
                if counts(snapshot, as_of):
                    _put(connection, snapshot, is_later)
        connection.execute("COMMIT")
    finally:
        connection.close()


def _put(connection: sqlite3.Connection, snapshot: Snapshot, is_later: str) -> None:
    row = _row(snapshot)
    key = (snapshot.kind, snapshot.host.lower())
    connection.execute(_PUT.format(table="files", is_later=is_later), (_key(key), *row))
    if snapshot.url:
        put = _PUT.format(table="licenses", is_later=is_later)
        connection.execute(put, (_key(snapshot.url), *row))


def _row(snapshot: Snapshot) -> tuple[Any, ...]:
    at = snapshot.captured_at
    read = snapshot.body[: MAX_BYTES + 1] if snapshot.kind in _IN_LINES else snapshot.body
    body = zlib.compress(read, 1)
    stated = at.isoformat() if at else None
    host, url = _writable(snapshot.host), _writable(snapshot.url)
    return (moment(snapshot).isoformat(), host, snapshot.status, body, snapshot.kind, stated, url)


def _key(key: str | tuple[Kind, str]) -> str:
    return _writable(key if isinstance(key, str) else " ".join(key)) or ""


def _writable(text: str | None) -> str | None:
    return text.encode("utf-8", "backslashreplace").decode() if text is not None else None
