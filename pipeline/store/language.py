"""Words and sentences in the language of whoever reads them: one catalogue, whose keys are English.

Sentences are made where something happens, in English, and put into another language where they
are said. So a log can be searched, and what raises an error knows nothing of languages.
"""

import functools
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any, Final, Literal, NamedTuple, cast, get_args

from jingyu import configs

Language = Literal["en", "zh"]
Names = Literal["stages", "outcomes", "masked", "verdicts", "doubts", "methods", "columns"]
"""Sections of the catalogue for names that figures and tables hold."""

SAID_IN_TURN: Final = frozenset({"reason", "problem", "advice", "doing", "more"})
"""What is put into a sentence under these names is a sentence of its own."""
_OPTION: Final = "--lang"
_BETWEEN: Final = "; "
_DEEPEST, _MOST_PARTS = 4, 8


def spoken(environment: Mapping[str, str], arguments: Sequence[str] = ()) -> Language:
    """Returns the language that `--lang` asks for, else the variables of a locale.

    Source: POSIX.1-2024, section 8.2, for the order of the variables.
    """
    asked = [after for word, after in itertools.pairwise(arguments) if word == _OPTION]
    asked += [word.partition("=")[2] for word in arguments if word.startswith(f"{_OPTION}=")]
    for language in get_args(Language):
        if language in asked[-1:]:
            return cast("Language", language)
    variables = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "zh" if next((value for value in variables if value), "").startswith("zh") else "en"


@dataclass(frozen=True)
class Say:
    """Says words, and names that figures hold, in a reader's language."""

    language: Language

    def __call__(self, english: str) -> str:
        """Returns words of the catalogue, which has to have them."""
        return english if self.language == "en" else catalogue()["words"][english]

    def named(self, kind: Names, name: str) -> str:
        """Returns what a name is called; one that the catalogue lacks stays."""
        return name if self.language == "en" else catalogue()[kind].get(name, name)

    def reason(self, name: str) -> str:
        """Returns a reason, after what it means: configs and commands take its name alone."""
        meaning = "" if self.language == "en" else catalogue()["reasons"].get(name, "")
        return f"{meaning} {name}" if meaning else name

    def ended(self, row: Mapping[str, Any]) -> str:
        """Returns why the way of a record ended, or if for no reason, how."""
        return self.reason(row["reason"]) if row["reason"] else self.outcome(row["outcome"])

    def change(self, setting: Mapping[str, Any]) -> str:
        """Returns what a setting was before, and what it is after; one may not have it."""
        none = self("(none)")
        before, after = (
            none if setting[when] is None else setting[when] for when in ("before", "after")
        )
        return f"{setting['key']}: {before} → {after}"

    def stage(self, name: str) -> str:
        """Returns what a stage is called."""
        return self.named("stages", name)

    def outcome(self, name: str) -> str:
        """Returns what an outcome is called."""
        return self.named("outcomes", name)


def said(message: str, language: Language) -> str:
    """Returns a message of any lines in a language; a line that the catalogue lacks stays."""
    if language == "en":
        return message
    return "\n".join(_chinese(line) if line else line for line in message.split("\n"))


@functools.cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Returns Chinese by English: `words` and `messages`, with what is put into them in braces.

    Further sections say what names of stages, outcomes, reasons and masked data mean.
    """
    import yaml  # who reads English does without

    path = Path(configs.__path__[0]) / "messages" / "zh.yaml"
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[str, dict[str, str]] = yaml.load(path.read_text(encoding="utf-8"), loader)  # noqa: S506
    return found


class Template(NamedTuple):
    """A sentence with places for what is put into it."""

    literals: tuple[str, ...]
    """What stands before each place, and after the last."""
    names: tuple[str, ...]
    twin: str
    """The sentence in the other language, with the same places."""

    @property
    def is_told(self) -> bool:
        """Whether it has words, and not only marks between its places."""
        return any(letter.isalpha() for literal in self.literals for letter in literal)

    def values(self, sentence: str) -> dict[str, str] | None:
        """Returns what stands at the places of a sentence; none if it is another sentence.

        Each part is looked for once, after the last: what a crawl holds must not take long.
        """
        first, *others = self.literals
        if not others:
            return {} if sentence == first else None
        last = others.pop()
        end = len(sentence) - len(last)
        if not sentence.startswith(first) or not sentence.endswith(last) or end < len(first):
            return None
        found, at = [], len(first)
        for literal in others:
            place = sentence.find(literal, at, end)
            if place < 0:
                return None
            found.append(sentence[at:place])
            at = place + len(literal)
        return dict(zip(self.names, [*found, sentence[at:end]], strict=True))


def template(english: str, twin: str) -> Template:
    """Returns a sentence of the catalogue as what matches it."""
    literals, names = [""], []
    for literal, name, _, _ in Formatter().parse(english):
        literals[-1] += literal
        if name is not None:
            names.append(name)
            literals.append("")
    return Template(tuple(literals), tuple(names), twin)


@functools.cache
def _templates() -> tuple[Template, ...]:
    """Returns all of them, those that begin with a word first, and those with most of them."""
    found = [template(*each) for each in catalogue()["messages"].items()]
    return tuple(sorted(found, key=_rank))


def _rank(each: Template) -> tuple[bool, int]:
    begins = any(map(str.isalpha, each.literals[0]))
    return not begins, -sum(map(len, each.literals))


def _chinese(sentence: str, depth: int = 0) -> str:
    for each in _templates() if depth < _DEEPEST else ():
        values = each.values(sentence)
        if values is None:
            continue
        in_turn = {
            name: _in_turn(value, depth + 1) if name in SAID_IN_TURN else value
            for name, value in values.items()
        }
        if each.is_told or in_turn != values:
            return each.twin.format(**in_turn)
    return sentence


def _in_turn(sentences: str, depth: int) -> str:
    """Returns sentences that stand one after the other, each of which may have semicolons, too."""
    parts, told, at = sentences.split(_BETWEEN), [], 0
    while at < len(parts):
        for end in range(at + 1, min(len(parts), at + _MOST_PARTS) + 1):
            first = _BETWEEN.join(parts[at:end])
            found = _chinese(first, depth)
            if found != first:
                break
        else:
            found, end = _BETWEEN.join(parts[at:]), len(parts)
        told.append(found)
        at = end
    return "；".join(told)
