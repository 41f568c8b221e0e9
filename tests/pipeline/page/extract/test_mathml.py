import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.page.extract.mathml import tex_of


@pytest.mark.parametrize(
    ("mathml", "tex"),
    [
        ("<mi>y</mi><mo>=</mo><mi>k</mi><mi>x</mi>", "y=kx"),
        ("<msup><mi>x</mi><mn>2</mn></msup>", "x^2"),
        ("<msup><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>10</mn></msup>", "{a+b}^{10}"),
        ("<msubsup><mi>a</mi><mi>i</mi><mn>2</mn></msubsup>", "a_i^2"),
        ("<msqrt><mn>2</mn><mi>x</mi></msqrt>", r"\sqrt{2x}"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", r"\sqrt[3]{x}"),
        ("<mfrac linethickness='0'><mi>n</mi><mi>k</mi></mfrac>", r"\binom{n}{k}"),
        ("<mi>sin</mi><mo>&#x2061;</mo><mi>x</mi>", r"\sin x"),
        ("<mover><mi>x</mi><mo>¯</mo></mover>", r"\overline{x}"),
        ("<munderover><mo>∑</mo><mn>1</mn><mi>n</mi></munderover>", "∑_1^n"),
        ("<mfenced open='[' close=')'><mi>a</mi><mi>b</mi></mfenced>", "[a,b)"),
        (
            (
                "<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>0</mn></mtd></mtr>"
                "<mtr><mtd><mn>0</mn></mtd><mtd><mn>1</mn></mtd></mtr></mtable>"
            ),
            r"\begin{matrix} 1 & 0 \\ 0 & 1 \end{matrix}",
        ),
        ("<mml:mi>x</mml:mi><mtext>当</mtext>", r"x\text{当}"),
        ("", ""),
    ],
)
def test_mathml_keeps_its_meaning_as_tex(mathml: str, tex: str) -> None:
    assert tex_of(mathml) == tex


def test_what_is_nested_beyond_measure_ends_nothing() -> None:
    assert "x" in tex_of("<mrow>" * 10_000 + "<mi>x</mi>")


@given(st.lists(st.sampled_from(("<mfrac>", "</mfrac>", "<mi>", "</mi>", "x", "<msup/>", "<"))))
def test_any_mathml_becomes_one_line(pieces: list[str]) -> None:
    assert "\n" not in tex_of("".join(pieces))
