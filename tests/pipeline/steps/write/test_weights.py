from pathlib import Path

import pytest

from jingyu.pipeline.config.deduplication import Deduplication
from jingyu.pipeline.config.output import Output
from jingyu.pipeline.steps.write.plan import plan_shards
from jingyu.pipeline.steps.write.weights import Weighed, WeighItems, bands_of, weigh
from jingyu.pipeline.store.layout import Layout
from tests.support.staged import HERE, deduplicate_here, stage

BANDS = tuple(bands_of(Output(quality_bands={"high": 0.8})))
ITEMS = {"a": [(10, 0.9), (20, 0.8), (30, 0.1)], "b": [], "c": [(7, -1.0), (1, 0.5)]}


def layout_of(folder: Path) -> Layout:
    rows = {
        key: [{"char_count": size, "quality": quality} for size, quality in documents]
        for key, documents in ITEMS.items()
    }
    layout = stage(folder, rows)
    deduplicate_here(list(ITEMS), layout, Deduplication(find="nothing"))
    return layout


def test_an_item_weighs_what_is_kept_of_it_in_each_band(tmp_path: Path) -> None:
    layout = layout_of(tmp_path)

    assert [weigh(key, layout, BANDS) for key in ITEMS] == [
        Weighed("a", 3, (90.0, 90.0)),
        Weighed("b", 0, (0.0, 0.0)),
        Weighed("c", 2, (0.0, 3.0)),
    ]


def test_what_is_gathered_is_what_each_item_weighs(tmp_path: Path) -> None:
    layout = layout_of(tmp_path)
    step = WeighItems(BANDS, layout)
    groups = step.groups(list(ITEMS))

    assert step.missing(groups) == groups
    HERE.map(step, groups, layout.work_list, documents=0)

    assert step.missing(groups) == []
    assert step.weighed(groups) == [weigh(key, layout, BANDS) for key in ITEMS]


def test_many_items_are_in_one_group_and_each_is_in_one(tmp_path: Path) -> None:
    keys = [f"{number:05d}" for number in range(1_000)]
    groups = WeighItems(BANDS, layout_of(tmp_path)).groups(keys)

    assert [key for group in groups for key in group.keys] == keys
    assert len(groups) == len({group.name for group in groups}) == 4
    assert WeighItems(BANDS, layout_of(tmp_path)).groups([]) == []


def test_documents_are_looked_at_only_where_a_shard_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[str] = []

    def sizes_of(key: str, **_: object) -> list[float]:
        looked_at.append(key)
        return [400.0, 600.0]

    monkeypatch.setattr("jingyu.pipeline.steps.write.plan.sizes_of", sizes_of)
    weighed = [Weighed(key, 2, (size,)) for key, size in (("a", 500.0), ("b", 1000.0), ("c", 9.0))]

    shards = plan_shards(weighed, Layout(str(tmp_path)), Output(shard_mib=1_000 / (1 << 20)))

    assert looked_at == ["b"]
    assert [[tuple(vars(each).values()) for each in shard.slices] for shard in shards] == [
        [("a", 0, 2), ("b", 0, 2)],
        [("c", 0, 2)],
    ]
