"""Figures of an output, each with the query that yields it."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from jingyu.filters.settings.errors import ConfigError, InputError
from jingyu.pipeline.audit.disclose.queries import ABOUT, QUERIES, REFUSED, of_rules
from jingyu.pipeline.audit.output import Output
from jingyu.pipeline.page.mask.masking import mask, mask_url

_RISKS = "lexicon_"
_BAD_WORDS = "risky_words"
_SHORTEST = 4  # two words


@dataclass(frozen=True)
class Figure:
    """A number or a table, and how it is had.

    Attributes:
        name: What it is called.
        query: SQL over `corpus` and `ledger`.
        columns: Of the table.
        rows: Of the table.
    """

    name: str
    query: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    @property
    def value(self) -> Any:
        """The one value of a table of one row and one column."""
        (row,) = self.rows
        (value,) = row
        return value

    @property
    def total(self) -> int:
        """The sum of the last column but those of characters."""
        place = len(self.columns) - 1
        return sum(row[place] or 0 for row in self.rows)


class Figures:
    """All that forms tell of an output; each figure is counted when it is first asked for."""

    def __init__(self, output: Output) -> None:
        """Makes the two tables of an output known to the queries.

        Raises:
            InputError: The output has no corpus.
        """
        self.output = output
        self._known: dict[str, Figure] = {}
        self._queries = {**QUERIES, _BAD_WORDS: of_rules(self._reasons_of_words())}

    @property
    def of_output(self) -> dict[str, str]:
        """Which output they are of."""
        manifest = self.output.manifest
        return {name: manifest[name] for name in ("config_sha256", "created_at")}

    def _reasons_of_words(self) -> list[str]:
        rules = self.output.manifest["config"]["rules"]
        return [rule["reason"] for rule in rules if rule["signal"].startswith(_RISKS)]

    @cached_property
    def _connection(self) -> Any:
        import duckdb

        parts = {part["path"].split("/")[0] for part in self.output.manifest["parts"]}
        if not {"corpus", "ledger"} <= parts:
            raise InputError(f"{self.output.path}: has no corpus to tell of")
        connection = duckdb.connect()
        connection.execute("set timezone = 'UTC'")
        connection.register("corpus", self.output.corpus)
        connection.register("ledger", self.output.ledger)
        return connection

    def __getitem__(self, name: str) -> Figure:
        if name not in self._known:
            self._known[name] = self._asked(name, self._queries[name])
        return self._known[name]

    def about(self, what: str) -> tuple[Figure, Figure]:
        """Returns where a text came from, and what became of a record.

        Args:
            what: An address, a document id, or a passage of a text.

        Raises:
            ConfigError: It is too short to be any of these.
        """
        if len(what.strip()) < _SHORTEST:
            raise ConfigError(f"--about {what!r}: give an address, a document id or a passage")
        masked = mask_url(what.strip()) if "://" in what else mask(what.strip()).text
        asked = {"$what": _quoted(masked), "$words": _quoted("".join(masked.split()))}
        # Both at once: what is asked about may hold `$words` itself.
        from_, became = (
            re.sub(r"\$\w+", lambda found: asked[found[0]], query) for query in (ABOUT, REFUSED)
        )
        return self._asked("about", from_), self._asked("became", became)

    def _asked(self, name: str, query: str) -> Figure:
        found = self._connection.execute(query)
        columns = tuple(each[0] for each in found.description)
        return Figure(name, query, columns, tuple(found.fetchall()))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
