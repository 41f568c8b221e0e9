"""The command `jingyu takedown`."""

from typing import Annotated

import typer

from jingyu.pipeline.store.reader import Reading, tell

TAKEDOWN_EPILOG = (
    "Example: jingyu takedown register.csv --of corpus-2025 --id 0123…cdef --asked-by author "
    "--reference 2026-017"
)


def takedown(  # noqa: PLR0913  (options of a command)
    register: Annotated[str, typer.Argument(help="Takedown list that runs share: a CSV file.")],
    *,
    of: Annotated[
        str, typer.Option(help="Output of an earlier corpus: ids are of its documents.")
    ] = "",
    ids: Annotated[
        list[str] | None, typer.Option("--id", help="Document id in that corpus; may be repeated.")
    ] = None,
    passages: Annotated[
        list[str] | None, typer.Option("--passage", help="Words of a text; may be repeated.")
    ] = None,
    urls: Annotated[
        list[str] | None, typer.Option("--url", help="Address; may be repeated.")
    ] = None,
    carry: Annotated[
        list[str] | None,
        typer.Option(help="Output whose takedowns are carried over; may be repeated."),
    ] = None,
    reason: Annotated[str, typer.Option(help="Why, without personal data.")] = "",
    asked_by: Annotated[
        str,
        typer.Option(help="author, publisher, person, regulator, court, owner or other."),
    ] = "",
    reference: Annotated[str, typer.Option(help="Number of the case.")] = "",
    date: Annotated[str, typer.Option(help="When it was asked; today by default.")] = "",
    language: Reading,
) -> None:
    """Enters takedowns into a register; name it under `takedown.lists` and run again."""
    from datetime import UTC, datetime

    from jingyu.filters.settings.errors import ConfigError
    from jingyu.pipeline.config.takedown_lists import Entry
    from jingyu.pipeline.takedown.register import append, of_earlier, of_output

    if ids and not of:
        raise ConfigError("--id needs --of, the output that the documents are of")
    day = date or datetime.now(UTC).date().isoformat()
    asked = Entry("", "", reason, day, asked_by, reference)
    entries = [
        *(of_earlier(of, ids, asked) if ids else ()),
        *(asked._replace(kind="passage", value=" ".join(one.split())) for one in passages or ()),
        *(asked._replace(kind="url", value=one) for one in urls or ()),
        *(entry for out in carry or () for entry in of_output(out)),
    ]
    if not entries:
        raise ConfigError("give what is taken down: --id, --passage, --url or --carry")
    tell(f"{register}: {append(register, entries):,} entries added", language)
