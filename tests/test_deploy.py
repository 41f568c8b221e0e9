"""The image of workers, as far as it can be looked at where no image is built."""

import re

from tests.support.paths import ROOT

DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")


def test_the_image_has_the_beam_that_tests_run_on() -> None:
    (version,) = re.findall(r"^ARG BEAM=(.+)$", DOCKERFILE, re.MULTILINE)

    assert f"apache-beam=={version}\n" in (ROOT / "constraints.txt").read_text(encoding="utf-8")


def test_all_that_the_wheel_is_built_of_is_copied() -> None:
    copied = [
        name
        for line in re.findall(r"^COPY (?!--)(.+) \S+$", DOCKERFILE, re.MULTILINE)
        for name in line.split()
    ]
    folders = re.findall(r"^FOLDERS = \((.+)\)$", (ROOT / "setup.py").read_text(), re.MULTILINE)

    assert all((ROOT / name).exists() for name in copied)
    assert {"jingyu", *re.findall(r'"(\w+)"', folders[0])} <= set(copied)
    assert {"pyproject.toml", "setup.py", "constraints.txt", "LICENSE", "README.md"} <= set(copied)


def test_the_python_of_the_image_is_one_that_the_package_knows() -> None:
    (version,) = re.findall(r"^ARG PYTHON=(.+)$", DOCKERFILE, re.MULTILINE)
    known = (ROOT / "pyproject.toml").read_text(encoding="utf-8")

    assert f'"Programming Language :: Python :: {version}"' in known
