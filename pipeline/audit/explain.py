"""The whole path of one page: through a config, or as a run's ledger has it."""

from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds

from jingyu.filters.select import Criteria, by_verdict, columns_of, end_by_rules, select
from jingyu.filters.settings.errors import InputError
from jingyu.filters.source.address import host_of
from jingyu.filters.source.verdicts import verdict_by_tier
from jingyu.filters.standing import BY_VERDICT
from jingyu.pipeline.audit.checks import checked
from jingyu.pipeline.audit.named import hosts_named, rows_named
from jingyu.pipeline.audit.output import Output
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.page.admission import Admission
from jingyu.pipeline.page.mask.masking import mask_url
from jingyu.pipeline.page.page import About
from jingyu.pipeline.page.sandbox import Sandbox
from jingyu.pipeline.read import storage
from jingyu.pipeline.read.names import Claim, claim_of
from jingyu.pipeline.read.record import Record
from jingyu.pipeline.read.records import read_records
from jingyu.pipeline.read.sniff import Format, UnreadableInput, sniff
from jingyu.schemas.decisions import KEPT, Decision
from jingyu.schemas.origin import ORIGIN
from jingyu.schemas.rights import RIGHTS
from jingyu.schemas.signals import SIGNALS
from jingyu.schemas.staging import RULED

Explained = dict[str, Any]
_HEAD_BYTES = 1 << 20
_WHOLE = frozenset({Format.HTML, Format.TEXT})
_UNITS = {Format.PARQUET: "row", Format.CSV: "row"}
_NO_PAGES = (b"PAR1", b"PK\x03\x04", b"[", b"{")
"""How files begin that hold rows or files, and no page: why they cannot be read is told."""


def explain_pages(
    config: RunConfig, paths: Sequence[str], url: str | None = None
) -> Iterator[Explained]:
    """Yields what a config makes of pages, as far as deduplication.

    Args:
        config: The config.
        paths: Saved pages, or files of which each record that bears a page is explained.
        url: Address that the saved pages come from, for what is known of its source; of other
            files, only the records of this address are explained.

    Raises:
        InputError: A file cannot be read.
    """
    admission = Admission.of(config)
    with Sandbox(config) as sandbox:
        for path in paths:
            try:
                for place, record in _records(path, config, url):
                    yield _explain(record, place, config, admission, sandbox)
            except OSError as error:
                raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error


def _records(path: str, config: RunConfig, url: str | None) -> Iterator[tuple[str, Record]]:
    """Yields the records of a file that bear a page, each after its place."""
    with storage.open_to_read(path) as stream:
        head = stream.read(_HEAD_BYTES)
        try:
            file_format = sniff(head, path, "file")
        except UnreadableInput:
            if head.startswith(_NO_PAGES) or claim_of(path) is Claim.DATA:
                raise
            file_format = Format.HTML  # whoever asks of a page may have one that is like no other
        stream.seek(0)
        for record in read_records(stream, file_format, path, config.inputs):
            if file_format in _WHOLE:
                record.url = url or record.url
                yield path, record
            elif record.bears_page and url in (None, record.url):
                yield f"{path}, {_UNITS.get(file_format, 'offset')} {record.offset}", record


def _explain(
    record: Record, place: str, config: RunConfig, admission: Admission, sandbox: Sandbox
) -> Explained:
    host = host_of(record.url)
    admitted = admission.admit(record, record.url and mask_url(record.url), host)
    columns: dict[str, Any] = {}
    ended = admitted.decision
    if admitted.page:
        about = About(record.url, host, record.ip, record.captured_at, record.http_headers)
        page = admitted.page._replace(about=about)
        columns, ended = sandbox.examine(page)
    signals = {name: columns[name] for name in RULED.names if name in columns}
    columns |= {BY_VERDICT.column: verdict_by_tier(columns.get("source_tier"), config.verdicts)}
    failing = _broken_rules(config, columns) if signals else []
    ended = ended or _decided(config, columns)
    return {
        "file": place,
        "url": record.url and mask_url(record.url),
        "outcome": ended.outcome,
        "stage": ended.stage,
        "reason": ended.reason,
        "measured": ended.measured,
        "limit": ended.limit,
        **{
            name: columns.get(name)
            for name in ("charset", "charset_source", "language", "language_score", "script")
        },
        "extractor": columns.get("extractor"),
        "title": columns.get("title"),
        "author": columns.get("author"),
        "published_at": str(columns["published_at"]) if columns.get("published_at") else None,
        "text": columns.get("text"),
        **{
            name: columns[name]
            for name in (*ORIGIN.names, *RIGHTS.names)
            if columns.get(name) not in (None, False, [], ())
        },
        "signals": {
            name: value for name, value in signals.items() if name in SIGNALS.names or value
        },
        "broken_rules": failing,
    }


