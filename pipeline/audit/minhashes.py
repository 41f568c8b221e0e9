"""Signatures of an index as objects of datasketch, for its indexes and clusters."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import numpy as np

from jingyu.filters.settings.errors import InputError
from jingyu.pipeline.page.sign.minhash import EMPTY
from jingyu.pipeline.read import storage
from jingyu.pipeline.store.parquet import parquet_file
from jingyu.schemas.index import METADATA

_HALF: Final = 0xFFFF

if TYPE_CHECKING:
    from datasketch import MinHash


def minhashes(out: str) -> Iterator[tuple[str, "MinHash"]]:
    """Yields the id and signature of each document that an output's index has a signature of.

    Their estimates of Jaccard similarity, and which are empty, are those of
    `pipeline.page.sign.minhash`, but that of each hash 16 bits are there: different ones agree by
    chance once in 65,536 times. They compare with each other and with those of indexes of the same
    parameters, but not with objects that datasketch makes of a text: it hashes otherwise. For the
    same reason nothing can be added to one by `update`.

    Args:
        out: Output folder, or a folder of index files.

    Raises:
        InputError: There is no index, or a file is not one.
    """
    from datasketch import MinHash

    folder = storage.join(out, "index")
    for file in storage.find(folder if storage.exists(folder) else out):
        with parquet_file(file.path) as index:
            parameters = (index.schema_arrow.metadata or {}).get(METADATA)
            if parameters is None:
                raise InputError(f"{file.path}: this is no file of an index; name an output")
            seed = json.loads(parameters)["seed"]
            for batch in index.iter_batches(columns=["document_id", "signature"]):
                for name, packed in zip(*(c.to_pylist() for c in batch.columns), strict=True):
                    if packed is not None:
                        values = np.frombuffer(packed, "<u2").astype(np.uint32)
                        if (values == _HALF).all():
                            values[:] = EMPTY
                        yield name, MinHash(seed=seed, hashvalues=values, scheme="affine32")
