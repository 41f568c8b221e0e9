"""Rows of a ledger by whatever people call a page: address, id, its beginning, row of a shard."""

import re
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from jingyu.filters.settings.errors import InputError
from jingyu.filters.source.address import host_of
from jingyu.pipeline.page.address.canonical_url import canonical_url
from jingyu.pipeline.page.mask.masking import mask_url
from jingyu.pipeline.read import storage

_ID: Final = re.compile(r"[0-9a-f]{32}")
_BEGINNING: Final = re.compile(r"[0-9a-f]{6,31}")
_ROW_OF_SHARD: Final = re.compile(r"(?P<file>.+\.parquet):(?P<row>\d+)")
_MOST: Final = 20

Row = dict[str, Any]


def rows_named(ledger: ds.Dataset, out: str, name: str) -> list[Row]:
    """Returns the rows of what a name may mean, the surest meaning first; empty if it is nothing.

    Args:
        ledger: The ledger.
        out: The output folder.
        name: An address with or without its scheme; an id, or six digits of its beginning or more;
            a row of a file of the corpus, as `corpus/part-00000.parquet:17`.
    """
    if shown := _ROW_OF_SHARD.fullmatch(name):
        name = _id_at(storage.join(out, shown["file"]), int(shown["row"]))
    if _ID.fullmatch(name):
        return _rows(ledger, pc.field("document_id") == name, 1)
    rows = _rows(ledger, (pc.field("url") == mask_url(name)) | (pc.field("document_id") == name))
    if not rows and _BEGINNING.fullmatch(name):
        rows = _rows(ledger, pc.starts_with(pc.field("document_id"), name))
    return rows or _of_address(ledger, name)


def hosts_named(ledger: ds.Dataset, name: str) -> pa.Table:
    """Returns outcome, stage and reason of all rows of a host, or of a registered domain."""
    host = (host_of(name) or host_of(f"http://{name}") or name).lower()
    columns = ["host", "outcome", "stage", "reason"]
    wanted = pa.array([host, host.removeprefix("www."), f"www.{host.removeprefix('www.')}"])
    of_host = ledger.to_table(columns, filter=pc.field("host").isin(wanted))
    if of_host.num_rows or "registered_domain" not in ledger.schema.names:
        return of_host
    return ledger.to_table(columns, filter=pc.field("registered_domain") == host)


def _rows(ledger: ds.Dataset, wanted: Any, most: int = _MOST) -> list[Row]:
    """Returns rows that a filter wants; all columns are read of row groups alone that hold some."""
    rows: list[Row] = []
    for file in ledger.get_fragments():
        for group in file.split_by_row_group():
            if group.count_rows(filter=wanted):
                rows += group.to_table(filter=wanted, schema=ledger.schema).to_pylist()
            if len(rows) >= most:
                return rows[:most]
    return rows


def _of_address(ledger: ds.Dataset, name: str) -> list[Row]:
    """Returns rows whose address is the same in its canonical form."""
    for address in (name, f"https://{name}") if "." in name else ():
        host, canonical = host_of(address), canonical_url(mask_url(address) or address)
        if not host or not canonical or "/" not in name:
            continue
        other = host.removeprefix("www.")
        hosts = pa.array([host, other, f"www.{other}"])
        table = ledger.to_table(["document_id", "url"], filter=pc.field("host").isin(hosts))
        found = [
            row["document_id"]
            for row in table.to_pylist()
            if row["url"] and canonical_url(row["url"]) == canonical
        ]
        if found:
            return _rows(ledger, pc.field("document_id").isin(pa.array(found[:_MOST])))
    return []


def _id_at(path: str, row: int) -> str:
    try:
        with storage.open_to_read(path) as stream:
            ids = pq.ParquetFile(stream).read(columns=["document_id"])["document_id"]
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"{path}: is no file of the corpus that can be read") from error
    if row >= len(ids):
        raise InputError(f"{path}: has {len(ids):,} rows, numbered from 0; there is no {row}")
    return str(ids[row].as_py())
