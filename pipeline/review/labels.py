"""Judged documents, examined as a run would examine them."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from jingyu.filters.quality.training.examples import LABELS, Example
from jingyu.filters.settings.errors import InputError
from jingyu.filters.source.address import host_of, registered_domain
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.page.admission import Admission
from jingyu.pipeline.page.mask.masking import mask_url
from jingyu.pipeline.page.page import About
from jingyu.pipeline.page.sandbox import Sandbox
from jingyu.pipeline.read import storage
from jingyu.pipeline.read.record import PAGE_TYPES, ROW, Record
from jingyu.pipeline.read.sniff import Format
from jingyu.pipeline.read.warc import read_warc
from jingyu.pipeline.store.items import find_inputs
from jingyu.schemas.staging import RULED

_SHARED_DOMAINS: Final = frozenset({"github.io", "githubusercontent.com", "blogspot.com"})
"""Domains whose hosts have owners of their own; a list would be the suffix list's private part."""
_NO_DOMAIN = ".invalid"
_STAND_IN: Final = "raw.githubusercontent.com"
"""Host of pages whose own address was lost: it tells no owner."""


@dataclass(frozen=True)
class Label:
    """A judgement, as a file has it.

    Attributes:
        label: One of `LABELS`.
        kind: Of spam or of no text; may be empty.
        url: Address of the document; may be empty.
        site: What tells its owner; may be empty.
        sample: Name of the file without its ending.
        text: The document itself; None where it is to be found by its address.
    """

    label: str
    kind: str
    url: str
    site: str
    sample: str
    text: str | None


def read_labels(paths: Sequence[str]) -> list[Label]:
    """Returns the judgements in JSONL files: `label`, and `text` or `url`; `kind` and `site`.

    Raises:
        InputError: A file cannot be read, or a line is no judgement.
    """
    found = []
    for path in paths:
        if not storage.exists(path):
            raise InputError(f"{path}: there is no such file; check the path")
        sample = path.replace("\\", "/").rpartition("/")[2].removesuffix(".jsonl")
        lines = storage.read_bytes(path).decode("utf-8", "replace").split("\n")
        for number, line in enumerate(lines, 1):
            if line.strip():
                found.append(_label(line, sample, f"{path}:{number}"))
    return found


def _label(line: str, sample: str, place: str) -> Label:
    try:
        row = json.loads(line)
        label, text, url = row["label"], row.get("text"), row.get("url")
    except (ValueError, TypeError, KeyError) as error:
        raise InputError(f"{place}: is no JSON object with a `label`") from error
    if label not in LABELS:
        raise InputError(f"{place}: `{label}` is no label; there are {', '.join(LABELS)}")
    told = {"text": text, "url": url, "kind": row.get("kind"), "site": row.get("site")}
    wrong = next((name for name, value in told.items() if not isinstance(value, str | None)), None)
    if wrong:
        raise InputError(f"{place}: `{wrong}` is no string")
    if text is None and not url:
        raise InputError(f"{place}: has neither `text` nor `url`")
    return Label(label, row.get("kind") or "", url or "", row.get("site") or "", sample, text)


class Examining:
    """Examines records by a config, in a process of its own."""

    def __init__(self, config: RunConfig, sandbox: Sandbox) -> None:
        """Reads the lists of the config."""
        self._admission = Admission.of(config)
        self._sandbox = sandbox

    def columns(self, record: Record) -> dict[str, Any] | None:
        """Returns what is measured on a record; None if its way ends before."""
        host = host_of(record.url)
        admitted = self._admission.admit(record, record.url and mask_url(record.url), host)
        if not admitted.page:
            return None
        about = About(record.url, host, record.ip, record.captured_at, record.http_headers)
        columns, ended = self._sandbox.examine(admitted.page._replace(about=about))
        return None if ended else columns


def examples_of(labels: Sequence[Label], crawls: Sequence[str], config: RunConfig) -> list[Example]:
    """Returns the judged documents as a run under a config has them, in the order of the labels.

    Left out are those whose way ends before the rules, and those whose address stands on no page
    of the crawls, or on several.

    Raises:
        InputError: A crawl cannot be read.
    """
    with Sandbox(config) as sandbox:
        examining = Examining(config, sandbox)
        wanted = {label.url for label in labels if label.text is None}
        pages = _pages(crawls, wanted, examining, config) if wanted else {}
        found = []
        for label in labels:
            is_row = label.text is not None
            columns = examining.columns(_row(label)) if is_row else pages.get(label.url)
            if columns:
                found.append(_example(label, columns))
        return found


def _row(label: Label) -> Record:
    payload = (label.text or "").encode("utf-8", "replace")
    record = Record(0, 0, None, ROW, url=label.url or None, content_type="text/plain")
    record.is_text, record.payload, record.payload_bytes = True, payload, len(payload)
    return record


def _pages(
    crawls: Sequence[str], wanted: set[str], examining: Examining, config: RunConfig
) -> dict[str, dict[str, Any] | None]:
    """Returns what is measured on pages by their address; None where several have it."""
    found: dict[str, dict[str, Any] | None] = {}
    seen: set[str] = set()
    for record in _records(crawls, config):
        if record.url and record.url in wanted:
            found[record.url] = None if record.url in seen else examining.columns(record)
            seen.add(record.url)
    return found


def _records(crawls: Sequence[str], config: RunConfig) -> Iterator[Record]:
    inputs, refused = find_inputs(crawls, config.inputs)
    if refused:
        raise InputError(refused[0].reason)
    limit = config.inputs.max_record_mib << 20
    for each in inputs:
        if each.format is not Format.WARC:
            raise InputError(f"{each.file.path}: is no WARC file; labels of rows hold their texts")
        with storage.open_to_read(each.file.path) as stream:
            for record in read_warc(stream, max_record_bytes=limit, max_payload_bytes=limit):
                if record.record_type in PAGE_TYPES:
                    yield record


def _example(label: Label, columns: dict[str, Any]) -> Example:
    signals = {name: columns[name] for name in RULED.names if name in columns}
    return Example(
        text=columns["text"],
        title=columns["title"],
        signals=signals,
        label=label.label,
        kind=label.kind,
        owner=label.site,
        domain=_domain(label.url),
        sample=label.sample,
        signature=columns["signature"],
        url=label.url,
    )


def _domain(url: str) -> str:
    """Returns what tells the owner: a registered domain, or the host where many share one."""
    host = host_of(url) or ""
    if host == _STAND_IN or host.endswith(_NO_DOMAIN):
        return ""
    domain = registered_domain(host) or ""
    return host if domain in _SHARED_DOMAINS else domain
