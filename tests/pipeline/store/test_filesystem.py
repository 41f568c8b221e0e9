import errno
from pathlib import Path

import pytest

from jingyu.pipeline.store import filesystem


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_a_full_disk_is_told_with_the_path_of_the_file(number: int, tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.parquet"

    with pytest.raises(OSError, match="full") as raised, filesystem.open_to_write(str(path)):
        raise OSError(number, "full")

    assert raised.value.filename == (None if number == errno.EIO else str(path))
    assert list(path.parent.iterdir()) == []


def test_what_is_told_with_a_path_keeps_it(tmp_path: Path) -> None:
    with (
        pytest.raises(OSError, match="full") as raised,
        filesystem.open_to_write(str(tmp_path / "a")),
    ):
        raise OSError(errno.ENOSPC, "full", "/elsewhere")

    assert raised.value.filename == "/elsewhere"
