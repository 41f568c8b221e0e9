"""What a form is made of, whatever it is written as."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple, Self

from jingyu.filters.settings.errors import ConfigError
from jingyu.pipeline.audit.disclose.figures import Figure

Language = Literal["en", "zh"]


class Text(NamedTuple):
    """Words in both languages."""

    en: str
    zh: str

    def in_(self, language: Language) -> str:
        """Returns them in one language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True)
class Field:
    """A field of a form.

    Attributes:
        name: Where the form has it, such as `2.3.b`.
        label: What it asks.
        said: What the output says; none where only people know.
        figures: Numbers and tables that say it.
        key: Its key in `disclosure.yaml`, for what people add or know alone.
        added: What they said.
    """

    name: str
    label: Text
    said: Text | None = None
    figures: tuple[Figure, ...] = ()
    key: str | None = None
    added: str | None = None

    @classmethod
    def of_people(cls, name: str, label: Text, key: str) -> Self:
        """Returns a field that only people can fill in."""
        return cls(name, label, key=key)

    @property
    def is_unknown(self) -> bool:
        """Whether neither output nor people answer it."""
        return self.said is None and not self.figures and self.added is None


@dataclass(frozen=True)
class Section:
    """Fields under one heading."""

    title: Text
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Form:
    """A form: sections of fields, and a note on what it is worth."""

    name: str
    title: Text
    note: Text
    sections: tuple[Section, ...]
    source: str
    """Where the form is from."""
    about: Mapping[str, Any] = field(default_factory=dict)
    """Which output it is of."""

    @property
    def fields(self) -> Iterator[Field]:
        """All fields, in their order."""
        return (each for section in self.sections for each in section.fields)

    @property
    def unknown(self) -> tuple[Field, ...]:
        """What nobody has answered."""
        return tuple(each for each in self.fields if each.is_unknown)

    def answered(self, answers: Mapping[str, str]) -> "Form":
        """Returns the form with what people know.

        Raises:
            ConfigError: An answer is to no question of the form.
        """
        keys = {each.key for each in self.fields if each.key}
        if strangers := sorted(answers.keys() - keys):
            raise ConfigError(
                f"disclosure.yaml: {strangers[0]} is no field of {self.name}; its fields are "
                f"{', '.join(sorted(keys))}"
            )
        sections = tuple(
            replace(
                section,
                fields=tuple(
                    replace(each, added=answers.get(each.key or "")) for each in section.fields
                ),
            )
            for section in self.sections
        )
        return replace(self, sections=sections)
