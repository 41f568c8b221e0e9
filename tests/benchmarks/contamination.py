"""Judges the search for evaluation questions: what it finds, what it must not, and what it costs.

Usage: python -m tests.benchmarks.contamination [--questions N] [--documents N]
       [--benchmark LAYOUT=PATH ...] [--texts PATH]

Questions and documents are invented, unless real ones are given: benchmark files by their layout,
and JSONL or Parquet files with a column `text`. Every hit in a document without a planted question
is printed with the question's id and its share, for a reader to judge.
"""

import argparse
import random
import re
import string
import sys
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

from jingyu.pipeline.config.decontamination import Benchmark
from jingyu.pipeline.read import storage
from jingyu.pipeline.steps.clean.contamination.benchmark_files import read_questions
from jingyu.pipeline.steps.clean.contamination.index import QuestionIndex, build_index
from jingyu.pipeline.steps.clean.contamination.matching import Hit, find_questions
from jingyu.pipeline.steps.clean.contamination.questions import Question
from jingyu.pipeline.steps.clean.contamination.rows import READERS, ending_of, read_rows
from tests.benchmarks.planted import document_of_length

_AT_ONCE = 1000
_MARKS = "，,。.？?！!；;：:（）()“”、"
_WORD = re.compile(r"[A-Za-z]+|[\u4e00-\u9fff]{2}")
# What examining a document takes, in microseconds; the search may take a fiftieth.
_EXAMINING = 5_500


class Search(NamedTuple):
    """What a search found, and how long it took."""

    hits: list[Hit]
    seconds: float


def invented_questions(count: int, seed: int = 3) -> list[Question]:
    """Returns questions of 12 to 80 characters with four options of 2 to 15."""
    generator = random.Random(seed)
    questions = []
    for number in range(count):
        lengths = [generator.randint(12, 80), *(generator.randint(2, 15) for _ in range(4))]
        texts = [document_of_length(length, generator) for length in lengths]
        questions.append(Question("invented", f"questions#{number}", tuple(texts)))
    return questions


def whole(question: Question, generator: random.Random) -> str:
    """Returns the question, its options lettered or not."""
    stem, *others = question.texts
    letters = generator.choice(["", string.ascii_uppercase])
    marks = (f"{letter}．" for letter in letters) if letters else [""] * len(others)
    return "\n".join([stem, *(a + b for a, b in zip(marks, others, strict=False))])


def repunctuated(question: Question, generator: random.Random) -> str:
    """Returns the question in other punctuation and width, with some white space."""
    written = []
    for character in whole(question, generator):
        if character in _MARKS:
            written.append(generator.choice([*_MARKS, ""]))
        elif "!" <= character <= "~" and generator.random() < 0.5:
            written.append(chr(ord(character) + 0xFEE0))
        else:
            written.append(character)
        if generator.random() < 0.05:
            written.append(generator.choice(" \u3000\n"))
    return "".join(written)


def word_changed(question: Question, generator: random.Random) -> str:
    """Returns the question with a word of the language that it is in put for another."""
    text = whole(question, generator)
    start = generator.randrange(max(1, len(text) - 2))
    match = _WORD.search(text, start) or _WORD.search(text)
    if match is None:
        return text
    is_latin = match.group().isascii()
    word = "elsewhere" if is_latin else document_of_length(2, generator)
    return text[: match.start()] + word + text[match.end() :]


KINDS: dict[str, Callable[[Question, random.Random], str]] = {
    "whole": whole,
    "punctuation and width": repunctuated,
    "one word changed": word_changed,
}


def planted(
    documents: Sequence[str], passages: Sequence[str], generator: random.Random
) -> list[str]:
    """Returns documents with a passage each, put between two lines."""
    texts = []
    for passage in passages:
        lines = generator.choice(documents).split("\n")
        place = generator.randrange(len(lines) + 1)
        texts.append("\n".join([*lines[:place], passage, *lines[place:]]))
    return texts


def search(texts: Sequence[str], index: QuestionIndex) -> Search:
    """Returns what is found in texts, a thousand at a time, in processor time."""
    hits: list[Hit] = []
    before = time.process_time()
    for start in range(0, len(texts), _AT_ONCE):
        found = find_questions(texts[start : start + _AT_ONCE], index)
        hits += [hit._replace(document=hit.document + start) for hit in found]
    return Search(hits, time.process_time() - before)


def recall(questions: Sequence[Question], hits: Sequence[Hit], index: QuestionIndex) -> float:
    """Returns the share of documents in which the question that was planted there was found."""
    found = {(hit.document, *index.names[hit.question]) for hit in hits}
    wanted = [(number, each.benchmark, each.question_id) for number, each in enumerate(questions)]
    return sum(one in found for one in wanted) / len(wanted)


def main(arguments: list[str]) -> None:
    """Prints what is found of each kind, what else is, and the time it took."""
    options = _options(arguments)
    generator = random.Random(7)
    questions = _real_questions(options.benchmark) or invented_questions(options.questions)
    clean = _real_texts(options.texts) if options.texts else _invented_texts(options.documents)
    before = time.process_time()
    index = build_index(questions)
    _say(
        f"{len(questions):,} questions, {len(index.skipped):,} too short, index in "
        f"{time.process_time() - before:.1f} s"
    )
    skipped = set(index.skipped)
    usable = [each for each in questions if (each.benchmark, each.question_id) not in skipped]
    for kind, write in KINDS.items():
        chosen = generator.choices(usable, k=options.planted)
        passages = [write(question, generator) for question in chosen]
        hits = search(planted(clean, passages, generator), index).hits
        _say(f"{kind}: recall {recall(chosen, hits, index):.4f} of {len(chosen):,}")
    _report_clean(clean, search(clean, index), index)


def _report_clean(clean: Sequence[str], found: Search, index: QuestionIndex) -> None:
    for hit in found.hits:
        _say(f"  document {hit.document}: {': '.join(index.names[hit.question])}, {hit.share:.2f}")
    hit_documents = len({hit.document for hit in found.hits})
    characters = sum(map(len, clean))
    each = found.seconds * 1e6 / len(clean)
    _say(
        f"clean: {hit_documents} of {len(clean):,} documents hit; "
        f"{found.seconds * 1e9 / characters:.0f} µs per 1,000 characters, {each:.0f} µs a document "
        f"of {characters / len(clean):,.0f} on average, {each / _EXAMINING:.1%} of examining it"
    )


def _real_questions(benchmarks: Sequence[str]) -> list[Question]:
    questions = []
    for benchmark in benchmarks:
        layout, _, path = benchmark.partition("=")
        named = {"name": layout, "layout": layout, "paths": (path,)}
        questions += read_questions(Benchmark.model_validate(named))
    return questions


def _real_texts(path: str) -> list[str]:
    files = [file.path for file in storage.find(path) if ending_of(file.path) in READERS]
    texts = [row.get("text") for file in files for row in read_rows(file)]
    return [text for text in texts if isinstance(text, str)]


def _invented_texts(count: int) -> list[str]:
    generator = random.Random(11)
    return [document_of_length(generator.randint(200, 2_500), generator) for _ in range(count)]


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.contamination")
    parser.add_argument("--questions", type=int, default=10_000)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--planted", type=int, default=2_000)
    parser.add_argument("--benchmark", nargs="+", default=[], metavar="LAYOUT=PATH")
    parser.add_argument("--texts")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
