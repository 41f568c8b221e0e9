"""Chinese documents with planted clusters of known true similarity, from a seed."""

import random
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations

from jingyu.pipeline.page.sign.minhash import NGRAM, normal_form
from tests.support.paths import PAGES

_CLAUSE = re.compile(r"[\u4e00-\u9fff]{4,14}")
_MARKUP = re.compile(r"(?s)<(script|style).*?</\1>|<[^>]*>")
_CLUSTER_SIZES = (2, 2, 2, 3, 3, 4, 6)
_CHAIN_LENGTH = 6
_TEMPLATE_SIZES = (50, 250, 2000)
_TEMPLATE_PAIRS = 5
_COPIES_IN_TEMPLATE = 0.05

Text = list[str]
"""A document as its paragraphs."""


@dataclass
class Planted:
    """Documents, and what is known of them."""

    texts: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    """What was done to make each document; `single` if nothing."""
    pairs: list[tuple[int, int, float]] = field(default_factory=list)
    """Two documents of one cluster and their true Jaccard similarity."""

    def add(self, kind: str, texts: list[str], pairs: Iterable[tuple[int, int]]) -> None:
        """Adds documents and the similarity of some pairs of them, by their numbers here."""
        first = len(self.texts)
        self.texts += texts
        self.kinds += [kind] * len(texts)
        chosen = list(pairs)
        known = {number: shingles(texts[number]) for pair in chosen for number in pair}
        for left, right in chosen:
            self.pairs.append((first + left, first + right, jaccard(known[left], known[right])))


def shingles(text: str) -> set[str]:
    """Returns the character 5-grams of the normal form."""
    form = normal_form(text)
    return {form[start : start + NGRAM] for start in range(max(1, len(form) - NGRAM + 1))}


def jaccard(ones: set[str], others: set[str]) -> float:
    """Returns the Jaccard similarity of two sets."""
    shared = len(ones & others)
    return shared / (len(ones) + len(others) - shared)


def plant(documents: int, seed: int = 1) -> Planted:
    """Returns so many documents: half in clusters, a fifth in templates, the rest alone."""
    generator = random.Random(seed)
    planted = Planted()
    while len(planted.texts) < documents // 2:
        name = generator.choice([*_CHANGES, "chain"])
        texts = list(_cluster(name, generator))
        planted.add(name, texts, combinations(range(len(texts)), 2))
    while len(planted.texts) < documents * 7 // 10:
        pages = list(_template(generator))
        copied = round(len(pages) * _COPIES_IN_TEMPLATE)
        planted.add("template", pages[copied:], combinations(range(_TEMPLATE_PAIRS), 2))
        for page in pages[:copied]:
            copy = _light_edits(page.split("\n"), generator.random(), generator)
            planted.add("copy in template", [page, _written(copy)], [(0, 1)])
    while len(planted.texts) < documents:
        planted.add("single", [_written(_page(generator))], [])
    return planted


def document_of_length(length: int, generator: random.Random) -> str:
    """Returns a document of at least so many characters, cut to them."""
    return _written(_paragraphs(length, generator))[:length]


def _cluster(name: str, generator: random.Random) -> Iterator[str]:
    page = _page(generator)
    yield _written(page)
    if name == "chain":
        for _ in range(_CHAIN_LENGTH - 1):
            page = _edited(page, generator.uniform(0.015, 0.03), generator)
            yield _written(page)
        return
    # One strength a cluster, so that similarities of all sizes come about.
    strength = generator.random()
    for _ in range(generator.choice(_CLUSTER_SIZES) - 1):
        yield _written(_CHANGES[name](page, strength, generator))


def _template(generator: random.Random) -> Iterator[str]:
    """Yields pages of a site that have three quarters of their text in common: similarity 0.6."""
    frame = _paragraphs(450, generator)
    half = len(frame) // 2
    for _ in range(generator.choice(_TEMPLATE_SIZES)):
        own = _paragraphs(round(generator.uniform(100, 180)), generator)
        yield _written([*frame[:half], *own, *frame[half:]])


def _light_edits(page: Text, strength: float, generator: random.Random) -> Text:
    return _edited(page, strength * 0.04, generator)


def _edited(page: Text, share: float, generator: random.Random) -> Text:
    """Returns the page with a share of its characters replaced, put in or left out."""
    edited = []
    for paragraph in page:
        characters = list(paragraph)
        for _ in range(_count(share * len(characters), generator)):
            place = generator.randrange(len(characters))
            kind = generator.randrange(3)
            characters[place] = "" if kind == 0 else _character(generator)
            if kind == 1:
                characters[place] += _character(generator)
        edited.append("".join(characters))
    return edited


def _reordered(page: Text, strength: float, generator: random.Random) -> Text:
    del strength
    return generator.sample(page, len(page))


def _furniture(page: Text, strength: float, generator: random.Random) -> Text:
    """Returns the page between a header and a footer of up to a third of its length."""
    length = round(sum(map(len, page)) * strength / 6)
    return [*_paragraphs(length, generator), *page, *_paragraphs(length, generator)]


def _spun(page: Text, strength: float, generator: random.Random) -> Text:
    """Returns the page with some words of two characters replaced wherever they stand."""
    text = "\n".join(page)
    starts = generator.choices(range(len(text) - 1), k=_count(strength * len(text) / 30, generator))
    for word in dict.fromkeys(text[start : start + 2] for start in starts):  # in order: no set
        if "\n" not in word:
            text = text.replace(word, _character(generator) + _character(generator))
    return text.split("\n")


def _truncated(page: Text, strength: float, generator: random.Random) -> Text:
    text = "\n".join(page)
    end = round(len(text) * (1 - strength * generator.uniform(0.3, 0.4)))
    return text[:end].split("\n")


def _repunctuated(page: Text, strength: float, generator: random.Random) -> Text:
    """Returns the page in another dress: the normal form stays."""
    del strength
    return [part.replace("，", generator.choice(" ,、")) + "！" for part in page]


_CHANGES: dict[str, Callable[[Text, float, random.Random], Text]] = {
    "light edits": _light_edits,
    "reordered": _reordered,
    "furniture": _furniture,
    "spun": _spun,
    "truncated": _truncated,
    "repunctuated": _repunctuated,
}


def _page(generator: random.Random) -> Text:
    """Returns a page of some 800 characters, 150 to 5,000."""
    length = min(max(generator.lognormvariate(6.7, 0.6), 150), 5000)
    return _paragraphs(round(length), generator)


def _paragraphs(length: int, generator: random.Random) -> Text:
    clauses = _clauses()
    paragraphs, written = [], 0
    while written < length:
        chosen = generator.choices(
            clauses, k=min(generator.randint(4, 16), 1 + (length - written) // 8)
        )
        paragraphs.append("，".join(chosen) + "。")
        written += len(paragraphs[-1])
    return paragraphs


def _written(page: Text) -> str:
    return "\n".join(page)


def _count(expected: float, generator: random.Random) -> int:
    return int(expected + generator.random())


def _character(generator: random.Random) -> str:
    return generator.choice(generator.choice(_clauses()))


@cache
def _clauses() -> list[str]:
    """Returns the Han clauses of the invented pages, cut in two: neighbors are ours to choose."""
    found = set()
    for file in sorted(PAGES.glob("*.html")):
        text = _MARKUP.sub("\n", file.read_bytes().decode("utf-8", "ignore"))
        for clause in _CLAUSE.findall(text):
            middle = len(clause) // 2
            found |= {clause[:middle], clause[middle:]}
    return sorted(found)
