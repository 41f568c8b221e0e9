"""Judged sites for people: a table, a sheet to sign, and a proposed register."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Final

from jingyu.filters.settings.errors import ConfigError
from jingyu.filters.source.source_list import source_list
from jingyu.pipeline.review.cells import csv_text
from jingyu.pipeline.review.sites import Site

_FIGURES: Final = (
    "verdict", "against", "pages", "bad_pages", "passed_pages", "passed_chars", "dead_links",
    "links", "contradicted_pages", "province_pages", "shared_numbers", "source_name",
)  # fmt: skip
_TO_FILL: Final = ("sign 是否登记", "tier 层级", "note 备注")
_HEAD: Final = """# A proposed register: sites of a run that nobody has signed yet.
#
# Look at each, delete those that you would not vouch for, correct name, category and tier, and name
# the file in `source_register.files` of your config. The comments say what the run saw.

defaults: {stated_by: review}

sources:
"""


def as_table(sites: Iterable[Site]) -> str:
    """Returns sites as lines for a terminal."""
    lines = [
        f"{row['verdict']:9}{row['passed_pages']:>6,} of {row['pages']:<6,}"
        f"{row['passed_chars']:>12,} characters  {row['site']}  {row['name'] or ''}"
        + (f"  against it: {', '.join(row['against'])}" if row["against"] else "")
        for row in sites
    ]
    return "\n".join(lines)


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
    match = site if "/" in site else f"full:{site}"
    told = f"{row['passed_pages']} of {row['pages']} pages pass, {row['passed_chars']:,} characters"
    try:
        source_list([match])
    except ConfigError:
        return f"  # no register can name {json.dumps(site, ensure_ascii=False)}\n"
    values = {"match": match, "name": row["name"] or site}
    pairs = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items())
    entry = f"{', '.join(pairs)}, category: proposed, tier: general"
    return f"  # {row['verdict']}: {told}\n  - {{{entry}}}\n"
