"""The commands `sample` and `review`."""

import hashlib
import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from jingyu.filters.settings.errors import ConfigError
from jingyu.pipeline.review.bars import MAX_FAILURE_RATE, MIN_HOST_REVIEWED
from jingyu.pipeline.review.cells import MOST_CHARACTERS
from jingyu.pipeline.review.columns import Format
from jingyu.pipeline.review.strata import Stratum
from jingyu.pipeline.store.language import Language, Say
from jingyu.pipeline.store.reader import Reading, tell

if TYPE_CHECKING:
    from jingyu.pipeline.review.review import Review

SAMPLE_EPILOG = (
    "Examples: jingyu sample OUT --n 4000 --seed 1 · "
    "jingyu sample OUT --n 100 --rejected --reason too_short"
)
REVIEW_EPILOG = (
    "Example: jingyu review OUT OUT/reviews/sample-4000-seed-1.xlsx --takedown takedown.csv"
)

SOURCES_EPILOG = (
    "Examples: jingyu sources OUT --sheet sites.csv --register proposed.yaml · "
    "jingyu sources OUT --signed sites.csv --register register.csv --block refused.txt · "
    "jingyu sources OUT --assess assessment.json"
)

Out = Annotated[str, typer.Argument(metavar="OUT", help="Output folder of a finished run.")]
N = Annotated[int, typer.Option("--n", min=1, help="Documents to draw.")]
Seed = Annotated[int, typer.Option(help="Another seed draws another sample.")]
Stratify = Annotated[
    Stratum | None,
    typer.Option(help="Draw by strata; the standard's figure needs the simple random sample."),
]
Form = Annotated[
    Format | None,
    typer.Option("--format", help="That of the sheet's name, or else xlsx."),
]
Sheet = Annotated[str, typer.Option(metavar="PATH", help="The sheet; in OUT/reviews by default.")]
Characters = Annotated[
    int, typer.Option(min=1, max=MOST_CHARACTERS, help="Most characters of a text that are shown.")
]
Rejected = Annotated[
    bool, typer.Option("--rejected", help="Draw of what was rejected, to judge the rules by.")
]
Reason = Annotated[str, typer.Option(help="Draw of what was rejected for this reason alone.")]
Staging = Annotated[str, typer.Option(help="Folder of staged files, if the run was given one.")]
Sheets = Annotated[list[str], typer.Argument(metavar="SHEET…", help="Filled-in sheets.")]
Technical = Annotated[
    bool, typer.Option("--technical", help="Programs judged: 98 % of at least 10 %.")
]
Name = Annotated[str, typer.Option(help="Folder in OUT/reviews; that of the sheet by default.")]
Takedown = Annotated[
    str, typer.Option(metavar="FILE", help="Append the failed documents to this list.")
]
Block = Annotated[
    str, typer.Option(metavar="FILE", help="Append hosts that fail too often to this list.")
]
BlockMin = Annotated[
    int, typer.Option(min=1, help="Fewest judged documents of a host that tell anything.")
]
BlockLimit = Annotated[
    float, typer.Option(min=0, max=1, help="Failure rate that a blocked host is above.")
]


