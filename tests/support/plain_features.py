"""`pipeline/text/extraction/looks.c` in plain Python, by column: what it is held to."""

from collections.abc import Sequence
from math import log1p

from jingyu.pipeline.page.extract.hints import NAMES
from jingyu.pipeline.page.extract.markup import Markup
from jingyu.pipeline.page.extract.phrases import PHRASES

Values = list[float]


class Page:
    """A page whose lines have a number of phrases, repeat each other or are titles."""

    def __init__(
        self, markup: Markup, phrases: Sequence[int], repeated: Sequence[int], titled: Sequence[int]
    ) -> None:
        nodes, lines = markup.nodes, markup.lines
        self.parent, self.depth = nodes.parent.tolist(), nodes.depth.tolist()
        self.first, self.last = nodes.first.tolist(), nodes.last.tolist()
        self.hints, self.inherited = nodes.hints.tolist(), nodes.inherited.tolist()
        self.node, self.group = lines.node.tolist(), lines.group.tolist()
        self.lengths = lines.length.tolist()
        self.count = len(self.lengths)
        self.lines = lines
        self.phrases, self.repeated, self.titled = phrases, repeated, titled
        linked = map(min, lines.link_length.tolist(), self.lengths)
        self.linked: Values = list(linked)
        self.link = [part / whole for part, whole in zip(self.linked, self.lengths, strict=True)]
        self.marks = (lines.ends + lines.pauses).tolist()
        self.sentences = [self.is_sentence(line) for line in range(self.count)]
        plain = [a - b for a, b in zip(self.lengths, self.linked, strict=True)]
        self.good: Values = [a if b else 0 for a, b in zip(plain, self.sentences, strict=True)]
        self.worth = [self.worth_of(line, plain[line]) for line in range(self.count)]

    def is_sentence(self, line: int) -> bool:
        marks = 3 * int(self.lines.ends[line]) + int(self.lines.pauses[line])
        return marks >= 2 and bool(self.lengths[line] >= 12 and self.link[line] <= 0.5)

    def worth_of(self, line: int, plain: float) -> float:
        length = self.lengths[line]
        if self.phrases[line] & 0b1111 and length < 80:
            return -15
        if self.sentences[line]:
            return min(plain, 400)
        if self.link[line] > 0.5:
            return float(-8 - min(length, 12))
        return plain * 0.3 if length >= 25 else -3

    def inside(self, values: Values) -> Values:
        """Returns the sum over the lines in each container."""
        return [sum(values[a:b]) for a, b in zip(self.first, self.last, strict=True)]

    def window(self, values: Values) -> Values:
        return [sum(values[max(line - 4, 0) : line + 5]) for line in range(self.count)]

    def in_group(self, values: Values) -> Values:
        """Returns the sum over the lines of each line's group."""
        return [
            sum(value for value, other in zip(values, self.group, strict=True) if other == group)
            for group in self.group
        ]

    def holds(self, node: int) -> Values:
        return [self.first[node] <= line < self.last[node] for line in range(self.count)]

    def distance(self, node: int) -> Values:
        first, last = self.first[node], self.last[node]
        ways = [
            line - first if line < first else max(line - last + 1, 0) for line in range(self.count)
        ]
        return [max(-50, min(way, 50)) for way in ways]

    def path(self, node: int) -> list[int]:
        """Returns a container and those around it, innermost first."""
        path = [node]
        while path[-1]:
            path.append(self.parent[path[-1]])
        return path

    def levels(self, *of_nodes: Values) -> list[Values]:
        found, nodes = [], self.node
        for _ in range(3):
            found += [[values[node] for node in nodes] for values in of_nodes]
            nodes = [self.parent[node] for node in nodes]
        return found


def first_look(page: Page) -> list[Values]:
    """Returns the columns of `COLUMNS`, a list of values per line each."""
    lines, count = page.lines, page.count
    log_length = [log1p(length) for length in page.lengths]
    punctuation = _ratio(page.marks, page.lengths)
    counts = (lines.ends.tolist(), lines.pauses.tolist())
    shares = [
        _ratio(each.tolist(), page.lengths) for each in (lines.han, lines.digits, lines.letters)
    ]
    since = [
        min([line - t for t in range(line + 1) if page.titled[t] == 2] + [60])
        for line in range(count)
    ]
    length, linked, good = sum(page.lengths), sum(page.linked), sum(page.good)
    all_lines = [log1p(count), log1p(length), log1p(good), good / length, linked / length]
    return [
        *(log_length, page.link, *counts, punctuation, *shares, lines.closed.tolist()),
        *(lines.kind.tolist(), list(page.repeated), list(page.titled), since),
        *([value] * count for value in all_lines),
        [line / count for line in range(count)],
        [sum(page.lengths[:line]) / length for line in range(count)],
        [sum(page.good[:line]) / max(good, 1) for line in range(count)],
        [page.depth[node] for node in page.node],
        *([0.0, *log_length[:-1]], [1.0, *page.link[:-1]], [0.0, *punctuation[:-1]]),
        *([*log_length[1:], 0.0], [*page.link[1:], 1.0], [*punctuation[1:], 0.0]),
        _ratio(page.window(page.good), page.window(page.lengths)),
        _ratio(page.window(page.linked), page.window(page.lengths)),
        [log1p(value) for value in page.window(page.lengths)],
        [min([a - b for b in range(a + 1) if page.sentences[b]] + [100]) for a in range(count)],
        [min([b - a for b in range(a, count) if page.sentences[b]] + [100]) for a in range(count)],
        *_containers(page),
        *([bits >> bit & 1 for bits in page.phrases] for bit in range(len(PHRASES))),
        *(_hint(page, bit) for bit in range(len(NAMES))),
    ]


