"""The report of an output: its figures, and the page that draws them."""

import json
from importlib import resources
from typing import Any, Final

from jingyu.filters.settings.errors import ConfigError
from jingyu.pipeline.audit.output import Output
from jingyu.pipeline.audit.report.content import contamination, lexicon, masked, templates, values
from jingyu.pipeline.audit.report.duplicates import (
    described,
    duplicates,
    met_and_stayed,
    other_of,
    pairs,
)
from jingyu.pipeline.audit.report.examples import drawn, examples, ledger_rows, texts_of
from jingyu.pipeline.audit.report.overview import overview, to_look_at
from jingyu.pipeline.audit.report.requirements import requirements
from jingyu.pipeline.audit.report.shards import shards
from jingyu.pipeline.audit.report.signals import signals
from jingyu.pipeline.audit.report.sites import sites
from jingyu.pipeline.audit.report.tables import tables_of
from jingyu.pipeline.config.config import RunConfig
from jingyu.pipeline.config.overrides import validated
from jingyu.pipeline.store import filesystem
from jingyu.pipeline.store.language import catalogue
from jingyu.schemas.provenance import DAMAGE
from jingyu.schemas.reasons import REASONS

_NEAR: Final = ("deduplicate", "duplicate", "near_duplicate")
_PAIRS: Final = 8
_REASON_COLUMNS: Final = (
    "stage", "outcome", "reason", "pages", "payload_bytes", "characters", "min_limit", "max_limit",
)  # fmt: skip


def figures_of(output: Output) -> dict[str, Any]:
    """Returns all that the report shows, as JSON holds it."""
    tables = tables_of(output)
    figures: dict[str, Any] = {
        "run": _run(output),
        "overview": overview(output, tables),
        "reasons": [
            {name: row[name] for name in _REASON_COLUMNS} for row in tables["reasons"].to_pylist()
        ],
        "meanings": REASONS,
        "damage_meanings": DAMAGE,
        "sites": sites(output, tables),
        "signals": signals(output, tables),
        "values": values(tables),
        "masked": masked(tables),
        "lexicon": lexicon(tables),
        "contamination": contamination(output),
        "cleaning": output.stats.get("lines", {}) | {"passages": output.stats.get("passages", {})},
        "templates": templates(tables),
        "shards": shards(output, tables),
    }
    figures |= _with_texts(output)
    figures["requirements"] = requirements(figures, output)
    figures["look_at"] = to_look_at(figures, output)
    return figures


def _run(output: Output) -> dict[str, Any]:
    manifest = output.manifest
    return {
        "created_at": manifest.get("created_at"),
        "code": manifest.get("code"),
        "config_sha256": manifest.get("config_sha256"),
        "versions": manifest.get("versions", {}),
        "rules": manifest.get("config", {}).get("rules", []),
        "language": manifest.get("config", {}).get("language", {}),
    }


def _with_texts(output: Output) -> dict[str, Any]:
    """Returns examples of each reason, and duplicates with their texts."""
    chosen = drawn(output)
    near = chosen.get(_NEAR, [])[:_PAIRS]
    met = met_and_stayed(output.ledger, _PAIRS)
    rows = ledger_rows(output, [name for ids in (*chosen.values(), met) for name in ids])
    found = duplicates(output)
    others = filter(None, (other_of(rows[name]) for name in (*near, *met)))
    wanted = [*rows, *others, *(one["document_id"] for one in found["largest"])]
    texts = texts_of(output, wanted)
    described(found["largest"], texts)
    found["pairs"], found["met"] = (pairs(rows, ids, texts) for ids in (near, met))
    return {"examples": examples(chosen, rows, texts, _config(output)), "duplicates": found}


def _config(output: Output) -> RunConfig | None:
    """Returns the run's config; None if it is of another version of ours."""
    try:
        return validated(output.manifest.get("config", {}))
    except ConfigError:
        return None


def page(figures: dict[str, Any]) -> str:
    """Returns the page: markup, style, program and figures in one text that asks for nothing."""
    folder = resources.files("jingyu.pipeline.audit.report")
    parts = {name: (folder / name).read_text(encoding="utf-8") for name in ("page.html", *_INSIDE)}
    html = parts["page.html"]
    for name in _INSIDE:
        html = html.replace(f"{{{{{name}}}}}", parts[name])
    html = html.replace("{{reasons}}", _as_json(catalogue()["reasons"]))
    return html.replace("{{figures}}", _as_json(figures))


def _as_json(value: Any) -> str:
    """Returns a value as a script may hold it."""
    told = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    # Nothing in a text may end the element that it stands in, and some take these for line ends.
    for character in "<>&\u2028\u2029":
        told = told.replace(character, f"\\u{ord(character):04x}")
    # A lone surrogate has no bytes.
    return told.encode("utf-8", "replace").decode()


_INSIDE: Final = ("page.css", "words.js", "charts.js", "page.js")


def write_report(output: Output, path: str) -> dict[str, Any]:
    """Writes the report of an output, and returns its figures."""
    figures = figures_of(output)
    filesystem.write_bytes(path, page(figures).encode("utf-8", "replace"))
    return figures
