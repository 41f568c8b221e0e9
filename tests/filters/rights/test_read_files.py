import pytest

from jingyu.filters.rights.read_files import held


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        (["aa", "aa"], ["aa"]),
        (["aa", "bb", "aa", "bb"], ["aa", "bb"]),
        (["aa", "bb", "c", "aa"], ["aa", "bb", "c", "aa"]),
        (["aa", "bb", "aa", "c", "aa", "bb"], ["aa", "bb", "c", "bb"]),
        (["a", "b", "c", "d", "a"], ["a", "b", "c", "d", "a"]),
        (["longer", "longer", "a", "longer"], ["longer", "a", "longer"]),
    ],
    ids=["again", "within both", "beyond the bytes", "last asked", "beyond the files", "alone"],
)
def test_the_files_last_asked_for_are_read_once(asked: list[str], read: list[str]) -> None:
    done: list[str] = []

    def reading(body: bytes) -> str:
        done.append(body.decode())
        return done[-1].upper()

    reader = held(reading, most_files=3, most_bytes=4)

    assert [reader(each.encode()) for each in asked] == [each.upper() for each in asked]
    assert done == read


def test_a_file_that_is_read_otherwise_is_another() -> None:
    reader = held(lambda body, agent: (body, agent))

    assert reader(b"a", "*") != reader(b"a", "CCBot")
