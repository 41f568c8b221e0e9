"""Words before a value count up to the end of their gap."""

from jingyu.pipeline.page.mask.context import Context

_LONGEST = "abcdefghijklmnop"


def test_the_longest_word_counts_at_the_far_end_of_its_gap_and_not_beyond() -> None:
    named = Context(_LONGEST, gap=10)
    assert named.search("一" * 22 + _LONGEST + "." * 10)
    assert not named.search("一" * 21 + _LONGEST + "." * 11)


def test_what_stands_before_the_place_where_the_search_begins_is_seen() -> None:
    named = Context(f"(?<![a-z]){_LONGEST}", gap=3)
    assert named.search(f"-{_LONGEST}...")
    assert not named.search(f"z{_LONGEST}...")


def test_digits_and_placeholders_end_a_gap() -> None:
    assert not any(Context("tel").search(f"tel{end}") for end in ("1", "]", "[", "_", "\n"))
