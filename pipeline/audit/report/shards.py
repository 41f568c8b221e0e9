"""Shards with their tokens, inputs, and what the run took."""

from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from jingyu.pipeline.audit.output import Output
from jingyu.pipeline.audit.report.tables import Tables
from jingyu.pipeline.audit.tokens import TOKENS_PER_CHARACTER, vocabularies
from jingyu.pipeline.read import storage

_SAMPLED_CHARACTERS: Final = 400_000
_MOST_INPUTS: Final = 200


def shards(output: Output, tables: Tables) -> dict[str, Any]:
    """Returns files of the corpus, tokens by vocabulary, inputs, seconds and versions."""
    files = tables["shards"].to_pylist()
    ratios = tokens_per_character(output, [file["path"] for file in files])
    for file in files:
        file["tokens"] = {
            name: round(file["characters"] * told["ratio"]) for name, told in ratios.items()
        }
    inputs = output.manifest.get("inputs", [])
    return {
        "files": files,
        "vocabularies": ratios,
        "seconds": output.stats.get("seconds", {}),
        "pages": output.stats.get("pages_read"),
        "inputs": [
            {"name": each["name"], "bytes": each["bytes"]}
            | {"pages": sum(piece["pages"] for piece in each["pieces"])}
            for each in inputs[:_MOST_INPUTS]
        ],
        "inputs_total": len(inputs),
        "refused": output.manifest.get("refused", [])[:_MOST_INPUTS],
    }


def tokens_per_character(output: Output, paths: list[str]) -> dict[str, dict[str, Any]]:
    """Returns tokens of a character by vocabulary, and how many characters that was measured on.

    Of one that is not installed a figure is taken that was measured on another corpus: on 0.
    """
    found: dict[str, dict[str, Any]] = {
        name: {"ratio": ratio, "measured_on": 0} for name, ratio in TOKENS_PER_CHARACTER.items()
    }
    installed = list(vocabularies())
    texts = _sample(output, paths) if installed else []
    characters = sum(len(text) - text.count("\n") for text in texts)
    for name, count in installed if characters else ():
        tokens = sum(map(count, texts))
        found[name] = {"ratio": tokens / characters, "measured_on": characters}
    return found


def _sample(output: Output, paths: list[str]) -> list[str]:
    """Returns texts of the first row group of some shards, which lie evenly among all."""
    texts: list[str] = []
    for path in paths[:: max(1, len(paths) // 8)]:
        with storage.open_to_read(storage.join(output.path, path)) as stream:
            file = pq.ParquetFile(stream)
            if file.num_row_groups:
                group: pa.Table = file.read_row_group(0, columns=["text"])
                texts += group["text"].to_pylist()
        if sum(map(len, texts)) > _SAMPLED_CHARACTERS:
            break
    held, size = [], 0
    for text in texts:
        held.append(text)
        size += len(text)
        if size > _SAMPLED_CHARACTERS:
            break
    return held
