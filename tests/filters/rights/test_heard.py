"""What robots hear of a file, whatever it holds, is what trying each of its rules finds."""

from hypothesis import example, given
from hypothesis import strategies as st

from jingyu.filters.rights.agents import USES
from jingyu.filters.rights.robots import robots_file
from jingyu.filters.rights.robots_statements import RobotsReader
from tests.support.plain_robots import access, preferences

PATTERNS = st.sampled_from(
    ["", "/", "/a", "/a/b", "/a*", "*b", "/*b$", "/a$", "*", "/中", "/%61", "/a/*/c", "$", "**"]
)
PATHS = st.sampled_from(["/", "/a", "/a/b", "/b", "/a/x/c", "/%E4%B8%AD", "/ab", "/c?b"])
AGENTS = st.sampled_from(["*", "GPTBot", "CCBot", "ours", "ClaudeBot"])
LINES = st.one_of(
    st.builds("User-agent: {}".format, AGENTS),
    st.builds("{}: {}".format, st.sampled_from(["Allow", "Disallow"]), PATTERNS),
    st.builds("Content-Usage: {} train-ai={}".format, PATTERNS, st.sampled_from("yn")),
    st.builds("Content-Signal: ai-train={}".format, st.sampled_from(["yes", "no"])),
)
FILES = st.lists(LINES, max_size=20).map("\n".join)


@given(text=FILES, paths=st.lists(PATHS, min_size=1))
def test_each_robot_hears_the_rules_that_are_for_it(text: str, paths: list[str]) -> None:
    file, reader = robots_file(text), RobotsReader(text, ["ours"])

    for path in paths:
        read, rule = reader.read(path), access(file, "ours", path)
        others = {name: access(file, name, path) for name in USES if file.names(name)}
        assert (read.access.line if read.access else None) == (rule.line if rule else None)
        lines = sorted(each.line or 0 for each in read.preferences)
        assert lines == preferences(file, "ours", path, is_ours=True)
        assert list(read.disallowed) == sorted(
            name
            for name, found in others.items()
            if found and found.kind == "disallow" and USES[name] == "train"
        )


TO_TWO = "User-agent: {}\nContent-Usage: train-ai=y\n"


@given(text=FILES, path=PATHS)
@example(text=TO_TWO.format("GPTBot") + TO_TWO.format("CCBot"), path="/")
def test_what_is_said_to_others_is_heard_with_their_names(text: str, path: str) -> None:
    """Robots to whom equal groups say the same are named together, at the line of one of them."""
    file = robots_file(text)
    stated = {
        name: preferences(file, name, path, is_ours=False) for name in USES if file.names(name)
    }

    told = [
        (each, (each.agent or "").split(", "))
        for each in RobotsReader(text, ["ours"]).read(path).others
        if each.protocol != "robots"
    ]

    written = text.split("\n")
    assert {(name, each.text) for each, names in told for name in names} == {
        (name, written[line - 1].strip()) for name, lines in stated.items() for line in lines
    }
    assert all(
        each.line in {line for name in names for line in stated[name]} for each, names in told
    )
