"""What was found when entries of the shipped register were looked up, and how many were right.

`python -m jingyu.filters.source.register_lookups`

`configs/lists/lookups.csv` has a line for each entry that was looked up in public sources: where
it was found, on which day, and what that showed. Two draws at random are marked in it: one from
the register as it was, whose errors were then mended, kind by kind, and one from what came of it.
"""

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import sqrt
from pathlib import Path
from typing import Final, Literal, NamedTuple, get_args

from jingyu.filters.settings.errors import ConfigError
from jingyu.filters.source.register_files import builtin_path
from jingyu.filters.source.source import Source
from jingyu.filters.source.wilson import wilson

Verdict = Literal["right", "name", "host", "tier", "unconfirmed"]
"""All is right; the name, the host or the tier was wrong; no other source tells."""

RIGHT: Final = "right"
NAME: Final = "name"
GONE: Final = ("host", "unconfirmed")
"""Verdicts with which an entry of the lists does not enter."""

DRAWN_FROM: Final[Mapping[str, Mapping[str, int]]] = {
    "1": {"memory": 771, "memory after zh-dev": 56, "listed": 1303},
    "2": {"memory": 124, "memory after zh-dev": 56, "confirmed": 1580, "listed": 890},
}
"""Entries of each stratum when a draw was made. Of `confirmed` in the second, 60 of the 75 were
found in no other source than the one that they name."""

_COLUMNS: Final = ("match", "name", "found_in", "looked_up_on", "verdict", "draw", "stratum")


class Lookup(NamedTuple):
    """One entry, looked up."""

    match: str
    name: str
    """The right name, as far as one was found."""
    found_in: str
    """A list and its version, `source files` for a search of public ones, or nothing."""
    looked_up_on: str
    verdict: str
    draw: str
    """Which draw it belongs to; empty for what was looked up besides."""
    stratum: str


def load_lookups(path: Path) -> list[Lookup]:
    """Returns the look-ups in a file, in its order.

    Raises:
        ConfigError: A line has other columns, an unknown verdict, or an entry a second time.
    """
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream, strict=True)
        head = tuple(next(reader, ()))
        if head != _COLUMNS:
            raise ConfigError(f"{path}:1: the columns have to be {', '.join(_COLUMNS)}")
        found: dict[tuple[str, str], Lookup] = {}
        for cells in reader:
            place = f"{path}:{reader.line_num}"
            if len(cells) != len(_COLUMNS):
                raise ConfigError(f"{place}: has {len(cells)} cells, not {len(_COLUMNS)}")
            each = Lookup(*cells)
            if each.verdict not in get_args(Verdict):
                raise ConfigError(f"{place}: `{each.verdict}` is no verdict")
            if (each.match, each.draw) in found:
                raise ConfigError(f"{place}: `{each.match}` stands there before; keep one")
            found[each.match, each.draw] = each
    return list(found.values())


def mended(sources: Iterable[Source], lookups: Sequence[Lookup]) -> Iterator[Source]:
    """Yields entries with the names that were found; what is not confirmed is left out."""
    wrong = {each.match: each for each in lookups if each.verdict != RIGHT}
    for source in sources:
        found = wrong.get(source.match)
        if found is None:
            yield source
        elif found.verdict not in GONE:
            yield source.model_copy(update={"name": found.name or source.name})


def confirmed(sources: Iterable[Source], lookups: Sequence[Lookup]) -> Iterator[Source]:
    """Yields entries; `stated_by` of those from memory names what confirms them."""
    found = {each.match: each.found_in for each in lookups if each.verdict not in GONE}
    for source in sources:
        if source.stated_by == "memory" and (by := found.get(source.match)):
            yield source.model_copy(update={"stated_by": f"memory confirmed by {by}"})
        else:
            yield source


def shares(lookups: Iterable[Lookup], draw: str, sizes: Mapping[str, int]) -> Iterator[str]:
    """Yields, for each stratum of a draw and for all, the share that is right and its interval.

    The share of all weighs each stratum by its size; its limits are as far from it as those of the
    strata from theirs, in quadrature. No correction is made for strata that were drawn in part.

    Source: G. Y. Zou, A. Donner, Construction of confidence limits about effect measures: a general
    approach, Statistics in Medicine 27 (2008), 1693-1702, of Wilson's limits.

    Args:
        lookups: Those of other draws do not count.
        draw: Which one.
        sizes: Entries of each stratum when it was drawn.
    """
    verdicts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for each in lookups:
        if each.draw == draw:
            verdicts[each.stratum][each.verdict] += 1
    total, share, below, above = sum(sizes.values()), 0.0, 0.0, 0.0
    for stratum, size in sizes.items():
        counted = verdicts[stratum]
        drawn, right = counted.total(), counted[RIGHT]
        low, high = wilson(right, drawn)
        others = ", ".join(f"{counted[kind]} {kind}" for kind in get_args(Verdict)[1:])
        yield (
            f"draw {draw}, {stratum}: {right} of {drawn} right, {right / drawn:.1%} "
            f"({low:.1%} to {high:.1%}); {others}"
        )
        part = size / total
        share += part * right / drawn
        below += (part * (right / drawn - low)) ** 2
        above += (part * (high - right / drawn)) ** 2
    low, high = share - sqrt(below), share + sqrt(above)
    yield f"draw {draw}, all {total:,} entries: {share:.1%} right ({low:.1%} to {high:.1%})"


if __name__ == "__main__":
    known = load_lookups(builtin_path().with_name("lookups.csv"))
    for number, strata in DRAWN_FROM.items():
        sys.stdout.writelines(f"{line}\n" for line in shares(known, number, strata))
