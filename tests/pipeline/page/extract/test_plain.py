from hypothesis import given
from hypothesis import strategies as st

from jingyu.pipeline.page.extract.engines import extract
from jingyu.pipeline.page.extract.plain import plain_text, unfenced
from jingyu.pipeline.page.normalize.normalization import normalize

SENTENCE = "渡口的老船工说，江面最宽的地方要划上半个钟头，遇到大风的日子，就得等到傍晚才敢开船。"
PAGE = (
    f"<h2>渡口</h2><p>{SENTENCE}<p>{SENTENCE[:-1]}，都是这样。<ul><li>船<li>桨</ul>"
    f"<ol><li>{SENTENCE}</ol>"
    "<pre><code class=language-c>int main() {\n    return 0;\n}</code></pre>"
    f"<p>后来，{SENTENCE}<table><tr><td>甲|乙<td><td>丙<tr><td>子<td>丑<td>寅</table>"
    f"<p>完，{SENTENCE}"
)


def test_markdown_of_a_page_becomes_its_plain_text() -> None:
    found = extract(PAGE, "jingyu", form="markdown")

    assert found.markdown
    assert "```c" in found.markdown
    assert plain_text(normalize(found.markdown)) == normalize(found.text)


def test_lines_that_fence_code_go() -> None:
    assert unfenced("看\n```c\nx\n```\n完 ```y```\n````") == "看\nx\n完 ```y```\n"
    assert unfenced("没有代码") == "没有代码"


@given(text=st.text("`#|- a中\n\\", max_size=40))
def test_any_text_has_a_plain_form_with_its_letters(text: str) -> None:
    letters = [each for each in plain_text(text) if each in "a中"]

    assert "".join(letters) in "".join(each for each in text if each in "a中") or "```" in text
