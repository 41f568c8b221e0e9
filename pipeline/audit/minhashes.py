"""Signatures of an index as objects of datasketch, for its indexes and clusters."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.parquet as pq

from jingyu.pipeline.read import storage
from jingyu.schemas.index import METADATA

if TYPE_CHECKING:
    from datasketch import MinHash


def minhashes(out: str) -> Iterator[tuple[str, "MinHash"]]:
    """Yields the id and signature of each document that an output's index has a signature of.

    Jaccard estimates and the state of being empty are those of `pipeline.page.sign.minhash`.
    Objects of one index compare with each other and with those of indexes of the same parameters;
    not with objects that datasketch makes of a text itself, which hashes otherwise, so a document
    cannot be added to with `update`.

    Args:
        out: Output folder, or a folder of index files.

    Raises:
        InputError: There is no index.
    """
    from datasketch import MinHash

    folder = storage.join(out, "index")
    for file in storage.find(folder if storage.exists(folder) else out):
        with storage.open_to_read(file.path) as stream:
            index = pq.ParquetFile(stream)
            seed = json.loads(index.schema_arrow.metadata[METADATA])["seed"]
            for batch in index.iter_batches(columns=["document_id", "signature"]):
                for name, packed in zip(*(c.to_pylist() for c in batch.columns), strict=True):
                    if packed is not None:
                        values = np.frombuffer(packed, "<u4").astype(np.uint32)
                        yield name, MinHash(seed=seed, hashvalues=values, scheme="affine32")
