"""Which of many patterns match a path, found without trying each of them."""

from collections.abc import Iterable

from jingyu.filters.rights.patterns import Pattern


class Matching:
    """Patterns by number, in the order in which they were given."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        # A path begins with what stands before the first `*` of a pattern that it matches: of the
        # patterns of a file only those are tried that begin as the path does.
        self._by_beginning: dict[str, list[tuple[int, Pattern | None]]] = {}
        for number, pattern in enumerate(patterns):
            is_prefix = len(pattern.parts) == 1 and not pattern.is_anchored
            tried = None if is_prefix else pattern
            self._by_beginning.setdefault(pattern.parts[0], []).append((number, tried))
        self._lengths = sorted({len(beginning) for beginning in self._by_beginning})

    def numbers(self, path: str) -> tuple[int, ...]:
        """Returns the numbers of the patterns that match a path in its normal form."""
        found: list[int] = []
        for length in self._lengths:
            if length > len(path):
                break
            for number, pattern in self._by_beginning.get(path[:length], ()):
                if pattern is None or pattern.matches(path):
                    found.append(number)
        return tuple(found)
