"""Which documents entries of takedown lists name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jingyu.filters.source.address import ascii_host
from jingyu.pipeline.config.takedown_lists import Entry
from jingyu.pipeline.page.address.canonical_url import url_key
from jingyu.pipeline.page.sign.minhash import normal_form, similarity
from jingyu.pipeline.steps.deduplicate.short import short_signatures, shortened

COLUMNS: Final = ("document_id", "host", "url_key", "text_hash")
"""Columns that naming needs, beside the signature."""


@dataclass(frozen=True)
class Takedown:
    """Entries by what they name.

    Attributes:
        urls: By hash of the canonical address.
        domains: By domain or host.
        ids: By document id.
        text_hashes: By hash of the normal form.
        passages: Words in normal form that a text holds, with their entries.
        signatures: Those with a signature, in the order of `values`.
        values: The signatures, one a row.
        halves: Those with a signature as an index holds it, in the order of `half_values`.
        half_values: These, one a row.
        min_similarity: Least similarity of a document to a signature.
        unmatched_count: How many signatures are of another number of hashes, and match nothing.
    """

    urls: Mapping[int, Entry]
    domains: Mapping[str, Entry]
    ids: Mapping[str, Entry]
    text_hashes: Mapping[int, Entry]
    passages: Sequence[tuple[str, Entry]]
    signatures: Sequence[Entry]
    values: NDArray[np.uint32]
    halves: Sequence[Entry]
    half_values: NDArray[np.uint32]
    min_similarity: float
    unmatched_count: int

    @classmethod
    def of(cls, entries: Iterable[Entry], hashes: int, min_similarity: float) -> Self:
        """Returns entries for look-up; signatures of another length than `hashes` match nothing."""
        by_kind: dict[str, list[Entry]] = {}
        for entry in entries:
            by_kind.setdefault(entry.kind, []).append(entry)
        signed, halves = (
            [e for e in by_kind.get("signature", []) if len(e.value) == 2 * size * hashes]
            for size in (4, 2)
        )
        packed = bytes.fromhex("".join(entry.value for entry in signed))
        half_packed = pa.array([bytes.fromhex(entry.value) for entry in halves], pa.binary())
        return cls(
            {url_key(entry.value): entry for entry in by_kind.get("url", [])},
            {ascii_host(entry.value): entry for entry in by_kind.get("domain", [])},
            {entry.value.lower(): entry for entry in by_kind.get("document_id", [])},
            {int(entry.value): entry for entry in by_kind.get("text_hash", [])},
            [(normal_form(entry.value), entry) for entry in by_kind.get("passage", [])],
            signed,
            np.frombuffer(packed, "<u4").reshape(-1, hashes),
            halves,
            short_signatures(half_packed) if halves else np.empty((0, hashes), np.uint32),
            min_similarity,
            len(by_kind.get("signature", [])) - len(signed) - len(halves),
        )

    def __bool__(self) -> bool:
        return any(
            map(
                bool,
                (
                    *(self.urls, self.domains, self.ids, self.text_hashes),
                    *(self.passages, self.signatures, self.halves),
                ),
            )
        )

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns that naming needs."""
        return (
            *COLUMNS,
            *(("signature",) if self.signatures or self.halves else ()),
            *(("text",) if self.passages else ()),
        )

    def named(
        self, batch: pa.RecordBatch, signatures: NDArray[np.uint32] | None = None
    ) -> dict[int, Entry]:
        """Returns the entry that names each row of a batch of `columns`, if one does."""
        found = self._resembling(signatures) if signatures is not None else {}
        columns = zip(*(batch.column(name).to_pylist() for name in COLUMNS), strict=True)
        for row, (document_id, host, key, text_hash) in enumerate(columns):
            entry = (
                self.urls.get(key)
                or self.ids.get(document_id)
                or self.text_hashes.get(text_hash)
                or self._of_domain(host)
            )
            if entry:
                found[row] = entry
        return self._holding(batch) | found if self.passages else found

    def _holding(self, batch: pa.RecordBatch) -> dict[int, Entry]:
        """Returns the first passage that each text holds, if it holds one."""
        found = {}
        for row, text in enumerate(batch.column("text").to_pylist()):
            read = normal_form(text)
            entry = next((entry for words, entry in self.passages if words in read), None)
            if entry:
                found[row] = entry
        return found

    def _of_domain(self, host: str | None) -> Entry | None:
        while self.domains and host:
            if host in self.domains:
                return self.domains[host]
            host = host.partition(".")[2]
        return None

    def _resembling(self, signatures: NDArray[np.uint32]) -> dict[int, Entry]:
        found: dict[int, Entry] = {}
        named = [(each, signatures) for each in zip(self.signatures, self.values, strict=True)]
        if self.halves:
            short = shortened(signatures)
            named += [(each, short) for each in zip(self.halves, self.half_values, strict=True)]
        for (entry, value), compared in named:
            rows = np.flatnonzero(similarity(compared, value) >= self.min_similarity)
            found |= dict.fromkeys(rows.tolist(), entry)
        return found
