"""Templates: forms that many pages fill in, with what two of these fill into the same slots."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jingyu.filters.lazy_pattern import lazy_pattern
from jingyu.schemas.statistics import TEMPLATES

Read = Callable[[Sequence[int]], Mapping[int, dict[str, Any]]]
"""Returns the ids, the texts and the sites of pages of `forms.FILLED`, by page."""

MOST_TEMPLATES: Final = 100
"""Templates of a partition that are described: those of most pages."""

SLOT: Final = "〔…〕"
_READ = 1000
_SHOWN = 400
_MOST_SLOTS = 8
_LONGEST_FILLING = 40
_TOKEN = lazy_pattern(r"[\u3400-\u9fff\U00020000-\U000323af]+|[^\W_\u3400-\u9fff]+|.", re.DOTALL)


def described_templates(templates: NDArray[np.void], read: Read) -> pa.Table:
    """Returns rows of `TEMPLATES` of the templates with most pages, those first.

    Args:
        templates: Their pages, as `forms.templates_of` returns them.
        read: Reads pages: all of them at once, since many lie in one file.
    """
    forms, starts = np.unique(templates["form"], return_index=True)
    parts = np.split(templates, starts[1:]) if forms.size else []
    parts.sort(key=lambda pages: (-len(pages), int(pages["form"][0])))
    shown = [(pages, *_shown(pages)) for pages in parts[:MOST_TEMPLATES]]
    found = read([page for _, *two in shown for page in two])
    rows = [_described(pages, found[one], found[other]) for pages, one, other in shown]
    return pa.Table.from_pylist(rows, TEMPLATES)


def _shown(pages: NDArray[np.void]) -> tuple[int, int]:
    """Returns the first page of a form, and the first after it with another title."""
    _, firsts = np.unique(pages["title"], return_index=True)
    one, other = pages["page"][np.sort(firsts)[:2]].tolist()
    return one, other


def _described(
    pages: NDArray[np.void], one: dict[str, Any], other: dict[str, Any]
) -> dict[str, Any]:
    pattern, slots = slots_of(one["text"], other["text"])
    return {
        "form": f"{int(pages['form'][0]):016x}",
        "pages": len(pages),
        "titles": len(np.unique(pages["title"])),
        "sites": len(np.unique(pages["site"])),
        "registered_domains": len(np.unique(pages["domain"])),
        "site": one["site"],
        "documents": [one["document_id"], other["document_id"]],
        "pattern": pattern,
        "slots": slots,
    }


def slots_of(one: str, other: str) -> tuple[str, list[str]]:
    """Returns what two texts have in common, with marks for what differs, and what they fill in.

    Args:
        one: A text of a form; its beginning is looked at.
        other: Another one.
    """
    mine, theirs = (_TOKEN.findall(text[:_READ]) for text in (one, other))
    pattern, slots = [], []
    for here, there in _differences(mine, theirs):
        if here == there:
            pattern.append(here)
            continue
        before, after = _shared_ends(here, there)
        pattern += [here[:before], SLOT, here[len(here) - after :]]
        filled = [_short(text[before : len(text) - after]) for text in (here, there)]
        slots += [" | ".join(filled)] if any(filled) else []
    return "".join(pattern)[:_SHOWN], list(dict.fromkeys(slots))[:_MOST_SLOTS]


def _differences(mine: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[str, str]]:
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    for _, start, end, from_, to in matcher.get_opcodes():
        yield "".join(mine[start:end]), "".join(theirs[from_:to])


def _shared_ends(here: str, there: str) -> tuple[int, int]:
    """Returns how many characters two strings begin with alike, and how many of the rest end so."""
    least, before, after = min(len(here), len(there)), 0, 0
    while before < least and here[before] == there[before]:
        before += 1
    while after < least - before and here[-1 - after] == there[-1 - after]:
        after += 1
    return before, after


def _short(filling: str) -> str:
    filling = " ".join(filling.split())
    return filling if len(filling) <= _LONGEST_FILLING else f"{filling[:_LONGEST_FILLING]}…"
