"""Measures the word lists on real pages: what they cost, what they reject, what they lose.

Usage: python -m tests.benchmarks.lexicon [--rivals]
Needs `JINGYU_REAL_DATA`. Synthetic terms are strung together from characters as frequent as in the
pages, or all equally likely; the former are found by chance some 30 times in 1,000 characters,
which no real list is. With `--rivals` both automaton libraries are timed, as far as installed.

What is rejected goes by the rules of `web_zh`: over 1 % of the characters, in three different terms
or more. Measured in 2026-11 on 3,477 Chinese pages: 104 of 357 pages of doorway and advertising
sites and 1 for gambling, 4 of 1,296 pages of mixed sites, none of 1,726 pages of government,
schools, reference, blogs, news and literature; none of 1,500 abstracts.
"""

import importlib
import json
import logging
import os
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from jingyu import configs
from jingyu.filters.lexicon.automaton import Automaton
from jingyu.filters.lexicon.engine import Lexicon
from jingyu.filters.lexicon.folding import fold
from jingyu.filters.lexicon.measure import measure_lexicon
from jingyu.filters.lexicon.settings import LexiconSettings, lexicon_of
from jingyu.filters.lexicon.starter import context_words, starter_lists
from jingyu.filters.lexicon.terms import Term, TermList
from jingyu.pipeline.config.config import load_config
from jingyu.pipeline.page.examine import examine
from jingyu.pipeline.page.page import Page
from tests.benchmarks.reencoded import captures
from tests.support.terms import word_rules

_CONFIG = Path(configs.__path__[0]) / "web_zh.yaml"
_SIZES = (10_000, 100_000)
_LENGTHS = (2, 3, 4, 4, 5, 6, 8)
_CHUNK = 10_000
_CHUNKS = 200
_REPEATS = 5
_TARGET_MS = 1.0
_TEXTS = ("abstracts_csl", "topics_iflytek", "novel_chid", "ner_boson", "reviews_hotel")


class Document(NamedTuple):
    """A text and the kind of source that it is from."""

    kind: str
    text: str


def main(arguments: list[str]) -> int:
    """Prints the tables; returns 1 if a target is missed."""
    logging.disable(logging.CRITICAL)
    root = Path(os.environ["JINGYU_REAL_DATA"])
    pages = list(_pages(root))
    joined = "\n".join(page.text for page in pages)
    chunks = [joined[i : i + _CHUNK] for i in range(0, _CHUNK * _CHUNKS, _CHUNK)]
    slowest = _print_speed(chunks)
    if "--rivals" in arguments:
        _print_rivals(chunks)
    lost = _print_verdicts([*pages, *_texts(root)])
    return 0 if slowest < _TARGET_MS and not lost else 1


def _pages(root: Path) -> Iterator[Document]:
    config = load_config(_CONFIG)
    lines = (root / "warc" / "zh-dev.labels.jsonl").read_text(encoding="utf-8").splitlines()
    labels = {label["file"]: label for label in map(json.loads, lines)}
    for capture in captures(str(root / "warc" / "zh-dev.warc.gz")):
        page = Page(capture.payload, capture.content_type, capture.http_charset)
        text = examine(page, config).columns.get("text")
        if text:
            label = labels[capture.name]
            yield Document(f"{label['expect'] or 'unjudged'}: {label['genre'] or 'other'}", text)


def _texts(root: Path) -> Iterator[Document]:
    for name in _TEXTS:
        path = root / "text" / f"{name}.jsonl"
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                yield Document(f"text: {name}", json.loads(line).get("text") or "")
    for path in sorted((root / "gold" / "text").rglob("*.txt")):
        yield Document("text: gold", path.read_text(encoding="utf-8"))


def _print_speed(chunks: list[str]) -> float:
    """Prints the cost of measuring; returns the most for terms that are equally likely."""
    _say("", f"{'terms':38}  build s  ms per 10,000  places in 10,000")
    slowest = 0.0
    for name, lists in (("starter lists", []), *_synthetic("".join(chunks))):
        started = time.process_time()
        lexicon = Lexicon([*starter_lists(), *lists], context_words())
        build = time.process_time() - started
        cost = _best_ms(partial(measure_lexicon, lexicon=lexicon), chunks)
        places = sum(len(lexicon.find(chunk).counted.starts) for chunk in chunks) / len(chunks)
        _say(f"{name:38} {build:8.2f} {cost:14.3f} {places:17.1f}")
        slowest = slowest if "frequent" in name else max(slowest, cost)
    return slowest


