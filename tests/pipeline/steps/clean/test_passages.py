"""Passages that many documents have leave their texts, but for one copy of each."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.pipeline.config.lines import LinesSection
from jingyu.pipeline.config.passages import PassagesSection
from jingyu.pipeline.steps.clean.changes import read_changes
from jingyu.pipeline.steps.clean.cleaning import as_ranges, without
from jingyu.pipeline.steps.clean.kept import Kept
from jingyu.pipeline.steps.clean.passages.counting import Limits, find_repeated
from jingyu.pipeline.steps.clean.passages.cutting import Cutter, count_passages
from jingyu.pipeline.steps.clean.passages.sentences import sentences_of
from jingyu.pipeline.store.layout import Layout
from jingyu.pipeline.store.tables import read_table
from tests.support.cleaned import NO_LINES, clean, corpus, ledger, prepared
from tests.support.staged import ON_A_RUNNER

NOTICE = "本文由河边茶馆编辑部整理发布，仅供读者参考。文中观点不代表编辑部的立场，转载请先来信。"
OWN = ("茶馆在{}号那天重新开张了。", "{}号的客人都说茶比从前香。")


def pages(count: int, hosts: int = 3, passage: str = NOTICE) -> list[dict[str, Any]]:
    """Returns pages of their own text around a passage, dealt to hosts in turn."""
    return [
        {
            "text": f"{OWN[0].format(n)}{passage}\n{OWN[1].format(n)}",
            "host": f"{n % hosts}.cn",
            "text_hash": n + 1,
        }
        for n in range(count)
    ]


def cleaned(
    folder: Path, documents: list[dict[str, Any]], **section: Any
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Returns the corpus and the ledger of documents that were cleaned of passages alone."""
    layout = prepared(folder, {"a": documents})
    clean(layout, ["a"], NO_LINES, passages=PassagesSection(**section))
    return corpus(layout, ["a"]), ledger(layout, "a")


def test_a_passage_stays_in_one_document_which_the_others_name(tmp_path: Path) -> None:
    rows, told = cleaned(tmp_path, pages(10))

    texts = [row["text"] for row in rows]
    (holder,) = (row for row in rows if NOTICE in row["text"])
    others = [row for row in rows if row is not holder]
    assert holder["document_id"] == min(row["document_id"] for row in rows)
    assert {row["text"] for row in others} < {
        f"{OWN[0].format(n)}\n{OWN[1].format(n)}" for n in range(10)
    }
    assert len(set(texts)) == 10
    assert {(row["passage_count"], row["passage_char_count"]) for row in rows} == {(1, len(NOTICE))}
    assert {row["passage_documents"] for row in rows} == {10}
    assert (holder["cut_passage_count"], holder["passages_kept_in"]) == (0, [])
    place = holder["document_id"][:16]
    assert [row["cut_passage_count"] for row in others] == [1] * 9
    assert [row["passages_kept_in"] for row in others] == [[place]] * 9
    evidence = {row["document_id"]: row["evidence"] for row in told}
    assert evidence.pop(holder["document_id"]) is None
    assert set(evidence.values()) == {f"passages stay in {place}"}


@pytest.mark.parametrize(
    ("count", "hosts", "section"),
    [
        (9, 3, {}),
        (12, 2, {}),
        (10, 3, {"min_han": 40}),
        (10, 3, {"action": "nothing"}),
    ],
)
def test_what_too_few_documents_or_hosts_have_or_is_too_short_is_no_passage(
    count: int, hosts: int, section: dict[str, Any], tmp_path: Path
) -> None:
    rows, _ = cleaned(tmp_path, pages(count, hosts), **section)

    assert all(NOTICE in row["text"] for row in rows)
    assert {row["passage_count"] for row in rows} == {0}


def test_passages_can_be_counted_alone(tmp_path: Path) -> None:
    rows, told = cleaned(tmp_path, pages(10), action="count")

    assert all(NOTICE in row["text"] for row in rows)
    assert {(row["passage_count"], row["cut_passage_count"]) for row in rows} == {(1, 0)}
    assert {row["evidence"] for row in told} == {None}


@pytest.mark.parametrize(
    "passage",
    [
        f"\n河边茶馆\t{NOTICE}",
        f"\n| 河边茶馆 | {NOTICE} |",
        "价格按照市场的情况调整，以茶馆当天公布的为准，$x^2 + y^2$ 是它的依据，请各位读者留意。",
        "价格按照市场的情况调整，以茶馆当天公布的为准，\\frac{1}{2} 是它的依据，请各位读者留意。",
        f'\nint main() {{\n  puts("{NOTICE[:21]}，转载请先来信");\n  return run(1);\n}}\n',
    ],
    ids=["row", "row of Markdown", "formula", "TeX", "program"],
)
def test_tables_formulas_and_programs_are_left_alone(passage: str, tmp_path: Path) -> None:
    rows, _ = cleaned(tmp_path, pages(12, passage=passage))

    assert all(passage.strip("\n") in row["text"] for row in rows)


@pytest.mark.parametrize(("more", "is_cut"), [("", False), ("大家怎么看这件事情呢？", True)])
def test_a_sentence_that_opens_a_text_is_what_it_is_about(
    more: str, *, is_cut: bool, tmp_path: Path
) -> None:
    question = "如何看待河边茶馆在重新开张的那一天请所有的客人喝茶，却不肯说出茶叶的来历？" + more
    documents = [{"text": f"{question}\n{OWN[0].format(n)}", "text_hash": n + 1} for n in range(10)]

    rows, _ = cleaned(tmp_path, documents)

    assert sum(question in row["text"] for row in rows) == (1 if is_cut else 10)