def _decided(config: RunConfig, columns: dict[str, Any]) -> Decision:
    """Returns what the criteria over columns decide on a page that was examined to its end.

    Nothing is known of its site but what the register says.
    """
    criteria = Criteria(None, None, None, config.rights, config.rules)
    waiting = by_verdict(config.rules)
    names = [*criteria.columns, *columns_of(waiting), BY_VERDICT.column]
    row = pa.Table.from_pylist([{name: columns.get(name) for name in names}])
    decisions = select(row, criteria)
    end_by_rules(row, waiting, decisions)
    values = [column.to_pylist()[0] for column in decisions.ledger()]
    return Decision(*values[: len(Decision._fields)])


def _broken_rules(config: RunConfig, columns: dict[str, Any]) -> list[Explained]:
    """Returns every rule that rejects the page, not the first alone."""
    names = {column for rule in config.rules for column in rule.columns}
    row = pa.table({name: [columns.get(name)] for name in sorted(names)})
    return [
        {
            "reason": rule.reason,
            "signal": rule.signal,
            "measured": float(columns[rule.signal]),
            "limit": float(rule.limits(row)[0]),
        }
        for rule in config.rules
        if rule.rejected(row)[0]
    ]


def explain_rows(out: str, names: Sequence[str], staging: str = "") -> Iterator[Explained]:
    """Yields the ledger's rows of what names mean, or counts where one is a host.

    Beside a row stand, where its document is still staged, every rule with value and limit, what
    would have to change to keep it, and how it differs from what it duplicates.

    Args:
        out: The output folder.
        names: Addresses, ids or their beginnings, rows of shards, hosts.
        staging: Folder of staged files, if the run was given one.

    Raises:
        InputError: The folder holds no finished run, or nothing of that name.
    """
    output = Output.open(out, staging)
    ledger = output.ledger
    for name in names:
        rows = rows_named(ledger, out, name)
        if not rows:
            yield _host(ledger, output, name)
        for row in rows:
            captured_at = row["captured_at"]
            told = {"captured_at": str(captured_at) if captured_at else None}
            yield row | told | checked(output, row)


def _host(ledger: ds.Dataset, output: Output, name: str) -> Explained:
    """Returns what became of the pages of a host."""
    table = hosts_named(ledger, name)
    if not table.num_rows:
        raise InputError(
            f"{name}: is neither an address, a host nor a document id in {output.path}/ledger"
        )
    counted = table.group_by(["stage", "outcome", "reason"]).aggregate([([], "count_all")])
    rows = sorted(counted.to_pylist(), key=lambda row: -row["count_all"])
    hosts = sorted(set(table["host"].to_pylist()))
    return {
        "host": name,
        "hosts": hosts,
        "pages": table.num_rows,
        "kept": sum(row["count_all"] for row in rows if row["outcome"] == KEPT),
        "left_out_whole": _left_out_whole(output, [*hosts, name]),
        "reasons": [
            {"stage": row["stage"], "outcome": row["outcome"], "reason": row["reason"]}
            | {"pages": row["count_all"]}
            for row in rows
        ],
    }


def _left_out_whole(output: Output, sites: Sequence[str]) -> list[Explained]:
    """Returns which of some sites left whole; `stats.json` names only those of most pages."""
    dropping = output.manifest["config"].get("verdicts", {}).get("drop", ())
    judged = output.sites
    if not dropping or not judged.files:  # where no document was staged no site was judged
        return []
    wanted = ds.field("site").isin(sites) & ds.field("verdict").isin(dropping)
    found = judged.to_table(
        columns=["site", "pages", "bad_pages", "verdict", "against"], filter=wanted
    )
    return [row | {"bad_ratio": row["bad_pages"] / row["pages"]} for row in found.to_pylist()]
