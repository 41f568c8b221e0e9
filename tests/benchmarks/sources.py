"""Measures the register, claimed numbers and networks: what they find and what they cost.

Usage: python -m tests.benchmarks.sources [WARC...]
Without files, the Chinese pages of the folder that `JINGYU_REAL_DATA` names; its lists of networks
are used if they are there. Numbers are counted against a pattern that asks for little: digits soon
after the mark of a number, on the whole page with tags and blanks taken out. Printed are the
numbers that only one of the two finds, for a reader to judge.
"""

import html
import os
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

import pyarrow as pa
from fastwarc.warc import ArchiveIterator, WarcRecordType

from jingyu.filters.source.address import host_of, registered_domain
from jingyu.filters.source.claims import shared_numbers
from jingyu.filters.source.filing import FilingNumbers, is_plausible
from jingyu.filters.source.filing_numbers import filing_numbers
from jingyu.filters.source.networks import Networks, load_networks
from jingyu.filters.source.origin import PageEvidence, Verdict, origin
from jingyu.filters.source.register import Register, register
from jingyu.filters.source.register_files import builtin_path, load_register, load_sources
from jingyu.filters.source.source import Source
from jingyu.pipeline.page.decode.decoding import decode

_FILE = "warc/zh-dev.warc.gz"
_ROWS, _LOOKUPS, _REPEATS = 100_000, 100_000, 3
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_LOOSE = (
    re.compile(r"ICP[备備证證]案?号?[^0-9A-Za-z<>]{0,6}?([0-9]{5,12})", re.IGNORECASE),
    re.compile(r"(?<![0-9A-Za-z.])[AB][1-9]-((?:19|20)[0-9]{6})(?![0-9])"),
    re.compile(r"[网網]安[备備]案?号?[^0-9A-Za-z<>]{0,8}?([0-9]{10,15})"),
    re.compile(r"record[cC]ode=([0-9]{10,15})"),
    re.compile(r"(?:公安|网警)\S{0,4}备案号?[^0-9A-Za-z<>]{0,8}?([0-9]{10,15})"),
)
_DIGITS = re.compile("[0-9]{2,}")


class Page(NamedTuple):
    """A page of the crawl, decoded."""

    url: str
    ip: str | None
    text: str


def main(files: list[str]) -> int:
    """Prints the tables; returns 1 if a target is missed."""
    root = os.environ.get("JINGYU_REAL_DATA")
    files = files or ([f"{root}/{_FILE}"] if root else [])
    is_fast = _register()
    lists = sorted(Path(root, "lists", "ip").glob("metowolf-*.txt")) if root else []
    networks = load_networks(lists)
    _networks(networks, lists)
    pages = [page for file in files for page in _pages(file)]
    if not pages:
        return 0 if is_fast else 1
    found, share = _numbers(pages)
    _claims(pages, found)
    _origins(pages, found, networks)
    return 0 if is_fast and share >= 0.99 else 1


def _pages(path: str) -> Iterator[Page]:
    with open(path, "rb") as stream:
        for record in ArchiveIterator(
            stream, record_types=WarcRecordType.response, quirks_mode=True
        ):
            charset = record.http_charset
            text = decode(record.reader.read(), charset).text
            headers = record.headers
            yield Page(headers["WARC-Target-URI"], headers.get("WARC-IP-Address"), text)


def _register() -> bool:
    """Prints what look-ups cost among many rows; returns whether that is little enough."""
    started = time.perf_counter()
    starter = load_sources(builtin_path())
    seconds = time.perf_counter() - started
    _say(f"starter register: {len(starter)} sources, loaded in {seconds:.2f} s")
    for field in ("tier", "category"):
        counts = Counter(getattr(source, field) for source in starter)
        _say(f"  by {field}: " + ", ".join(f"{k} {n}" for k, n in counts.most_common()))
    started = time.perf_counter()
    many = register([*starter, *_made_up(_ROWS)])
    _say(f"register of {many.size}: built in {time.perf_counter() - started:.2f} s")
    return _cost_of_lookups(many) < 5e-6


def _made_up(count: int) -> Iterator[Source]:
    """Yields sources of all kinds; one in ten is a prefix on the same host."""
    for number in range(count):
        kinds = (f"site{number}.com.cn", f"full:www.site{number}.cn", f"www.site{number}.cn/news/")
        match = f"mp.example.cn/user{number}/" if number % 10 == 0 else kinds[number % 3]
        yield Source(match=match, name=match, category="news", tier="general")


def _cost_of_lookups(many: Register) -> float:
    chance = random.Random(1)
    addresses = []
    for _ in range(_LOOKUPS):
        number = chance.randrange(_ROWS)
        url = chance.choice(
            (
                f"https://www.site{number}.com.cn/2026/11/22/c_1.html",
                f"https://www.site{number}.cn/news/1.html",
                f"https://mp.example.cn/user{number // 10 * 10}/a/b/c.html",
                f"https://a.b.c.d.unknown{number}.com/",
            )
        )
        addresses.append((url, host_of(url)))
    times = []
    for _ in range(_REPEATS):
        started = time.perf_counter()
        hits = sum(many.find(url, host) is not None for url, host in addresses)
        times.append((time.perf_counter() - started) / len(addresses))
    _say(f"  a look-up {min(times) * 1e6:.2f} µs, {hits / len(addresses):.0%} found (limit 5 µs)")
    return min(times)


