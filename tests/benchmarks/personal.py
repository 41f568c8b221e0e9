"""Precision and recall of the recognizers of personal data, by type, and their masks on real text.

Usage: python -m tests.benchmarks.personal [--documents N] [--seed S] [--real FOLDER]

Without `--real` it writes texts as people write them, with planted values of every type, plain and
obfuscated, near misses and look-alikes, and prints what was found of each type. With it, it prints
each mask in the texts below a folder (*.jsonl with a text in each row, and *.txt) with what stands
around it, without digits, so that a reader can count the false ones.
"""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from jingyu.pipeline.page.mask.kinds import KINDS, PLACEHOLDER
from jingyu.pipeline.page.mask.masking import mask
from tests.benchmarks.personal_decoys import DECOYS, decoy
from tests.benchmarks.personal_texts import FILLERS, PLANTED, Planted

_MIN_CHECKSUMMED, _MIN_CONTEXTUAL = 0.99, 0.95
_CHECKSUMMED = {"resident_id", "foreign_id", "regional_id", "bank_card", "imei", "vin", "mobile"}
_TEXT_KEYS = ("text", "content", "modern", "classical", "input")
_NEIGHBORHOOD = 24


def main(arguments: Sequence[str]) -> int:
    """Prints the figures; returns 1 if a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--real", type=Path)
    options = parser.parse_args(arguments)
    if options.real:
        _print_real(options.real)
        return 0
    return _print_scores(options.documents, options.seed)


def _print_scores(documents: int, seed: int) -> int:
    random = Random(seed)
    planted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    false: Counter[str] = Counter()
    missed: dict[str, str] = {}
    for _ in range(documents):
        text, kinds, is_decoy = _document(random)
        counts = mask(text).counts
        for kind in KINDS:
            expected = kinds.count(kind)
            planted[kind] += expected
            found[kind] += min(expected, counts[kind])
            false[kind] += max(0, counts[kind] - expected)
            if counts[kind] != expected:
                missed.setdefault(
                    f"{kind}{'+' if counts[kind] > expected else '-'}{is_decoy}", text
                )
    for name, text in sorted(missed.items()):
        print(f"  {name:32} {text}")  # noqa: T201 (made-up values)
    return _print_table(planted, found, false)


def _document(random: Random) -> tuple[str, list[str], str]:
    """Returns a text of two to five sentences, the types planted, and a name for the decoy."""
    sentences = [random.choice(FILLERS) for _ in range(random.randint(1, 3))]
    if random.random() < 0.4:
        name = random.choice(sorted(DECOYS))
        sentences.insert(random.randint(0, len(sentences)), decoy(random, name))
        return _joined(sentences), [], name
    planted: Planted = random.choice(PLANTED)(random)
    sentences.insert(random.randint(0, len(sentences)), planted.text)
    return _joined(sentences), list(planted.kinds), ""


def _joined(sentences: list[str]) -> str:
    return "".join(s if s[-1] in "。！\n " else f"{s}\n" for s in sentences)


def _print_table(planted: Counter[str], found: Counter[str], false: Counter[str]) -> int:
    failed = 0
    print(f"{'type':16} {'planted':>8} {'recall':>8} {'precision':>10}")  # noqa: T201
    for kind in KINDS:
        recall = found[kind] / max(planted[kind], 1)
        precision = found[kind] / max(found[kind] + false[kind], 1)
        bar = _MIN_CHECKSUMMED if kind in _CHECKSUMMED else _MIN_CONTEXTUAL
        is_low = recall < bar or precision < bar
        failed += is_low
        mark = " <-" if is_low else ""
        print(f"{kind:16} {planted[kind]:8} {recall:8.4f} {precision:10.4f}{mark}")  # noqa: T201
    return min(failed, 1)


def _print_real(folder: Path) -> None:
    documents = 0
    masks: Counter[str] = Counter()
    for name, text in _real_texts(folder):
        documents += 1
        masked = mask(text).text
        own = Counter(PLACEHOLDER.findall(text))
        for found in PLACEHOLDER.finditer(masked):
            if own[found.groups()]:
                continue
            masks[found["name"]] += 1
            left = masked[max(0, found.start() - _NEIGHBORHOOD) : found.start()]
            right = masked[found.end() : found.end() + _NEIGHBORHOOD]
            line = f"{_redacted(left)}{found[0]}{_redacted(right)}".replace("\n", "⏎")
            print(f"{found['name']}\t{name}\t{line}")  # noqa: T201
    print(f"{documents:,} documents; masks: {dict(masks)}")  # noqa: T201


def _redacted(text: str) -> str:
    return re.sub("[0-9]", "0", text)


def _real_texts(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*.txt")):
        yield path.name[:24], path.read_text(encoding="utf-8", errors="replace")
    for path in sorted(folder.rglob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                parts = [row[key] for key in _TEXT_KEYS if isinstance(row.get(key), str)]
                parts += row.get("turns", [])
                if parts:
                    yield path.name[:24], "\n".join(parts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
