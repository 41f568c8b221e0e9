"""Whoever reads what a command says: the option that names a language, and how a line is told."""

import os
import sys
from typing import Annotated

import typer

from jingyu.pipeline.store.language import Language, said, spoken

Reading = Annotated[
    Language,
    typer.Option(
        "--lang",
        default_factory=lambda: spoken(os.environ, sys.argv[1:]),
        show_default=False,
        help="Language of what is said; that of the locale by default.",
    ),
]
"""The language that a command is asked for, wherever `--lang` stands, else that of the locale."""


def tell(message: str, language: Language) -> None:
    """Prints a message on stdout, in a language."""
    typer.echo(said(message, language))
