import pytest

from jingyu.pipeline.read.web import MissingError, Part, Web, WebFile, _seconds_of
from tests.support.ranged import RangedServer, ranged_server

CONTENT = bytes(range(256)) * 40
SIZE = len(CONTENT)


def web(attempts: int = 4) -> Web:
    return Web(requests=2, attempts=attempts, wait_seconds=0.001)


def server(*faults: str) -> RangedServer:
    return RangedServer({"/a": CONTENT}, lambda n, _: dict(enumerate(faults)).get(n))


@pytest.mark.parametrize(
    ("start", "length", "expected"),
    [
        (0, 1, CONTENT[:1]),
        (7, 300, CONTENT[7:307]),
        (SIZE - 1, 1, CONTENT[-1:]),
        (SIZE - 5, 99, CONTENT[-5:]),
    ],
)
def test_a_part_is_read_and_ends_where_the_file_does(
    start: int, length: int, expected: bytes
) -> None:
    with ranged_server({"/a": CONTENT}) as there:
        assert web().read(f"{there.address}/a", start, length) == Part(expected, SIZE)


@pytest.mark.parametrize(
    "faults",
    [("error",), ("cut",), ("dropped",), ("slow",), ("error", "cut", "dropped"), ("busy",)],
    ids=" ".join,
)
def test_what_fails_for_now_is_asked_for_again(faults: tuple[str, ...]) -> None:
    there = server(*faults)

    found = web().read(f"{there.address}/a", 100, 1000)

    there.close()
    assert found.content == CONTENT[100:1100]
    assert len(there.requests) == len(faults) + (faults != ("slow",))


def test_what_fails_again_and_again_is_an_error_with_its_last_cause() -> None:
    there = server(*["error"] * 3)

    with pytest.raises(OSError, match=r"/a: cannot be read after 3 attempts: HTTP status 500"):
        web(attempts=3).read(f"{there.address}/a", 0, 10)

    there.close()
    assert len(there.requests) == 3


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ("forbidden", "HTTP status 403"),
        ("whole", "HTTP status 200 in place of a range"),
        ("later", "asks to wait for 3600 s"),
    ],
)
def test_a_refusal_is_not_asked_again(fault: str, message: str) -> None:
    there = server(fault, fault)

    with pytest.raises(OSError, match=message):
        web().read(f"{there.address}/a", 5, 10)

    there.close()
    assert len(there.requests) == 1


@pytest.mark.parametrize(("path", "start"), [("/b", 0), ("/a", SIZE)])
def test_what_is_not_there_is_missing(path: str, start: int) -> None:
    with ranged_server({"/a": CONTENT}) as there, pytest.raises(MissingError):
        web().read(f"{there.address}{path}", start, 10)


def test_connections_stay_open() -> None:
    with ranged_server({"/a": CONTENT}) as there:
        asking = web()
        for start in range(20):
            asking.read(f"{there.address}/a", start, 10)

        assert there.connections == 1


def test_a_file_on_the_web_can_seek() -> None:
    with ranged_server({"/a": CONTENT}) as there, WebFile(web(), f"{there.address}/a") as file:
        file.seek(-10, 2)
        assert file.read() == CONTENT[-10:]
        file.seek(256)
        assert (file.read(3), file.tell(), file.moved_bytes) == (b"\0\1\2", 259, 13)


@pytest.mark.parametrize(
    "stated",
    ["soon", "Mon, 01 Jan 2027 00:00:00 +99999999999", "Mon, 01 Jan 99999999999 00:00 GMT"],
)
def test_a_wait_that_is_no_time_is_none(stated: str) -> None:
    assert _seconds_of(stated) == 0
