"""From wanted records to work items."""

from pathlib import Path

from jingyu.pipeline.read.index.choice import Choice
from jingyu.pipeline.read.index.parts import Parts
from jingyu.pipeline.read.index.settings import IndexSection
from jingyu.pipeline.steps.choose.plan import arrange, items_of, known_of
from jingyu.pipeline.steps.choose.wanted import write_wanted

Places = list[tuple[str, int, int]]


def planned(folder: Path, *files: Places) -> list[tuple[str, Places]]:
    """Returns the items of a plan: name, and the places as they are read."""
    wanted = []
    for number, places in enumerate(files):
        lines = [
            f'cn,a)/ 2024 {{"filename": "{name}", "offset": {at}, "length": {size}, "status": 200}}'
            for name, at, size in places
        ]
        path = folder / f"{number}.cdxj"
        path.write_text("\n".join(lines))
        wanted.append(str(folder / f"{number}.parquet"))
        section = IndexSection()
        write_wanted(wanted[-1], str(path), Parts(section), Choice.of(section, [200]))
    pieces = known_of(wanted).pieces()
    arranged = [str(folder / f"{number}.arrow") for number, _ in enumerate(pieces)]
    for target, partitions in zip(arranged, pieces, strict=True):
        arrange(target, wanted, partitions)
    items = items_of(arranged, "base")
    return [
        (item.file.path, [(item.file.name, *place) for place in item.chosen.places()])
        for item in items
        if item.chosen
    ]


def test_records_are_read_by_file_and_offset_and_each_once(tmp_path: Path) -> None:
    one = [("b", 9, 1), ("a", 5, 2), ("b", 7, 1)]
    two = [("c", 0, 3), ("a", 5, 2), ("a", 1, 4)]

    assert planned(tmp_path, one, two, []) == [
        ("base/a", [("a", 1, 4), ("a", 5, 2)]),
        ("base/b", [("b", 7, 1), ("b", 9, 1)]),
        ("base/c", [("c", 0, 3)]),
    ]
    assert planned(tmp_path, []) == []


def test_many_records_of_a_file_are_read_in_pieces(tmp_path: Path) -> None:
    places = [("a", at, 1 << 61) for at in range(4097)]

    first, second = planned(tmp_path, places)

    assert (first[1], second[1]) == (places[:4096], places[4096:])