def fairness(page: Page, probability: Values) -> Values:
    """Returns what containers would gain if all lines in them were text, a value for each."""
    weight = [min(length, 200) + 5 for length in page.lengths]
    return page.inside([a * (b - 0.4) for a, b in zip(weight, probability, strict=True)])


def second_look(page: Page, probability: Values) -> list[Values]:
    """Returns the columns that the second look adds."""
    count = page.count
    weight: Values = [min(length, 200) + 5 for length in page.lengths]
    likely = [a * b for a, b in zip(weight, probability, strict=True)]
    fair = fairness(page, probability)
    mass = max(sum(likely), 1e-3)
    share = [value / mass for value in page.inside(likely)]
    mean = [a / max(b, 1) for a, b in zip(page.inside(likely), page.inside(weight), strict=True)]
    best = _last_highest(fair)
    page_values = [max(probability), log1p(mass), mass / sum(weight)]
    padded = [0.0, 0.0, *probability, 0.0, 0.0]
    return [
        *(padded[2 + shift : 2 + shift + count] for shift in (0, -1, 1, -2, 2)),
        _ratio(page.window(likely), page.window(weight)),
        *page.levels(mean, share),
        _ratio(page.in_group(likely), page.in_group(weight)),
        [value / mass for value in page.in_group(likely)],
        [log1p(value) for value in page.in_group([1.0] * count)],
        *(page.holds(_deepest(share, limit)) for limit in (0.5, 0.8)),
        *(page.holds(best), page.distance(best)),
        *([value] * count for value in page_values),
        [sum(likely[:line]) / mass for line in range(count)],
    ]


def _containers(page: Page) -> list[Values]:
    length, good = sum(page.lengths), max(sum(page.good), 1)
    lengths, links, goods = (page.inside(v) for v in (page.lengths, page.linked, page.good))
    lines = [b - a for a, b in zip(page.first, page.last, strict=True)]
    link = [a / max(b, 1) for a, b in zip(links, lengths, strict=True)]
    most, best = _deepest(goods, 0.75 * sum(page.good)), _last_highest(page.inside(page.worth))
    shared = [next(s for s in page.path(node) if s in page.path(best)) for node in page.node]
    size, long, linked, told = (
        page.in_group(v) for v in ([1.0] * page.count, page.lengths, page.linked, page.good)
    )
    return [
        *page.levels(
            [log1p(value) for value in lengths],
            link,
            [a / max(b, 1) for a, b in zip(goods, lengths, strict=True)],
            [value / good for value in goods],
            [log1p(value) for value in lines],
            [a / max(b, 1) for a, b in zip(lengths, lines, strict=True)],
        ),
        [log1p(value) for value in size],
        *(_ratio(long, size), _ratio(linked, long), _ratio(told, long), [v / good for v in told]),
        *(page.holds(_deepest(goods, 0.5 * sum(page.good))), page.holds(most), page.distance(most)),
        *([link[most]] * page.count, [lengths[most] / length] * page.count),
        *(page.holds(best), page.distance(best)),
        *([link[best]] * page.count, [lengths[best] / length] * page.count),
        [page.depth[best] - page.depth[node] for node in shared],
        [page.depth[a] - page.depth[b] for a, b in zip(page.node, shared, strict=True)],
    ]


def _hint(page: Page, bit: int) -> Values:
    near = [page.hints[node] | page.hints[page.parent[node]] for node in page.node]
    far = [page.inherited[node] for node in page.node]
    return [(a >> bit & 1) + (b >> bit & 1) for a, b in zip(near, far, strict=True)]


def _ratio(parts: Sequence[float], wholes: Sequence[float]) -> Values:
    return [part / whole for part, whole in zip(parts, wholes, strict=True)]


def _deepest(mass: Values, limit: float) -> int:
    def fits(node: int) -> bool:
        return mass[node] >= limit

    return max(filter(fits, range(len(mass))), default=0) if limit > 0 else 0


def _last_highest(values: Values) -> int:
    return max(range(len(values)), key=lambda node: (values[node], node))
