"""The records of a file, whatever its format."""

from collections.abc import Iterator
from typing import BinaryIO

from jingyu.pipeline.read.csv_rows import read_csv
from jingyu.pipeline.read.record import Record
from jingyu.pipeline.read.rows import read_jsonl, read_parquet
from jingyu.pipeline.read.settings import Inputs
from jingyu.pipeline.read.sniff import Format
from jingyu.pipeline.read.warc import read_warc
from jingyu.pipeline.read.whole_files import read_page, read_text, read_text_lines


def read_records(  # noqa: PLR0913, PLR0917  (a file, and a range of it)
    stream: BinaryIO,
    file_format: Format,
    name: str,
    inputs: Inputs,
    start: int = 0,
    stop: int | None = None,
) -> Iterator[Record]:
    """Returns the records of a file.

    Args:
        stream: The file, at its beginning.
        file_format: What it is.
        name: What messages call it.
        inputs: What is configured of reading.
        start: Where the range of a WARC file begins; other files are read whole.
        stop: Where it ends, if not with the file.

    Raises:
        UnreadableInput: It cannot be read row by row; while records are taken.
        OSError: The stream failed.
    """
    limit = inputs.max_record_mib << 20
    columns = inputs.columns
    if file_format is Format.WARC:
        return read_warc(
            stream, start=start, stop=stop, max_record_bytes=limit, max_payload_bytes=limit
        )
    if file_format is Format.PARQUET:
        return read_parquet(stream, name=name, columns=columns)
    if file_format is Format.JSONL:
        return read_jsonl(stream, name=name, columns=columns, max_record_bytes=limit)
    if file_format is Format.CSV:
        return read_csv(stream, name=name, columns=columns, max_record_bytes=limit)
    if file_format is Format.HTML:
        return read_page(stream, max_record_bytes=limit)
    read = read_text_lines if inputs.text_files == "line" else read_text
    return read(stream, max_record_bytes=limit)