@pytest.mark.parametrize(
    ("passage", "left"),
    [
        ("白日依山尽，黄河入海流。\n欲穷千里目，更上一层楼。\n白日依山尽。", None),
        ("白日依山尽，黄河入海流。\n欲穷千里目，更上一层楼。\n白日依山尽了。", ""),
        (f"{NOTICE}\n各区各县的茶农：", "各区各县的茶农：\n"),
        (f"各区各县的茶农：\n{NOTICE}", ""),
    ],
    ids=["verse", "no verse", "lead over", "lead in"],
)
def test_verse_and_what_leads_over_to_a_text_stay(
    passage: str, left: str | None, tmp_path: Path
) -> None:
    rows, _ = cleaned(tmp_path, pages(10, passage=f"\n{passage}"))

    lost = sorted(row["text"] for row in rows if row["cut_passage_count"])
    whole = sorted(
        f"{OWN[0].format(n)}\n{left}{OWN[1].format(n)}" for n in range(10) if left is not None
    )
    assert len(lost) == (9 if whole else 0)
    assert set(lost) <= set(whole)


@pytest.mark.parametrize(("most", "is_cut"), [(3, True), (2, False)])
def test_a_text_that_shares_many_passages_is_an_edition_and_stays_whole(
    most: int, *, is_cut: bool, tmp_path: Path
) -> None:
    chapters = [f"第{name}章讲的是{NOTICE}" for name in "一二三"]
    documents = [
        {"text": "".join(f"{each}今年是{n}年。" for each in chapters), "text_hash": n + 1}
        for n in range(10)
    ]

    rows, _ = cleaned(tmp_path, documents, max_passages=most)

    assert {row["passage_count"] for row in rows} == {3}
    assert [row["cut_passage_count"] for row in rows].count(0) == (1 if is_cut else 10)


def test_lines_that_leave_are_no_part_of_passages(tmp_path: Path) -> None:
    layout = prepared(tmp_path, {"a": pages(10, hosts=1, passage=f"\n{NOTICE}")})
    clean(layout, ["a"], LinesSection(), passages=PassagesSection(min_hosts=1))

    rows = corpus(layout, ["a"])
    assert {(row["boilerplate_line_count"], row["passage_count"]) for row in rows} == {(1, 0)}


def test_a_document_that_is_a_passage_and_no_more_is_not_kept_empty(tmp_path: Path) -> None:
    documents = [*pages(10), {"text": NOTICE, "text_hash": 99, "document_id": "f" * 32}]

    rows, told = cleaned(tmp_path, documents)

    assert (told[10]["stage"], told[10]["reason"]) == ("clean", "nothing_left")
    assert told[10]["evidence"].startswith("passages stay in ")
    assert sum(NOTICE in row["text"] for row in rows) == 1


def test_what_two_documents_of_one_host_share_may_leave_one_of_them(tmp_path: Path) -> None:
    rows, told = cleaned(tmp_path, pages(2, hosts=1), min_documents=2, min_hosts=1)

    (holder,) = (row for row in rows if NOTICE in row["text"])
    (other,) = (row for row in rows if row is not holder)
    number = int(other["text"][len(OWN[0].partition("{")[0])])
    assert other["text"] == f"{OWN[0].format(number)}\n{OWN[1].format(number)}"
    assert other["cut_passage_count"] == 1
    (evidence,) = (row["evidence"] for row in told if row["evidence"])
    assert evidence == f"passages stay in {holder['document_id'][:16]}"


def decided(layout: Layout, keys: list[str]) -> dict[str, Any]:
    return {
        key: (read_changes(key, layout), read_table(layout.decisions("clean", key)).to_pylist())
        for key in keys
    }


def test_order_and_engine_change_nothing(tmp_path: Path) -> None:
    items = {"a": pages(7), "b": [], "c": pages(13)[7:]}
    section = PassagesSection(min_documents=4)
    here, there, back = (prepared(tmp_path / name, items) for name in ("here", "there", "back"))

    clean(here, list(items), LinesSection(), passages=section)
    clean(there, list(items), LinesSection(), passages=section, engine=ON_A_RUNNER)
    clean(back, list(items)[::-1], LinesSection(), passages=section)

    found = decided(here, list(items))
    assert found == decided(there, list(items)) == decided(back, list(items))
    assert [len(changes) for changes, _ in found.values()] == [7, 0, 6]


PIECES = ["甲甲。", "乙乙乙乙！", "丙丙丙丙丙丙。", "丁丁\n", "“戊。”", "x = {}\t1\n"]


@settings(max_examples=80)
@given(
    st.lists(st.lists(st.sampled_from(PIECES), max_size=8).map("".join), min_size=2, max_size=8),
    st.integers(1, 6),
    st.integers(2, 3),
)
def test_only_whole_sentences_leave_and_each_stands_in_another_document(
    texts: list[str], min_han: int, min_documents: int
) -> None:
    none = np.zeros(len(texts), np.uint64)
    kept = Kept(np.arange(len(texts)), texts, none, np.arange(len(texts), dtype=np.uint64))
    repeated = find_repeated([count_passages(kept, [], min_han)], Limits(min_documents, 1))
    section = PassagesSection(min_han=min_han, min_documents=min_documents, min_hosts=1)

    changes = Cutter(section, repeated).cut(kept, [])

    left = list(texts)
    for each in changes:
        ranges = [] if each.decision else as_ranges(each.ranges)
        left[each.row] = "" if each.decision else without(texts[each.row], ranges)
    stand = {each for each in sentences_of(left).hashes.tolist() if each}
    assert stand == {each for each in sentences_of(texts).hashes.tolist() if each}
