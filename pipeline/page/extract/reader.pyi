from collections.abc import Callable

class Reader:
    def __init__(
        self,
        tags: dict[str, tuple[int, str]],
        scopes: dict[str, str],
        places: dict[str, int],
        tag_hints: dict[str, int],
        silent: tuple[str, ...],
        hints_of: Callable[[str], int],
        hidden: int,
        leads: int,
        unescaped: Callable[[str], str],
        ends: str,
        pauses: str,
        closing: str,
        most_containers: int,
        most_lines: int,
    ) -> None: ...
    def read(
        self, page: str, /
    ) -> tuple[list[str], dict[str, int], dict[int, str], *tuple[bytes, ...]]: ...
