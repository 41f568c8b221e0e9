from jingyu.pipeline.read.fields import parse_fields


def test_fields_that_are_lists_go_on_where_they_are_repeated() -> None:
    fields = parse_fields(b"Link: <a>\r\nSet-Cookie: b\r\nlink: <c>\r\nSet-Cookie: d\r\n")

    assert fields == {"link": "<a>, <c>", "set-cookie": "b"}
