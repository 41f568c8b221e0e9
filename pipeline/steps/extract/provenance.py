"""What a record says of itself, as columns of `PROVENANCE`."""

import hashlib
from typing import Any

from jingyu.filters.source.address import host_of, registered_domain
from jingyu.filters.source.platforms import site_of
from jingyu.pipeline.page.mask.masking import mask_url
from jingyu.pipeline.read.record import Record
from jingyu.pipeline.store.row_writer import Row
from jingyu.pipeline.store.writable import writable
from jingyu.schemas.provenance import DAMAGE

BARE_COLUMNS = (
    "document_id",
    "source_file",
    "offset",
    "ordinal",
    "length",
    "record_type",
    "damage",
)
"""Columns of `bare_row`: a row can hold them, whatever else a record says."""

_ID_BYTES = 16


def bare_row(record: Record, source_file: str) -> dict[str, Any]:
    """Returns the columns of `PROVENANCE` that a record always has."""
    return {
        "document_id": document_id(source_file, record.offset, record.ordinal),
        "source_file": writable(source_file),
        "offset": record.offset,
        "ordinal": record.ordinal,
        "length": record.length,
        "record_type": record.record_type,
        "damage": [],
    }


def provenance_row(record: Record, bare: Row) -> dict[str, Any]:
    """Returns the columns of `PROVENANCE`; personal data in the address is masked.

    Args:
        record: What was read.
        bare: Its `bare_row`.
    """
    host = host_of(record.url)
    url = writable(mask_url(record.url)) if record.url else None
    return {
        **bare,
        "record_id": writable(record.record_id),
        "url": url,
        "host": writable(host),
        "registered_domain": writable(registered_domain(host)),
        "site": writable(site_of(url, host)),
        "captured_at": record.captured_at,
        "http_status": record.http_status,
        "content_type": writable(record.content_type),
        "payload_bytes": record.payload_bytes,
        "damage": damage_of(record),
    }


def damage_of(record: Record) -> list[str]:
    """Returns what is known of a record's damage, sorted."""
    found = {*record.notes, *([record.damage] if record.damage in DAMAGE else ())}
    return sorted(found)


def with_lost_characters(row: Row, columns: Row) -> list[str]:
    """Returns the damage of a document, with what decoding showed."""
    found = set(row["damage"])
    if columns["replacement_ratio"]:
        found.add("replaced_characters")
    if columns["charset_source"] == "repaired":
        found.add("encoded_twice")
    return sorted(found)


def document_id(source_file: str, offset: int, ordinal: int) -> str:
    """Returns the name of a record in every output, 32 hexadecimal digits."""
    place = f"{source_file}\0{offset}\0{ordinal}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(place, digest_size=_ID_BYTES).hexdigest()


def refers_to(record: Record) -> str | None:
    """Returns what a revisit points to: the record's id, or its address and date."""
    if record.record_type != "revisit":
        return None
    headers = record.headers
    address = headers.get("warc-refers-to-target-uri") or record.url
    if "warc-refers-to" in headers:
        return headers["warc-refers-to"]
    stated = (mask_url(address) if address else None, headers.get("warc-refers-to-date"))
    return " ".join(part for part in stated if part) or None
