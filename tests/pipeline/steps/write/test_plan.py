import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from jingyu.pipeline.config.deduplication import Deduplication
from jingyu.pipeline.config.output import Output
from jingyu.pipeline.steps.write.plan import LedgerPart, Shard, plan_ledger
from jingyu.pipeline.store.layout import Layout
from tests.support.staged import deduplicate_here, shards_of, stage

BANDS = {"high": 0.8, "middle": 0.5}
Items = dict[str, list[tuple[int, float]]]
documents = st.tuples(st.integers(1, 3000), st.sampled_from([-1.0, 0.0, 0.49, 0.5, 0.79, 0.8, 1.0]))
items = st.dictionaries(
    st.sampled_from(["a", "b", "c"]), st.lists(documents, max_size=12), min_size=1
)


def staged(folder: Path, items: Items) -> Layout:
    layout = stage(
        folder,
        {
            key: [
                {"char_count": size, "quality": quality, "text_hash": number}
                for number, (size, quality) in enumerate(rows)
            ]
            for key, rows in items.items()
        },
    )
    deduplicate_here(list(items), layout, Deduplication(find="nothing"))
    return layout


def held(shard: Shard, items: Items) -> list[tuple[str, int]]:
    """Returns the kept documents of a shard: staged by quality below 0 are rejected."""
    return [
        (piece.key, row)
        for piece in shard.slices
        for row in range(piece.start, piece.stop)
        if items[piece.key][row][1] >= 0
        and shard.min_quality <= items[piece.key][row][1] < shard.max_quality
    ]


@given(items=items, target=st.integers(1, 20_000), has_bands=st.booleans())
@settings(max_examples=40)
def test_every_kept_document_is_in_one_shard_of_its_band_near_the_target(
    items: Items,
    target: int,
    has_bands: bool,
) -> None:
    output = Output(shard_mib=target / (1 << 20), quality_bands=BANDS if has_bands else {})
    with tempfile.TemporaryDirectory() as folder:
        shards = shards_of(list(items), staged(Path(folder), items), output)
    kept = [(key, row) for key, rows in items.items() for row in range(len(rows))]
    kept = [(key, row) for key, row in kept if items[key][row][1] >= 0]
    found = [held(shard, items) for shard in shards]

    assert sorted(place for places in found for place in places) == sorted(kept)
    order = {key: number for number, key in enumerate(items)}
    assert all(found)
    for places in found:
        assert places == sorted(places, key=lambda place: (order[place[0]], place[1]))
    for shard, places in zip(shards, found, strict=True):
        sizes = [3 * items[key][row][0] for key, row in places]
        assert sum(sizes[:-1]) < target
        is_last = shard.name.rpartition("/")[0] not in {
            other.name.rpartition("/")[0] for other in shards[shards.index(shard) + 1 :]
        }
        assert sum(sizes) >= target - 1e-6 or is_last


def test_bands_are_folders_and_a_limit_belongs_to_the_better_one(tmp_path: Path) -> None:
    items: Items = {"a": [(1, 0.8), (1, 0.79), (1, 0.5), (1, 0.49)]}
    output = Output(quality_bands=BANDS)

    shards = shards_of(["a"], staged(tmp_path, items), output)

    assert [(shard.name, [row for _, row in held(shard, items)]) for shard in shards] == [
        ("high/part-00000.parquet", [0]),
        ("middle/part-00000.parquet", [1, 2]),
        ("rest/part-00000.parquet", [3]),
    ]


def test_without_kept_documents_there_is_no_shard(tmp_path: Path) -> None:
    items: Items = {"a": [], "b": [(10, -1.0)]}

    assert shards_of(["a", "b"], staged(tmp_path, items), Output()) == []
    assert shards_of([], staged(tmp_path, {}), Output()) == []


def test_the_ledger_is_cut_between_items_before_it_grows_too_long() -> None:
    pages = {"a": 600_000, "b": 400_000, "c": 1, "d": 2_000_000}

    assert plan_ledger(pages) == [
        LedgerPart("part-00000.parquet", ("a", "b")),
        LedgerPart("part-00001.parquet", ("c",)),
        LedgerPart("part-00002.parquet", ("d",)),
    ]
    assert plan_ledger({}) == [LedgerPart("part-00000.parquet", ())]