def sample(  # noqa: PLR0913  (one for each option)
    out: Out,
    *,
    n: N = 4000,
    seed: Seed = 1,
    stratify: Stratify = None,
    form: Form = None,
    sheet: Sheet = "",
    characters: Characters = MOST_CHARACTERS,
    is_rejected: Rejected = False,
    reason: Reason = "",
    staging: Staging = "",
    language: Reading,
) -> None:
    """Draws a reproducible random sample of the corpus as a sheet for reviewers."""
    from jingyu.pipeline.read import storage
    from jingyu.pipeline.review.corpus import open_corpus
    from jingyu.pipeline.review.rejected import open_rejected
    from jingyu.pipeline.review.rows import sheet_rows
    from jingyu.pipeline.review.sample import draw, drawn_ids
    from jingyu.pipeline.review.sheet import write_sheet

    is_rejected = is_rejected or bool(reason)
    corpus = open_rejected(out, reason, staging) if is_rejected else open_corpus(out)
    how = draw(corpus, n, seed, stratify)
    stratum = f"-by-{stratify}" if stratify else ""
    population = f"rejected-{reason or 'all'}-" if is_rejected else ""
    name = f"sample-{population}{n}-seed-{seed}{stratum}.{form or 'xlsx'}"
    named = sheet or storage.join(out, "reviews", name)
    path = _whole(named)
    chosen = _form(path, form)
    rows = sheet_rows(corpus, drawn_ids(corpus, how), characters)
    write_sheet(path, chosen, rows, how)
    drawn, whole = f"{how.size:,}", f"{corpus.documents:,}"
    tell(
        f"{drawn} of {whole} rejected documents, seed {seed}: {named}"
        if is_rejected
        else f"{drawn} of {whole} documents, seed {seed}: {named}",
        language,
    )
    if how.size < n:
        tell(
            f"the run has fewer than {n:,} rejected documents: the sample holds all of them"
            if is_rejected
            else f"the corpus has fewer than {n:,} documents: the sample holds all of them",
            language,
        )
    if stratify:
        told = "stratified: the standard's figure needs the simple random sample beside it"
        tell(told, language)


def review(  # noqa: PLR0913  (one for each option)
    out: Out,
    sheets: Sheets,
    *,
    is_technical: Technical = False,
    name: Name = "",
    takedown: Takedown = "",
    block: Block = "",
    block_min: BlockMin = MIN_HOST_REVIEWED,
    block_limit: BlockLimit = MAX_FAILURE_RATE,
    staging: Staging = "",
    language: Reading,
) -> None:
    """Reads filled-in sheets back: pass rate, interval, the standard's bar, failures."""
    from jingyu.pipeline.read import storage
    from jingyu.pipeline.review.corpus import open_corpus
    from jingyu.pipeline.review.lists import append_block, append_takedown, failing_hosts
    from jingyu.pipeline.review.rejected import open_rejected, rejected_by
    from jingyu.pipeline.review.report import as_markdown
    from jingyu.pipeline.review.review import review_of
    from jingyu.pipeline.review.tables import read_filled

    folder = storage.join(out, "reviews", _folder_name(name, sheets))
    files = [read_filled(_whole(path)) for path in sheets]
    reason = rejected_by(str((files[0].metadata or {}).get("run", "")))
    corpus = open_corpus(out) if reason is None else open_rejected(out, reason, staging)
    found = review_of(corpus, files, is_technical=is_technical)
    now = datetime.now(UTC)
    _write(folder, found, sheets, now)
    typer.echo(as_markdown(found))
    if takedown:
        added = append_takedown(_whole(takedown), found, now.date())
        tell(f"{takedown}: {added:,} documents added", language)
    if block:
        hosts = failing_hosts(found, block_min, block_limit)
        added = append_block(_whole(block), hosts, now.date())
        tell(f"{block}: {added:,} hosts added", language)
    tell(f"report: {folder} (review.json, review.md)", language)


def sources(  # noqa: PLR0913  (one for each option)
    out: Out,
    *,
    n: Annotated[int, typer.Option("--n", min=1, help="Sites of each list.")] = 50,
    sheet: Annotated[str, typer.Option(metavar="FILE", help="CSV for people to sign.")] = "",
    register: Annotated[
        str, typer.Option(metavar="FILE", help="Proposed sites as a register in YAML.")
    ] = "",
    signed: Annotated[
        list[str] | None,
        typer.Option(metavar="SHEET", help="Filled-in sheet, whose sites go into the register."),
    ] = None,
    block: Annotated[
        str, typer.Option(metavar="FILE", help="Append the sites that were refused to this list.")
    ] = "",
    assess: Annotated[
        str, typer.Option(metavar="FILE", help="JSON: pass or fail of each source, and a sample.")
    ] = "",
    language: Reading,
) -> None:
    """Lists the sites of a run: those to propose for a register, and those to leave out."""
    if signed:
        _feed(signed, register, block, language)
        return
    if block:
        raise ConfigError("`--block` takes what was refused in a sheet: name it by `--signed`")
    if assess:
        _assess(out, assess, language)
        return
    from jingyu.pipeline.review.sites import condemned, proposed, sites_of, with_samples
    from jingyu.pipeline.review.sites_files import as_register, as_sheet, as_table
    from jingyu.pipeline.store import filesystem

    table = sites_of(out)
    good = with_samples(out, proposed(table, n))
    bad = with_samples(out, condemned(table, n))
    say = Say(language)
    for title, sites in ((say("would add most:"), good), (say("speaks against:"), bad)):
        typer.echo(f"{title}\n{as_table(sites, say)}\n")
    if sheet:
        filesystem.write_bytes(_whole(sheet), as_sheet([*good, *bad]).encode())
        tell(f"sheet: {sheet}", language)
    if register:
        filesystem.write_bytes(_whole(register), as_register(good).encode())
        tell(f"proposed register: {register}", language)


