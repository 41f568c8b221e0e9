import pytest
from hypothesis import given

from jingyu.pipeline.page.extract.formulas import (
    in_markdown,
    is_formula,
    unmarked,
    with_formulas,
)
from jingyu.pipeline.page.extract.tex import cleaned
from jingyu.pipeline.page.extract.traits import traits
from tests.support.html import html

FRACTION = "<mfrac><mrow><mo>−</mo><mi>b</mi></mrow><mrow><mn>2</mn><mi>a</mi></mrow></mfrac>"
ANNOTATED = (
    f"<math><semantics><mrow>{FRACTION}</mrow>"
    '<annotation encoding="application/x-tex">\\frac{-b}{2a} &lt; 1</annotation></semantics></math>'
)


def marked(page: str) -> str:
    return with_formulas(page, traits(page)[1])


def shown(page: str) -> str:
    return unmarked(marked(page)).replace("&lt;", "<").replace("&amp;", "&")


@pytest.mark.parametrize(
    ("page", "tex"),
    [
        (ANNOTATED, r"\frac{-b}{2a} < 1"),
        (
            (
                f'<span class="katex"><span class="katex-mathml">{ANNOTATED}</span>'
                '<span class="katex-html"><span>2a</span>−b</span></span>'
            ),
            r"\frac{-b}{2a} < 1",
        ),
        (
            (
                '<span class="MathJax_Preview">x2</span><span class="MathJax">x2</span>'
                '<script type="math/tex" id="e1">x^2 < y</script>'
            ),
            "x^2 < y",
        ),
        (
            (
                '<mjx-container jax="CHTML"><mjx-math></mjx-math><mjx-assistive-mml>'
                f"<math>{FRACTION}</math></mjx-assistive-mml></mjx-container>"
            ),
            r"\frac{-b}{2a}",
        ),
        (f"<math>{FRACTION}</math>", r"\frac{-b}{2a}"),
        (f'<math alttext="y=\\frac{{1}}{{x}}">{FRACTION}</math>', r"y=\frac{1}{x}"),
        (
            (
                '<span class="mwe-math-element"><span style="display: none"><math alttext='
                '"{\\displaystyle E=mc^{2}}"><mi>E</mi></math></span><img class="mwe-math-fallback'
                '-image-inline" alt="{\\displaystyle E=mc^{2}}"></span>'
            ),
            "E=mc^{2}",
        ),
        (
            (
                '<span class="katex"><span class="katex-mathml">\n  x\n  2\n  −\n  1\n'
                '  x^2 - \\frac{1}{2}\n</span><span class="katex-html">x2−1</span></span>'
            ),
            r"x^2 - \frac{1}{2}",
        ),
        ('<img class="ee_img" eeimg="1" alt="\\frac{a}{b}">', r"\frac{a}{b}"),
        ('<img src="https://www.zhihu.com/equation?tex=x%5E2" alt="x^2">', "x^2"),
        ('<img src="https://latex.codecogs.com/gif.latex?%5Csqrt%7B2%7D">', r"\sqrt{2}"),
        ('<span class="ztext-math" data-tex="a&lt;b">a小于b</span>', "a<b"),
        ('<span class="ql-formula" data-value="e=mc^2"><b>e</b></span>', "e=mc^2"),
        ('<span class="math-tex">\\(x+y\\)</span>', "x+y"),
    ],
)
def test_a_formula_is_its_tex_once(page: str, tex: str) -> None:
    assert shown(f"<p>式子{page}成立。</p>") == f"<p>式子{tex}成立。</p>"


@pytest.mark.parametrize(
    "page",
    [
        f'<math display="block">{FRACTION}</math>',
        f'<span class="katex-display"><span class="katex">{ANNOTATED}</span></span>',
        '<script type="math/tex; mode=display">x</script>',
        '<img class="mwe-math-fallback-image-display" alt="{\\displaystyle x}">',
    ],
)
def test_a_formula_that_is_set_apart_is_a_line_in_two_dollars(page: str) -> None:
    before, formula, after = marked(f"甲{page}乙").split("<br>")

    assert (before, after) == ("甲", "乙")
    assert is_formula(formula)
    assert in_markdown(formula).startswith("$$")


@pytest.mark.parametrize(
    "page",
    [
        "<math><mi>x</mi></math>",
        '<img class="mwe-math-fallback-image-inline" alt="{\\displaystyle x}">',
    ],
)
def test_inline_formulas_stand_in_one_dollar(page: str) -> None:
    assert in_markdown(marked(f"由{page}得")) == "由$x$得"


@pytest.mark.parametrize(
    "page",
    [
        '<img alt="风景" src="/a.jpg">',
        '<img alt="C:\\new\\file.png">',
        '<span class="formula-one">赛车</span>',
        "<math>没有结尾",
        '<script>var math = "tex";</script>',
        '<div class="latex">乳胶</div>',
    ],
)
def test_what_is_no_formula_stays(page: str) -> None:
    assert marked(page) == page


@pytest.mark.parametrize(
    ("tex", "clean"),
    [
        (r"{\displaystyle {a}+{b}}", "{a}+{b}"),
        (r"\displaystyle x", "x"),
        (r"{a}+{b}", "{a}+{b}"),
        ("$x$", "x"),
        (r"\[ x \]", "x"),
        ("% <![CDATA[\na\n  b %]]>", "a b"),
        (r"\displaystyles", r"\displaystyles"),
    ],
)
def test_tex_loses_what_only_sets_it(tex: str, clean: str) -> None:
    assert cleaned(tex) == clean


@given(page=html)
def test_any_page_can_be_searched_for_formulas(page: str) -> None:
    marked(f'{page}<math><span class="katex">{page}</math>{page}</span>')


@pytest.mark.parametrize(
    "page",
    [
        '<img src="http://[codecogs.com/equation?tex=a">',
        '<span class="katex katex-html">x</span' + " " * 60 + ">",
        (
            '<span class="katex"><b>' + "x" * 60 + '</b><span class="katex-html">'
            '<span style="top:1.2.3em">x</span></span></span>'
        ),
    ],
)
def test_what_is_no_address_size_or_place_ends_nothing(page: str) -> None:
    marked(page)
