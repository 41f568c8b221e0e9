from pathlib import Path

import pytest

from jingyu.filters.settings.errors import ConfigError
from jingyu.pipeline.config.takedown_lists import Entry, read_takedown

ID = "0123456789abcdef" * 2


def listed(folder: Path, rows: str, name: str = "takedown.csv") -> tuple[Entry, ...]:
    path = folder / name
    path.write_text(f"kind,value,reason,date\n{rows}", encoding="utf-8")
    return read_takedown([str(path)])


def test_each_kind_is_read_and_equal_lines_are_one(tmp_path: Path) -> None:
    rows = f"""url,https://www.a.cn/b.html,侵权,2026-11-01
domain,例子.cn
document_id,{ID},"失实，来函"

text_hash,18446744073709551615
signature,{"00ff00ff" * 4}
domain,例子.cn
"""
    kinds = [entry.kind for entry in listed(tmp_path, rows)]

    assert kinds == ["url", "domain", "document_id", "text_hash", "signature"]


def test_a_list_as_spreadsheets_write_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("\ufeffkind,value,reason,date\r\ndomain,a.cn,,\r\n".encode())

    assert read_takedown([str(path)]) == (Entry("domain", "a.cn"),)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("host,a.cn", r"row 2: `host` is no kind; give one of url, domain"),
        ("url,not an address", "row 2: `not an address` is not a web address"),
        ("domain,https://a.cn/", "is not a domain or host"),
        ("domain,cn", "is not a domain or host"),
        (f"document_id,{ID[1:]}", "is not a document id of 32 hexadecimal digits"),
        ("text_hash,18446744073709551616", r"a whole number below 2\*\*64"),
        ("text_hash,0x1f", "is not a `text_hash`"),
        ("signature,00ff", "is not a signature"),
        ("domain", "row 2: has 1 cells; give kind, value, reason, date"),
        ("domain,a.cn,b,c,d", "row 2: has 5 cells"),
    ],
)
def test_a_wrong_row_is_named_with_what_is_wanted(row: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=message):
        listed(tmp_path, row + "\n")


def test_a_file_without_the_header_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    for content in (b"", b"url\nhttps://a.cn\n"):
        path.write_bytes(content)
        with pytest.raises(ConfigError, match="row 1: must be `kind,value,reason,date`"):
            read_takedown([str(path)])


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"missing.csv: cannot read the takedown list"):
        read_takedown([str(tmp_path / "missing.csv")])
    (tmp_path / "gbk.csv").write_bytes("kind,value,原因".encode("gb18030"))
    with pytest.raises(ConfigError, match=r"gbk.csv: cannot read"):
        read_takedown([str(tmp_path / "gbk.csv")])


def test_a_reason_keeps_its_separators_of_lines_and_no_personal_data(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    reason = "作者\u2028来信，电话13812345678"
    path.write_text(f"kind,value,reason,date\ndomain,example.cn,{reason},\n", encoding="utf-8")

    (entry,) = read_takedown([str(path)])

    assert entry.value == "example.cn"
    assert "\u2028" in entry.reason
    assert "13812345678" not in entry.reason


def test_a_cell_that_no_csv_holds_is_named_with_its_row(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"kind,value,reason,date\ndomain,{'x' * 200_000},,\n")

    with pytest.raises(ConfigError, match=r"list\.csv: row 2: is no row of CSV"):
        read_takedown([str(path)])
