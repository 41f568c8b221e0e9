"""What a page and its site state, of which tests say what they mean."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from jingyu.filters.rights.evidence import OfTheSite, rights_of
from jingyu.filters.rights.rights import Rights
from jingyu.filters.rights.site import sites
from jingyu.filters.rights.snapshot import Kind, Snapshot

HOST = "www.a.cn"
RSL = '<rsl xmlns="https://rslstandard.org/rsl">{}</rsl>'


class Stated(NamedTuple):
    """All that is stated of one page, as it is served."""

    path: str = "/b.html"
    robots: str | None = None
    headers: Mapping[str, str] = {}
    head: str = ""
    body: str = ""
    tdmrep: Any = None
    """What the file holds, or its text."""
    ai_txt: str | None = None
    rsl: Mapping[str, str] = {}
    """License documents by address."""
    agents: Sequence[str] = ("*",)
    encoding: str = "utf-8"
    """Of the site's files."""

    def rights(self) -> Rights:
        """Returns what Jingyu reads of it."""
        contents: dict[Kind, str | None] = {
            "robots": self.robots,
            "ai_txt": self.ai_txt,
            "tdmrep": self.tdmrep
            if self.tdmrep is None or isinstance(self.tdmrep, str)
            else json.dumps(self.tdmrep),
        }
        snapshots = [
            Snapshot(HOST, 200, content.encode(self.encoding), kind)
            for kind, content in contents.items()
            if content is not None
        ]
        snapshots += [
            Snapshot(f"{n}.a.cn", 200, document.encode(), "rsl", None, url)
            for n, (url, document) in enumerate(self.rsl.items())
        ]
        files = sites(snapshots)
        url = f"https://{HOST}{self.path}"
        site = OfTheSite(url, files.said(url, self.agents), files)
        markup = f"<html><head>{self.head}</head><body>{self.body}</body></html>"
        return rights_of(self.headers, markup, "", None, site)


def rsl(*licenses: str, url: str = "/", attributes: str = "") -> str:
    """Returns a document of one `content` with some licenses."""
    terms = "".join(f"<license>{each}</license>" for each in licenses)
    return RSL.format(f'<content url="{url}" {attributes}>{terms}</content>')


def permits(*tokens: str, kind: str = "usage") -> str:
    """Returns an element that permits."""
    return f'<permits type="{kind}">{" ".join(tokens)}</permits>'


def prohibits(*tokens: str, kind: str = "usage") -> str:
    """Returns an element that prohibits."""
    return f'<prohibits type="{kind}">{" ".join(tokens)}</prohibits>'
