"""The Public Suffix List: below which names anybody can register one."""

import functools
from pathlib import Path

from publicsuffixlist import PSLFILE

_PUNYCODE = "xn--"
_ICANN = ("// ===BEGIN ICANN DOMAINS===", "// ===END ICANN DOMAINS===")


class Suffixes:
    """Rules of the list: `com.cn`, `*.ck` for all names below one, `!www.ck` for what is none."""

    def __init__(self, rules: frozenset[str]) -> None:
        """Takes the rules as the list has them, in lower case."""
        self.rules = rules

    @functools.cached_property
    def encoded(self) -> frozenset[str]:
        """The same, with those in other scripts in Punycode, too: hardly a host needs them."""
        return self.rules | {_in_punycode(rule) for rule in self.rules if not rule.isascii()}

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
        has_punycode = any(label.startswith(_PUNYCODE) for label in labels)
        rules = self.encoded if has_punycode else self.rules
        for start in range(len(labels)):
            name, length = ".".join(labels[start:]), len(labels) - start
            if f"!{name}" in rules:
                return length - 1
            if f"*.{name}" in rules:
                return length + (start > 0)
            if name in rules:
                return length
        return 0


@functools.cache
def suffix_list(*, with_private: bool = False) -> Suffixes:
    """Returns the list, with its private part if asked for: `github.io` and the like."""
    icann, private = _parts()
    return Suffixes(icann | private if with_private else icann)


@functools.cache
def _parts() -> tuple[frozenset[str], frozenset[str]]:
    """Returns the rules of the ICANN part, and all others."""
    text = Path(PSLFILE).read_text(encoding="utf-8")
    begin, end = (text.index(mark) for mark in _ICANN)
    return _rules(text[begin:end]), _rules(text[:begin] + text[end:])


def _rules(text: str) -> frozenset[str]:
    lines = [line for line in text.lower().splitlines() if line and not line.startswith("//")]
    return frozenset({line.partition(" ")[0].rstrip() for line in lines} - {""})


def _in_punycode(rule: str) -> str:
    mark = "!" if rule.startswith("!") else ""
    return mark + rule.removeprefix("!").encode("idna").decode("ascii")
