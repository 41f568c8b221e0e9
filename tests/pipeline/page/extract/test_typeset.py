import pytest

from jingyu.pipeline.page.extract.typeset import tex_of_katex


def row(top: str, inside: str) -> str:
    return f'<span style="top:{top}em;"><span class="pstrut"></span><span>{inside}</span></span>'


def stack(*rows: str) -> str:
    inside = "".join(rows)
    return f'<span class="vlist-r"><span class="vlist">{inside}</span></span>'


LINE = (
    '<span style="top:-3.23em"><span class="pstrut"></span><span class="frac-line"></span></span>'
)

BELOW, ABOVE = row("-2.3", "2a"), row("-3.67", "−b")
LINE = row("-3.23", '<span class="frac-line"></span>')


@pytest.mark.parametrize(
    ("name", "rows", "tex"),
    [
        ("mfrac", (BELOW, LINE, ABOVE), r"x\frac{-b}{2a}"),
        ("msupsub", (row("-3.06", "2"),), "x^2"),
        ("msupsub", (row("-2.55", "10"),), "x_{10}"),
        ("msupsub", (row("-2.45", "i"), row("-3.11", "2")), "x_i^2"),
        ("sqrt", (row("-3", "y"), row("-2.9", "<svg></svg>")), r"x\sqrt{y}"),
    ],
)
def test_what_katex_has_set_is_read_back(name: str, rows: tuple[str, ...], tex: str) -> None:
    inside = f'<span>x</span><span class="{name}">{stack(*rows)}</span>'
    markup = f'<span class="katex-html"><span class="base">{inside}</span></span>后文'

    assert tex_of_katex(markup) == tex


def test_nothing_ends_what_is_not_closed() -> None:
    assert tex_of_katex("<span>" * 5_000 + "x") in {"x", ""}
