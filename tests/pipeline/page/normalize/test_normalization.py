import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jingyu.filters.code import code_stretches
from jingyu.pipeline.page.normalize.normalization import normalize, normalized, to_simplified
from jingyu.pipeline.page.normalize.settings import Normalization

NASTY = (
    "中か\u3099\u309a\u30fb，。“”‘’…𠮷\ufa0e\uf900\uff76\uff9e\u302a a1-\t\n\r\x0b\x0c\x1c\x00\x85"
    "\xa0\xad\u1680\u2000\u2028\u2029\u202e\u200b\u200d\u205f\u2066\u3000\ufe0f\ufeff\ufffe\U0001ffff"
    "e\u0301\u0323\u0344\u0340\u212b\u1100\u1161\u11a8\u0f71\u0f73\U0001d15e\U0001d165\U000e0020\ud800"
)
texts = (
    st.text()
    | st.text(alphabet=NASTY)
    | st.lists(st.sampled_from([*NASTY, "\u0301" * 29, "\u0344" * 20])).map("".join)
)


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("", ""),
        (" \n\t\r\n　", ""),
        ("一\r\n二\r三\u2028四\u2029五\x85六\x0b七\x0c八", "一\n二\n三\n四\n五\n六\n七\n八"),
        ("\n\n  一 \n\n\n　二\t\n", "一\n二"),
        ("a\xa0b\u2009c　d", "a b c d"),
        ("a   b", "a b"),
        ("一a   b", "一a b"),
        ("零\u200b宽\ufeff、软\xad连\u2060字", "零宽、软连字"),
        ("\u202e反\u202c向\u2066隔\u2069离", "反向隔离"),
        ("控\x00制\x1f字\x7f符\x9f", "控制字符"),
        ("孤\ud83d立\udc00", "孤立"),
        ("非\ufdd0字\uffff符\U0001fffe", "非字符"),
        ("👩\u200d💻❤\ufe0f", "👩💻❤"),
        ("cafe\u0301", "café"),
        ("か\u3099", "が"),
        ("全角，（ＡＢＣ１２３）！", "全角，（ABC123）！"),
        ("零点５．５％，１．总则", "零点5.5%，1．总则"),
        ("ｶﾞｷﾞ｡", "ガギ。"),
        ("\uf900", "豈"),
    ],
)
def test_text_takes_its_canonical_form(text: str, normal: str) -> None:
    assert normalize(text) == normal


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("中 文", "中文"),
        ("中　　文", "中文"),
        ("𠮷 𠮷", "𠮷𠮷"),
        ("你好 ， 世界 。", "你好，世界。"),
        ("ひ ら カ ナ", "ひらカナ"),
        ("他说 “你好” 。", "他说“你好”。"),
        ("用 Python 3 写", "用 Python 3 写"),
        ("use “this” one", "use “this” one"),
        ("第 1 章", "第 1 章"),
        ("Ａ Ｂ", "A B"),
        ("한국 사람", "한국 사람"),
        ("か \u3099", "か \u3099"),
    ],
)
def test_layout_goes_between_cjk_characters_only(text: str, normal: str) -> None:
    assert normalize(text) == normal


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("姓名\t年龄", "姓名\t年龄"),
        ("姓名 \t　 年龄", "姓名\t年龄"),
        ("姓名 \t\t　\t 年龄", "姓名\t\t\t年龄"),
        ("\t本地\t外地\n二等\t\t5.0\t\n\t6.0", "\t本地\t外地\n二等\t\t5.0\n\t6.0"),
        ("a \t b", "a\tb"),
        ("\t姓名\t\n\t年龄\t", "姓名\n年龄"),
    ],
)
def test_tabs_stay_as_ends_of_cells(text: str, normal: str) -> None:
    assert normalize(text) == normal


def test_thirty_stacked_marks_stay() -> None:
    assert normalize("x" + "\u0323" * 30) == "x" + "\u0323" * 30
    assert normalize("x" + "\u0323" * 31) == "x" + "\u0323" * 30
    assert normalize("𠮷" + "\U0001d165" * 31) == "𠮷" + "\U0001d165" * 30


@given(text=texts)
@settings(max_examples=400)
@example("\u0344" * 20)
@example("中 \u3099")
@example("a \u200b b")
@example("\r\u200b\n")
def test_the_form_of_the_form_is_itself(text: str) -> None:
    normal = normalize(text)

    assert normalize(normal) == normal


@pytest.mark.parametrize(
    ("setting", "text", "form", "other"),
    [
        (
            {"spaces": "beside_latin"},
            "第一条　为了 use it",
            "第一条为了 use it",
            "第一条　为了 use it",
        ),
        ({"spaces": "none"}, "第一条　为了 use it", "第一条为了useit", "第一条　为了 use it"),
        ({"unicode_form": "keep"}, "e\u0301", "e\u0301", "é"),
        ({"unicode_form": "nfkc"}, "①，王辉　刘洋", "1,王辉　刘洋", "①，王辉　刘洋"),
        ({"width": "keep"}, "Ａ５％ｶ", "Ａ５％ｶ", "A5%カ"),
        ({"variants": "keep"}, "⼀人︐", "⼀人︐", "一人，"),
        ({"invisible": "keep"}, "零\u200b宽\x00", "零\u200b宽", "零宽"),
    ],
    ids=lambda value: "-".join(map(str, value.values())) if isinstance(value, dict) else "",
)
def test_each_part_of_the_form_can_be_done_without(
    setting: dict[str, str], text: str, form: str, other: str
) -> None:
    assert normalize(text, Normalization.model_validate(setting)) == form
    assert normalize(text) == other


