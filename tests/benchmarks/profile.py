"""Shows what each part of a page's way costs, in milliseconds of CPU, without a sandbox.

Usage: python -m tests.benchmarks.profile FILE... [--config CONFIG] [--pages N] [--functions N]

The records of the files are admitted as a run admits them, and what is left is examined in this
process, so that all is seen. Prints a table of parts: milliseconds in all, for each page that is
examined, and for each call. A part that stands further in is one of the part above it, and *the
rest* what these leave of it, so that they add up. With `--functions` the functions follow that cost
most by themselves, as cProfile has them: it makes calls dearer than they are, so its figures only
say where to look.

Run it twice, before and after a change, in turn: a machine that does other things, too, has other
caches each time.
"""

import argparse
import cProfile
import functools
import importlib
import pstats
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile
from pathlib import Path
from typing import Any

from jingyu import configs
from jingyu.filters.source.address import host_of
from jingyu.pipeline.config.config import RunConfig, load_config
from jingyu.pipeline.page.admission import Admission
from jingyu.pipeline.page.mask.masking import mask_url
from jingyu.pipeline.page.page import About, Page
from jingyu.pipeline.read import storage
from jingyu.pipeline.read.record import PAGE_TYPES, ROW
from jingyu.pipeline.read.records import read_records
from jingyu.pipeline.read.sniff import sniff

_CONFIG = Path(configs.__path__[0]) / "web_zh.yaml"
_HEAD_BYTES = 1 << 20
_PAGE = "jingyu.pipeline.page"
_EXAMINE, _ENGINE = f"{_PAGE}.examine", f"{_PAGE}.extract.jingyu"
_EVIDENCE, _CONTENT = f"{_PAGE}.evidence", "jingyu.filters.spam.measure"
PARTS = (
    (0, _EXAMINE, "examine"),
    (1, _EXAMINE, "decode"),
    (1, f"{_PAGE}.extract.engines", "extract"),
    (2, f"{_PAGE}.extract.engines", "main_text"),
    (3, _ENGINE, "rewritten"),
    (3, _ENGINE, "seen_of"),
    (3, _ENGINE, "read_markup"),
    (3, _ENGINE, "measure_lines"),
    (3, _ENGINE, "probabilities"),
    (3, _ENGINE, "refined"),
    (3, _ENGINE, "comments_in"),
    (3, _ENGINE, "remains_in"),
    (3, _ENGINE, "text_of"),
    (3, _ENGINE, "without_remains"),
    (3, _ENGINE, "opened"),
    (3, _ENGINE, "text_in_data"),
    (2, f"{_PAGE}.extract.engines", "stated_by"),
    (3, f"{_PAGE}.extract.metadata", "title_from"),
    (1, _EXAMINE, "unwrapped"),
    (1, _EXAMINE, "main_lines"),
    (2, f"{_PAGE}.furniture.main_lines", "measure_lines"),
    (2, f"{_PAGE}.furniture.main_lines", "probabilities"),
    (1, f"{_PAGE}.extract.held", "holds_prose"),
    (1, _EXAMINE, "normalized"),
    (1, _EXAMINE, "normalize"),
    (1, _EXAMINE, "changed_count"),
    (1, _EXAMINE, "identify"),
    (1, _EXAMINE, "script_of"),
    (1, _EXAMINE, "mask"),
    (1, _EXAMINE, "evidence_of"),
    (2, _EVIDENCE, "filing_numbers"),
    (2, _EVIDENCE, "site_signs"),
    (2, _EVIDENCE, "origin"),
    (2, _EVIDENCE, "rights_of"),
    (2, _EVIDENCE, "measure_lexicon"),
    (1, _EXAMINE, "measure"),
    (1, _EXAMINE, "measure_content"),
    (1, _EXAMINE, "scores"),
    (1, _EXAMINE, "signature"),
    (1, _EXAMINE, "text_hash"),
)
"""What is timed: how far in it stands, and the module and name by which it is called."""


