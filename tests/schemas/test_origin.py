from typing import get_args

import pyarrow as pa

from jingyu.filters.source.origin import Verdict
from jingyu.filters.source.source import Basis, Tier
from jingyu.schemas.origin import ORIGIN


def test_every_column_is_described_and_every_number_has_a_unit() -> None:
    assert len(set(ORIGIN.names)) == len(ORIGIN)
    for field in ORIGIN:
        assert field.metadata[b"description"].endswith(b"."), field.name
        assert b"unit" in field.metadata or not pa.types.is_floating(field.type), field.name


def test_descriptions_name_every_value_that_can_stand_there() -> None:
    for name, values in (("origin", Verdict), ("source_tier", Tier), ("source_basis", Basis)):
        description = ORIGIN.field(name).metadata[b"description"].decode()

        assert all(f"`{value}`" in description for value in get_args(values)), name