every_setting = st.builds(
    Normalization,
    spaces=st.sampled_from(["separating", "beside_latin", "none"]),
    unicode_form=st.sampled_from(["nfc", "nfkc", "keep"]),
    width=st.sampled_from(["usual", "keep"]),
    variants=st.sampled_from(["ordinary", "keep"]),
    invisible=st.sampled_from(["remove", "keep"]),
)
ODD = "中王辉第一条，。：（） 　\xa0ａ５5．％ｶﾞﾟ⼀︐︙①…é\u0301\u200b\u200d\ufe0f\n\t\u3099가ﾡ"


@given(text=texts | st.text(alphabet=ODD), form=every_setting)
@settings(max_examples=400)
@example("\u302a \U0001d165", Normalization(spaces="none"))
@example("\u1100 \u1161", Normalization(spaces="none", unicode_form="nfkc"))
def test_whatever_is_done_without_the_form_of_the_form_is_itself(
    text: str, form: Normalization
) -> None:
    normal = normalize(text, form)

    assert normalize(normal, form) == normal
    assert normalized(normal, form).characters.text == normal


def test_what_had_to_change_is_counted() -> None:
    found = normalized("⼀\u200b\x00ｶﾞＡ１e\u0301中 文 字，　王辉　刘洋")
    settled = normalized(found.text)

    assert found.text == "一ガA1é中文字，王辉　刘洋"
    assert found.characters[1:] == (2, 1, 4, 2)
    assert found.dropped_space_count == 3
    assert settled.characters[1:] == (0, 0, 0, 0)
    assert settled.dropped_space_count == 0


@given(text=texts)
@settings(max_examples=200)
def test_normal_text_is_composed_encodable_and_blank_in_code_and_cells_alone(text: str) -> None:
    normal = normalize(text)

    assert unicodedata.is_normalized("NFC", normal)
    assert normal.encode("utf-8").decode("utf-8") == normal
    if "\t" not in normal and not code_stretches(normal.split("\n")):
        assert not normal or all(line == line.strip() != "" for line in normal.split("\n"))
    assert len(normal.splitlines()) == len(normal.split("\n")) or not normal


CODE = """def 数(shu):
    \"\"\"说明 文字。

    第二 行\"\"\"
    for g in  shu:
        # 注释 一
        yield g['红 色']"""
YAML = "server:\n  port: 8080\n\n  名称: 中文 名"


@pytest.mark.parametrize("code", [CODE, YAML])
@pytest.mark.parametrize(("before", "after"), [("", ""), ("下面是代码。\n", "\n以上是代码。")])
def test_code_keeps_its_white_space(code: str, before: str, after: str) -> None:
    text = f"{before}{code}{after}"

    assert normalize(text) == text
    assert normalize(f"\n　{before}{code.replace('    ', chr(0xA0) * 4)} \n\n{after}　") == text


def test_prose_beside_code_has_its_spaces_set() -> None:
    text = f"　　一 段 文字。\n\n　　又一段。\n\n{CODE}\n\n\n　　后面 的话。"

    assert normalize(text) == f"一段文字。\n又一段。\n{CODE}\n后面的话。"


def test_indented_prose_is_no_code() -> None:
    assert normalize("    入秋以后，天气 转凉。\n\n    Home\n    首页") == (
        "入秋以后，天气转凉。\nHome\n首页"
    )


def test_fenced_lines_stay_as_they_are() -> None:
    text = "看：\n```text\n  一 二\n\n   三\n```\n完。"

    assert normalize(text) == text


PIECES = (
    *CODE.split("\n"),
    *YAML.split("\n"),
    "```",
    "  缩进 的话",
    "一 句话。",
    "\ta\tb",
    "\t",
    "Home",
)


@given(lines=st.lists(st.sampled_from((*PIECES, *map(str.strip, PIECES)))))
@settings(max_examples=300)
def test_the_form_of_the_form_of_a_text_with_code_is_itself(lines: list[str]) -> None:
    normal = normalize("\n".join(lines))

    assert normalize(normal) == normal


@given(words=st.lists(st.text("abcXYZ012", min_size=1), min_size=1))
def test_words_of_latin_letters_are_never_joined(words: list[str]) -> None:
    assert normalize("  ".join(words)).split(" ") == words


@pytest.mark.parametrize(
    "unit",
    [
        " ",
        "\t ",
        "\n",
        "\r",
        "中 ",
        "\u0301",
        "a\u0323\u0301",
        "\u0323\u0301",
        "\U0001d165\U0001d15e",
    ],
)
def test_a_million_hostile_characters_are_normalized_in_linear_time(unit: str) -> None:
    normal = normalize(unit * (1_000_000 // len(unit)))

    assert len(normal) <= 1_500_000


@pytest.mark.parametrize(
    ("text", "simplified"),
    [
        ("", ""),
        ("漢語詞彙", "汉语词汇"),
        ("頭髮與發展", "头发与发展"),
        ("乾隆皇帝", "乾隆皇帝"),
        ("𠮷野家 rice\n第二行", "𠮷野家 rice\n第二行"),
        ("nul\x00字", "nul\x00字"),
        ("孤\ud800立", "孤?立"),
    ],
)
def test_traditional_text_becomes_simplified(text: str, simplified: str) -> None:
    assert to_simplified(text) == simplified


@pytest.mark.parametrize(
    ("form", "ordinary"),
    [
        ("⼀⼈⼦⼭", "一人子山"),
        ("⻳山", "龟山"),
        ("山︐水︒", "山，水。"),
        ("︽山︾", "《山》"),
        ("︵山︶", "（山）"),
    ],
)
def test_radicals_and_vertical_forms_become_ordinary_characters(form: str, ordinary: str) -> None:
    assert normalize(form) == normalize(ordinary) == ordinary