class Clock:
    """CPU time of parts, each with all that it calls."""

    def __init__(self) -> None:
        """Begins at nothing."""
        self.taken: Counter[tuple[str, str]] = Counter()
        self.calls: Counter[tuple[str, str]] = Counter()

    def watch(self, module: str, name: str) -> None:
        """Times a function wherever its module calls it by its name."""
        place = importlib.import_module(module)
        setattr(place, name, self._timed((module, name), getattr(place, name)))

    def _timed(self, part: tuple[str, str], function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def timed(*given: Any, **named: Any) -> Any:
            started = time.thread_time_ns()
            try:
                return function(*given, **named)
            finally:
                self.taken[part] += time.thread_time_ns() - started
                self.calls[part] += 1

        return timed


def main(arguments: Sequence[str]) -> None:
    """Prints the table."""
    options = _options(arguments)
    config = load_config(options.config)
    pages = [page for path in options.files for page in pages_of(path, config)][: options.pages]
    examine = importlib.import_module(_EXAMINE)
    for page in pages[:20]:  # models and lists are read at the first page
        examine.examine(page, config)
    if options.functions:
        _print_functions(pages, examine.examine, config, options.functions)
        return
    clock = Clock()
    for _, module, name in PARTS:
        clock.watch(module, name)
    for page in pages:
        examine.examine(page, config)
    _print_table(clock, len(pages))


def pages_of(path: str, config: RunConfig) -> Iterator[Page]:
    """Yields the pages of a file that a run would examine."""
    admission = Admission.of(config)
    with storage.open_to_read(path) as stream:
        file_format = sniff(stream.read(_HEAD_BYTES), path, "file")
        stream.seek(0)
        for record in read_records(stream, file_format, path, config.inputs):
            if record.record_type not in PAGE_TYPES and record.record_type != ROW:
                continue
            host = host_of(record.url)
            admitted = admission.admit(record, record.url and mask_url(record.url), host)
            if admitted.page:
                about = About(record.url, host, record.ip, record.captured_at, record.http_headers)
                yield admitted.page._replace(about=about)


def _print_table(clock: Clock, page_count: int) -> None:
    print(f"{page_count:,} pages\n{'part':32}{'ms':>10}{'ms/page':>10}{'calls':>9}{'ms/call':>10}")  # noqa: T201
    parts = [part for part in PARTS if clock.calls[part[1:]]]
    for place, (depth, module, name) in enumerate(parts):
        taken, calls = clock.taken[module, name] / 1e6, clock.calls[module, name]
        _print_row("  " * depth + name, taken, page_count, calls)
        inner = takewhile(lambda part, depth=depth: part[0] > depth, parts[place + 1 :])  # type: ignore[misc]
        named = [clock.taken[part[1:]] / 1e6 for part in inner if part[0] == depth + 1]
        if named:
            _print_row("  " * depth + "  the rest", taken - sum(named), page_count, calls)


def _print_row(part: str, taken: float, page_count: int, calls: int) -> None:
    each = f"{taken:10.1f}{taken / page_count:10.4f}{calls:9,}{taken / calls:10.4f}"
    print(f"{part:32}{each}")  # noqa: T201


def _print_functions(
    pages: Sequence[Page], examine: Callable[..., Any], config: RunConfig, number: int
) -> None:
    profile = cProfile.Profile()
    with profile:
        for page in pages:
            examine(page, config)
    pstats.Stats(profile).sort_stats("tottime").print_stats(number)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.profile")
    parser.add_argument("files", nargs="+", help="files that `jingyu run` reads")
    parser.add_argument("--config", default=str(_CONFIG), help="default: web_zh")
    parser.add_argument("--pages", type=int, help="the first N alone")
    parser.add_argument("--functions", type=int, metavar="N", help="the N dearest functions")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
