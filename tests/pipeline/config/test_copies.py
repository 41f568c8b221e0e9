import os
import pickle
from pathlib import Path
from typing import Any

import pytest

from jingyu.filters.settings.errors import ConfigError, InputError
from jingyu.pipeline.config.config import load_config, with_copies
from jingyu.pipeline.config.copies import check_names, copied
from jingyu.pipeline.read import storage
from jingyu.pipeline.run.fingerprints import of_extract
from jingyu.pipeline.store.carried import Carried
from tests.support.servers import at_endpoint, make_bucket, server

RULES = "rules: [{signal: char_count, min: 5, reason: too_short}]\n"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copies lie in a folder of the test's own."""
    (tmp_path / "copies").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "copies"))
    return tmp_path / "copies"


def lists(path: str) -> dict[str, Any]:
    return {"sources": {"block_lists": [path]}}


def test_a_copy_keeps_name_date_and_content(tmp_path: Path) -> None:
    path = tmp_path / "blocked.txt"
    path.write_text("example.cn\n")
    os.utime(path, (1_000_000, 1_000_000))

    values, (copy,) = copied(lists(str(path)), lambda _: True)

    assert values == lists(copy.path)
    assert Path(copy.path).name == "blocked.txt"
    assert Path(copy.path).read_text() == "example.cn\n"
    assert Path(copy.path).stat().st_mtime == 1_000_000


def test_a_folder_is_copied_with_all_that_is_in_it(tmp_path: Path) -> None:
    for name in ("a.cn.txt", "b/c.cn.txt"):
        (tmp_path / "robots" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "robots" / name).write_text(name)

    values, copies = copied({"rights": {"robots": [str(tmp_path / "robots")]}}, lambda _: True)

    (folder,) = values["rights"]["robots"]
    assert {Path(copy.path).relative_to(folder).as_posix() for copy in copies} == {
        "a.cn.txt",
        "b/c.cn.txt",
    }


def test_what_is_not_wanted_and_earlier_corpora_stay(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    values = {"deduplication": {"against": [str(tmp_path / "out")]}} | lists("builtin")

    assert copied(values, lambda path: path != "builtin") == (values, ())


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        copied(lists(f"{tmp_path}/nowhere.txt"), lambda _: True)


def config_with_lists(folder: Path) -> Path:
    (folder / "blocked.txt").write_text("example.cn\n")
    (folder / "words.csv").write_text("term,category\n某词,gambling\n")
    config = folder / "config.yaml"
    config.write_text(
        RULES + "sources: {block_lists: [blocked.txt]}\n"
        "lexicon: {lists: [{path: words.csv, category: gambling}]}\n"
    )
    return config


def test_a_config_of_copies_decides_as_the_first_does(tmp_path: Path) -> None:
    config = load_config(config_with_lists(tmp_path))

    copy, files = with_copies(config)

    assert of_extract(copy) == of_extract(config)
    assert len(files) == 2
    assert with_copies(copy)[0] == copy


def test_files_reach_a_machine_that_does_not_have_them(tmp_path: Path) -> None:
    _, files = with_copies(load_config(config_with_lists(tmp_path)))
    carried = Carried(str(tmp_path / "sent"), files)
    carried.send()
    for copy in files:
        Path(copy.path).unlink()

    carried.receive()

    assert all(copy.is_there for copy in files)
    assert Path(files[0].path).stat().st_mtime == files[0].modified


def test_what_a_run_brings_along_travels_as_the_name_of_a_list(tmp_path: Path) -> None:
    _, files = with_copies(load_config(config_with_lists(tmp_path)))
    carried = Carried(str(tmp_path / "sent"), files)
    carried.send()
    Path(files[0].path).unlink()

    arrived = pickle.loads(pickle.dumps(carried))
    arrived.receive()

    assert files[0].is_there
    assert not arrived.copies
    assert pickle.loads(pickle.dumps(arrived)) == arrived


def test_a_file_that_somebody_changed_is_put_there_again(tmp_path: Path) -> None:
    _, files = with_copies(load_config(config_with_lists(tmp_path)))
    carried = Carried(str(tmp_path / "sent"), files)
    carried.send()
    Path(files[0].path).write_text("changed")

    carried.receive()

    assert files[0].is_there


def test_lists_on_a_store_are_read(tmp_path: Path) -> None:
    with server("s3") as address, at_endpoint("s3", address):
        make_bucket("s3", address, "lists")
        Carried("s3://lists/there", ()).send()
        config = tmp_path / "config.yaml"
        config.write_text(RULES + "sources: {block_lists: ['s3://lists/blocked.txt']}\n")
        with pytest.raises(ConfigError, match=r"config\.yaml: names a file that cannot be read"):
            load_config(config)

        from jingyu.pipeline.store import filesystem

        filesystem.write_bytes("s3://lists/blocked.txt", b"example.cn\n")
        (listed,) = load_config(config).sources.block_lists

    assert Path(listed).read_text() == "example.cn\n"


@pytest.mark.parametrize("name", ["../a.txt", "a/../../b.txt", "/etc/a.txt", "a/./b.txt", "a//b"])
def test_a_name_that_leads_out_of_its_folder_is_refused(name: str) -> None:
    key = storage.StoredFile(name, f"s3://lists/{name}", 1, 0.0)

    with pytest.raises(InputError, match="no file can have this name"):
        check_names([key])


def test_a_folder_of_copies_that_is_somebody_elses_is_refused(
    tmp_path: Path, elsewhere: Path
) -> None:
    (tmp_path / "theirs").mkdir()
    (elsewhere / f"jingyu-files-{os.getuid()}").symlink_to(tmp_path / "theirs")

    with pytest.raises(ConfigError, match="is another user's; remove it"):
        with_copies(load_config(config_with_lists(tmp_path)))

    assert list((tmp_path / "theirs").iterdir()) == []
