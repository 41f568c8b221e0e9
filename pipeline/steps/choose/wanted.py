"""Wanted records of one file of an index, as a file."""

from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from jingyu.pipeline.read.index.choice import Choice, Place
from jingyu.pipeline.read.index.index_files import read_index
from jingyu.pipeline.read.index.parts import Parts
from jingyu.pipeline.read.web import WebFile
from jingyu.pipeline.store import filesystem

WANTED: Final = pa.schema(
    [
        pa.field("filename", pa.dictionary(pa.int32(), pa.string())),
        pa.field("offset", pa.int64()),
        pa.field("length", pa.int64()),
    ]
)
"""Places of records in crawl files."""

COUNTED: Final = (b"records_indexed", b"index_bytes")
"""Figures in the metadata of such a file: records of the index file, and bytes that were read."""

_BATCH = 100_000


def write_wanted(target: str, path: str, parts: Parts, choice: Choice) -> tuple[int, int]:
    """Writes the wanted records of a file of an index; returns how many it has and are wanted.

    Raises:
        InputError: It is no index.
        OSError: It cannot be read.
    """
    known = wanted = 0
    places: list[Place] = []
    with filesystem.open_to_write(target) as out, pq.ParquetWriter(out, WANTED) as writer:
        with parts.opened(path) as stream:
            for count, found in read_index(stream, path, choice):
                known += count
                wanted += len(found)
                places += found
                if len(places) >= _BATCH:
                    writer.write_batch(_batch(places))
                    places.clear()
            moved = _moved_bytes(stream)
        writer.write_batch(_batch(places))
        figures = zip(COUNTED, (known, moved), strict=True)
        writer.add_key_value_metadata({name: str(value).encode() for name, value in figures})
    return known, wanted


def _batch(places: list[Place]) -> pa.RecordBatch:
    columns = zip(*places, strict=True) if places else ((), (), ())
    arrays = [pa.array(values, field.type) for values, field in zip(columns, WANTED, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=WANTED)


def _moved_bytes(stream: Any) -> int:
    """Returns the bytes that were read of a file on the web, or the size of another."""
    raw = getattr(stream, "raw", None)
    if isinstance(raw, WebFile):
        return raw.moved_bytes
    return int(stream.seek(0, 2))
