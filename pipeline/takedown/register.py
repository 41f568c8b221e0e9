"""A register of takedowns: a takedown list that also says who asked, and for which case."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from jingyu.filters.settings.errors import ConfigError, InputError
from jingyu.pipeline.config.takedown_lists import REGISTER_HEADER, Entry, checked, read_takedown
from jingyu.pipeline.read import storage
from jingyu.pipeline.store import filesystem
from jingyu.pipeline.store.lock import locked_file
from jingyu.pipeline.store.parquet import batches_of

_INDEX: Final = ("document_id", "text_hash", "signature")
_CARRY_OVER: Final = ("takedown", "carry-over.csv")


def append(path: str, entries: Iterable[Entry]) -> int:
    """Appends entries to a register, begun where there is none; returns how many were new.

    What stands in it stays as it is, but for a list of four columns, which gets the other two.

    Raises:
        ConfigError: The file is there and is no takedown list, or an entry is wrong or longer than
            a list can hold.
        JingyuError: Another command is writing to it.
    """
    with locked_file(path):
        return _appended(path, entries)


def _appended(path: str, entries: Iterable[Entry]) -> int:
    known = read_takedown([path]) if storage.exists(path) else ()
    listed = {(entry.kind, entry.value) for entry in known}
    new: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        # Lists are read line by line, and text has more ends of lines than the one of CSV.
        line = Entry(*(" ".join(value.split()) for value in entry))
        one = checked(line, f"{path}: {entry.kind}")
        if max(map(len, one)) > csv.field_size_limit():
            raise ConfigError(f"{path}: {entry.kind}: is longer than {csv.field_size_limit():,}")
        if (one.kind, one.value) not in listed:
            new.setdefault((one.kind, one.value), one)
    if new:
        filesystem.write_bytes(path, _written([*known, *new.values()]).encode())
    return len(new)


def _written(entries: Iterable[Entry]) -> str:
    lines = io.StringIO(newline="")
    csv.writer(lines, lineterminator="\n").writerows([REGISTER_HEADER, *entries])
    return lines.getvalue()


def of_earlier(out: str, ids: Sequence[str], asked: Entry) -> Iterator[Entry]:
    """Yields what takes documents of an earlier corpus down wherever they come again.

    These are the ids, and the hashes and signatures of their texts, which the index of that corpus
    holds; of a document that was not kept there the hash alone.

    Args:
        out: Output folder of the earlier corpus.
        ids: Ids of documents there.
        asked: Why, when, by whom and for which case.

    Raises:
        InputError: The corpus has no index, or knows no document of an id.
    """
    wanted = {one.strip().lower() for one in ids}
    missing = set(wanted)
    for file in storage.find(storage.join(out, "index")):
        if not file.path.endswith(".parquet"):
            continue
        for batch in batches_of(file.path, _INDEX):
            for place, document_id in enumerate(batch.column("document_id").to_pylist()):
                if document_id in missing:
                    missing.discard(document_id)
                    yield from _of_text(batch.slice(place, 1).to_pylist()[0], asked)
    if missing:
        raise InputError(f"{out}: its index has no document {min(missing)}")


def _of_text(row: dict[str, object], asked: Entry) -> Iterator[Entry]:
    yield asked._replace(kind="document_id", value=str(row["document_id"]))
    yield asked._replace(kind="text_hash", value=str(row["text_hash"]))
    if isinstance(row["signature"], bytes):
        yield asked._replace(kind="signature", value=row["signature"].hex())


def of_output(out: str) -> tuple[Entry, ...]:
    """Returns what a finished output took down, with the fingerprints of the texts.

    Raises:
        InputError: It took nothing down.
    """
    path = storage.join(out, *_CARRY_OVER)
    if not storage.exists(path):
        raise InputError(f"{out}: took nothing down, there is no {'/'.join(_CARRY_OVER)}")
    try:
        return read_takedown([path])
    except ConfigError as error:
        raise InputError(str(error)) from error
