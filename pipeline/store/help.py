"""Help of commands in the language of whoever reads it.

typer's own help has English words, and cuts lines of a script without spaces where they end.
"""

import inspect
from collections.abc import Iterable, Iterator
from typing import Any, Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from jingyu.pipeline.store.language import Language, Say, said

_LEFT_CELLS: Final = 24
_METAVARS: Final = ("[OPTIONS]", "COMMAND [ARGS]...")


def help_of(context: Any, language: Language) -> Group:
    """Returns how a command is called, what it does, takes and gives an example of."""
    command = context.command
    parts: list[RenderableType] = [
        Text(_usage(context, language), style="bold"),
        Text(),
        Text(_told(command.help, language)),
    ]
    records = list(_records(context, language))
    arguments = [record[1:] for record in records if record[0] == "argument"]
    options = [record[1:] for record in records if record[0] == "option"]
    commands = [
        (name, _told(each.help, language))
        for name, each in getattr(command, "commands", {}).items()
    ]
    for heading, rows in (("Arguments", arguments), ("Options", options), ("Commands", commands)):
        if rows:
            parts += [Text(), Text(_told(heading, language), style="bold"), _table(rows)]
    if command.epilog:
        parts += [Text(), Text(_told(command.epilog, language))]
    return Group(*parts)


def _usage(context: Any, language: Language) -> str:
    pieces = " ".join(context.command.collect_usage_pieces(context))
    for metavar in _METAVARS:
        pieces = pieces.replace(metavar, _told(metavar, language))
    return _told("Usage: {command}", language).format(command=f"{context.command_path} {pieces}")


def _records(context: Any, language: Language) -> Iterator[tuple[str, str, str]]:
    """Yields kind, name and help of what a command takes."""
    say = Say(language)
    for each in context.command.get_params(context):
        english, each.help = each.help, ""
        name, more = each.get_help_record(context) or ("", "")
        each.help = english
        limits = [_told(one, language) for one in more.strip("[ ]").split("; ") if one]
        told = _told(english, language)
        yield each.param_type_name, name, f"{told} [{say('; ').join(limits)}]" if limits else told


def _table(rows: Iterable[tuple[str, str]]) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    table.add_column(max_width=_LEFT_CELLS, overflow="fold")
    table.add_column(overflow="fold")
    for name, told in rows:
        table.add_row(Text(name), Text(told))
    return Padding(table, (0, 0, 0, 2))


def _told(text: str | None, language: Language) -> str:
    return said(inspect.cleandoc(text or ""), language)
