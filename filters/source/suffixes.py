"""The Public Suffix List: below which names anybody can register one."""

import functools
from pathlib import Path
from typing import NamedTuple

from publicsuffixlist import PSLFILE

_ICANN = ("// ===BEGIN ICANN DOMAINS===", "// ===END ICANN DOMAINS===")


class Suffixes(NamedTuple):
    """Rules of the list: `com.cn`, `*.ck` for all names below one, `!www.ck` for what is none."""

    rules: frozenset[str]

    def registered(self, host: str) -> str | None:
        """Returns a public suffix and the label before it; none where a host has no such.

        As `publicsuffixlist` answers, whose data it reads: that takes 0.1 s to make ready, since it
        puts each rule into Punycode, and this a tenth.
        """
        labels = host.lower().removesuffix(".").split(".")
        length = 0 if "" in labels else self._length(labels)
        return ".".join(labels[-length - 1 :]) if 0 < length < len(labels) else None

    def _length(self, labels: list[str]) -> int:
        """Returns how many labels the public suffix of a name has, 0 without one."""
        for start in range(len(labels)):
            name, length = ".".join(labels[start:]), len(labels) - start
            if f"!{name}" in self.rules:
                return length - 1
            if f"*.{name}" in self.rules:
                return length + (start > 0)
            if name in self.rules:
                return length
        return 0


@functools.cache
def suffix_list(*, with_private: bool = False) -> Suffixes:
    """Returns the list, with its private part if asked for: `github.io` and the like."""
    text = Path(PSLFILE).read_text(encoding="utf-8")
    begin, end = (text.index(mark) for mark in _ICANN)
    return Suffixes(_rules(text if with_private else text[begin:end]))


def _rules(text: str) -> frozenset[str]:
    lines = [line for line in text.lower().splitlines() if line and not line.startswith("//")]
    rules = {line.partition(" ")[0].rstrip() for line in lines}
    rules.discard("")
    return frozenset(rules | {_in_punycode(rule) for rule in rules if not rule.isascii()})


def _in_punycode(rule: str) -> str:
    mark = "!" if rule.startswith("!") else ""
    return mark + rule.removeprefix("!").encode("idna").decode("ascii")