def _networks(networks: Networks, lists: Sequence[Path]) -> None:
    chance = random.Random(2)
    ips = [".".join(str(chance.randrange(256)) for _ in range(4)) for _ in range(_LOOKUPS)]
    started = time.perf_counter()
    countries = Counter(networks.country_of(ip) for ip in ips)
    seconds = (time.perf_counter() - started) / len(ips)
    _say(f"networks of {len(lists)} lists: a look-up {seconds * 1e6:.2f} µs; {dict(countries)}")


def _numbers(pages: Sequence[Page]) -> tuple[list[FilingNumbers], float]:
    """Prints what was found and what it cost; returns it, and the share of the loose pattern's."""
    found, only_loose, only_ours = [], Counter[str](), Counter[str]()
    expected = common = 0
    times: dict[bool, list[float]] = defaultdict(list)
    for page in pages:
        seconds, numbers = _timed(page.text)
        found.append(numbers)
        times[bool(numbers.icp or numbers.psb)].append(seconds)
        ours, loose = _digits_of(numbers), _loosely(page.text)
        expected, common = expected + len(loose), common + len(loose & ours)
        only_loose.update(f"{digits} on {page.url}" for digits in loose - ours)
        only_ours.update(f"{digits} on {page.url}" for digits in ours - loose)
    for has_numbers, group in times.items():
        kind = "with" if has_numbers else "without any"
        _say(f"{len(group)} pages {kind} numbers: median {median(group) * 1e6:.0f} µs")
    share = common / max(1, expected)
    _say(f"found {common} of the {expected} numbers of the loose pattern: {share:.2%}")
    _say(*(f"  only loose: {place}" for place in only_loose))
    _say(*(f"  only ours: {place}" for place in only_ours))
    distinct = {number for numbers in found for part in numbers for number in part}
    odd = sorted(number for number in distinct if not is_plausible(number))
    _say(f"{len(distinct)} distinct numbers, implausible: {', '.join(odd) or 'none'}")
    return found, share


def _timed(text: str) -> tuple[float, FilingNumbers]:
    times = []
    for _ in range(_REPEATS):
        started = time.perf_counter()
        numbers = filing_numbers(text)
        times.append(time.perf_counter() - started)
    return min(times), numbers


def _digits_of(numbers: FilingNumbers) -> set[str]:
    return {_DIGITS.findall(number.replace("ICP", ""))[0] for part in numbers for number in part}


def _loosely(text: str) -> set[str]:
    plain = html.unescape(text).translate(_HALF_WIDTH)
    without_tags = re.sub(r"<[^>]*>", "", plain)
    return {
        found[1]
        for version in (plain, without_tags)
        for pattern in _LOOSE
        for found in pattern.finditer(re.sub(r"\s+", "", version))
    }


def _claims(pages: Sequence[Page], found: Sequence[FilingNumbers]) -> None:
    pairs = [
        (number, registered_domain(host_of(page.url)))
        for page, numbers in zip(pages, found, strict=True)
        for part in numbers
        for number in part
    ]
    numbers, domains = zip(*pairs, strict=True) if pairs else ((), ())
    for least in (2, 3, 5):
        shared = shared_numbers(pa.array(numbers, pa.string()), pa.array(domains), least)
        _say(f"{shared.num_rows} numbers are claimed by {least} registered domains or more")


def _origins(pages: Sequence[Page], found: Sequence[FilingNumbers], networks: Networks) -> None:
    """Prints the verdicts by method, in pages and in hosts: a host's is that of most pages."""
    starter = load_register(["builtin"])
    by_page: dict[str, Counter[Verdict]] = defaultdict(Counter)
    by_host: dict[str, dict[str, Counter[Verdict]]] = defaultdict(lambda: defaultdict(Counter))
    started = time.perf_counter()
    for page, numbers in zip(pages, found, strict=True):
        host = host_of(page.url)
        source = starter.find(page.url, host)
        told = origin(PageEvidence(host, numbers, networks.country_of(page.ip), source))
        for method, verdict in {"combined": told.verdict, **told.by_method}.items():
            by_page[method][verdict] += 1
            by_host[method][host or ""][verdict] += 1
    seconds = (time.perf_counter() - started) / len(pages)
    _say(f"a verdict {seconds * 1e6:.0f} µs a page, with look-ups")
    for method, verdicts in by_page.items():
        hosts = Counter(counts.most_common(1)[0][0] for counts in by_host[method].values())
        _say(f"  {method}: pages {dict(verdicts)}, hosts {dict(hosts)}")


def _say(*lines: str) -> None:
    for line in lines:
        print(line)  # noqa: T201  (a command prints its tables)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
