"""The Public Suffix List: below which names anybody can register one."""

import functools
import re
from pathlib import Path

from publicsuffixlist import PSLFILE

_ICANN = ("// ===BEGIN ICANN DOMAINS===", "// ===END ICANN DOMAINS===")
_RULE = re.compile(r"^(?!//)\S+", re.MULTILINE)
_PUNYCODE = "xn--"


class Suffixes:
    """Rules of the list: `com.cn`, `*.ck` for all names below one, `!www.ck` for what is none."""

    def __init__(self, rules: frozenset[str]) -> None:
        self._rules = rules

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
        is_encoded = any(label.startswith(_PUNYCODE) for label in labels)
        rules = self._with_punycode if is_encoded else self._rules
        for start in range(len(labels)):
            name, length = ".".join(labels[start:]), len(labels) - start
            if f"!{name}" in rules:
                return length - 1
            if f"*.{name}" in rules:
                return length + (start > 0)
            if name in rules:
                return length
        return 0

    @functools.cached_property
    def _with_punycode(self) -> frozenset[str]:
        """The rules with those of other scripts in Punycode, too: few hosts need them."""
        return self._rules | {_in_punycode(rule) for rule in self._rules if not rule.isascii()}


@functools.cache
def suffix_list(*, with_private: bool = False) -> Suffixes:
    """Returns the list, with its private part if asked for: `github.io` and the like."""
    text = Path(PSLFILE).read_text(encoding="utf-8").lower()
    begin, end = (text.index(mark.lower()) for mark in _ICANN)
    return Suffixes(frozenset(_RULE.findall(text if with_private else text[begin:end])))


def _in_punycode(rule: str) -> str:
    mark = "!" if rule.startswith("!") else ""
    return mark + rule.removeprefix("!").encode("idna").decode("ascii")
