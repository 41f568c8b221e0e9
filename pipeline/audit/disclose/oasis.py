"""OASIS Data Provenance Metadata 1.0, committee draft 01, as far as an output can fill it."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID, uuid5

from jingyu.pipeline.audit.disclose.crawl import crawlers
from jingyu.pipeline.audit.disclose.figures import Figures

VERSION: Final = "https://docs.oasis-open.org/dps/prov-meta/v1.0/csd01"
_NAMESPACE: Final = UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")  # of addresses, RFC 9562
KEYS: Final = (
    "source.title",
    "source.location",
    "source.issuer.name",
    "source.issuer.address",
    "source.description",
    "provenance.source",
    "provenance.previous-dates",
    "use.confidentiality-classification",
    "use.sensitive-data-consent-details",
    "use.processing",
    "use.storage",
    "use.license",
    "use.copyright",
    "use.patent",
    "use.trademark",
    "use.intended-and-acceptable-usages.non-ai",
    "use.intended-and-acceptable-usages.ai",
)
"""What people may say in `disclosure.yaml`."""


def oasis_provenance(
    figures: Figures, answers: Mapping[str, str]
) -> tuple[dict[str, Any], list[str]]:
    """Returns the metadata, and what of it nobody has said.

    Source: Data Provenance Metadata Version 1.0, Committee Specification Draft 01, section 5.
    """
    manifest = figures.output.manifest
    oldest, youngest = figures["days"].rows[0]
    countries = [row[0] for row in figures["countries"].rows if row[0] != "unknown"]
    told: dict[str, Any] = {
        "version": VERSION,
        "metadata": {
            "source": {
                "title": "Chinese web text, curated by Jingyu",
                "id": str(uuid5(_NAMESPACE, manifest["fingerprints"]["write"])),
                "description": f"{figures['documents'].value} documents, "
                f"{figures['characters'].value} characters of Chinese web pages.",
            },
            "provenance": {
                "origin": ", ".join(crawlers(manifest)) or None,
                "origin-geography": [{"country": country} for country in countries],
                "issue-date": manifest["created_at"],
                "generation-period": {"oldest": oldest, "youngest": youngest},
                "generation-method": ["Web crawl; extraction, masking, rules, deduplication"],
                "modality-format": ["text; application/vnd.apache.parquet"],
            },
            "use": {
                "data-and-privacy-enhancing-technologies": [
                    {
                        "tool-id": f"Jingyu {manifest['versions']['jingyu']}",
                        "technology": "masking of personal data by typed placeholders",
                        "params": {row[0]: str(row[1]) for row in figures["masked"].rows},
                    }
                ],
            },
        },
    }
    for key, said in answers.items():
        _put(told["metadata"], key.split("."), said)
    unknown = [key for key in KEYS if _got(told["metadata"], key.split(".")) is None]
    return _without_none(told), unknown


def _put(told: dict[str, Any], path: list[str], value: str) -> None:
    for name in path[:-1]:
        told = told.setdefault(name, {})
    told[path[-1]] = value


def _got(told: Any, path: list[str]) -> Any:
    for name in path:
        told = told.get(name) if isinstance(told, dict) else None
    return told


def _without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_none(each) for name, each in value.items() if each is not None}
    return value
