"""A call of each function of the extensions, with what was invented for it.

What is given may be refused, by an error that says so; all else that is raised is a fault.
"""

import functools
import html
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from jingyu.filters.language.letters import count_letters
from jingyu.filters.language.linear import Model
from jingyu.filters.lexicon.gaps import close_gaps
from jingyu.filters.lexicon.places import Search
from jingyu.filters.quality.grams import slots, weigh
from jingyu.filters.quality.kind_counts import count_kinds, frequencies, take_kinds
from jingyu.filters.quality.model.curves import weights_of
from jingyu.filters.quality.outline import measure_lines, prose_lines, shape_lines
from jingyu.filters.quality.repeats import covered
from jingyu.pipeline.page.decode import census, kinds
from jingyu.pipeline.page.decode.stray import stray_in
from jingyu.pipeline.page.examine import examine
from jingyu.pipeline.page.gate.programs import without_programs
from jingyu.pipeline.page.gate.script_counts import count_scripts
from jingyu.pipeline.page.gate.visible import visible
from jingyu.pipeline.page.mask.first_look import ascii_of, fold, has_number, words_of
from jingyu.pipeline.page.mask.number_runs import Numbers
from jingyu.pipeline.page.normalize.spacing import flags_of, set_spaces
from jingyu.pipeline.page.normalize.widths import width_of
from jingyu.pipeline.page.page import Page
from jingyu.pipeline.page.settings import PageSettings
from jingyu.pipeline.page.sign.clauses import clause_hashes
from jingyu.pipeline.page.sign.sketch import fold_characters, minima, pack_set, shingles, winnow
from jingyu.pipeline.read.plain_fields import plain_fields, plain_head
from jingyu.pipeline.steps.clean.lines.hashing import hash_lines
from jingyu.pipeline.steps.deduplicate.comparing import compare
from jingyu.pipeline.steps.deduplicate.marking import sequence
from tests.sanitizers.arguments import EXTREMES, Dice, few, may_be_refused, number, numbers
from tests.sanitizers.extraction import forest, looks, reader, tables_of_a_reader, traits
from tests.sanitizers.invented import payload, text

_CODE_POINTS = 0x110000
_CONTENT_TYPES = ("text/html", "text/html", "text/html", "text/plain", None)
_LANGUAGES = ("zh", "yue", "wuu", "en", "ja", "ko", "fr", "ru", "de", "es")
_CHARSETS = (None, None, "utf-8", "gb2312", "big5", "utf-16", "x-unknown")


def _points(dice: Dice) -> NDArray[np.uint32]:
    return np.frombuffer(text(dice).encode("utf-32-le", "surrogatepass"), np.uint32)


