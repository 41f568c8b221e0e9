from datetime import date
from pathlib import Path

import pytest

from jingyu.filters.settings.errors import ConfigError
from jingyu.filters.source.source_list import source_list
from jingyu.pipeline.review.answers import Answer
from jingyu.pipeline.review.bars import bar_of
from jingyu.pipeline.review.lists import append_block, append_takedown, failing_hosts
from jingyu.pipeline.review.review import Review, Reviewed
from jingyu.pipeline.review.verdicts import Verdict

DAY = date(2026, 7, 1)


def review(*hosts: tuple[str | None, str]) -> Review:
    """Returns a review; `+` is a passed document of a host, `-` a failed one, `?` an open one."""
    verdicts = {"+": Verdict.PASSED, "-": Verdict.FAILED, "?": Verdict.UNCERTAIN}
    documents = [
        Reviewed(Answer(f"{host}{number}", verdicts[mark], "privacy"), None, host, None)
        for host, marks in hosts
        for number, mark in enumerate(marks)
    ]
    return Review(None, tuple(documents), 9000, bar_of(9000, is_technical=False))


def test_failed_documents_begin_a_takedown_list(tmp_path: Path) -> None:
    path = tmp_path / "takedown.csv"

    assert append_takedown(str(path), review(("a.cn", "+-?-")), DAY) == 2
    assert path.read_text(encoding="utf-8") == (
        "kind,value,reason,date\n"
        "document_id,a.cn1,review: privacy,2026-07-01\n"
        "document_id,a.cn3,review: privacy,2026-07-01\n"
    )


def test_what_stands_in_a_takedown_list_stays_and_nothing_is_added_twice(tmp_path: Path) -> None:
    path = tmp_path / "takedown.csv"
    before = "kind,value,reason,date\r\ndocument_id,a.cn0,court,2020-01-01\r\ndomain,b.cn,,"
    path.write_bytes(before.encode("utf-8-sig"))

    assert append_takedown(str(path), review(("a.cn", "--")), DAY) == 1
    assert append_takedown(str(path), review(("a.cn", "--")), DAY) == 0
    assert path.read_bytes().decode() == (
        f"{before}\ndocument_id,a.cn1,review: privacy,2026-07-01\n"
    )


def test_a_file_that_is_no_takedown_list_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "takedown.csv"
    path.write_text("url\nhttps://a.cn/\n", encoding="utf-8")

    with pytest.raises(ConfigError, match=r"takedown.csv: row 1: is not `kind,value,reason,date`"):
        append_takedown(str(path), review(("a.cn", "-")), DAY)
    assert path.read_text(encoding="utf-8") == "url\nhttps://a.cn/\n"

    path.write_bytes("类型\n".encode("gb18030"))
    with pytest.raises(ConfigError, match=r"takedown.csv: is not in UTF-8"):
        append_takedown(str(path), review(("a.cn", "-")), DAY)


@pytest.mark.parametrize(
    ("marks", "is_failing"),
    [
        ("----", False),  # too few to tell
        ("-----", True),
        ("-++++", False),  # lower bound 3.6 %
        ("--+++", True),  # lower bound 11.8 %
        ("----?", False),  # an open one tells nothing
        ("+++++", False),
        ("--" + "+" * 12, False),  # 4.0 %
        ("--" + "+" * 8, True),  # 5.7 %
    ],
)
def test_a_host_fails_if_enough_documents_tell_so(marks: str, is_failing: bool) -> None:
    assert bool(failing_hosts(review(("a.cn", marks)))) is is_failing


def test_documents_without_a_host_block_nothing() -> None:
    assert failing_hosts(review((None, "------"))) == {}


def test_limits_on_hosts_can_be_set() -> None:
    found = review(("a.cn", "---"), ("b.cn", "---+"))

    assert set(failing_hosts(found, 3, 0.4)) == {"a.cn"}
    assert set(failing_hosts(found, 4, 0.05)) == {"b.cn"}
    assert set(failing_hosts(found, 3, 0.5)) == set()


def test_failing_hosts_are_appended_to_a_block_list_that_the_config_can_name(
    tmp_path: Path,
) -> None:
    path = tmp_path / "block.txt"
    path.write_text("full:old.cn # bad\nb.cn", encoding="utf-8")
    hosts = failing_hosts(review(("a.cn", "------"), ("b.cn", "------"), ("old.cn", "------")))

    assert append_block(str(path), hosts, DAY) == 1
    assert append_block(str(path), hosts, DAY) == 0
    assert path.read_text(encoding="utf-8") == (
        "full:old.cn # bad\nb.cn\nfull:a.cn  # review 2026-07-01: 6 of 6 failed\n"
    )
    blocked = source_list((), [path])
    assert blocked.matches(None, "a.cn")
    assert not blocked.matches(None, "www.a.cn")


def test_a_list_that_nothing_is_added_to_is_not_begun(tmp_path: Path) -> None:
    assert append_block(str(tmp_path / "block.txt"), {}, DAY) == 0
    assert not (tmp_path / "block.txt").exists()
