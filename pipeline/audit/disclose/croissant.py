"""Croissant 1.1: an output as JSON-LD that `mlcroissant` validates."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pyarrow as pa

from jingyu.pipeline.audit.disclose.crawl import crawlers
from jingyu.pipeline.audit.disclose.figures import Figures

_VERSION: Final = "http://mlcommons.org/croissant/1.1"
CONTEXT: Final[Mapping[str, Any]] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "prov": "http://www.w3.org/ns/prov#",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
KEYS: Final = (
    *("name", "description", "license", "url", "creator", "datePublished", "version", "citeAs"),
)
"""What people may say in `disclosure.yaml`."""
_FILES: Final = "corpus"
_MOST_INPUTS: Final = 1000


def croissant(figures: Figures, answers: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    """Returns the metadata, and what of it nobody has said.

    Source: Croissant Format Specification 1.1 (29 January 2026).
    """
    manifest = figures.output.manifest
    documents, characters = figures["documents"].value, figures["characters"].value
    period = figures["days"].rows[0]
    known = {
        "name": "jingyu-corpus",
        "description": f"Chinese web text: {documents} documents, {characters} characters, "
        f"captured {period[0]} to {period[1]}.",
        "version": "1.0.0",
        "datePublished": manifest["created_at"],
    }
    stated = {name: answers.get(name, known.get(name)) for name in KEYS}
    unknown = [name for name, value in stated.items() if value is None]
    told: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": _VERSION,
        **{name: value for name, value in stated.items() if value is not None},
        "inLanguage": [row[0] for row in figures["languages"].rows],
        "prov:wasGeneratedBy": {
            "@type": "prov:Activity",
            "prov:label": f"Jingyu {manifest['versions']['jingyu']}, config "
            f"{manifest['config_sha256']}",
            "prov:endedAtTime": manifest["created_at"],
        },
        "prov:wasDerivedFrom": [
            {"@id": f"urn:jingyu:input:{each['name']}"}
            for each in manifest["inputs"][:_MOST_INPUTS]
        ],
        "prov:wasAttributedTo": [
            {"@type": "prov:Agent", "prov:label": name} for name in crawlers(manifest)
        ],
        "distribution": list(_distribution(manifest["parts"])),
        "recordSet": [_record_set(figures.output.corpus.schema)],
    }
    if stated.get("creator"):
        told["creator"] = {"@type": "sc:Organization", "name": stated["creator"]}
    return told, unknown


def _distribution(parts: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    corpus = [part for part in parts if part["path"].startswith("corpus/")]
    for part in corpus:
        yield {
            "@type": "cr:FileObject",
            "@id": part["path"],
            "name": part["path"],
            "contentUrl": part["path"],
            "contentSize": f"{part['bytes']} B",
            "encodingFormat": "application/vnd.apache.parquet",
            "sha256": part["sha256"],
        }
    yield {
        "@type": "cr:FileSet",
        "@id": _FILES,
        "name": _FILES,
        "containedIn": [{"@id": part["path"]} for part in corpus],
        "encodingFormat": "application/vnd.apache.parquet",
        "includes": "corpus/**/*.parquet",
    }


def _record_set(schema: pa.Schema) -> dict[str, Any]:
    fields = [_field(each) for each in schema if not pa.types.is_nested(each.type)]
    return {"@type": "cr:RecordSet", "@id": "documents", "name": "documents", "field": fields}


def _field(field: pa.Field) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"documents/{field.name}",
        "name": field.name,
        "description": (field.metadata or {}).get(b"description", b"").decode(),
        "dataType": _type(field.type),
        "source": {"fileSet": {"@id": _FILES}, "extract": {"column": field.name}},
    }


def _type(dtype: pa.DataType) -> str:
    if pa.types.is_integer(dtype):
        return "sc:Integer"
    if pa.types.is_floating(dtype):
        return "sc:Float"
    if pa.types.is_boolean(dtype):
        return "sc:Boolean"
    return "sc:Date" if pa.types.is_temporal(dtype) else "sc:Text"
