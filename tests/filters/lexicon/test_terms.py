from pathlib import Path

import pytest

from jingyu.filters.lexicon.term_files import parse_terms, read_terms
from jingyu.filters.lexicon.terms import Defaults, LexiconError, Term, TermList

GAMBLING = Defaults("gambling")
NONE = Defaults()


def words(listed: TermList) -> list[str]:
    return [term.text for term in listed.terms]


def test_plain_text_has_a_term_a_line() -> None:
    listed = parse_terms("# 注释\n赌博\n\n 网上赌场  # 注释\n!赌气\n赌博\n", "a.txt", GAMBLING)

    assert listed == TermList((Term("赌博", "gambling"), Term("网上赌场", "gambling")), ("赌气",))


def test_terms_that_differ_only_in_form_are_one() -> None:
    assert words(parse_terms("赌博\n賭 博\nＢＥＴ\nbet\n", "a.txt", GAMBLING)) == ["赌博", "ＢＥＴ"]


def test_a_table_states_category_severity_and_exempt_words() -> None:
    text = "term,severity,exempt,category\n博彩,1,博彩业|监管,\n\n# 注释\n裸聊,,,pornography\n"

    listed = parse_terms(text, "a.csv", Defaults("gambling", 3))

    assert listed.terms == (
        Term("博彩", "gambling", 1, ("博彩业", "监管")),
        Term("裸聊", "pornography", 3),
    )


def test_a_table_may_be_parted_by_tabs_and_lack_cells() -> None:
    listed = parse_terms("term\tcategory\n赌博\n裸聊\tpornography\n", "a.TSV", GAMBLING)

    assert [term.category for term in listed.terms] == ["gambling", "pornography"]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("赌博\n赌\n", "a.txt", "a.txt:2: `赌` is one character"),
        ("赌博\n★ ★\n", "a.txt", "a.txt:2: nothing is left of `★ ★`"),
        ("赌博,彩票", "a.txt", "a.txt:1: `赌博,彩票` looks like several terms"),
        ("赌博\t彩票", "a.txt", "name the file .csv or .tsv"),
        ("18+", "a.txt", "a.txt:1: `18+` begins or ends with a sign"),
        ("赌" * 65, "a.txt", "at most 64 characters, this one 65"),
        ("# 空\n", "a.txt", "a.txt:1: holds no term"),
        ("赌博\n!赌\n", "a.txt", "a.txt: `赌` exempts nothing"),
        ("term,severity\n赌博,4\n", "a.csv", "a.csv:2: severity is `4`; write 1, 2 or 3"),
        ("term,category\n赌博,gamblin\n", "a.csv", "a.csv:2: `gamblin` is not a category; did you"),
        ("word\n赌博\n", "a.csv", "a.csv:1: the first line names the columns"),
        ("term,term\n赌博,a\n", "a.csv", "each once; found term, term"),
        ("term\n赌博,彩票\n", "a.csv", "a.csv:2: 2 cells under 1 column names"),
        ('term\n"赌"博\n', "a.csv", "a.csv:2: .* check the quotes"),
        ("term,exempt\n赌博,*|赌气\n", "a.csv", r"a.csv:2: `\*` exempts nothing"),
    ],
)
def test_what_is_wrong_is_named_with_file_line_and_fix(text: str, name: str, expected: str) -> None:
    with pytest.raises(LexiconError, match=expected.replace("18+", r"18\+")):
        parse_terms(text, name, GAMBLING)


def test_a_term_of_64_characters_and_one_of_two_letters_are_fine() -> None:
    assert words(parse_terms("av\n" + "赌" * 64, "a.txt", GAMBLING)) == ["av", "赌" * 64]


def test_a_list_without_category_needs_one_for_each_term() -> None:
    with pytest.raises(LexiconError, match=r"a\.txt:1: `赌博` has no category"):
        parse_terms("赌博", "a.txt", NONE)
    assert words(parse_terms("term,category\n赌博,gambling", "a.csv", NONE)) == ["赌博"]


def test_all_wrong_lines_are_named_up_to_a_number() -> None:
    with pytest.raises(LexiconError) as caught:
        parse_terms("赌\n" * 22, "a.txt", GAMBLING)

    lines = str(caught.value).splitlines()
    assert [line.split(" ")[0] for line in lines[:20]] == [f"a.txt:{n}:" for n in range(1, 21)]
    assert lines[20:] == ["… and 2 more"]


def test_a_file_is_read_with_or_without_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("赌博\r\n", encoding="utf-8-sig")

    assert words(read_terms(path, GAMBLING)) == ["赌博"]


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with pytest.raises(LexiconError, match=r"a.txt: cannot be read \(No such file"):
        read_terms(path, GAMBLING)

    path.write_bytes("赌博\n".encode() + "彩票".encode("gb18030"))
    with pytest.raises(LexiconError, match=r"a\.txt:2: is not UTF-8; save the file as UTF-8"):
        read_terms(path, GAMBLING)