def _table(dice: Dice) -> bytes:
    """Returns kinds of the first so many characters."""
    size = dice.choice((0, 1, 2, 0x80, 0x3000, _CODE_POINTS))
    some = bytes(dice.choices(range(dice.choice((1, 3, 16, 256))), k=99))
    return (some * (size // len(some) + 1))[:size]


def _places(dice: Dice) -> None:
    given = text(dice)
    cut = [given[at : at + dice.randint(1, 5)] for at in dice.choices(range(len(given) + 1), k=20)]
    literals = tuple(filter(None, [*cut, *few(dice, 20)])) + dice.choice(((), (), ("",)))
    with may_be_refused():
        search = Search(literals)
        search.find(given)
        search.longest(given)
        search.apart(given)
        bits = np.ones(len(literals) - (dice.random() < 0.1), np.int32)
        search.bits([given[:9], *few(dice, 20), given], number(dice, 0, 5, 99), bits)


@functools.cache
def _known_characters(seed: int) -> NDArray[np.uint32]:
    table = np.random.default_rng(seed).integers(1, 2**32, _CODE_POINTS, np.uint32)
    table[0] = 0
    return table


def _gaps(dice: Dice) -> None:
    known = _known_characters(dice.randrange(3))
    with may_be_refused():
        close_gaps(text(dice), known[dice.random() < 0.1 :], number(dice, 4, 5), number(dice, 0, 2))


def _linear(dice: Dice) -> None:
    rows, inner = dice.randint(1, 40), dice.randint(1, 30)
    words = {word.encode("utf-8", "replace"): dice.randrange(50) for word in few(dice, 9)}
    buckets = np.array([dice.randint(-1, 99) for _ in range(dice.randint(0, 40))], np.int32)
    children = [dice.randrange(inner + 1 + place // 2) for place in range(2 * inner)]
    with may_be_refused():
        model = Model(
            {b"</s>": 0} | words,
            dice.choice((100, 100, 100, 99, 1, 0)),
            np.abs(buckets).tobytes() if dice.random() < 0.9 else buckets.tobytes(),
            dice.randbytes(8 * rows),
            numbers(dice, rows),
            numbers(dice, 8 * 256 * 2),
            numbers(dice, 16 * inner),
            np.array(children, np.int32).tobytes() if dice.random() < 0.9 else b"\0" * 9,
        )
        model.labels(text(dice).encode("utf-8", "replace"))


def _kind_counts(dice: Dice) -> None:
    given, table = text(dice), _table(dice)
    with may_be_refused():
        count_letters(given, number(dice, 3, 1000), table)
    with may_be_refused():
        count_kinds(given, table, number(dice, 3, 16, 256))
    with may_be_refused():
        take_kinds(given, table, number(dice, 3, 16, 256))
    with may_be_refused():
        frequencies(_points(dice) if dice.random() < 0.8 else numbers(dice, 50))


def _outline(dice: Dice) -> None:
    with may_be_refused():
        measure_lines(text(dice), number(dice, *range(9)))
    with may_be_refused():
        lengths = (number(dice, 9), number(dice, 0, 5, 200), number(dice, 0, 1, 9))
        shape_lines(text(dice), _table(dice), *lengths, number(dice, 0, 1, 9))
    with may_be_refused():
        prose_lines(text(dice), _table(dice), number(dice, 0, 9), number(dice, 0, 1, 60))


def _repeats(dice: Dice) -> None:
    with may_be_refused():
        covered(
            _points(dice) if dice.random() < 0.8 else numbers(dice, dice.randrange(60)),
            number(dice, *range(9)),
        )


def _bytes(dice: Dice) -> None:
    given = payload(dice)
    census.count(given)
    census.without_ascii(given)
    census.escaped_han(given)
    without_programs(given.replace(b"<p", dice.choice((b"<p", b"<pre>", b"</code "))))
    for part in visible(given):
        count_scripts(part, _unescaped)
    count_scripts(given, _unescaped)


def _fields(dice: Dice) -> None:
    given = text(dice).encode("ascii", dice.choice(("ignore", "backslashreplace")))
    given = given.replace(b" ", dice.choice((b" ", b"\n", b":", b"\r\nLink: ")))
    plain_fields(given, frozenset(dice.choice(((), ("link",), ("",)))))
    plain_fields(payload(dice), frozenset())
    with may_be_refused():
        plain_head(b"WARC/1.0\r\n" + given, number(dice, 0, 20, 1 << 17), frozenset())


def _unescaped(reference: str) -> str:
    try:
        return html.unescape(reference)
    except ValueError:  # a number of more digits than Python reads
        return "\ufffd"


def _units(dice: Dice) -> None:
    with may_be_refused():
        kinds.count_units(text(dice), dice.choice((bytes(range(256)) * 256, bytes(1 << 16), b"")))


def _stray(dice: Dice) -> None:
    worth = dice.randbytes(dice.choice((1 << 16, 1 << 16, 9)))
    with may_be_refused():
        stray_in(dice.randbytes(dice.choice((0, 1, 2, 4, 500))), worth, number(dice, 0, 3))


def _spacing(dice: Dice) -> None:
    given, table = text(dice), _table(dice)
    with may_be_refused():
        flags_of(given, table)
    with may_be_refused():
        set_spaces(given, table, dice.random() < 0.5)


def _first_look(dice: Dice) -> None:
    given = text(dice)
    ascii_of(given)
    words_of(given, dice.randrange(4))
    with may_be_refused():
        has_number(given, (dice.randbytes(64) * 1024)[dice.random() < 0.1 :])
    with may_be_refused():
        fold(given, (dice.randbytes(64) * 1024)[dice.random() < 0.1 :])


def _number_runs(dice: Dice) -> None:
    kinds = bytes(dice.choices((0, 1, 2, 10, 0x10, 0x30), k=64)) * 1024
    states = dice.choice((2, 2, 5, 40))
    following = np.array([dice.randrange(states) for _ in range(10 * states)], np.uint16).tobytes()
    layouts = (None, b"", dice.randbytes(9), b"\3\4\4\0\x0b\0", bytes(dice.choices(range(4), k=30)))
    forms = tuple(
        (number(dice, 1, 3, 7, 11, 19), number(dice, 0, 1, 31), *flags, dice.choice(layouts))
        for flags in dice.choices(((False, True), (True, False), (False, False)), k=9)
    )
    limits = (dice.choice(layouts) or b"", number(dice, 0, 3, 7), number(dice, 0, 5, 32))
    with may_be_refused():
        made = Numbers(
            kinds[dice.random() < 0.1 :], following, numbers(dice, states), forms, *limits
        )
        made.find(text(dice), lambda *given: dice.choice((None, None, given)))


def _sketch(dice: Dice) -> None:
    with may_be_refused():
        fold_characters(text(dice), numbers(dice, dice.choice((0, 1, 99, 0x3000))))
    with may_be_refused():
        shingles(text(dice), number(dice, 1, 5, 32))
    with may_be_refused():
        winnow(text(dice), number(dice, 1, 5, 32), number(dice, 1, 5, 200))
    with may_be_refused():
        pack_set(numbers(dice, dice.randrange(5000)), number(dice, 1, 8, 255))
    with may_be_refused():
        pack_set(bytes(4 * dice.randrange(99)), number(dice, 1, 8, 255))
    permutations = dice.choice((0, 1, 16, 128))
    with may_be_refused():
        minima(*(numbers(dice, count) for count in (dice.randrange(5000), *(permutations,) * 2)))


def _hashing(dice: Dice) -> None:
    values = np.frombuffer(dice.randbytes(8 * dice.choice((0, 1, 99, 0x3000))), np.uint64)
    kinds = dice.choice((b"", b"\0", bytes([0, 1]) * 99, dice.randbytes(0x3100)))
    with may_be_refused():
        hash_lines([text(dice) for _ in range(dice.randrange(5))], values, kinds)


def _comparing(dice: Dice) -> None:
    own, other = numbers(dice, dice.randrange(60)), numbers(dice, dice.randrange(60))
    other = dice.choice((other, own[8:] + other, own[: len(own) // 8 * 4]))
    with may_be_refused():
        compare(own, other, number(dice, 1, 5, 30), number(dice, 0, 8, 99))
    with may_be_refused():
        sequence(text(dice), numbers(dice, dice.randrange(20)), _table(dice))


def _grams(dice: Dice) -> None:
    folded = np.arange(dice.choice((0x10000, 0x10000, 9)), dtype=np.uint16)
    with may_be_refused():
        slots(text(dice), folded, number(dice, 0, 1), dice.randint(0, 26), number(dice, 0, 9, 4000))
    bits = dice.randint(2, 12)
    weights = dice.randbytes(2 << (bits if dice.random() < 0.9 else 5))
    with may_be_refused():
        weigh(text(dice), folded, number(dice, 0, 1), bits, number(dice, 0, 9, 4000), weights)


def _clauses(dice: Dice) -> None:
    with may_be_refused():
        clause_hashes(text(dice), number(dice, 0, 1, 4))
    with may_be_refused():
        width_of(text(dice), _table(dice))


def _curves(dice: Dice) -> None:
    sizes = tuple(number(dice, 1, 2, 5) for _ in range(dice.randint(0, 9)))
    values = tuple(dice.choice((dice.random(), *EXTREMES)) for _ in sizes)[dice.random() < 0.1 :]
    knots = numbers(dice, 2 * sum(size for size in sizes if 0 < size < 9))
    with may_be_refused():
        weights_of(values, sizes, knots, knots, knots[8 * (dice.random() < 0.1) :])


@functools.cache
def _settings() -> Sequence[PageSettings]:
    return [
        PageSettings.model_validate(stated)
        for stated in (
            {},
            {"normalization": {"script": "simplified"}, "masking": {"numbered": True}},
            {"language": {"keep": _LANGUAGES}, "decoding": {"max_replacement_ratio": 1}},
        )
    ]


def _examine(dice: Dice) -> None:
    is_text = dice.random() < 0.2
    given = Page(
        payload(dice), dice.choice(_CONTENT_TYPES), dice.choice(_CHARSETS), is_text=is_text
    )
    ended = examine(given, dice.choice(_settings())).ended
    if ended and ended.outcome == "failed":
        raise AssertionError(ended)


CALLS: Mapping[str, Callable[[Dice], None]] = {
    "reader": reader,
    "tables of a reader": tables_of_a_reader,
    "traits": traits,
    "looks": looks,
    "forest": forest,
    "places": _places,
    "linear": _linear,
    "gaps": _gaps,
    "kind_counts, letters": _kind_counts,
    "outline": _outline,
    "repeats": _repeats,
    "grams": _grams,
    "curves": _curves,
    "clauses, widths": _clauses,
    "census, programs, visible, script_counts": _bytes,
    "plain_fields": _fields,
    "kinds": _units,
    "stray": _stray,
    "spacing": _spacing,
    "first_look": _first_look,
    "number_runs": _number_runs,
    "sketch": _sketch,
    "hashing": _hashing,
    "comparing": _comparing,
    "examine": _examine,
}
