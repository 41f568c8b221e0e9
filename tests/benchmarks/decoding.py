"""Compares readers of undeclared, falsely declared and damaged pages.

Usage: python -m tests.benchmarks.decoding [--every N] [--rivals-every N]
Needs `JINGYU_REAL_DATA`. Chinese pages are written anew in GB18030 and Big5, without and with false
labels, each as it is, with a stray byte, cut at a random byte, and both. A page is right if over
99 % of its characters are; it has vanished if fewer than half are. Rivals read a sample,
trafilatura and resiliparse as they do by themselves; of charset_normalizer, chardet and
resiliparse's detector the name of the charset is taken, and Python's codec with errors replaced.
"""

import argparse
import json
import os
import random
import re
import sys
import time
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from resiliparse.parse.encoding import bytes_to_str, detect_encoding

from jingyu.pipeline.page.decode.charsets import BIG5, GB18030, codec_of
from jingyu.pipeline.page.decode.decoding import decode
from tests.benchmarks.reencoded import Written, captures, cut, with_stray_byte, written_anew

_RIGHT, _HALF, _TARGET = 0.99, 0.5, 0.995
_CHINESE = frozenset({GB18030, BIG5})
_LABEL = re.compile("utf-?8|big5", re.IGNORECASE)


class Score(NamedTuple):
    """How much of a page a reader got right."""

    characters: float
    beyond_ascii: float
    seconds: float


def main(arguments: list[str]) -> int:
    """Prints the tables; returns 1 if our reader misses the target."""
    warnings.simplefilter("ignore")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--rivals-every", type=int, default=40)
    given = parser.parse_args(arguments)
    root = Path(os.environ["JINGYU_REAL_DATA"])
    scores: dict[tuple[str, str, str], list[Score]] = defaultdict(list)
    for index, written in _pages(root, given.every):
        charset, declared, *harm = written.kind.split(", ")
        readers = READERS if index % given.rivals_every == 0 else {"jingyu": READERS["jingyu"]}
        for name, reader in readers.items():
            scores[name, f"{charset}, {declared}", " and ".join(harm) or "whole"].append(
                _scored(written, reader)
            )
    _table(scores)
    _pairs(root)
    _files(root)
    ours = [score for key, group in scores.items() if key[0] == "jingyu" for score in group]
    return 0 if _share(ours, _RIGHT) >= _TARGET else 1


def _pages(root: Path, every: int) -> Iterator[tuple[int, Written]]:
    for index, capture in enumerate(captures(str(root / "warc" / "zh-dev.warc.gz"))):
        if index % every:
            continue
        page = decode(capture.payload, capture.http_charset)
        chance = random.Random(index)
        for written in written_anew(page.text):
            short = cut(written, chance)
            harmed = (with_stray_byte(written, chance), short, with_stray_byte(short, chance))
            yield from ((index, each) for each in (written, *harmed))


def _jingyu(payload: bytes) -> str:
    return decode(payload, None).text


