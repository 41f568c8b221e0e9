import numpy as np
import pyarrow as pa

from jingyu.pipeline.page.sign.minhash import EMPTY
from jingyu.pipeline.steps.deduplicate.bands import band_keys
from jingyu.pipeline.steps.deduplicate.short import pack_short, short_signatures

SIGNATURES = np.array([[1, 65_536, 70_000], [EMPTY] * 3, [0xFFFF, 2, 3]], np.uint32)


def test_an_index_holds_half_of_each_hash_and_knows_what_is_empty() -> None:
    packed = pack_short(SIGNATURES)

    found = short_signatures(pa.array(packed, pa.binary()))

    assert [len(each) for each in packed] == [6, 6, 6]
    assert found.tolist() == [[1, 0, 4_464], [EMPTY] * 3, [65_535, 2, 3]]


def test_documents_meet_those_of_an_index_in_the_same_bands() -> None:
    found = short_signatures(pa.array(pack_short(SIGNATURES), pa.binary()))

    assert band_keys(found, 1, 3).tolist() == band_keys(SIGNATURES, 1, 3).tolist()
