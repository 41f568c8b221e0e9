import pytest

from jingyu.filters.spam.listing import listing_mark_count


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("", 0),
        ("/", 0),
        ("/page/3", 1),
        ("/page/3.html", 1),
        ("/blog/Page/12/index.html", 1),
        ("/page_2.html", 1),
        ("/page/1234", 1),
        ("/page/12345", 0),
        ("/page/", 0),
        ("/homepage/3", 0),
        ("/tag/%E5%B1%B1/", 1),
        ("/tags/a/page/2", 2),
        ("/stage/1", 0),
        ("/category/news/", 1),
        ("/categories/news/1.html", 1),
        ("/user/category_107.html", 1),
        ("/news/index_12.html", 1),
        ("/news/index_123456.html", 0),
        ("/news/index.html", 0),
        ("/news/index12.html", 1),
        ("/news/list4.html", 1),
        ("/news/index12345.html", 0),
        ("/news/indexed12.html", 0),
        ("/a/list_3_4.html", 1),
        ("/news?page=2", 1),
        ("/news?id=1&pageno=2", 1),
        ("/news?homepage=2", 0),
        ("/archives/12.html", 0),
    ],
)
def test_marks_of_lists_in_an_address_are_counted(path: str, count: int) -> None:
    assert listing_mark_count(f"https://www.example.cn{path}") == count


def test_without_an_address_there_are_none() -> None:
    assert listing_mark_count(None) == 0


def test_of_a_long_address_the_beginning_is_read() -> None:
    assert listing_mark_count("https://example.cn/" + "tag/" * 10_000) <= 500
