"""Commands that tell their help in the language of whoever reads it: that of their context."""

from typing import Any

from typer.core import TyperCommand, TyperGroup


class Command(TyperCommand):
    """A command that tells its help in the reader's language."""

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  (click's)
        """Prints the help."""
        _print_help(ctx)


class Commands(TyperGroup):
    """Commands that tell their help in the reader's language."""

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  (click's)
        """Prints the help."""
        _print_help(ctx)


def _print_help(context: Any) -> None:
    # All but help does without what lays it out.
    from rich.console import Console

    from jingyu.pipeline.store.help import help_of

    Console().print(help_of(context, context.obj or "en"))
