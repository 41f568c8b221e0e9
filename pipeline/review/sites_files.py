"""Judged sites for people: a table, a sheet to sign, and a proposed register."""

import csv
import io
import math
from collections.abc import Iterable, Sequence
from typing import Final

import yaml
from rich.cells import set_cell_size

from jingyu.filters.source.source_list import entry_of_site
from jingyu.pipeline.review.cells import csv_text
from jingyu.pipeline.review.sites import Site
from jingyu.pipeline.store.language import Say
from jingyu.pipeline.store.terminal import printable

_FIGURES: Final = (
    "verdict", "against", "pages", "bad_pages", "passed_pages", "passed_chars", "dead_links",
    "links", "contradicted_pages", "province_pages", "shared_numbers", "shared_scripts",
    "template_pages",
    "source_name",
)  # fmt: skip
_VERDICT_CELLS: Final = 9
_TO_FILL: Final = ("sign 是否登记", "tier 层级", "note 备注")
_HEAD: Final = """# A proposed register: sites of a run that nobody has signed yet.
#
# Look at each, delete those that you would not vouch for, correct name, category and tier, and name
# the file in `source_register.files` of your config. The comments say what the run saw.

defaults: {stated_by: review}

sources:
"""


def as_table(sites: Iterable[Site], say: Say | None = None) -> str:
    """Returns sites as lines for a terminal, in English unless something else says them."""
    return "\n".join(_line(row, say or Say("en")) for row in sites)


def _line(row: Site, say: Say) -> str:
    verdict = set_cell_size(say.named("verdicts", row["verdict"]), _VERDICT_CELLS)
    pages = say("{passed} of {pages}{characters} characters").format(
        passed=f"{row['passed_pages']:>6,}",
        pages=f"{row['pages']:<6,}",
        characters=f"{row['passed_chars']:>12,}",
    )
    line = f"{verdict}{pages}  {printable(row['site'])}  {printable(row['name'] or '')}"
    doubts = say(", ").join(say.named("doubts", name) for name in row["against"])
    return line + (say("  against it: {doubts}").format(doubts=doubts) if doubts else "")


def as_sheet(sites: Iterable[Site]) -> str:
    """Returns sites as CSV whose first columns people fill in."""
    held = io.StringIO(newline="")
    writer = csv.writer(held, lineterminator="\n")
    writer.writerow([*_TO_FILL, "site", "name", *_FIGURES, "samples"])
    for row in sites:
        samples = " ‖ ".join(text.replace("\n", " ") for text in row["samples"])
        told = (row["site"], row["name"], *(row[name] for name in _FIGURES), samples)
        writer.writerow(["", "", "", *map(_cell, told)])
    return "\ufeff" + held.getvalue()


def _cell(value: object) -> object:
    """Returns what a spreadsheet shows, and does not take for a formula."""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return csv_text(value) if isinstance(value, str) else value


def as_register(sites: Sequence[Site]) -> str:
    """Returns sites as a register in YAML, whose entries people edit and sign."""
    return _HEAD + "".join(map(_entry, sites)) if sites else _HEAD.rstrip("\n") + " []\n"


def _entry(row: Site) -> str:
    site = row["site"]
    match = entry_of_site(site)
    if match is None:
        return f"  # no register can name {site!r}\n"
    told = f"{row['passed_pages']} of {row['pages']} pages pass, {row['passed_chars']:,} characters"
    values = {"match": match, "name": row["name"] or site}
    values |= {"category": "proposed", "tier": "general"}
    entry = yaml.safe_dump(
        values, default_flow_style=True, allow_unicode=True, sort_keys=False, width=math.inf
    )
    return f"  # {row['verdict']}: {told}\n  - {entry}"
