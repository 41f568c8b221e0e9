"""The whole path of one page: through a config, or as a run's ledger has it."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from jingyu.filters.select import Criteria, select
from jingyu.filters.settings.errors import InputError
from jingyu.filters.source.address import host_of
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.page.admission import Admission
from jingyu.pipeline.page.mask.masking import mask_url
from jingyu.pipeline.page.page import About
from jingyu.pipeline.page.sandbox import Sandbox
from jingyu.pipeline.read.record import Record
from jingyu.schemas.decisions import Decision
from jingyu.schemas.origin import ORIGIN
from jingyu.schemas.rights import RIGHTS
from jingyu.schemas.signals import SIGNALS
from jingyu.schemas.staging import RULED

Explained = dict[str, Any]
_SHOWN = 300


def explain_pages(
    config: RunConfig, paths: Sequence[str], url: str | None = None
) -> Iterator[Explained]:
    """Yields what a config makes of each saved page, as far as deduplication.

    Args:
        config: The config.
        paths: Saved pages.
        url: Address that they come from, for what is known of its source.

    Raises:
        InputError: A page cannot be read.
    """
    admission = Admission.of(config)
    with Sandbox(config) as sandbox:
        for path in paths:
            try:
                payload = Path(path).read_bytes()
            except OSError as error:
                raise InputError(f"{path}: cannot be read: {error.strerror}") from error
            yield _explain(_saved(payload, path, url), path, config, admission, sandbox)


def _saved(payload: bytes, path: str, url: str | None) -> Record:
    kind = "text/plain" if path.endswith(".txt") else "text/html"
    return Record(
        offset=0,
        ordinal=0,
        length=None,
        record_type="resource",
        url=url,
        content_type=kind,
        payload=payload,
        payload_bytes=len(payload),
    )


def _explain(
    record: Record, path: str, config: RunConfig, admission: Admission, sandbox: Sandbox
) -> Explained:
    host = host_of(record.url)
    admitted = admission.admit(record, record.url and mask_url(record.url), host)
    columns: dict[str, Any] = {}
    ended = admitted.decision
    if admitted.page:
        page = admitted.page._replace(about=About(record.url, host))
        columns, ended = sandbox.examine(page)
    signals = {name: columns[name] for name in RULED.names if name in columns}
    failing = _broken_rules(config, signals) if signals else []
    ended = ended or _decided(config, columns)
    return {
        "file": path,
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
    """Returns what the criteria over columns decide on a page that was examined to its end."""
    criteria = Criteria(None, None, None, config.rights, config.rules)
    row = pa.Table.from_pylist([{name: columns[name] for name in criteria.columns}])
    values = [column.to_pylist()[0] for column in select(row, criteria).ledger()]
    return Decision(*values[: len(Decision._fields)])


def _broken_rules(config: RunConfig, signals: dict[str, Any]) -> list[Explained]:
    """Returns every rule that rejects the page, not the first alone."""
    row = pa.table({name: [value] for name, value in signals.items()})
    return [
        {
            "reason": rule.reason,
            "signal": rule.signal,
            "measured": float(signals[rule.signal]),
            "limit": rule.limit,
        }
        for rule in config.rules
        if rule.rejected(row)[0]
    ]


def explain_rows(out: str, names: Sequence[str]) -> Iterator[Explained]:
    """Yields the ledger's rows of addresses or document ids.

    Raises:
        InputError: The output has no ledger, or no row of that name.
    """
    folder = os.path.join(out, "ledger")
    if not os.path.isdir(folder):
        raise InputError(f"{out}: has no ledger; give the output folder of a finished run")
    ledger = ds.dataset(folder, format="parquet", exclude_invalid_files=False)
    for name in names:
        is_named = (pc.field("url") == mask_url(name)) | (pc.field("document_id") == name)
        rows = ledger.to_table(filter=is_named).to_pylist()
        if not rows:
            raise InputError(f"{name}: is neither an address nor a document id in {folder}")
        for row in rows:
            captured_at = row["captured_at"]
            yield row | {"captured_at": str(captured_at) if captured_at else None}


def render(explained: Explained) -> str:
    """Returns what was found as lines of text."""
    lines = []
    for name, value in explained.items():
        if name == "signals":
            lines.append("signals:")
            lines += [f"  {signal}: {_short(number)}" for signal, number in value.items()]
        elif name == "broken_rules":
            lines += [
                f"broken rule: {rule['reason']} ({rule['signal']} {_short(rule['measured'])}, "
                f"limit {_short(rule['limit'])})"
                for rule in value
            ]
        elif value is not None:
            lines.append(f"{name}: {_short(value)}")
    return "\n".join(lines) + "\n"


def _short(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.4g}"
    text = str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}… ({len(text):,} characters)"
