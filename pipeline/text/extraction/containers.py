"""What is measured on the containers of a page: how much text each holds, and of what sort."""

from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from pipeline.text.extraction.characters import Floats, Indices
from pipeline.text.extraction.markup import Markup

_LEVELS = 3
_FAR = 50
_STATISTICS = ("length", "links", "sentences", "sentence_share", "lines", "mean")
CONTAINER_COLUMNS = (
    *(f"{name}_{level}" for level in range(_LEVELS) for name in _STATISTICS),
    *("group_lines", "group_length", "group_links", "group_sentences", "group_share"),
    *("in_half", "in_most", "from_most", "most_links", "most_share"),
    *("in_best", "from_best", "best_links", "best_share", "above_best", "below_path"),
)


class Sums(NamedTuple):
    """Running sums over the lines, so that the sum of any stretch is a difference."""

    table: Floats
    """A row more than lines; columns: length, length in links, length of sentences, worth."""

    @classmethod
    def over(cls, *columns: Floats) -> Self:
        """Returns the running sums of some columns."""
        table = np.zeros((len(columns[0]) + 1, len(columns)), np.float32)
        for index, column in enumerate(columns):
            np.cumsum(column, out=table[1:, index])
        return cls(table)

    @property
    def total(self) -> tuple[float, float, float]:
        """Length of the page's text, of its links and of its sentences."""
        length, linked, good = self.table[-1, :3].tolist()
        return length, linked, good


class Containers(NamedTuple):
    """The containers of a page; the first arrays have a value per container."""

    parent: Indices
    depth: Floats
    first: Indices
    last: Indices
    chain: tuple[Indices, ...]
    """Per line: its container, and those around it."""
    groups: Indices
    """Per line: number of its group, lines that sit in containers of equal tags."""

    @property
    def node(self) -> Indices:
        """Container of each line."""
        return self.chain[0]

    def holds(self, container: int) -> NDArray[np.bool_]:
        """Returns which lines a container holds."""
        index = np.arange(len(self.node))
        held: NDArray[np.bool_] = (index >= self.first[container]) & (index < self.last[container])
        return held

    def distance(self, container: int) -> Indices:
        """Returns how many lines each line stands before (below 0) or after a container."""
        index = np.arange(len(self.node))
        first, last = self.first[container], self.last[container]
        after = np.maximum(index - last + 1, 0)
        distance: Indices = np.where(index < first, index - first, after)
        return np.minimum(np.maximum(distance, -_FAR), _FAR)


def containers_of(markup: Markup) -> Containers:
    """Returns a page's containers as arrays."""
    nodes = markup.nodes
    parent = np.array(nodes.parent)
    chain = [np.array(markup.lines.node)]
    for _ in range(_LEVELS - 1):
        chain.append(parent[chain[-1]])
    return Containers(
        parent,
        np.array(nodes.depth, np.float32),
        np.array(nodes.first),
        np.array(nodes.last),
        tuple(chain),
        _groups(markup),
    )


def _groups(markup: Markup) -> Indices:
    parent, attributes = markup.nodes.parent, markup.nodes.attributes
    known: dict[tuple[str, str, int], int] = {}
    numbers = []
    for node, kind in zip(markup.lines.node, markup.lines.kind, strict=True):
        key = (attributes[node], attributes[parent[node]], kind)
        numbers.append(known.setdefault(key, len(known)))
    return np.array(numbers)


def container_columns(containers: Containers, sums: Sums) -> tuple[Floats | float, ...]:
    """Returns the values of `CONTAINER_COLUMNS`, one per line or one for all."""
    inside = sums.table[containers.last] - sums.table[containers.first]
    length, _, good = sums.total
    good = max(good, 1)
    held = np.maximum(inside[:, 0], 1)
    lines = containers.last - containers.first
    links = inside[:, 1] / held
    statistics = np.empty((len(_STATISTICS), len(lines)), np.float32)
    statistics[:] = (
        np.log1p(inside[:, 0]),
        links,
        inside[:, 2] / held,
        inside[:, 2] / good,
        np.log1p(lines),
        inside[:, 0] / np.maximum(lines, 1),
    )
    half = deepest(inside[:, 2], 0.5 * sums.total[2])
    most = deepest(inside[:, 2], 0.75 * sums.total[2])
    best = len(lines) - 1 - int(np.argmax(inside[::-1, 3]))
    above, below = _detour(containers, best)
    return (
        *(column for level in containers.chain for column in statistics[:, level]),
        *_group_columns(containers.groups, sums, good),
        containers.holds(half),
        containers.holds(most),
        containers.distance(most),
        links[most],
        inside[most, 0] / length,
        containers.holds(best),
        containers.distance(best),
        links[best],
        inside[best, 0] / length,
        above,
        below,
    )


def deepest(mass: Floats, limit: float) -> int:
    """Returns the innermost container with at least that much of the mass; 0 if there is none."""
    return int(np.flatnonzero(mass >= limit)[-1]) if limit > 0 else 0


def _group_columns(groups: Indices, sums: Sums, good: float) -> tuple[Floats, ...]:
    values = np.diff(sums.table[:, :3], axis=0)
    size = np.bincount(groups)
    length, linked, sentences = (np.bincount(groups, column) for column in values.T)
    columns = np.empty((5, len(size)), np.float32)
    columns[:] = (
        np.log1p(size),
        length / size,
        linked / length,
        sentences / length,
        sentences / good,
    )
    return tuple(columns[:, groups])


def _detour(containers: Containers, best: int) -> tuple[Floats, Floats]:
    """Returns the levels from the best container up to one that holds a line, and down to it."""
    parent, depth = containers.parent, containers.depth
    shared = np.full(len(parent), -1)
    step = best
    while shared[step] < 0:
        shared[step] = step
        step = int(parent[step])
    path = shared.tolist()
    for index, above in enumerate(parent.tolist()):
        if path[index] < 0:
            path[index] = path[above]
    common = depth[path][containers.node]
    return depth[best] - common, depth[containers.node] - common
