import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.page.normalize.unwrapping import unwrapped

PARAGRAPHS = [
    "渡口的老船工每天天不亮就起来烧水，等第一班乘客到了，他总要先问一句吃过早饭没有，再把缆绳解开，慢慢往对岸撑过去。",
    "对岸是一片菜地，种菜的人多半认得他，远远就招手。到了秋天，萝卜白菜堆在岸边，一船装不下，要来回跑上三四趟才运得完。",
    "前年修了桥，坐船的人一天比一天少，有人劝他回家享福，他说船还没有坏，人也没有老，能撑一天就算一天，反正也闲不住。",
    "桥通车的那天，他照旧出船，一个人到江心停了很久。后来他对孙女说，从那里看桥，比站在岸上看要好看得多，也高得多。",
]


def wrapped(width: int, indent: str = "", paragraphs: list[str] = PARAGRAPHS) -> str:
    """Returns paragraphs in lines of so many characters, the first of each indented."""
    return "\n".join(line for each in paragraphs for line in cut(indent + each, width))


def cut(text: str, width: int) -> list[str]:
    return [text[start : start + width] for start in range(0, len(text), width)]


@pytest.mark.parametrize("width", [22, 28, 36])
@pytest.mark.parametrize("indent", ["", "\u3000\u3000", "    "])
def test_wrapped_paragraphs_are_joined(width: int, indent: str) -> None:
    text, count = unwrapped(wrapped(width, indent))

    assert [line.strip() for line in text.split("\n")] == PARAGRAPHS
    assert count == wrapped(width, indent).count("\n") - 3


@pytest.mark.parametrize("gap", ["\n\n", "\n\n\n"])
def test_short_paragraphs_between_empty_lines_are_joined_as_one_text(gap: str) -> None:
    paragraphs = [each[:50] + "。" for each in PARAGRAPHS]
    text = gap.join("\n".join(cut(each, 32)) for each in paragraphs)

    assert unwrapped(text) == (gap.join(paragraphs), 4)


def test_a_wrapped_part_is_joined_beside_others_that_were_not() -> None:
    others = "\n".join(["make 是一个很有用的工具，能够", "按照文件之间的依赖，重新生成"] * 9)

    text, _ = unwrapped(f"{others}\n\n{wrapped(30)}\n\n{others}")

    assert text == "\n".join([others, "", *PARAGRAPHS, "", others])


def test_lines_between_empty_lines_stay() -> None:
    text = "\n\n".join(line[:30] for each in PARAGRAPHS for line in cut(each, 30))

    assert unwrapped(text) == (text, 0)


@pytest.mark.parametrize("width", [12, 18])
def test_lines_as_narrow_as_verse_are_not_joined(width: int) -> None:
    assert unwrapped(wrapped(width)) == (wrapped(width), 0)


def test_paragraphs_of_their_own_length_stay() -> None:
    text = "\n".join(PARAGRAPHS)

    assert unwrapped(text) == (text, 0)


def test_what_is_indented_begins_a_paragraph_after_a_full_line() -> None:
    lines = wrapped(30, "\u3000\u3000").split("\n")
    full = lines[0][:29] + "。"

    text, _ = unwrapped("\n".join([full, *lines[2:]]))

    assert text.split("\n")[0] == full


def test_a_full_line_that_ends_a_sentence_goes_on_where_paragraphs_are_indented() -> None:
    paragraph = (
        "\u3000\u3000江水慢慢往东流去，没有人数过岸边的芦苇黄过几回，绿过几回。他又划了一桨。"
    )
    text = "\n".join([wrapped(30, "\u3000\u3000"), *cut(paragraph, 30)])

    assert unwrapped(text)[0].split("\n")[-1] == paragraph


@pytest.mark.parametrize(
    "lines",
    [
        [
            f"第{n}小组负责清扫第{n}排宿舍门前的台阶、花坛以及停车棚周围的落叶和纸屑"
            for n in range(10, 30)
        ],
        [
            f"{n}、请各科室于本周五以前把上月考勤、值班和调休的情况汇总报到办公室来"
            for n in range(10, 30)
        ],
        [
            f"海风吹过第{n}个渔村的屋顶盐粒落在母亲晒了一整个秋天的旧棉被和旧照片上"
            for n in range(10, 30)
        ],
        [
            f"据本报记者从市气象台了解到，未来{n}天全市仍有阵雨，市民出门请带好雨具…"
            for n in range(10, 30)
        ],
        [
            f"// 这里先检查参数，如果第{n}个参数为空，就直接返回，不再往下执行后面的步骤"
            for n in range(10, 30)
        ],
        [
            f"    value_{n} = compute(first, second, third, fourth, number_{n}, 'text', 1)"
            for n in range(30)
        ],
    ],
    ids=["list", "numbers", "verse", "teasers", "comments", "code"],
)
def test_lines_of_equal_length_that_are_no_prose_stay(lines: list[str]) -> None:
    text = "\n".join(lines)

    assert unwrapped(text) == (text, 0)
    assert unwrapped(f"{PARAGRAPHS[0]}\n{text}\n{PARAGRAPHS[1]}")[1] == 0


def test_an_empty_line_or_a_wider_one_ends_what_is_joined() -> None:
    text = f"{wrapped(30)}\n\n{wrapped(30)}\n{'很长的一行，' * 20}\n{wrapped(30)}"

    assert unwrapped(text)[0].split("\n") == [
        *PARAGRAPHS, "", *PARAGRAPHS, "很长的一行，" * 20, *PARAGRAPHS,
    ]  # fmt: skip


def test_words_of_latin_script_stay_apart_where_they_are_joined() -> None:
    lines = wrapped(30).split("\n")
    lines[0] = lines[0][:28] + "sail"
    lines[1] = "boat" + lines[1]

    assert "sail boat" in unwrapped("\n".join(lines))[0]


def test_parts_of_two_widths_are_both_joined() -> None:
    text = f"{wrapped(24, '  ')}\n\n{wrapped(36, '  ')}"

    assert unwrapped(text)[0].replace("  ", "").split("\n") == [*PARAGRAPHS, "", *PARAGRAPHS]


@given(
    st.lists(
        st.text("江水，。\n a\u3000", max_size=50)
        | st.sampled_from(wrapped(30).split("\n"))
        | st.sampled_from(wrapped(31, "  ").split("\n")),
        max_size=30,
    ).map("\n".join)
)
def test_joined_text_stays_as_it_is_and_loses_nothing(text: str) -> None:
    found, count = unwrapped(text)

    assert unwrapped(found) == (found, 0)
    assert found.count("\n") + count == text.count("\n")
    assert "".join(found.split()) == "".join(text.split())
