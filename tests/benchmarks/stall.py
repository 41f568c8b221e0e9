"""Shows that no page stalls a run: mutated pages and records, and hostile pages up to 20 MB.

Usage: [JINGYU_REAL_DATA=…] python -m tests.benchmarks.stall [--mutations 10000] [--records 2000]
           [--megabytes 20] [--seed 1]

Mutates the pages of `tests/pages`, and the labelled ones if they are there: pieces are cut out,
doubled, moved, tags swapped, quotes and brackets dropped, noise thrown in, ends cut off. Then pages
of one form in three sizes: time per character, of the processor, has to stay what it is. Prints the
slowest of the mutated pages and a line per form, and exits with 1 if an exception escapes or time
grows faster than the page. Between the two, so many mutated records go with each of several configs
the whole way to staged rows: see `tests.benchmarks.whole_path`.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable, Mapping

from jingyu.pipeline.page.extract.engines import extract
from tests.benchmarks.gold import gold_folder, gold_pages
from tests.benchmarks.whole_path import failures_of
from tests.support.paths import PAGES

_SIZES = (0.25, 0.5, 1.0)
_STEEPEST = 2.0
"""A page of twice the size may take this often twice the time: small pages fit in caches."""
_QUICK = 0.05
"""Seconds per million characters that never count as too many: memory alone takes some."""
_NOISE = ("<", ">", '"', "'", "&", "=", "\x00", "\ud800", "</", "<!--", "]]>", "&#x110000;", "𠮷")
_TAGS = ("<div>", "</div>", "<table>", "</table>", "<tr>", "<td>", "</td>", "<a href=x>", "</p>",
         "<script>", "<select>", "<pre>", "</li>", "<li>", "<style>", "<textarea>")  # fmt: skip
_WORDS = "水利部门表示，将继续加强雨情水情监测，确保人民群众生命财产安全。"

_FORMS: Mapping[str, Callable[[int], str]] = {
    "nested div": lambda n: "<div>" * (n // 5) + _WORDS,
    "nested div, closed": lambda n: "<div>" * (n // 11) + _WORDS + "</div>" * (n // 11),
    "nested inline": lambda n: "<b><i><a href=x>" * (n // 16) + _WORDS,
    "nested tables": lambda n: "<table><tr><td>" * (n // 15) + _WORDS,
    "nested lists": lambda n: "<ul><li>一" * (n // 9),
    "items in deep div": lambda n: "<div>" * (n // 10) + "<li>一二" * (n // 12),
    "cells in deep div": lambda n: "<div>" * (n // 10) + "<td>一" * (n // 10),
    "closings of nothing": lambda n: "<div><td>" + "</div></table></li>" * (n // 19),
    "wide": lambda n: f"<p>{_WORDS}</p>" * (n // 40),
    "short lines": lambda n: "一<br>" * (n // 5),
    "one long line": lambda n: _WORDS * (n // 33),
    "one long word": lambda n: "<p>" + "啊" * n,
    "rows of cells": lambda n: "<table>" + "<tr><td>甲<td>乙<td>丙" * (n // 19),
    "one row": lambda n: "<table><tr>" + "<td>甲" * (n // 5),
    "attributes": lambda n: "<div " + "a=b " * (n // 4) + ">文字",
    "classes": lambda n: f'<div class="{"article " * (n // 8)}">文字',
    "distinct attributes": lambda n: "".join(f"<p id={i}><div class=c{i}>" for i in range(n // 22)),
    "open quotes": lambda n: "<a href=\"x>文字<b title='" * (n // 22),
    "open tags": lambda n: "<a " * (n // 3),
    "open comments": lambda n: "<!-- 文" * (n // 6),
    "comments": lambda n: "<!---->" * (n // 7),
    "open scripts": lambda n: "<script>" * (n // 8),
    "mixed scripts": lambda n: "<SCRIPT></script x" * (n // 18),
    "sections": lambda n: "<![CDATA[" * (n // 9),
    "angle brackets": lambda n: "<" * n,
    "closing brackets": lambda n: "</" * (n // 2),
    "ampersands": lambda n: "&" * n,
    "entities": lambda n: "&amp;&#25991;&nbsp;" * (n // 19),
    "long number": lambda n: "&#" + "1" * n + ";",
    "spaces": lambda n: "<p>" + " " * n,
    "metas": lambda n: '<meta name="a" content="b">' * (n // 27),
    "meta without end": lambda n: "<meta " + "a" * n,
    "titles": lambda n: "<title>" * (n // 7),
    "phrases": lambda n: "来源：上一篇" * (n // 6),
    "repeated block": lambda n: f"<div class=a><h2>{_WORDS}</h2>{_WORDS}</div>" * (n // 95),
}


def main() -> int:
    """Runs all parts."""
    parser = argparse.ArgumentParser(description="Shows that no page stalls the engine.")
    parser.add_argument("--mutations", type=int, default=10_000)
    parser.add_argument("--records", type=int, default=2000)
    parser.add_argument("--megabytes", type=float, default=20)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    failures = _mutations(arguments.mutations, arguments.seed)
    failures += failures_of(_seeds(), mutated, arguments.records, arguments.seed)
    failures += sum(
        not _is_linear(name, make, int(arguments.megabytes * 1_000_000))
        for name, make in _FORMS.items()
    )
    return 1 if failures else 0


def _mutations(count: int, seed: int) -> int:
    pages = _seeds()
    dice = random.Random(seed)
    failures = 0
    paces = []
    for number in range(count):
        page = mutated(dice.choice(pages), dice)
        seconds, problem = _timed(page)
        paces.append((seconds / (len(page) + 10_000), seconds, number))
        if problem:
            failures += 1
            print(f"page {number} of seed {seed} raised {problem}")  # noqa: T201
    paces.sort()
    slowest, seconds, number = paces[-1]
    print(  # noqa: T201
        f"{count} mutated pages: {failures} exceptions, median {paces[count // 2][0] * 1e6:.2f} s "
        f"per million characters, slowest {slowest * 1e6:.2f} (page {number}, {seconds:.3f} s)"
    )
    return failures


def _seeds() -> list[str]:
    pages = [path.read_text("utf-8", "replace") for path in sorted(PAGES.glob("*.html"))]
    try:
        pages += [gold.page for gold in gold_pages(gold_folder()) if len(gold.page) < 200_000]
    except SystemExit:
        print("without JINGYU_REAL_DATA: only the pages of tests/pages")  # noqa: T201
    return pages


def mutated(page: str, dice: random.Random) -> str:
    """Returns a page with one to six changes."""
    for _ in range(dice.randint(1, 6)):
        begin = dice.randrange(len(page) + 1)
        end = min(len(page), begin + int(dice.paretovariate(0.7)))
        piece = page[begin:end]
        change = dice.randrange(7)
        if change == 0:
            page = page[:begin] + page[end:]
        elif change == 1:
            page = page[:end] + piece[:2000] * dice.randint(1, 20) + page[end:]
        elif change == 2:
            page = page[:begin] if begin > 100 else page[begin:]
        elif change == 3:
            page = page[:begin] + "".join(dice.choices(_NOISE, k=9)) + page[begin:]
        elif change == 4:
            page = page[:begin] + dice.choice(_TAGS) * dice.randint(1, 50) + page[begin:]
        elif change == 5:
            page = page.replace(dice.choice(_TAGS[:8]), dice.choice(_TAGS), dice.randint(1, 9))
        else:
            page = page[:begin] + piece.replace(dice.choice("<>\"'=/"), "") + page[end:]
    return page


def _is_linear(name: str, make: Callable[[int], str], size: int) -> bool:
    paces = []
    problem = None
    for share in _SIZES:
        page = make(int(size * share))
        seconds, raised = _timed(page)
        problem = problem or raised
        paces.append(seconds / (len(page) / 1e6))
    is_linear = not problem and paces[-1] < _STEEPEST * max(paces[0], _QUICK)
    told = " ".join(f"{pace:7.3f}" for pace in paces)
    verdict = "linear" if is_linear else f"NOT LINEAR {problem or ''}"
    print(f"{name:22} {told} s/million characters  {verdict}", flush=True)  # noqa: T201
    return is_linear


def _timed(page: str) -> tuple[float, str | None]:
    started = time.process_time()
    problem = None
    try:
        extract(page, "jingyu")
    except Exception as error:  # noqa: BLE001  (that none escapes is what is shown)
        problem = type(error).__name__
    return time.process_time() - started, problem


if __name__ == "__main__":
    sys.exit(main())
