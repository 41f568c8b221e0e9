"""A register of takedowns is a takedown list: it grows, runs share it, and it names no person."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from jingyu.filters.settings.errors import ConfigError, InputError, JingyuError
from jingyu.pipeline.cli import main
from jingyu.pipeline.config.takedown_lists import Entry, read_takedown
from jingyu.pipeline.store.lock import locked_file
from jingyu.pipeline.takedown.register import append, of_earlier, of_output
from jingyu.schemas.index import INDEX

ID = "0123456789abcdef" * 2
PASSAGE = "澄河边的老桥修于明朝，至今仍在。"
ASKED = Entry("", "", "notice", "2026-11-28", "author", "2026-017")


def earlier(folder: Path) -> str:
    rows = [
        {"document_id": ID, "survivor_id": ID, "url_key": 1, "text_hash": 7, "char_count": 9}
        | {"signature": b"\x01\x02\x03\x04", "ngrams": None},
        {"document_id": ID[::-1], "survivor_id": ID, "url_key": 2, "text_hash": 8, "char_count": 9}
        | {"signature": None, "ngrams": None},
    ]
    (folder / "index").mkdir(parents=True)
    pq.write_table(pa.Table.from_pylist(rows, INDEX), folder / "index" / "part-00000.parquet")
    return str(folder)


def test_a_document_of_an_earlier_corpus_is_named_by_its_text_too(tmp_path: Path) -> None:
    out = earlier(tmp_path / "old")

    assert list(of_earlier(out, [ID.upper()], ASKED)) == [
        ASKED._replace(kind="document_id", value=ID),
        ASKED._replace(kind="text_hash", value="7"),
        ASKED._replace(kind="signature", value="01020304"),
    ]
    assert [entry.kind for entry in of_earlier(out, [ID[::-1]], ASKED)] == [
        "document_id",
        "text_hash",
    ]
    with pytest.raises(InputError, match="has no document"):
        list(of_earlier(out, ["f" * 32], ASKED))


def test_a_register_keeps_what_stands_in_it_and_takes_each_entry_once(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_text("kind,value,reason,date\nurl,https://a.cn/1,old,2025-01-01\n", "utf-8")
    new = ASKED._replace(kind="passage", value=PASSAGE)

    assert append(str(path), [new, new]) == 1
    assert append(str(path), [new]) == 0
    assert read_takedown([str(path)]) == (Entry("url", "https://a.cn/1", "old", "2025-01-01"), new)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (ASKED._replace(kind="url", value="https://a.cn/", asked_by="张三"), "nobody who asks"),
        (ASKED._replace(kind="url", value="https://a.cn/", reference="13812345678"), "personal"),
        (ASKED._replace(kind="passage", value="太短的一句话"), "a passage of a text"),
        (ASKED._replace(kind="page", value="x"), "is no kind"),
    ],
)
def test_who_asked_is_said_by_what_they_are(entry: Entry, said: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=said):
        append(str(tmp_path / "register.csv"), [entry])


def test_personal_data_in_a_passage_is_masked_and_its_words_are_not_told(tmp_path: Path) -> None:
    path = str(tmp_path / "register.csv")
    append(path, [ASKED._replace(kind="passage", value=f"{PASSAGE}电话13812345678。")])

    (entry,) = read_takedown([path])
    assert entry.value == f"{PASSAGE}电话[手机号]。"
    assert PASSAGE not in entry.name
    assert PASSAGE not in entry.shown


def test_the_command_enters_ids_passages_and_what_others_took_down(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = str(tmp_path / "register.csv"), earlier(tmp_path / "old")
    carried = tmp_path / "old" / "takedown" / "carry-over.csv"
    carried.parent.mkdir()
    carried.write_text("kind,value,reason,date\ndomain,b.cn,,\n", "utf-8")
    asked = ["--asked-by", "court", "--reference", "2026-9", "--date", "2026-11-28"]

    main(["takedown", path, "--of", out, "--id", ID, "--passage", PASSAGE, *asked])
    main(["takedown", path, "--carry", out])

    assert "4 entries added" in capsys.readouterr().out
    entries = read_takedown([path])
    kinds = ["document_id", "text_hash", "signature", "passage", "domain"]
    assert [entry.kind for entry in entries] == kinds
    assert {entry.asked_by for entry in entries[:4]} == {"court"}
    with pytest.raises(InputError):
        of_output(str(tmp_path))


def test_a_register_may_be_named_without_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    new = ASKED._replace(kind="passage", value=PASSAGE)

    assert append("register.csv", [new]) == 1
    assert read_takedown(["register.csv"]) == (new,)


@pytest.mark.parametrize("end", ["\n", "\r", "\x0b", "\x85", "\u2028"])
def test_whatever_ends_a_line_leaves_a_register_that_can_be_read(end: str, tmp_path: Path) -> None:
    path = str(tmp_path / "register.csv")
    entry = Entry("domain", "a.cn", f"first{end}second")

    assert [append(path, [entry]), append(path, [entry])] == [1, 0]
    assert read_takedown([path])[0].reason == "first second"


def test_what_is_longer_than_a_list_can_hold_is_refused(tmp_path: Path) -> None:
    path = str(tmp_path / "register.csv")
    longest = "桥" * 131_072

    assert append(path, [Entry("passage", longest)]) == 1
    with pytest.raises(ConfigError, match="longer than"):
        append(path, [Entry("passage", longest + "桥")])
    assert len(read_takedown([path])) == 1


def test_two_at_once_lose_no_entry(tmp_path: Path) -> None:
    register = str(tmp_path / "register.csv")

    with (
        locked_file(register),
        pytest.raises(JingyuError, match=r"register\.csv: another command is writing to it"),
    ):
        append(register, [ASKED._replace(kind="url", value="https://www.a.cn/b")])

    assert append(register, [ASKED._replace(kind="url", value="https://www.a.cn/b")]) == 1
