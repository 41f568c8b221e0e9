"""Measures the gate on real pages: what it loses, what it turns away, what it costs.

Usage: python -m tests.benchmarks.gate [WARC...]
Without files, those of the folder that `JINGYU_REAL_DATA` names. A page counts as kept if the full
path keeps it: decoding, extraction, language and rules of `configs/web_zh.yaml`. The kept pages are
judged as captured and written anew in GB18030 and Big5. What the full path makes of a file is kept
in the folder for temporary files; delete it there after a change of the path.
"""

import hashlib
import json
import logging
import os
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

import pyarrow as pa

from jingyu import configs
from jingyu.filters.language.gate import too_foreign
from jingyu.filters.select import Criteria, select
from jingyu.pipeline.config.config import RunConfig, load_config
from jingyu.pipeline.page.decode.decoding import decode
from jingyu.pipeline.page.examine import examine
from jingyu.pipeline.page.page import Page
from jingyu.schemas.decisions import Decision
from tests.benchmarks.reencoded import Capture, captures, written_anew
from tests.support.gate import measure_bytes

_CONFIG = Path(configs.__path__[0]) / "web_zh.yaml"
_FILES = ("warc/crawl-mix-dev.warc.gz", "warc/zh-dev.warc.gz")
_NOT_CHINESE = frozenset({"other_language", "too_short", "no_main_text", "undecodable"})
_REPEATS = 3
_LARGE = (130_000, 170_000)


class Judged(NamedTuple):
    """A page, what the full path says of it and what the gate says."""

    name: str
    size: int
    verdict: str
    """`kept`, or the reason of the full path."""
    ended: Decision | None
    seconds: float


def main(files: list[str]) -> int:
    """Prints the tables; returns 1 if a target is missed."""
    logging.disable(logging.CRITICAL)
    config = load_config(_CONFIG)
    root = os.environ.get("JINGYU_REAL_DATA")
    files = files or [f"{root}/{file}" for file in _FILES if root]
    pages: list[Judged] = []
    again: Counter[str] = Counter()
    lost: list[str] = []
    for file in files:
        verdicts = _verdicts(file, config)
        for capture, verdict in zip(captures(file), verdicts, strict=True):
            pages.append(_judged(capture, verdict, config))
            if verdict == "kept":
                for kind, ended in _written_anew(capture, config):
                    again[kind] += 1
                    if ended:
                        lost.append(f"{capture.name} ({kind}): {_because(ended)}")
    kept = [page for page in pages if page.verdict == "kept"]
    lost += [f"{page.name}: {_because(page.ended)}" for page in kept if page.ended]
    recall = 1 - len(lost) / max(1, len(kept) + again.total())
    _say(f"recall {recall:.4%} of {len(kept)} kept pages and {again.total()} written anew")
    _say(*(f"  {kind}: {count}" for kind, count in sorted(again.items())))
    _say(*(f"  lost: {line}" for line in lost))
    share = _turned_away(pages)
    _times(pages)
    return 0 if recall >= 0.999 and share >= 0.95 else 1


def _verdicts(file: str, config: RunConfig) -> list[str]:
    state = f"{file} {os.path.getsize(file)} {_CONFIG.read_text(encoding='utf-8')}"
    digest = hashlib.sha256(state.encode()).hexdigest()[:16]
    cache = Path(tempfile.gettempdir()) / f"jingyu-full-path-{digest}.json"
    if not cache.exists():
        verdicts = [_verdict(capture, config) for capture in captures(file)]
        cache.write_text(json.dumps(verdicts), encoding="utf-8")
    return [str(verdict) for verdict in json.loads(cache.read_text(encoding="utf-8"))]


def _verdict(capture: Capture, config: RunConfig) -> str:
    page = Page(capture.payload, capture.content_type, capture.http_charset)
    examined = examine(page, config)
    if examined.ended:
        return str(examined.ended.reason)
    criteria = Criteria(None, None, None, config.rights, config.rules)
    row = {name: examined.columns[name] for name in criteria.columns}
    decided = select(pa.Table.from_pylist([row]), criteria)
    return "kept" if decided.is_open[0] else str(decided["reason"][0])


def _judged(capture: Capture, verdict: str, config: RunConfig) -> Judged:
    seconds = []
    for _ in range(_REPEATS):
        started = time.perf_counter()
        measured = measure_bytes(capture.payload, capture.http_charset, config.gate.min_han_count)
        seconds.append(time.perf_counter() - started)
    ended = too_foreign(measured, config.gate)
    return Judged(capture.name, len(capture.payload), verdict, ended, min(seconds))


def _written_anew(capture: Capture, config: RunConfig) -> Iterator[tuple[str, Decision | None]]:
    text = decode(capture.payload, capture.http_charset).text
    for written in written_anew(text):
        measured = measure_bytes(written.payload, None, config.gate.min_han_count)
        yield written.kind, too_foreign(measured, config.gate)


def _because(ended: Decision | None) -> str:
    return f"{ended.reason}, {ended.measured:.3g} beyond {ended.limit:g}" if ended else "kept"


def _turned_away(pages: list[Judged]) -> float:
    """Prints the share of pages turned away by the full path's reason; returns the main one."""
    by_verdict: dict[str, list[Judged]] = defaultdict(list)
    for page in pages:
        if not page.name.startswith("zh/"):
            by_verdict[page.verdict].append(page)
    foreign = [page for verdict in _NOT_CHINESE for page in by_verdict[verdict]]
    share = sum(page.ended is not None for page in foreign) / max(1, len(foreign))
    _say(f"turned away {share:.2%} of {len(foreign)} pages in which the path finds no Chinese text")
    for verdict, group in sorted(by_verdict.items()):
        reasons = Counter(page.ended.reason if page.ended else "passed" for page in group)
        _say(f"  {verdict}: {dict(reasons)}")
    return share


def _times(pages: list[Judged]) -> None:
    large = [page for page in pages if _LARGE[0] < page.size < _LARGE[1]]
    crawled = [page for page in large if not page.name.startswith("zh/")]
    closer = [page for page in large if page.ended is None or page.ended.reason != "too_few_han"]
    groups = {"all pages": pages, "130-170 KB": large}
    groups |= {"130-170 KB, crawl": crawled, "130-170 KB, closer look": closer}
    for name, group in groups.items():
        seconds = [page.seconds for page in group] or [0.0]
        mean = sum(seconds) / len(seconds)
        _say(f"{name}: median {median(seconds) * 1e3:.3f} ms, mean {mean * 1e3:.3f} ({len(group)})")


def _say(*lines: str) -> None:
    for line in lines:
        print(line)  # noqa: T201  (a command prints its tables)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
