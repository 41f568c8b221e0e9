import pytest

from jingyu.filters.lexicon.term_files import parse_terms
from jingyu.filters.lexicon.terms import Defaults, LexiconError, Term, TermList

GAMBLING = Defaults("gambling")


def test_a_file_states_defaults_and_a_term_its_own() -> None:
    text = """
category: fraud
severity: 3
exempt: [反诈骗]
terms:
  - 刷单
  - no good
  - term: 博彩
    category: gambling
    severity: 1
    exempt:
      - 博彩业
"""

    assert parse_terms(text, "a.yaml", Defaults()) == TermList(
        (
            Term("刷单", "fraud", 3),
            Term("no good", "fraud", 3),
            Term("博彩", "gambling", 1, ("博彩业",)),
        ),
        ("反诈骗",),
    )


def test_a_bare_list_is_enough_and_words_need_no_quotes() -> None:
    listed = parse_terms("- 赌博\n- no\n- 4949\n- 010\n", "a.yml", GAMBLING)

    assert [term.text for term in listed.terms] == ["赌博", "no", "4949", "010"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "a.yaml:1: holds no term"),
        ("terms: []", "a.yaml:1: holds no term"),
        ("category: gambling", "a.yaml:1: there is no `terms`"),
        ("terms: 赌博", "a.yaml:1: write a list"),
        ("赌博", "a.yaml:1: write a list"),
        ("terms:\n  - 赌博\n  - 赌\n", "a.yaml:3: `赌` is one character"),
        ("terms:\n  - word: 赌博\n", "a.yaml:2: `word` is unknown here or given twice"),
        ("terms:\n  - term: 赌博\n    term: 彩票\n", "a.yaml:3: `term` is unknown here or given"),
        ("terms:\n  - severity: 1\n", "a.yaml:2: `term` is missing"),
        ("terms:\n  - term: 赌博\n    severity: 9\n", "a.yaml:2: severity is `9`"),
        ("terms:\n  - term:\n", "a.yaml:2: write a word here"),
        ("terms:\n  - [赌博]\n", "a.yaml:2: write a word, or a mapping of `term`"),
        ("exempt: 赌气\nterms: [赌博]\n", "a.yaml:1: write a list"),
        ("terms: [赌博\n", "a.yaml:2: .*; check indentation and quotes"),
        ("a\0b", "a.yaml:1: .*; check indentation and quotes"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(text: str, expected: str) -> None:
    with pytest.raises(LexiconError, match=expected):
        parse_terms(text, "a.yaml", GAMBLING)
