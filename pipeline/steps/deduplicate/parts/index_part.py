"""The documents of an earlier corpus, as deduplication meets them: read from its index."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jingyu.filters.settings.errors import ConfigError, InputError
from jingyu.pipeline.config.deduplication import Deduplication
from jingyu.pipeline.page.settings import Signature
from jingyu.pipeline.page.sign.minhash import EMPTY, NGRAM
from jingyu.pipeline.read import storage
from jingyu.pipeline.steps.deduplicate.bands import Keyed, plain, url_keys
from jingyu.pipeline.steps.deduplicate.parts.keys import KEY_COLUMNS, joined, keys_of
from jingyu.pipeline.steps.deduplicate.parts.members import (
    FINGERPRINT_BYTES,
    OLD,
    OLD_DROPPED,
    Members,
    member_type,
    name_documents,
    packed_ids,
    rows_of,
)
from jingyu.pipeline.steps.deduplicate.short import short_signatures
from jingyu.pipeline.store.parquet import parquet_file
from jingyu.pipeline.store.row_groups import batches, taken
from jingyu.schemas.index import METADATA

NORMAL_FORM: Final = 2
"""Version of `pipeline.page.sign.minhash.normal_form`; one more whenever it changes."""

_MEMBER_COLUMNS: Final = ("document_id", "survivor_id", *KEY_COLUMNS)


@dataclass(frozen=True)
class Parameters:
    """What signatures were made with; only those of the same parameters compare."""

    ngram: int
    hashes: int
    seed: int
    normal_form: int = NORMAL_FORM

    @classmethod
    def of(cls, signature: Signature) -> "Parameters":
        """Returns the parameters of a config."""
        return cls(signature.ngram, signature.hashes, signature.seed)


@dataclass(frozen=True)
class IndexPart:
    """A file of an index: `schemas.index`."""

    number: int
    path: str
    corpus: str
    hashes: int

    def keys(self, settings: Deduplication) -> Keyed:
        """Returns the keys under which the documents meet others."""
        found = []
        for start, batch in batches(self.path, KEY_COLUMNS):
            names = name_documents(self.number, np.arange(start, start + batch.num_rows))
            is_kept = batch.column("signature").is_valid().to_numpy(zero_copy_only=False)
            kept = batch.filter(pa.array(is_kept))
            if kept.num_rows:
                signatures = short_signatures(kept.column("signature"))
                found += keys_of(kept, signatures, names[is_kept], settings)
            if settings.one_per_url:
                urls = batch.column("url_key").to_numpy()
                keyed = url_keys(urls[~is_kept], names[~is_kept])
                found.append(Keyed(plain(keyed.keys), keyed.documents))
        return joined(found)

    def members(self, requests: NDArray[np.void]) -> Members:
        """Returns what choosing needs of the documents that are asked for, but for n-grams."""
        members, found = [], []
        for here, batch in taken(self.path, _MEMBER_COLUMNS, rows_of(requests["document"])):
            members.append(self._members_of(batch, requests[here]))
            found += [packed or b"" for packed in batch.column("fingerprints").to_pylist()]
        return Members.of_rows(np.concatenate(members), b"".join(found))

    def readings(self, requests: NDArray[np.void], ngram: int = NGRAM) -> Iterator[bytes]:
        """Yields the sets of n-grams of the documents that are to be read; they are there."""
        del ngram
        rows = rows_of(requests["document"][requests["reads_text"]])
        for _, batch in taken(self.path, ["ngrams"], rows):
            for packed in batch.column("ngrams").to_pylist():
                yield packed or b""

    def _members_of(self, batch: pa.RecordBatch, requests: NDArray[np.void]) -> NDArray[np.void]:
        members = np.zeros(batch.num_rows, member_type(self.hashes))
        members["document"], members["label"] = requests["document"], requests["label"]
        # A dropped document stands for the one that it duplicates.
        members["id"] = packed_ids(batch.column("survivor_id").to_pylist())
        is_kept = batch.column("signature").is_valid().to_numpy(zero_copy_only=False)
        members["standing"] = np.where(is_kept, OLD, OLD_DROPPED)
        members["is_empty"] = True
        if is_kept.any():
            kept = short_signatures(batch.filter(pa.array(is_kept)).column("signature"))
            members["is_empty"][is_kept] = (kept == EMPTY).all(axis=1)
            members["signature"][is_kept] = kept.astype(np.uint8)
        sizes = pc.binary_length(batch.column("fingerprints")).fill_null(0).to_numpy()
        members["fingerprint_count"] = sizes // FINGERPRINT_BYTES
        for name in ("url_key", "text_hash", "char_count"):
            members[name] = batch.column(name).to_numpy()
        return members


@dataclass(frozen=True)
class Index:
    """The index of an earlier corpus, which is named as its folder."""

    corpus: str
    files: tuple[storage.StoredFile, ...]

    @property
    def identity(self) -> tuple[object, ...]:
        """What tells whether documents were compared with this index before."""
        return (self.corpus, *((file.name, file.size, file.modified) for file in self.files))


def find_indexes(against: Sequence[str], signature: Signature) -> list[Index]:
    """Returns the indexes in outputs of earlier runs, or in folders of index files.

    Raises:
        ConfigError: A path has no index, or one that was made with other parameters.
    """
    return [_find_index(path, Parameters.of(signature)) for path in against]


def _find_index(path: str, expected: Parameters) -> Index:
    files: list[storage.StoredFile] = []
    for folder in (storage.join(path, "index"), path):
        try:
            files = [file for file in storage.find(folder) if file.path.endswith(".parquet")]
        except InputError:
            continue
        break
    if not files:
        raise ConfigError(
            f"`deduplication.against`: {path} has no index; give the output folder of a finished "
            "run, or a folder of index files"
        )
    for file in files:
        _check(file.path, expected)
    return Index(path.rstrip("/").rpartition("/")[2], tuple(files))


def _check(path: str, expected: Parameters) -> None:
    with parquet_file(path) as file:
        metadata = file.schema_arrow.metadata or {}
    if METADATA not in metadata:
        raise ConfigError(f"`deduplication.against`: {path} is no index of a corpus")
    told = json.loads(metadata[METADATA])
    if told != asdict(expected):
        differing = ", ".join(
            f"{name} {told.get(name)}, not {value}"
            for name, value in asdict(expected).items()
            if told.get(name) != value
        )
        raise ConfigError(
            f"`deduplication.against`: {path} was made with {differing}; signatures of different "
            "parameters do not compare: set `signature` as it was, or make that corpus anew"
        )
