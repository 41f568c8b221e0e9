"""Deduplicates a small run in this process: the stage's functions, with one partition."""

import json
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from jingyu.pipeline.config.deduplication import Deduplication
from jingyu.pipeline.page.sign.minhash import NGRAM
from jingyu.pipeline.steps.deduplicate.candidates import join
from jingyu.pipeline.steps.deduplicate.clusters import components
from jingyu.pipeline.steps.deduplicate.decisions import DECISION, decide, write_part
from jingyu.pipeline.steps.deduplicate.parts.keys import joined
from jingyu.pipeline.steps.deduplicate.parts.members import (
    REQUEST,
    Members,
    parts_of,
    requests_by_part,
    requests_for,
)
from jingyu.pipeline.steps.deduplicate.parts.parts import Part
from jingyu.pipeline.steps.deduplicate.parts.staged_part import StagedPart
from jingyu.pipeline.store import filesystem
from jingyu.pipeline.store.layout import Layout


def deduplicate_parts(
    parts: Sequence[Part], layout: Layout, settings: Deduplication, ngram: int = NGRAM
) -> None:
    """Deduplicates staged items among themselves and against earlier corpora."""
    found = [np.zeros(0, DECISION)]
    figures = {"edges_found": 0, "edges_finished_on_one_worker": 0}
    if settings.find != "nothing":
        edges = join(*joined([part.keys(settings) for part in parts]))
        figures = dict.fromkeys(figures, len(edges))
        requests = requests_for(components(edges))
        for is_last in (False, True):
            if len(requests):
                members = _members(requests, parts, ngram)
                decisions, requests = decide(members, settings, is_last=is_last)
                found.append(decisions)
    decided = np.concatenate(found)
    numbers = parts_of(decided["document"])
    corpora = [part.corpus for part in parts]
    for part in parts:
        if isinstance(part, StagedPart):
            path = layout.duplicates(part.key)
            write_part(decided[numbers == part.number], corpora, path)
    write_figures(figures, layout)


def write_figures(figures: Mapping[str, int], layout: Layout) -> None:
    """Writes how many edges were found and how they became clusters."""
    filesystem.write_bytes(
        layout.cluster_figures, json.dumps(dict(figures), sort_keys=True).encode()
    )


def _members(requests: NDArray[np.void], parts: Sequence[Part], ngram: int) -> Members:
    return Members.join(
        [
            parts[number].members(np.frombuffer(packed, REQUEST), ngram)
            for number, packed in requests_by_part(requests)
        ]
    )
