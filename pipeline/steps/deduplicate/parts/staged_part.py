"""The documents of a staged item, as deduplication meets them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jingyu.filters.source.source import TIERS
from jingyu.pipeline.config.deduplication import Deduplication
from jingyu.pipeline.page.extract.plain import unfenced
from jingyu.pipeline.page.sign.minhash import EMPTY, NGRAM, hash_of
from jingyu.pipeline.steps.deduplicate.bands import Keyed
from jingyu.pipeline.steps.deduplicate.parts.keys import KEY_COLUMNS, joined, keys_of
from jingyu.pipeline.steps.deduplicate.parts.members import (
    FINGERPRINT_BYTES,
    NEVER,
    NEW,
    Members,
    member_type,
    name_documents,
    packed_ids,
    rows_of,
)
from jingyu.pipeline.steps.deduplicate.sequences import sequence_of
from jingyu.pipeline.store.decided import read_decisions
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.row_groups import batches, signatures_of, taken

_MEMBER_COLUMNS: Final = (
    "document_id",
    "source_tier",
    "quality",
    "captured_at",
    "script",
    "registered_domain",
    *KEY_COLUMNS,
)
_SCRIPTS: Final = {"simplified": 0, "traditional": 2}
"""How traditional a script is; 1 where it is mixed or nothing tells."""
_RANKS: Final = {tier: rank for rank, tier in enumerate((*TIERS[:-1], None, TIERS[-1]))}


@dataclass(frozen=True)
class StagedPart:
    """The documents of an item that passed the rules."""

    number: int
    key: str
    layout: Layout

    @property
    def corpus(self) -> None:
        """None: the documents are of this run."""

    def keys(self, settings: Deduplication) -> Keyed:
        """Returns the keys under which the documents meet others."""
        is_kept = read_decisions(self.key, self.layout, "sources").is_open
        found = []
        for start, batch in batches(self._path, KEY_COLUMNS):
            rows = np.flatnonzero(is_kept[start : start + batch.num_rows])
            names = name_documents(self.number, rows + start)
            if not rows.size:
                continue
            kept = batch.take(pa.array(rows))
            signatures = signatures_of(kept.column("signature"))
            found += keys_of(kept, signatures, names, settings)
        return joined(found)

    def members(self, requests: NDArray[np.void]) -> Members:
        """Returns what choosing needs of the documents that are asked for, but for their texts."""
        members, found = [], []
        for here, batch in taken(self._path, _MEMBER_COLUMNS, rows_of(requests["document"])):
            members.append(_members_of(batch, requests[here]))
            found += batch.column("fingerprints").to_pylist()
        return Members.of_rows(np.concatenate(members), b"".join(found))

    def readings(self, requests: NDArray[np.void], ngram: int = NGRAM) -> Iterator[bytes]:
        """Yields the sequences of the documents that are to be read, in the requests' order."""
        rows = rows_of(requests["document"][requests["reads_text"]])
        for _, batch in taken(self._path, ["text"], rows):
            for text in batch.column("text").to_pylist():
                yield sequence_of(unfenced(text), ngram).astype("<u4", copy=False).tobytes()

    @property
    def _path(self) -> str:
        return self.layout.staged(self.key).documents


def _members_of(batch: pa.RecordBatch, requests: NDArray[np.void]) -> NDArray[np.void]:
    signatures = signatures_of(batch.column("signature"))
    members = np.zeros(batch.num_rows, member_type(signatures.shape[1]))
    members["document"], members["label"] = requests["document"], requests["label"]
    members["id"] = packed_ids(batch.column("document_id").to_pylist())
    members["standing"] = NEW
    members["tier"] = [_RANKS[tier] for tier in batch.column("source_tier").to_pylist()]
    members["script"] = [_SCRIPTS.get(each, 1) for each in batch.column("script").to_pylist()]
    domains = batch.column("registered_domain").to_pylist()
    members["domain"] = [hash_of(domain) if domain else 0 for domain in domains]
    members["is_empty"] = (signatures == EMPTY).all(axis=1)
    members["signature"] = signatures.astype(np.uint8)
    captured = batch.column("captured_at").cast("int64").fill_null(NEVER)
    members["captured_at"] = captured.to_numpy()
    sizes = pc.binary_length(batch.column("fingerprints")).to_numpy()
    members["fingerprint_count"] = sizes // FINGERPRINT_BYTES
    for name in ("url_key", "text_hash", "quality", "char_count"):
        members[name] = batch.column(name).to_numpy()
    return members
