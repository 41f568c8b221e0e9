"""Pages with their main text, and how well an output agrees with it."""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from jingyu.pipeline.page.decode.decoding import decode
from jingyu.pipeline.page.normalize.normalization import normalize

PARTIAL = ("human-label snippets", "site's own RSS feed")
"""Kinds whose text is a part of the page's: they tell recall only."""


class Gold(NamedTuple):
    """A page and its main text."""

    page: str
    text: str
    """Normalized; empty if the page has none."""
    kind: str
    site: str
    language: str


class Agreement(NamedTuple):
    """How an output agrees with the gold text, each 0 to 1."""

    precision: float
    recall: float
    f1: float


def gold_folder() -> Path:
    """Returns the folder of the labelled pages.

    Raises:
        SystemExit: The environment does not say where they are.
    """
    folder = os.environ.get("JINGYU_REAL_DATA")
    if not folder:
        raise SystemExit("set JINGYU_REAL_DATA to the folder that holds gold/gold.jsonl")
    return Path(folder) / "gold"


def gold_pages(folder: Path) -> Iterator[Gold]:
    """Yields the labelled pages of every language, in the order of `gold.jsonl`."""
    for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        stated = json.loads(line)
        text = (folder / "text" / stated["file"]).with_suffix(".txt")
        if not text.exists():
            continue
        host = urlsplit(stated.get("url") or "").hostname
        yield Gold(
            decode((folder / "pages" / stated["file"]).read_bytes(), None).text,
            normalize(text.read_text(encoding="utf-8")),
            stated["gold_kind"],
            host if host and not host.startswith("raw.github") else stated["repo"],
            stated["lang_guess"],
        )


def part_of(site: str, parts: int) -> int:
    """Returns which of so many parts a site belongs to: by its name alone, and always the same."""
    return int.from_bytes(hashlib.sha256(site.encode()).digest()[:4], "big") % parts


def agreement(output: str, gold: str) -> Agreement:
    """Returns the agreement of two normalized texts in character bigrams, as multisets.

    White space does not count. Two empty texts agree; an empty one agrees with no other.
    """
    found, wanted = _bigrams(output), _bigrams(gold)
    if not found or not wanted:
        same = float(not found and not wanted)
        return Agreement(same, same, same)
    common = (found & wanted).total()
    precision, recall = common / found.total(), common / wanted.total()
    f1 = 2 * precision * recall / (precision + recall) if common else 0.0
    return Agreement(precision, recall, f1)


def _bigrams(text: str) -> Counter[tuple[str, str]]:
    packed = "".join(text.split())
    return Counter(pairwise(packed))
