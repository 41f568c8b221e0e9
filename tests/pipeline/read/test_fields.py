from jingyu.filters.rights.opt_outs import header_directives
from jingyu.pipeline.read.fields import parse_fields


def test_fields_that_are_lists_go_on_where_they_are_repeated() -> None:
    fields = parse_fields(b"Link: <a>\r\nSet-Cookie: b\r\nlink: <c>\r\nSet-Cookie: d\r\n")

    assert fields == {"link": "<a>, <c>", "set-cookie": "b"}


def test_a_robot_that_one_x_robots_tag_names_is_not_named_by_the_next() -> None:
    fields = parse_fields(b"X-Robots-Tag: otherbot: noindex\r\nX-Robots-Tag: noai\r\n")

    assert list(header_directives(fields)) == [("", "noai")]
