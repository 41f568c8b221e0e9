import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.filters.language.gate import too_foreign
from jingyu.filters.language.settings import Gate
from jingyu.pipeline.page.gate.gate import look_at
from tests.support.gate import measure_bytes

CHINESE = "据新华社报道，今年前三季度全国居民人均可支配收入稳步增长。" * 10
HAN = sum("\u4e00" <= c <= "\u9fff" for c in CHINESE)


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "big5", "utf-16", "utf-16-be"])
def test_chinese_counts_as_han_in_each_charset(charset: str) -> None:
    text = "今天的會議在北京舉行，與會代表就經濟發展問題交換了意見。" * 20
    payload = f"<html><body><p>{text}</p></body></html>".encode(charset)
    if charset == "utf-16-be":
        payload = b"\xfe\xff" + payload

    measured = measure_bytes(payload)

    assert measured.han_count >= 400
    assert measured.kana_ratio < 0.05


def test_numeric_references_count_as_the_characters_they_name() -> None:
    payload = "".join(f"&#{ord(c)};" for c in CHINESE).encode()

    assert measure_bytes(payload).han_count == HAN


def test_hexadecimal_references_count_too() -> None:
    payload = "".join(f"&#x{ord(c):x};" for c in CHINESE).encode()

    assert measure_bytes(payload).han_count == HAN


@pytest.mark.parametrize(
    ("references", "count"),
    [
        ("&#13311;", 0),
        ("&#13312;", 1),
        ("&#40959;", 1),
        ("&#40960;", 0),
        ("&#x33ff;", 0),
        ("&#X3400;", 1),
        ("&#134071;", 1),
        ("&#x20BB7", 1),
        ("&#20013", 1),
        ("&#8217;&#1234;&#;&amp;", 0),
        ("&#20013&#20013;&#x4e2d;", 3),
        ("&#&#20013;", 1),
    ],
)
def test_references_count_if_they_name_han(references: str, count: int) -> None:
    page = CHINESE + references

    # More than there are, so that there is no closer look.
    assert measure_bytes(page.encode(), None, HAN + 10).han_count == HAN + count


NUMBERED = ["&#20013;", "&#x4e2d", "&#12354;", "&#65;", "&#0;", "&#x110000;", "&#xd800;", "&#", "&"]


@given(st.lists(st.sampled_from([*NUMBERED, "中", "あ", "a", " ", ";", "1"]), max_size=30))
def test_references_measure_as_what_they_name(pieces: list[str]) -> None:
    page = "".join(pieces)

    assert closer(page) == closer(html.unescape(page))


def closer(page: str) -> tuple[int | None, float, float]:
    """Returns what the closer look tells, whatever the bytes could have held."""
    measured = measure_bytes(page.encode(), None, 0)
    return measured.visible_han_count, measured.kana_ratio, measured.word_ratio


def test_a_reference_of_more_digits_than_python_reads_names_nothing() -> None:
    assert measure_bytes(f"{CHINESE}&#{'1' * 5000};".encode()).han_count == HAN


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("Plain English text about nothing in particular. " * 50, "ascii"),
        ("Überraschungsgäste aßen köstliche Brötchen für die Größten. " * 50, "cp1252"),
        ("Съешь ещё этих мягких французских булок, да выпей чаю. " * 50, "cp1251"),
        ("Съешь ещё этих мягких французских булок, да выпей чаю. " * 50, "koi8-r"),
        ("Съешь ещё этих мягких французских булок, да выпей чаю. " * 50, "utf-8"),
        ("هذا نص عربي طويل عن لا شيء على وجه الخصوص. " * 50, "utf-8"),
        ("대한민국의 수도는 서울이며 인구가 가장 많은 도시이다. " * 50, "euc-kr"),
    ],
)
def test_other_languages_have_next_to_no_han(text: str, charset: str) -> None:
    assert measure_bytes(text.encode(charset)).han_count < 50


@pytest.mark.parametrize("charset", ["utf-8", "euc-jp", "shift_jis"])
def test_japanese_has_no_han_or_much_kana(charset: str) -> None:
    text = "東京は日本の首都であり、世界でも有数の大都市です。人口はとても多いです。" * 30
    measured = measure_bytes(text.encode(charset))

    assert measured.han_count < 50 or measured.kana_ratio > 0.5


def test_a_stray_byte_does_not_turn_utf8_into_something_else() -> None:
    payload = bytearray(CHINESE.encode())
    payload.insert(31, 0xFF)

    assert measure_bytes(bytes(payload)).han_count >= HAN - 1


@pytest.mark.parametrize("declared_by", ["http", "meta"])
def test_a_page_that_the_detector_does_not_know_counts_if_it_says_that_it_is_chinese(
    declared_by: str,
) -> None:
    text = "佢哋嘅豆腐花喺呢度賣咗四十年，啲街坊日日都嚟幫襯，個個都話好味過其他嘢。" * 20
    meta = '<meta charset="big5-hkscs">' if declared_by == "meta" else ""
    payload = f"<html>{meta}<p>{text}</p></html>".encode("big5hkscs")

    measured = measure_bytes(payload, "big5-hkscs" if declared_by == "http" else None)

    assert measured.han_count > 500


@given(st.binary(max_size=300))
def test_any_bytes_have_a_measure(payload: bytes) -> None:
    measured = measure_bytes(payload)

    assert measured.han_count >= 0
    assert measured.kana_ratio >= 0


