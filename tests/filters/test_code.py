import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.filters.code import (
    Sort,
    code_stretches,
    is_apart_from_programs,
    programs_in,
    sort_of,
    without_programs,
)
from jingyu.filters.quality.duplicate_lines import duplicate_line_ratio
from jingyu.filters.quality.ngrams import duplicate_5gram_ratio


@pytest.mark.parametrize(
    ("line", "sort"),
    [
        ("入秋以后，天气转凉。", Sort.PROSE),
        ("Docker 是一种容器技术，用 docker run 启动。", Sort.PROSE),
        ('print("你好，世界")', Sort.CODE),
        ("x = 1  # 初值", Sort.CODE),
        ("int main() {", Sort.CODE),
        ("}", Sort.CODE),
        ("$ ls -l", Sort.CODE),
        ("root@host:~# reboot", Sort.CODE),
        ("<div class='文'>", Sort.CODE),
        ("INSERT INTO t VALUES ('张三');", Sort.CODE),
        ("│   └── main.py", Sort.CODE),
        ("port: 8080", Sort.KEY),
        ("name: 张三", Sort.KEY),
        ("# 注释", Sort.PERHAPS),
        ("// 注释", Sort.PERHAPS),
        ("eth0    up", Sort.COLUMNS),
        ("eth0" + " " * 7 + "up", Sort.COLUMNS),
        ("eth0" + " " * 8 + "up", Sort.CODE),
        ("Home", Sort.PERHAPS),
        ("2021-03-05 12:00", Sort.PERHAPS),
        ("𠮷野家 a = b", Sort.PROSE),
        ("ｆｕｌｌ = 1", Sort.PROSE),
        ("", Sort.PERHAPS),
    ],
)
def test_a_line_is_code_prose_or_perhaps_code(line: str, sort: Sort) -> None:
    assert sort_of(line) == sort


@pytest.mark.parametrize(
    ("text", "stretches"),
    [
        ("", []),
        ("一\n二", []),
        ("一\nHome\nAbout\n二", []),
        ("一\nx = 1\n\ny\n二", [(1, 4)]),
        ("一\nx = 1\n    文字\n文字", [(1, 3)]),
        ("server:\n  port: 80", [(0, 2)]),
        ("port: 80\nhost: a", []),
        ("一\n```\n二\n```\n三", [(1, 4)]),
        ("一\n```\n二", []),
        ("    文字\nx = 1", [(1, 2)]),
        ("eth0    up\neth1    down", [(0, 2)]),
        ("一\neth0    up\n二", []),
    ],
)
def test_stretches_of_code_end_at_prose(text: str, stretches: list[tuple[int, int]]) -> None:
    assert code_stretches(text.split("\n")) == stretches


@given(st.lists(st.text("ab文=;{}:# \t`\"'", max_size=9)))
def test_stretches_are_in_order_and_apart(lines: list[str]) -> None:
    edges = [edge for stretch in code_stretches(lines) for edge in stretch]

    assert edges == sorted(edges)
    assert all(0 <= edge <= len(lines) for edge in edges)


PROGRAM = "if (a) {\n    return 1;\n}\n" * 9 + "end();"
PROSE = "入秋以后，天气转凉。"


def test_programs_stand_where_most_of_three_lines_have_their_syntax() -> None:
    text = f"{PROSE}\n{PROGRAM}\n{PROSE}"

    assert [text[start:end] for start, end in programs_in(text)] == [PROGRAM]
    assert without_programs(text) == f"{PROSE}\n{PROSE}"
    assert programs_in(f"{PROSE}\nx = 1;\ny = 2;\n{PROSE}") == []
    assert programs_in("x = 1;\nHome\nAbout\nContact") == []
    assert without_programs(PROSE) is PROSE


def test_what_programs_repeat_is_no_repetition() -> None:
    text = f"{PROSE}\n{PROGRAM}\n我们上山。"

    assert duplicate_line_ratio(text) == duplicate_5gram_ratio(text) == 0
    assert duplicate_line_ratio(f"{text}\n{PROSE}") > 0


@given(st.lists(st.sampled_from((*PROGRAM.split("\n"), PROSE, "", "Home"))).map("\n".join))
def test_a_text_without_programs_has_none(text: str) -> None:
    assert programs_in(without_programs(text)) == []


_LINES = st.sampled_from(
    (*PROGRAM.split("\n"), PROSE, f"  {PROSE}", f"\u3000{PROGRAM[:8]}", "“引”;", "```", "", "Home")
)


@given(st.lists(_LINES, min_size=4).map("\n".join), st.data())
def test_no_program_has_a_line_that_begins_as_prose(text: str, data: st.DataObject) -> None:
    starts = [0, *(place + 1 for place, each in enumerate(text) if each == "\n")]
    some = data.draw(st.lists(st.sampled_from(starts)))

    if is_apart_from_programs(text, some):
        assert not any(start <= at < end for start, end in programs_in(text) for at in some)


def test_lines_are_apart_from_programs_where_they_begin_with_han_and_no_fence_holds_them() -> None:
    text = f"{PROSE}\n    {PROSE}\nx = 1;"

    assert is_apart_from_programs(text, [0])
    assert not is_apart_from_programs(text, [0, len(text) - 6])
    assert not is_apart_from_programs(text, [len(PROSE) + 5])
    assert not is_apart_from_programs(f"{text}\n```", [0])
