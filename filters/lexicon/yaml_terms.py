"""Word lists in YAML, with the line of whatever is wrong in them."""

from collections.abc import Iterator

import yaml

from jingyu.filters.lexicon.terms import Defaults, LexiconError, Row, TermList, checked

_FILE_KEYS = ("category", "severity", "exempt", "terms")
_TERM_KEYS = ("term", "category", "severity", "exempt")


def parse_yaml(text: str, name: str, defaults: Defaults) -> TermList:
    """Returns the terms of a YAML text.

    A list of terms, or a mapping with `terms` and, for all of them, `category`, `severity` and
    `exempt` (harmless longer words). A term is a word, or a mapping of `term` and any of
    `category`, `severity` and `exempt`. Words need no quotes: `no` and `123` are words here.

    Raises:
        LexiconError: The text is no such YAML, or a term cannot be used.
    """
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or "is not YAML"
        raise LexiconError(f"{name}:{line}: {problem}; check indentation and quotes") from error
    if root is None:
        return checked((), (), name, defaults)
    keys = _mapping(root, _FILE_KEYS, name) if isinstance(root, yaml.MappingNode) else {}
    of_file = {
        "category": _word(keys["category"], name) if "category" in keys else "",
        "severity": _word(keys["severity"], name) if "severity" in keys else "",
    }
    harmless = _words(keys["exempt"], name) if "exempt" in keys else ()
    listed = keys.get("terms") if keys else root
    if listed is None:
        raise LexiconError(f"{_place(root, name)}: there is no `terms`; list the terms under it")
    rows = [_row(node, of_file, name) for node in _elements(listed, name)]
    return checked(rows, harmless, name, defaults)


def _row(node: yaml.Node, of_file: dict[str, str], name: str) -> Row:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return Row(line, node.value, of_file["category"], of_file["severity"])
    keys = _mapping(node, _TERM_KEYS, name)
    if "term" not in keys:
        raise LexiconError(f"{name}:{line}: `term` is missing; write `term: …`")
    stated = {
        key: _word(keys[key], name) if key in keys else of_file[key]
        for key in ("category", "severity")
    }
    exempt = _words(keys["exempt"], name) if "exempt" in keys else ()
    return Row(line, _word(keys["term"], name), stated["category"], stated["severity"], exempt)


def _mapping(node: yaml.Node, known: tuple[str, ...], name: str) -> dict[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        raise LexiconError(f"{_place(node, name)}: write a word, or a mapping of {_or(known)}")
    found: dict[str, yaml.Node] = {}
    for key, value in node.value:
        if key.value not in known or key.value in found:
            raise LexiconError(
                f"{_place(key, name)}: `{key.value}` is unknown here or given twice; "
                f"write each of {_or(known)} at most once"
            )
        found[key.value] = value
    return found


def _or(keys: tuple[str, ...]) -> str:
    return ", ".join(f"`{key}`" for key in keys)


def _elements(node: yaml.Node, name: str) -> Iterator[yaml.Node]:
    if not isinstance(node, yaml.SequenceNode):
        raise LexiconError(f"{_place(node, name)}: write a list, a `- ` before each word")
    yield from node.value


def _words(node: yaml.Node, name: str) -> tuple[str, ...]:
    return tuple(_word(element, name) for element in _elements(node, name))


def _word(node: yaml.Node, name: str) -> str:
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
        raise LexiconError(f"{_place(node, name)}: write a word here")
    return str(node.value).strip()


def _place(node: yaml.Node, name: str) -> str:
    return f"{name}:{node.start_mark.line + 1}"
