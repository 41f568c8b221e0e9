"""Takedown lists: CSV files that say what must leave the corpus."""

import csv
import hashlib
import io
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from jingyu.filters.settings.errors import ConfigError
from jingyu.filters.source.address import ascii_host
from jingyu.pipeline.page.address.canonical_url import canonical_url
from jingyu.pipeline.page.sign.minhash import normal_form
from jingyu.pipeline.read import storage

HEADER: Final = ("kind", "value", "reason", "date")
REGISTER_HEADER: Final = (*HEADER, "asked_by", "reference")
"""Columns of a register of takedowns, which runs share."""
ASKERS: Final = ("author", "publisher", "person", "regulator", "court", "owner", "other")
"""Who asked for a takedown: what they are, never who."""
_MIN_PASSAGE = 12  # shorter words stand in texts of others
_ID_DIGITS = 32
_HASH_END = 1 << 64


class Entry(NamedTuple):
    """A line of a takedown list.

    Attributes:
        kind: `url`, `domain`, `document_id`, `text_hash`, `signature` or `passage`.
        value: Address; registered domain or host, with all hosts below it; document id; hash of the
            normal form; MinHash signature in hexadecimal; words of a text, personal data masked.
        reason: Why, in the words of whoever asked.
        date: When it was asked.
        asked_by: One of `ASKERS`, or nothing.
        reference: Number of the case, without personal data.
    """

    kind: str
    value: str
    reason: str = ""
    date: str = ""
    asked_by: str = ""
    reference: str = ""

    @property
    def shown(self) -> str:
        """The value as an output may tell it: of a passage, which has to leave, its digest."""
        if self.kind == "passage":
            return hashlib.sha256(self.value.encode()).hexdigest()[:16]
        return self.value

    @property
    def name(self) -> str:
        """How the ledger names the entry: its kind and value, a signature by its beginning."""
        value = f"{self.value[:16]}…" if self.kind == "signature" else self.shown
        return f"{self.kind}:{value}" + (f" ({self.reason})" if self.reason else "")


def _is_id(value: str) -> bool:
    return len(value) == _ID_DIGITS and _is_hexadecimal(value)


def _is_hash(value: str) -> bool:
    return value.isascii() and value.isdigit() and int(value) < _HASH_END


def _is_signature(value: str) -> bool:
    return len(value) % 8 == 0 and bool(value) and _is_hexadecimal(value)


def _is_hexadecimal(value: str) -> bool:
    return not set(value.lower()) - set("0123456789abcdef")


def _is_url(value: str) -> bool:
    return canonical_url(value) is not None


def _is_domain(value: str) -> bool:
    return "." in value and not set(value) & set("/:@ ") and bool(ascii_host(value))


def _is_passage(value: str) -> bool:
    return len(normal_form(value)) >= _MIN_PASSAGE


_CHECKS: dict[str, tuple[Callable[[str], bool], str]] = {
    "url": (_is_url, "a web address, such as https://www.example.cn/a.html"),
    "domain": (_is_domain, "a domain or host, such as example.cn"),
    "document_id": (_is_id, f"a document id of {_ID_DIGITS} hexadecimal digits"),
    "text_hash": (_is_hash, "a `text_hash` as the corpus has it, a whole number below 2**64"),
    "signature": (_is_signature, "a signature in hexadecimal, as takedown proofs have it"),
    "passage": (_is_passage, f"a passage of a text, of {_MIN_PASSAGE} letters and digits or more"),
}


def read_takedown(paths: Sequence[str]) -> tuple[Entry, ...]:
    """Returns the entries of takedown lists, each once.

    Raises:
        ConfigError: A file cannot be read or a row is wrong; the message names file and row.
    """
    found: dict[Entry, None] = {}
    for path in paths:
        try:
            text = storage.read_bytes(path).decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{path}: cannot read the takedown list: {error}") from error
        rows = _rows(text, path)
        header = tuple(cell.strip() for cell in rows[0]) if rows else ()
        if header not in {HEADER, REGISTER_HEADER}:
            raise ConfigError(
                f"{path}: row 1: must be `{','.join(HEADER)}`, or `{','.join(REGISTER_HEADER)}`"
            )
        for number, row in enumerate(rows[1:], 2):
            if any(cell.strip() for cell in row):
                found[_entry(row, header, f"{path}: row {number}")] = None
    return tuple(found)


def _rows(text: str, path: str) -> list[list[str]]:
    # Lines end where CSV ends them: a reason may hold other separators of lines.
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        return list(reader)
    except csv.Error as error:
        raise ConfigError(f"{path}: row {reader.line_num}: is no row of CSV: {error}") from error


def _entry(row: Sequence[str], header: Sequence[str], place: str) -> Entry:
    cells = [cell.strip() for cell in row]
    if not 2 <= len(cells) <= len(header):  # noqa: PLR2004  (kind and value, then what is optional)
        raise ConfigError(f"{place}: has {len(cells)} cells; give {', '.join(header)}")
    return checked(Entry(*cells), place)


def checked(entry: Entry, place: str) -> Entry:
    """Returns an entry as lists may hold it: personal data in a passage or reason is masked.

    Raises:
        ConfigError: It is wrong; the message begins with the place.
    """
    if entry.kind not in _CHECKS:
        raise ConfigError(f"{place}: `{entry.kind}` is no kind; give one of {', '.join(_CHECKS)}")
    is_valid, wanted = _CHECKS[entry.kind]
    if not is_valid(entry.value):
        raise ConfigError(f"{place}: `{entry.value[:60]}` is not {wanted}")
    if entry.asked_by and entry.asked_by not in ASKERS:
        raise ConfigError(
            f"{place}: `{entry.asked_by}` is nobody who asks; give one of {', '.join(ASKERS)}"
        )
    if not (entry.reference or entry.reason) and entry.kind != "passage":
        return entry
    # Forms of personal data take 0.15 s to compile, and most lists hold none to look for.
    from jingyu.pipeline.page.mask.masking import mask

    if mask(entry.reference).text != entry.reference:
        raise ConfigError(f"{place}: the reference holds personal data; give the case's number")
    value = mask(entry.value).text if entry.kind == "passage" else entry.value
    return entry._replace(value=value, reason=mask(entry.reason).text)
