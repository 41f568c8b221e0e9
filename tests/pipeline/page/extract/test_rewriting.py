import random

import pytest
from hypothesis import given

from jingyu.pipeline.page.extract.rewriting import rewritten
from tests.support.html import PIECES, html


@pytest.mark.parametrize(
    ("page", "plain"),
    [
        ("10<sup>6</sup>元", "10^6元"),
        ("10<sup>−3</sup>米", "10^-3米"),
        ("(a)<sup>2</sup>4", "(a)^{2}4"),
        ("<i>x</i><sup>n</sup>。", "<i>x</i>^n。"),
        ("log<sub>2</sub>8", "log_{2}8"),
        ("m·s<sup>-1</sup>", "m·s^-1"),
        ("H<sub>2</sub>O，120m<sup>2</sup>", "H<sub>2</sub>O，120m<sup>2</sup>"),
        ("见<sup>1</sup>", "见<sup>1</sup>"),
        ("SO<sub>4</sub><sup>2-</sup>", "SO<sub>4</sub>^2-"),
        ("x<sub>i</sub><sup>2</sup>", "x<sub>i</sub>^2"),
        ("Ca<sup>2+</sup>，18<sup>+</sup>", "Ca<sup>2+</sup>，18<sup>+</sup>"),
        ("1<sup>3</sup>⁄<sub>4</sub>杯", "1 <sup>3</sup>⁄<sub>4</sub>杯"),
        (
            "1<span class=f><sup>3</sup>&frasl;<sub>4</sub></span>",
            "1 <span class=f><sup>3</sup>&frasl;<sub>4</sub></span>",
        ),
        ("1<sup>st</sup>", "1<sup>st</sup>"),
        ("2020<sup><a>[1]</a></sup>", "2020<sup><a>[1]</a></sup>"),
    ],
)
def test_powers_stay_powers(page: str, plain: str) -> None:
    assert rewritten(page) == plain


@pytest.mark.parametrize(
    ("page", "plain"),
    [
        ('山里的<img src="1.gif" alt="柿">子', "山里的柿子"),
        ("<p><img alt='𠮷'>野家", "<p>𠮷野家"),
        ('<p>完。<img alt="囍"></p>', "<p>完。囍</p>"),
        ('<p><img alt="图">这是', '<p><img alt="图">这是'),
        ('<a><img alt="鱼"></a>', '<a><img alt="鱼"></a>'),
        ('字<img alt="微笑">字', '字<img alt="微笑">字'),
    ],
)
def test_a_picture_of_a_character_within_text_is_the_character(page: str, plain: str) -> None:
    assert rewritten(page) == plain


def test_what_is_shown_as_a_block_is_a_line() -> None:
    page = '甲<span style="color:red; display:block">乙<span>丙</span></span>丁'

    assert rewritten(page).count("<br>") == 2
    assert rewritten(page).startswith("甲<br><span")
    assert rewritten(page).endswith("</span></span><br>丁")


def test_each_code_of_a_listing_is_a_line() -> None:
    assert rewritten("<pre><code>a</code><code>b</code></pre>") == (
        "<pre><code>a</code>\n<code>b</code></pre>"
    )


def test_the_words_of_a_highlighted_line_stay_together() -> None:
    page = '<code class="java spaces">&nbsp;&nbsp;</code><code class="java plain">x++;</code>'

    assert rewritten(page) == page


def test_a_listing_without_pre_is_preformatted() -> None:
    page = '<div class="syntaxhighlighter"><td class="code"><div>a</div></td></div>'

    assert '<td class="code"><pre>' in rewritten(page)


def test_a_page_of_plain_markup_stays_the_same_object() -> None:
    page = '<div class="content"><p style="display:none">文字</p><code>a</code><subject>'

    assert rewritten(page) is page


@given(page=html)
def test_any_page_can_be_rewritten(page: str) -> None:
    rewritten(page)


def test_a_long_page_can_be_rewritten() -> None:
    choose = random.Random(0)
    more = (
        "<math>",
        "</math>",
        "<sup>2</sup>",
        "<span style='display:block'>",
        "</span>",
        "\\frac",
    )

    rewritten("".join(choose.choices((*PIECES, *more), k=5000)))


@pytest.mark.parametrize(
    "part",
    [
        "<img alt='\\frac{",
        "<script type='math/tex'>",
        "<span style='display:block' ",
        "<span class='katex'><math ",
        "<math><a<a<a",
        "<sup ",
    ],
)
def test_what_has_no_end_is_not_read_again_and_again(part: str) -> None:
    # Minutes where each tag is read to the end of the page.
    rewritten(part * 4_000)


@pytest.mark.parametrize(
    ("before", "part", "after"),
    [
        ('<span class="katex">x</span><script ', "math/tex", ""),
        ('<span class="katex"><annotation ', "x-tex", "</span>"),
        ('<span class="katex"><b ', "katex-mathml ", "</span>"),
        ('<span class="katex">', "<span ", ""),
        ("<math><", "a", "</math>"),
        ("<math>", r"<mi>\a</mi>", "</math>"),
        ('<img class="tex" alt="x', " ", 'x">'),
        ('<img alt="', r"\aa", '.x">'),
        ('<img alt="', "\\" + "a" * 50, '.x">'),
        ("一<img ", 'alt="一"', ""),
        ('<span style="', "display:block", ""),
        ('<table class="syntaxhighlighter"><td ', 'class="code"', "> <pre>"),
    ],
)
def test_what_a_tag_repeats_is_read_once(before: str, part: str, after: str) -> None:
    # Minutes where the rest is read from each of the parts.
    rewritten(before + part * (400_000 // len(part)) + after)


@pytest.mark.parametrize("tag", ['span class="katex"', "mjx-container"])
def test_formulas_in_formulas_that_say_nothing_are_read_a_few_times(tag: str) -> None:
    # A minute where each is read with all that it holds.
    rewritten(f"<{tag}>" * 10_000 + f"</{tag.split(maxsplit=1)[0]}>" * 10_000)