def repeated(text: str, times: int = 20) -> str:
    return f"<p>{text}</p>\n" * times


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>var t = '{}';</script>",
        "<style>/* {} */</style>",
        "<!-- {} -->",
        '<img alt="{}">',
    ],
)
def test_han_that_no_reader_sees_does_not_count(hidden: str) -> None:
    page = repeated("English all over.") + hidden.format(CHINESE)

    assert measure_bytes(page.encode()).han_count == 0


def test_the_closer_look_is_for_pages_with_enough_han() -> None:
    page = ("<!-- " + "的" * 49 + " -->").encode()

    assert measure_bytes(page, None, 49).han_count == 0
    assert measure_bytes(page, None, 1000).han_count >= 49


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_a_chinese_menu_does_not_make_an_english_page_chinese(charset: str) -> None:
    menu = '<a href="/x">学校概况与机构设置</a>' * 30
    page = (menu + repeated("The school was founded long ago by its first teachers.")).encode(
        charset
    )

    measured = measure_bytes(page)

    assert measured.han_count == 270
    assert measured.word_ratio > 100


def test_english_links_do_not_make_a_chinese_page_english() -> None:
    page = repeated(CHINESE) + '<a href="/x">Read more about this</a>' * 500

    assert measure_bytes(page.encode()).word_ratio == 0.0


@pytest.mark.parametrize(
    "code", ["<pre>{}</pre>", "<PRE><code>{}</code></PRE>", "<code >{}</code>"]
)
@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "big5"])
def test_words_of_programs_do_not_count(code: str, charset: str) -> None:
    program = code.format("int dct(int x) { return x * 0; }\n" * 200)
    page = f"<p>調用之前必須先初始化。{program}{'得到的結果不正確。' * 9}{program}</p>"

    assert measure_bytes(page.encode(charset)).word_ratio == 0.0


def test_a_program_that_never_ends_counts_as_text() -> None:
    page = f"<p>{CHINESE}<pre>{'return x ' * 900}"

    assert measure_bytes(page.encode()).word_ratio == pytest.approx(1800 / HAN)


@pytest.mark.parametrize(
    ("text", "ratio"),
    [("中" * 60 + " word", 1 / 60), ("中" * 60 + " Слово 한국 été&nbsp;&middot;", 3 / 60)],
)
def test_words_of_any_script_count_once(text: str, ratio: float) -> None:
    assert measure_bytes(text.encode()).word_ratio == pytest.approx(ratio)


def test_utf8_that_was_encoded_twice_counts() -> None:
    payload = CHINESE.encode().decode("latin-1").encode()

    assert measure_bytes(payload).han_count == HAN


def test_hz_counts() -> None:
    pairs = bytes(byte & 0x7F for byte in CHINESE.encode("gb2312"))

    assert measure_bytes(b"<p>~{" + pairs + b"~}</p>").han_count == HAN


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be", "utf-32-le"])
def test_wide_units_without_a_mark_count(charset: str) -> None:
    assert measure_bytes(f"<html><p>{CHINESE}</p></html>".encode(charset)).han_count == HAN


@given(
    text=st.text(alphabet="的中文𠮷<>!-/as &#;19", max_size=80),
    charset=st.sampled_from(["utf-8", "gb18030", "utf-16"]),
)
def test_more_is_never_seen_closer_than_from_afar(text: str, charset: str) -> None:
    payload = text.encode(charset)

    closer = measure_bytes(payload, None, 0).han_count
    from_afar = measure_bytes(payload, None, 1 << 30).han_count
    assert closer <= from_afar


PROSE, KANA, LATIN = "的一是了中国文字", "漢字かなカナ", "words of English "
MARKUP = ("<a href=x>", "</a>", "<!--", "-->", "<script>", "</script>", "<p>", "&#20013;", "~{")
BYTES = (b"\xb5\xc4", b"\xe4\xb8\xad", b"\0", b"<p>", b"\xff")
texts = st.lists(st.sampled_from([PROSE, KANA, LATIN, "𠮷", "Слово ", *MARKUP]), max_size=40)
charsets = st.sampled_from(["utf-8", "gb18030", "big5", "utf-16", "shift_jis", "hz"])
payloads = st.one_of(
    st.builds(lambda text, charset: "".join(text).encode(charset, "ignore"), texts, charsets),
    st.lists(st.sampled_from(BYTES), max_size=80).map(b"".join),
    st.binary(max_size=200),
)


@st.composite
def laxer_and_stricter(draw: st.DrawFn) -> tuple[Gate, Gate]:
    counts = sorted(draw(st.tuples(st.integers(0, 60), st.integers(0, 60))))
    kana, words = (
        sorted(draw(st.tuples(st.floats(0, 4), st.floats(0, 4))), reverse=True) for _ in range(2)
    )
    laxer, stricter = (
        Gate(min_han_count=count, max_kana_ratio=kana[n], max_word_ratio=words[n])
        for n, count in enumerate(counts)
    )
    return laxer, stricter


@given(payload=payloads, charset=st.sampled_from([None, "gbk", "big5"]), gates=laxer_and_stricter())
def test_a_stricter_gate_decides_on_what_a_laxer_one_measured_as_on_what_it_measures_itself(
    payload: bytes, charset: str | None, gates: tuple[Gate, Gate]
) -> None:
    laxer, stricter = gates
    known = look_at(payload, charset, laxer.min_han_count).measure
    anew = look_at(payload, charset, stricter.min_han_count).measure

    assert laxer.lets_in_all_of(stricter)
    assert too_foreign(known, stricter) == too_foreign(anew, stricter)
