import pytest

from tests.benchmarks.structure import code_score, formula_score, table_score

CODE = ["for a in b:", "    print(a)", "", "end"]


@pytest.mark.parametrize(
    ("lines", "f1"),
    [
        (["文。", *CODE, "又。"], 1.0),
        (["for a in b:", "print(a)", "end"], 4 / 7),
        (["文。"], 0.0),
        ([*CODE[:2], "end"], 6 / 7),
    ],
)
def test_lines_of_code_are_found_exactly(lines: list[str], f1: float) -> None:
    assert code_score(lines, [CODE]).f1 == pytest.approx(f1)


def test_a_formula_that_stands_twice_is_one_too_many() -> None:
    assert formula_score("设x+y=1成立", ["x + y = 1"]).f1 == 1.0
    assert formula_score("设x+y=12 x+y=12成立", ["x+y=12"]).precision == 0.5
    assert formula_score("设b2a", [r"\frac{b}{2a}"]).f1 == 0.0


def test_cells_count_in_their_columns() -> None:
    table = [["等级", "本地", "外地"], ["二等", "", "5.0"]]

    assert table_score(["等级\t本地\t外地", "二等\t\t5.0"], [table]).f1 == 1.0
    assert table_score(["| 等级 | 本地 | 外地 |", "| 二等 | | 5.0 |"], [table]).f1 == 1.0
    assert table_score(["等级\t本地\t外地", "二等\t5.0"], [table]).recall == 4 / 5
    assert table_score([], [table]).f1 == 0.0
