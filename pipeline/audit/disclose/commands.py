"""The command `jingyu disclose`."""

import os
from typing import Annotated

import typer

from jingyu.pipeline.store.reader import tell

DISCLOSE_EPILOG = "Example: jingyu disclose corpus-2026 --form eu-summary --answers disclosure.yaml"


def disclose(  # noqa: PLR0913, PLR0917  (options of a command)
    out: Annotated[str, typer.Argument(metavar="OUT", help="Output folder of a finished run.")],
    form: Annotated[
        str,
        typer.Option(help="eu-summary, gb-evidence, croissant, oasis-provenance or datasheet."),
    ],
    language: Annotated[str, typer.Option("--lang", help="en or zh.")] = "en",
    answers: Annotated[
        str, typer.Option(help="YAML file of what only people know; its keys are those listed.")
    ] = "",
    about: Annotated[
        list[str] | None,
        typer.Option(help="Address, document id or passage that gb-evidence is to tell of."),
    ] = None,
    to: Annotated[str, typer.Option(help="Folder of the files; OUT/disclosure by default.")] = "",
) -> None:
    """Fills a form from an output, each figure beside the query that yields it."""
    from typing import cast, get_args

    from jingyu.filters.settings.errors import ConfigError
    from jingyu.pipeline.audit.disclose.answers import read_answers
    from jingyu.pipeline.audit.disclose.disclose import FormName
    from jingyu.pipeline.audit.disclose.disclose import disclose as filled
    from jingyu.pipeline.audit.disclose.figures import Figures
    from jingyu.pipeline.audit.disclose.form import Language
    from jingyu.pipeline.audit.output import Output
    from jingyu.pipeline.read import storage
    from jingyu.pipeline.store import filesystem
    from jingyu.pipeline.store.language import spoken

    for value, known, option in (
        (form, get_args(FormName), "--form"),
        (language, get_args(Language), "--lang"),
    ):
        if value not in known:
            raise ConfigError(f"{option} {value}: has to be one of {', '.join(known)}")
    said = read_answers(answers) if answers else {}
    figures = Figures(Output.open(out))
    made = filled(
        figures, cast("FormName", form), cast("Language", language), said, tuple(about or ())
    )
    folder = to or storage.join(out, "disclosure")
    for name, content in made.files.items():
        path = storage.join(folder, name)
        filesystem.write_bytes(path, content.encode())
        typer.echo(path)
    reading = "zh" if language == "zh" else spoken(os.environ)
    for key in made.unknown:
        tell(f"not known to the output: {key}", reading)