def _charset_normalizer(payload: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(payload).best()
    return payload.decode(best.encoding, "replace") if best else ""


def _chardet(payload: bytes) -> str:
    import chardet

    found = codec_of(chardet.detect(payload)["encoding"])
    return payload.decode(found or "utf-8", "replace")


def _resiliparse(payload: bytes) -> str:
    return str(bytes_to_str(payload, detect_encoding(payload) or "utf-8"))


def _detected_by_resiliparse(payload: bytes) -> str:
    return payload.decode(codec_of(detect_encoding(payload)) or "utf-8", "replace")


def _trafilatura(payload: bytes) -> str:
    from trafilatura.utils import decode_file

    return str(decode_file(payload))


READERS: dict[str, Callable[[bytes], str]] = {
    "jingyu": _jingyu,
    "charset_normalizer": _charset_normalizer,
    "chardet": _chardet,
    "resiliparse": _resiliparse,
    "its detector": _detected_by_resiliparse,
    "trafilatura": _trafilatura,
}


def _scored(page: Written, reader: Callable[[bytes], str]) -> Score:
    started = time.perf_counter()
    text = reader(page.payload)
    seconds = time.perf_counter() - started
    return Score(*_right(page.text, text), seconds)


def _right(expected: str, text: str) -> tuple[float, float]:
    """Returns the share of characters, and of those beyond ASCII, that are right.

    They are right before the first and after the last difference. Where that is not nearly all,
    the share of pairs of neighbors that the text has, too, counts if it is greater.
    """
    wanted, found = _points(expected), _points(text)
    length = min(len(wanted), len(found))
    if not len(wanted):
        return 1.0, 1.0
    head = _agreeing(wanted[:length], found[:length])
    tail = _agreeing(wanted[::-1][: length - head], found[::-1][: length - head])
    beyond = wanted > ord("\x7f")
    tail_beyond = int(np.count_nonzero(beyond[len(wanted) - tail :]))
    right = (head + tail) / len(wanted)
    right_beyond = (int(np.count_nonzero(beyond[:head])) + tail_beyond) / max(1, int(beyond.sum()))
    if not beyond.any():
        right_beyond = 1.0
    if min(right, right_beyond) > _RIGHT:
        return right, right_beyond
    pairs, theirs = Counter(pairwise(expected)), Counter(pairwise(text))
    chinese = Counter({pair: n for pair, n in pairs.items() if min(pair) > "\x7f"})
    shares = [(part & theirs).total() / max(1, part.total()) for part in (pairs, chinese)]
    return max(right, shares[0]), max(right_beyond, shares[1])


def _points(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _agreeing(one: NDArray[Any], other: NDArray[Any]) -> int:
    differs = one != other
    return int(differs.argmax()) if differs.any() else len(one)


def _share(scores: list[Score], limit: float) -> float:
    return sum(score.characters > limit for score in scores) / max(1, len(scores))


def _table(scores: dict[tuple[str, str, str], list[Score]]) -> None:
    """Prints the share of right pages by reader, page and harm."""
    harms = ("whole", "stray byte", "cut", "cut and stray byte")
    columns = (*harms, "all", "beyond ASCII", "vanished", "pages", "ms")
    _say(f"{'reader':20}{'page':20}" + "".join(f"{column:>20}" for column in columns))
    for name in READERS:
        kinds = sorted({kind for reader, kind, _ in scores if reader == name})
        for kind in (*kinds, "all"):
            groups = {harm: _group(scores, name, kind, harm) for harm in harms}
            group = [score for each in groups.values() for score in each]
            shares = [_share(groups[harm], _RIGHT) for harm in harms]
            shares.append(_share(group, _RIGHT))
            shares.append(sum(score.beyond_ascii > _RIGHT for score in group) / len(group))
            vanished = sum(score.characters < _HALF for score in group)
            ms = 1e3 * sum(score.seconds for score in group) / len(group)
            figures = "".join(f"{share:20.2%}" for share in shares)
            _say(f"{name:20}{kind:20}{figures}{vanished:20}{len(group):20}{ms:20.2f}")


def _group(
    scores: dict[tuple[str, str, str], list[Score]], name: str, kind: str, harm: str
) -> list[Score]:
    return [
        score
        for key, group in scores.items()
        if key[0] == name and kind in {key[1], "all"} and key[2] == harm
        for score in group
    ]


def _pairs(root: Path) -> None:
    """Compares pages in Big5 with what their publisher made of them in UTF-8."""
    text = (root / "encoding" / "big5_utf8_pairs.json").read_text(encoding="utf-8")
    paths = {pair["page"]: root / pair["utf8"] for pair in json.loads(text)}
    wanted = {
        name: _without_label(_jingyu(path.read_bytes()))
        for name, path in paths.items()
        if path.exists()
    }
    pages = [
        page for page in captures(str(root / "warc" / "zh-dev.warc.gz")) if page.name in wanted
    ]
    for name, reader in READERS.items():
        right = [_right(wanted[p.name], _without_label(reader(p.payload)))[0] for p in pages]
        share = sum(each > _RIGHT for each in right) / max(1, len(right))
        _say(f"publishers' pairs: {name} {share:.2%} of {len(right)}")


def _without_label(page: str) -> str:
    return "".join(_LABEL.sub("", page).split())


def _files(root: Path) -> None:
    """Counts the detectors' own test files that are read in the charset that they name."""
    listed = json.loads((root / "encoding" / "charset_files.json").read_text(encoding="utf-8"))
    right: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for entry in listed:
        path = root / entry["file"]
        if not path.exists():
            continue
        payload = path.read_bytes()
        charset = codec_of(entry["charset"]) or entry["charset"]
        for name, reader in READERS.items():
            try:
                expected = payload.decode(charset, "replace")
            except LookupError:
                continue
            is_right = _right(expected, reader(payload))[0] > _RIGHT
            right[charset in _CHINESE][f"{name}, {'right' if is_right else 'wrong'}"] += 1
    for is_chinese, counts in right.items():
        kind = "Chinese" if is_chinese else "others"
        _say(f"detectors' files, {kind}: {dict(sorted(counts.items()))}")


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201  (a command prints its tables)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