def _synthetic(text: str) -> Iterator[tuple[str, list[TermList]]]:
    frequent = [character for character in text if "\u4e00" <= character <= "\u9fff"]
    for name, characters in (("equally likely", sorted(set(frequent))), ("frequent", frequent)):
        for size in _SIZES:
            terms = tuple(Term(text, "gambling") for text in _random_terms(characters, size))
            yield f"{size:,} of characters {name}", [TermList(terms)]


def _random_terms(characters: Sequence[str], size: int) -> list[str]:
    random_ = random.Random(1)
    terms: set[str] = set()
    while len(terms) < size:
        terms.add("".join(random_.choices(characters, k=random_.choice(_LENGTHS))))
    return sorted(terms)


def _print_rivals(chunks: list[str]) -> None:
    """Prints build time and speed of the automata alone, folding left out."""
    frequent = [character for character in "".join(chunks) if "\u4e00" <= character <= "\u9fff"]
    forms = {chunk: fold(chunk).code_points for chunk in chunks}
    _say("", f"{'automaton':38}  build s  ms per 10,000")
    for size in _SIZES:
        terms = _random_terms(frequent, size)
        for name, make in _RIVALS.items():
            started = time.process_time()
            try:
                find = make(terms, forms)
            except ModuleNotFoundError:
                _say(f"{name} {size:,}: not installed")
                continue
            build = time.process_time() - started
            cost = _best_ms(find, chunks)
            _say(f"{f'{name}, {size:,} terms':38} {build:8.2f} {cost:14.3f}")


Forms = dict[str, np.ndarray[tuple[int], np.dtype[np.uint32]]]


def _ours(terms: list[str], forms: Forms) -> Callable[[str], object]:
    automaton = Automaton([np.array([ord(c) for c in term], np.uint32) for term in terms])
    return lambda chunk: automaton.find(forms[chunk])


def _on_strings(terms: list[str], _: Forms) -> Callable[[str], object]:
    automaton = importlib.import_module("ahocorasick_rs").AhoCorasick(terms)
    return lambda chunk: automaton.find_matches_as_indexes(chunk, overlapping=True)


def _pyahocorasick(terms: list[str], _: Forms) -> Callable[[str], object]:
    automaton = importlib.import_module("ahocorasick").Automaton()
    for number, term in enumerate(terms):
        automaton.add_word(term, number)
    automaton.make_automaton()
    return lambda chunk: list(automaton.iter(chunk))


_RIVALS = {
    "ours": _ours,
    "ahocorasick-rs on strings": _on_strings,
    "pyahocorasick": _pyahocorasick,
}


def _best_ms(function: Callable[[str], object], chunks: list[str]) -> float:
    """Returns the milliseconds of processor time that a chunk takes, at best."""
    best = float("inf")
    for _ in range(_REPEATS):
        started = time.process_time()
        for chunk in chunks:
            function(chunk)
        best = min(best, time.process_time() - started)
    return 1000 * best / len(chunks)


def _print_verdicts(documents: list[Document]) -> int:
    """Prints what the rules of `web_zh` reject; returns how many documents are lost."""
    lexicon, rules = lexicon_of(LexiconSettings()), word_rules()
    sizes: Counter[str] = Counter()
    rejected: defaultdict[str, Counter[str]] = defaultdict(Counter)
    mentioned: Counter[str] = Counter()
    for kind, text in documents:
        signals = measure_lexicon(text, lexicon)
        sizes[kind] += 1
        mentioned[kind] += any(signals[rule.signals[1]] for rule in rules)
        row = pa.Table.from_pylist([signals])
        for rule in rules:
            rejected[kind][rule.reason] += int(rule.rejected(row)[0])
    subjects = [rule.reason for rule in rules]
    _say("", f"{'rejected':52} {'of':>6} {'a term':>7} " + " ".join(f"{s:>15}" for s in subjects))
    for kind, size in sorted(sizes.items()):
        counts = " ".join(f"{rejected[kind][subject]:15}" for subject in subjects)
        _say(f"{kind:52} {size:6} {mentioned[kind]:7} {counts}")
    is_good = [kind for kind in sizes if kind.startswith("keep") or kind == "text: abstracts_csl"]
    return sum(rejected[kind].total() for kind in is_good)


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
