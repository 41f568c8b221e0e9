"""One ai.txt: which files of a site may be used for training, by their paths and names."""

from pathlib import PurePosixPath

from jingyu.filters.rights.robots import Group, Rule, robots_file
from jingyu.filters.rights.statement import ALLOWED, RESERVED, Statement, Uses

_PAGE = ".html"


def ai_txt_rules(text: str) -> Group:
    """Returns the rules of an ai.txt for all robots, which is written as a robots.txt is."""
    file = robots_file(text)
    named = file.group("*")
    return named if named.rules else file.everywhere


def ai_txt_statement(rules: Group, path: str) -> Statement | None:
    """Returns what an ai.txt says of a page; none if no rule is about it.

    Patterns mostly name kinds of files (`*.txt`, `*.jpg`). An address without a file's ending is a
    page, `.html`. A rule for a kind of file counts before one for all.

    Source: Spawning, ai.txt (2023).

    Args:
        rules: Those of the file.
        path: Path of the page in its normal form.
    """
    decisive = _of_kind(rules, path) or rules.access(path)
    if decisive is None:
        return None
    uses = Uses(train=ALLOWED if decisive.kind == "allow" else RESERVED)
    return Statement("ai_txt", "ai.txt", decisive.text, uses, decisive.line, None, decisive.value)


def _of_kind(rules: Group, path: str) -> Rule | None:
    """Returns the rule about the kind of file that a page is, where its address has no ending."""
    before_query = path.partition("?")[0]
    if PurePosixPath(before_query).suffix:
        return None
    name = f"{before_query.rstrip('/')}/index{_PAGE}"
    found = rules.access(name)
    return found if found and found.value.rstrip("$").endswith((_PAGE, ".htm")) else None