def _feed(sheets: Sequence[str], register: str, block: str, language: Language) -> None:
    from jingyu.pipeline.review.lists import append_refused
    from jingyu.pipeline.review.signed import add_to_register, signed_in

    if not register:
        raise ConfigError("`--signed` feeds a register: name it by `--register`, .csv or .yaml")
    day = datetime.now(UTC).date()
    found = signed_in([_whole(sheet) for sheet in sheets], day)
    count = add_to_register(_whole(register), found.sources)
    signed = len(found.sources)
    tell(f"{register}: {signed:,} sites signed, {count:,} entries in all", language)
    if block:
        added = append_refused(_whole(block), found.refused, day)
        tell(f"{block}: {added:,} sites added", language)
    if found.open:
        tell(f"{found.open:,} rows of the sheet are not answered", language)


def _assess(out: str, path: str, language: Language) -> None:
    from collections import Counter

    from jingyu.pipeline.review.assessment import assessment
    from jingyu.pipeline.store import filesystem

    found = assessment(out)
    content = json.dumps(found, ensure_ascii=False, indent=1, default=str)
    filesystem.write_bytes(_whole(path), content.encode())
    counts = Counter(source["result"] for source in found["sources"])
    passed, failed, few = (f"{counts[name]:,}" for name in ("pass", "fail", "too_few"))
    total = f"{len(found['sources']):,}"
    tell(
        f"{path}: {total} sources: {passed} pass, {failed} fail, {few} too_few",
        language,
    )


def _write(folder: str, found: "Review", sheets: Sequence[str], now: datetime) -> None:
    from jingyu.pipeline.read import storage
    from jingyu.pipeline.review.report import as_figures, as_markdown
    from jingyu.pipeline.store import filesystem

    named = [
        {"path": path, "sha256": hashlib.sha256(storage.read_bytes(path)).hexdigest()}
        for path in sheets
    ]
    told = {"reviewed_at": now.isoformat(timespec="seconds"), "sheets": named}
    content = json.dumps(told | as_figures(found), ensure_ascii=False, indent=1)
    filesystem.write_bytes(storage.join(folder, "review.json"), content.encode())
    filesystem.write_bytes(storage.join(folder, "review.md"), as_markdown(found).encode())


def _folder_name(name: str, sheets: Sequence[str]) -> str:
    """Returns the folder of a report: the given name, or that of the sheets."""
    stems = (os.path.splitext(path.replace("\\", "/").rpartition("/")[2])[0] for path in sheets)
    chosen = name or "+".join(dict.fromkeys(stems))
    if "/" in chosen or chosen in {"", ".", ".."}:
        raise ConfigError(f"`{chosen}` is no name of a folder; give another `--name`")
    return chosen


def _form(path: str, form: Format | None) -> Format:
    ending = os.path.splitext(path)[1].lower()
    if form is None and ending not in {".xlsx", ".csv"}:
        raise ConfigError(f"{path}: name the sheet .xlsx or .csv, or give `--format`")
    return form or ("csv" if ending == ".csv" else "xlsx")


def _whole(path: str) -> str:
    """Returns a path that has a folder, so that it can be written to."""
    from jingyu.pipeline.read import storage

    return os.path.abspath(path) if storage.is_local(path) else path
