"""Documents of clusters come to where they are decided on with what was read of them."""

from pathlib import Path

import numpy as np
import pytest

from jingyu.pipeline.steps.deduplicate.parts.aside import put_aside, read_aside
from jingyu.pipeline.steps.deduplicate.parts.members import (
    Members,
    PackedMembers,
    member_type,
)

HASHES = 4
FOUND = [[1, 2], [], [3], [4, 5, 6], []]
READ = [b"first", None, b"", b"fourth", b"fifth"]
TARGETS = np.array([0, 1, 0, 1, 0])


def members() -> Members:
    rows = np.zeros(len(FOUND), member_type(HASHES))
    rows["document"] = np.arange(len(FOUND))
    rows["fingerprint_count"] = [len(each) for each in FOUND]
    return Members.of_rows(
        rows, np.array([value for each in FOUND for value in each], "<u8").tobytes()
    )


def packs(path: str | None) -> list[PackedMembers]:
    is_read = np.array([each is not None for each in READ])
    read = [each for each in READ if each is not None]
    if path:
        known = members().with_readings(is_read, put_aside(path, read))
    else:
        sizes = np.array([len(each) for each in read])
        known = members().with_readings(is_read, sizes, b"".join(read))
    return [packed for _, packed in known.pack_by(TARGETS, path)]


@pytest.mark.parametrize("is_aside", [False, True])
def test_members_come_with_fingerprints_and_readings(*, is_aside: bool, tmp_path: Path) -> None:
    path = str(tmp_path / "readings") if is_aside else None

    together = Members.unpack(packs(path), HASHES)

    order = [0, 2, 4, 1, 3]
    values, of = together.fingerprints
    assert together.rows["document"].tolist() == order
    assert values.tolist() == [1, 2, 3, 4, 5, 6]
    assert of.tolist() == [0, 0, 1, 4, 4, 4]
    assert together.readings.packed == b"firstfifthfourth"


@pytest.mark.parametrize("is_aside", [False, True])
def test_some_of_the_members_have_what_is_theirs(*, is_aside: bool, tmp_path: Path) -> None:
    path = str(tmp_path / "readings") if is_aside else None

    some = Members.unpack(packs(path), HASHES).take(np.array([4, 0, 3]))

    assert some.rows["document"].tolist() == [3, 0, 1]
    assert some.fingerprints.values.tolist() == [4, 5, 6, 1, 2]
    assert some.readings.packed == b"fourthfirst"
    assert some.readings.is_known.tolist() == [True, True, False]


def test_what_is_kept_aside_does_not_travel(tmp_path: Path) -> None:
    path = str(tmp_path / "readings")

    assert {packed.read for packed in packs(path)} == {path}
    assert Path(path).read_bytes() == b"firstfourthfifth"


def test_nothing_is_read_of_a_file_for_members_that_were_not_read(tmp_path: Path) -> None:
    path = str(tmp_path / "readings")
    put_aside(path, [b"other"])

    assert read_aside(path, members().rows) == b""
