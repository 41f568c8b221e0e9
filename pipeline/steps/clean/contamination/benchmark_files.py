"""Questions of evaluation sets, out of their files."""

from collections.abc import Iterable, Sequence
from typing import Any

from jingyu.filters.settings.errors import ConfigError, InputError
from jingyu.pipeline.config.decontamination import Benchmark
from jingyu.pipeline.config.layouts import LAYOUTS
from jingyu.pipeline.read import storage
from jingyu.pipeline.steps.clean.contamination.questions import Question
from jingyu.pipeline.steps.clean.contamination.rows import READERS, Row, ending_of, read_rows

_MOST_NAMED = 20


def benchmark_files(benchmark: Benchmark) -> list[storage.StoredFile]:
    """Returns the files of an evaluation set, each once, ordered by name.

    Of a folder or glob those are taken whose ending tells their format.

    Raises:
        InputError: A path stands for no such file.
    """
    found: dict[str, storage.StoredFile] = {}
    for path in benchmark.paths:
        files = storage.find(path)
        is_one = [file.path for file in files] == [path]
        usable = [file for file in files if is_one or ending_of(file.path) in READERS]
        if not usable:
            raise InputError(
                f"{path}: holds no file of {', '.join(READERS)}; check `paths` of {benchmark.name}"
            )
        found |= {file.path: file for file in usable}
    return sorted(found.values())


def read_questions(benchmark: Benchmark) -> list[Question]:
    """Returns the questions of an evaluation set, file by file.

    Fields that a row lacks, or that are null there, give no text. Numbers count as text, true and
    false do not. A list is as many texts as it is long; as the stem it is one text of many lines.

    Raises:
        InputError: A file cannot be read or holds no row.
        ConfigError: A field stands in none of the files, or a file lacks the stem.
    """
    questions: list[Question] = []
    missing: set[str] = set(benchmark.fields)
    columns: list[str] = []
    for file in benchmark_files(benchmark):
        rows = read_rows(file.path)
        columns = _columns(rows)
        fields = _fields(benchmark, file.path, rows, columns)
        missing -= {field for field in fields if any(_is_in(row, field) for row in rows)}
        for number, row in enumerate(rows):
            stem, *others = (_texts(_at(row, field.split("."))) for field in fields)
            texts = ("\n".join(stem), *(text for other in others for text in other))
            questions.append(Question(benchmark.name, f"{file.name}#{_id(row, number)}", texts))
    if missing:
        raise ConfigError(
            f"{benchmark.name}: no file has the field {_listed(sorted(missing))}; the last one has "
            f"{_listed(columns)}: correct `fields`"
        )
    return questions


def _fields(
    benchmark: Benchmark, path: str, rows: Sequence[Row], columns: Sequence[str]
) -> tuple[str, ...]:
    """Returns the fields of one file, of which the first must be there."""
    wanted = (benchmark.fields,) if benchmark.layout is None else LAYOUTS[benchmark.layout]
    for fields in wanted:
        if any(_is_in(row, fields[0]) for row in rows):
            return fields
    stems = " or ".join(fields[0] for fields in wanted)
    fix = (
        "name in `fields` the one that asks, then those of options and answers"
        if benchmark.layout is None
        else f"it is not of the layout {benchmark.layout}: give `fields` instead"
    )
    raise ConfigError(
        f"{path}: has no field {stems}, only {_listed(columns)}; {fix} ({benchmark.name})"
    )


def _columns(rows: Iterable[Row]) -> list[str]:
    """Returns the names of fields, nested ones by their path, in the order of appearance."""
    names: dict[str, None] = {}
    for row in rows:
        for key, value in row.items():
            inner = value if isinstance(value, list) else [value]
            below = [f"{key}.{name}" for part in inner if isinstance(part, dict) for name in part]
            names |= dict.fromkeys(below or [key])
    return [name for name in names if name]


def _listed(names: Sequence[str]) -> str:
    rest = [f"and {len(names) - _MOST_NAMED} more"] if len(names) > _MOST_NAMED else []
    return ", ".join([*names[:_MOST_NAMED], *rest]) or "none"


def _is_in(row: Row, field: str) -> bool:
    return field in row or bool(_at(row, field.split(".")))


def _at(value: Any, path: Sequence[str]) -> list[Any]:
    """Returns what stands at a path, in each element where a list is on the way."""
    if isinstance(value, list | tuple):
        return [found for part in value for found in _at(part, path)]
    if not path:
        return [value]
    if not isinstance(value, dict):
        return []
    whole = ".".join(path)
    if whole in value:
        return _at(value[whole], ())
    return _at(value[path[0]], path[1:]) if path[0] in value else []


def _texts(values: Iterable[Any]) -> list[str]:
    """Returns the texts in values, all those below a value that is an object."""
    texts = []
    for value in values:
        if isinstance(value, dict):
            texts += _texts(_at(list(value.values()), ()))
        elif isinstance(value, str | int | float) and not isinstance(value, bool):
            texts.append(str(value))
    return texts


def _id(row: Row, number: int) -> str:
    found = row.get("id")
    is_told = isinstance(found, str | int) and not isinstance(found, bool) and str(found).strip()
    return str(found) if is_told else str(number)
