"""Forms filled from an output, as files."""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from jingyu.filters.settings.errors import ConfigError
from jingyu.pipeline.audit.disclose import croissant as croissant_form
from jingyu.pipeline.audit.disclose import oasis
from jingyu.pipeline.audit.disclose.datasheet import datasheet, header
from jingyu.pipeline.audit.disclose.eu_summary import eu_summary
from jingyu.pipeline.audit.disclose.figures import Figure, Figures
from jingyu.pipeline.audit.disclose.form import Form, Language
from jingyu.pipeline.audit.disclose.gb_evidence import gb_evidence
from jingyu.pipeline.audit.disclose.render import as_html, as_json, as_markdown
from jingyu.pipeline.audit.disclose.scoring import with_scoring

FormName = Literal["eu-summary", "gb-evidence", "croissant", "oasis-provenance", "datasheet"]
_Filled = tuple[dict[str, Any], list[str]]
_Fill = Callable[[Figures, Mapping[str, str]], _Filled]
_SCHEMAS: Final[Mapping[str, tuple[_Fill, Sequence[str]]]] = {
    "croissant": (croissant_form.croissant, croissant_form.KEYS),
    "oasis-provenance": (oasis.oasis_provenance, oasis.KEYS),
}


DOMAINS: Final = "most-relevant-domains.csv"
"""The list of domains of the EU's summary, which is to be easy to get and to read."""


@dataclass(frozen=True)
class Disclosure:
    """The files of a form, and what nobody has said of it.

    Attributes:
        files: Contents by file name.
        unknown: Keys of `disclosure.yaml` for what only people know.
    """

    files: Mapping[str, str]
    unknown: tuple[str, ...]


def disclose(
    figures: Figures,
    form: FormName,
    language: Language = "en",
    answers: Mapping[str, str] | None = None,
    about: Sequence[str] = (),
) -> Disclosure:
    """Returns a form of an output.

    Args:
        figures: Of the output.
        form: Which form.
        language: Of what people read; a form with a schema of its own has but one.
        answers: What people say, by key.
        about: What the evidence page is asked about.

    Raises:
        ConfigError: An answer is to no question of the form.
        InputError: The output has no corpus.
    """
    said = answers or {}
    if form in _SCHEMAS:
        return _of_schema(figures, form, said)
    filled = _form(figures, form, about).answered(said)
    if form == "eu-summary":
        filled = replace(filled, sections=(*filled.sections, with_scoring(filled)))
    markdown = as_markdown(filled, language)
    if form == "datasheet":
        markdown = header(figures, said) + markdown
    files = {
        f"{form}.json": as_json(filled, language),
        f"{form}.md": markdown,
        f"{form}.html": as_html(filled, language),
    }
    if form == "eu-summary":
        files[DOMAINS] = _csv(figures["top_domains"])
    return Disclosure(files, tuple(each.key or each.name for each in filled.unknown))


def _csv(figure: Figure) -> str:
    lines = io.StringIO(newline="")
    csv.writer(lines, lineterminator="\n").writerows([figure.columns, *figure.rows])
    return lines.getvalue()


def _form(figures: Figures, form: FormName, about: Sequence[str]) -> Form:
    if form == "gb-evidence":
        return gb_evidence(figures, about)
    return eu_summary(figures) if form == "eu-summary" else datasheet(figures)


def _of_schema(figures: Figures, form: FormName, answers: Mapping[str, str]) -> Disclosure:
    fill, keys = _SCHEMAS[form]
    if strangers := sorted(answers.keys() - set(keys)):
        raise ConfigError(
            f"disclosure.yaml: {strangers[0]} is no field of {form}; its fields are "
            f"{', '.join(keys)}"
        )
    told, unknown = fill(figures, answers)
    content = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    return Disclosure({f"{form}.json": content}, tuple(unknown))
