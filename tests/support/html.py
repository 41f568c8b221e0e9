"""Invented HTML, mostly broken."""

from hypothesis import strategies as st

PIECES = (
    *(
        "<div>",
        "</div>",
        "<DIV CLASS='nav'>",
        '<div id="a_b" hidden>',
        "<p>",
        "</p>",
        "<br>",
        "<h2>",
    ),
    *("<ul>", "<ol>", "<dl>", "<li>", "</li>", "</ul>", "<dt>", "<dd>", "<nav>", "</nav>", "<x-y>"),
    *("<table>", "<tr>", "<td>", "<TH>", "</td>", "</tr>", "</table>", "<a href=x>", "<a>", "</a>"),
    *("<pre>", "</pre>", "<code class=a>", "</code>", "<li value=7>", "<ol start='3'>", "<h1>"),
    *("<td colspan=2>", '<th ROWSPAN = "3">', "<td rowspan=0 colspan=9999>", "<br/>", "\n\n"),
    *("<button>", "<Button x>？", "</button>"),
    *("<script>", "</script>", "<svg ", "</SVG\n>", "<title>", "</title>"),
    *("<!--", "-->", "--!>", "<!doctype>", "<![CDATA[", "]]>", "<?x", "</", "<!", "</1>", "<", ">"),
    *("&amp;", "&nbsp;", "&#20013;", "&#x4e2d;", "&#128;", "&#" + "9" * 5000, "&lt", "&x;", "&"),
    *('"', "'", "=", '="', "=' ", "/", "-", " ", "\n", "\t", "\x00", "\xa0", "\u3000", "\x1f"),
    *("文", "字 ", "a", "\ud800", "𠮷", "二十字以上的一段话，为了不总是短。", "长" * 121),
)
html = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
