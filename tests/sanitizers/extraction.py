"""Calls of the functions that take a page apart, with what was invented for them."""

import functools
from typing import Any

import numpy as np

from jingyu.pipeline.page.extract.features import measure_lines
from jingyu.pipeline.page.extract.forest import logistic, sum_leaves
from jingyu.pipeline.page.extract.looks import corrected, expected_score, measure, repeats
from jingyu.pipeline.page.extract.markup import Lines, Markup, Nodes
from jingyu.pipeline.page.extract.markup import reader as reader_of
from jingyu.pipeline.page.extract.reader import Reader
from jingyu.pipeline.page.extract.refinement import limits_of
from jingyu.pipeline.page.extract.traits import traits as traits_of
from tests.sanitizers.arguments import EXTREMES, Dice, may_be_refused, number, numbers
from tests.sanitizers.invented import page, text


def reader(dice: Dice) -> None:
    limits = dice.choice((0, 3, 100_000)), dice.choice((0, 3, 50_000))
    markup = _markup(_reader_of(*limits), page(dice))
    if markup.lines.text:
        measure_lines(markup, text(dice, 50))


@functools.cache
def _reader_of(most_containers: int, most_lines: int) -> Reader:
    return reader_of(most_containers, most_lines)


def _markup(of_limits: Reader, given: str) -> Markup:
    texts, looks, codes, *columns = of_limits.read(given)
    values = [np.frombuffer(column, np.int32) for column in columns]
    nodes = len(Nodes._fields)
    return Markup(Nodes(*values[:nodes]), Lines(texts, *values[nodes:]), [*looks], codes)


def traits(dice: Dice) -> None:
    traits_of(page(dice))


def tables_of_a_reader(dice: Dice) -> None:
    """Tables of which most are right, so that a page is read by them."""
    names = ["div", "li", "tr", "td", "p", "a", "x-y", "table", "nav"]
    stated: dict[str, Any] = {
        "tags": {name: (dice.randrange(11), dice.choice(names)) for name in names},
        "scopes": {name: dice.choice(names) for name in dice.choices(names, k=3)},
        "places": {name: dice.randrange(6) for name in dice.choices(names, k=3)},
        "tag_hints": {dice.choice(names): dice.randrange(99)},
        "silent": tuple(dice.sample(names, k=dice.choice((0, 0, 2)))),
        "hints_of": lambda _: dice.randrange(99),
        "hidden": 64,
        "leads": 1 << dice.randrange(31),
        "unescaped": lambda text: dice.choice((text, "", "é&" * 9)),
        "most_containers": dice.choice((0, 9, 99)),
        "most_lines": dice.choice((0, 9, 99)),
        **dict.fromkeys(("ends", "pauses", "closing"), "。a1中"),
    }
    wrong = {
        "tags": {"": (5, "")} | {text(dice, 12): (dice.choice(EXTREMES), text(dice, 9))},
        "places": {"div": dice.choice(EXTREMES)},
        "tag_hints": {"div": dice.choice(EXTREMES)},
        "silent": ("a",) * 65,
        "hints_of": lambda _: dice.choice((*EXTREMES, None, "text")),
        "unescaped": lambda _: dice.choice((None, b"text", "", 1)),
        **{name: dice.choice(EXTREMES) for name in ("hidden", "leads")},
        **{name: dice.choice(EXTREMES) for name in ("most_containers", "most_lines")},
        **{name: text(dice, 9) for name in ("ends", "pauses", "closing")},
    }
    if dice.random() < 0.5:
        name = dice.choice(list(wrong))
        stated[name] = wrong[name]
    with may_be_refused():
        Reader(**stated).read(page(dice))


def looks(dice: Dice) -> None:
    markup = _markup(_reader_of(100_000, 50_000), page(dice)[:5000])
    if not markup.lines.text:
        return
    found = measure_lines(markup, None)
    # Copied, since what lies before and behind them would be more of the same object.
    lines, nodes = ([array.copy() for array in arrays] for arrays in found[2:])
    ends = (-1, 0, 1, len(lines[0]), len(nodes[0]), 2**31 - 1, -(2**31))
    for _ in range(dice.randint(0, 3)):
        changed = dice.choice(dice.choice((lines, nodes)))
        place = dice.randrange(len(changed))
        changed[place] = dice.choice((place, *ends))
    if dice.random() < 0.05:
        lines[dice.randrange(len(lines))] = lines[0][1:].copy()
    probability = np.array([dice.random() for _ in lines[0]], np.float32)
    with may_be_refused():
        measure(tuple(lines), tuple(nodes), *([probability] if dice.random() < 0.5 else []))
    texts = [text(dice, 30) for _ in range(len(lines[0]) - (dice.random() < 0.05))]
    with may_be_refused():
        limits = limits_of(dice.random())
        corrected(tuple(lines), tuple(nodes), probability, probability > 0.4, texts, limits)
    repeats([*texts, *texts[:3]], text(dice, 9))
    with may_be_refused():
        expected_score(probability, probability[dice.choice((0, 0, 1)) :].copy())


def forest(dice: Dice) -> None:
    rows, columns = dice.choice((0, 1, 2, 63, 64, 65, 200)), dice.randint(1, 4)
    trees, depth = dice.randint(0, 5), dice.randint(1, 8)
    asked = np.array([dice.randrange(columns) for _ in range(trees * depth)], np.int32)
    given: tuple[Any, ...] = (
        numbers(dice, rows * columns),
        asked if dice.random() < 0.9 else numbers(dice, trees * depth),
        numbers(dice, trees * depth),
        numbers(dice, trees << depth),
        number(dice, rows),
        number(dice, depth),
    )
    with may_be_refused():
        sum_leaves(*given)
    with may_be_refused():
        logistic(numbers(dice, rows), number(dice, 0, 9), number(dice, 1, 1 << 20))
