"""A takedown on an object store: register, run, proof and what is carried over."""

import json
from pathlib import Path
from typing import Any

import yaml

import jingyu
from jingyu.pipeline.cli import main
from jingyu.pipeline.config.built_in import find_config
from jingyu.pipeline.config.takedown_lists import read_takedown
from jingyu.pipeline.read import storage
from tests.crawl import build_crawl
from tests.support.servers import at_endpoint, make_bucket, server

OUT, REGISTER = "s3://corpora/out", "s3://corpora/register.csv"
ROBOTS = {"host": "none.cn", "body": "", "date": "2026-10-01"}


def test_documents_and_passages_leave_a_corpus_on_a_store(tmp_path: Path) -> None:
    build_crawl(tmp_path / "crawl.warc.gz")
    (tmp_path / "robots.jsonl").write_text(json.dumps(ROBOTS), "utf-8")
    told: dict[str, Any] = yaml.safe_load(Path(find_config("demo")).read_text("utf-8"))
    told["rights"] = {"robots": [str(tmp_path / "robots.jsonl")], "as_of": "2026-11-01"}

    def corpus() -> dict[str, str]:
        (tmp_path / "config.yaml").write_text(yaml.safe_dump(told, allow_unicode=True), "utf-8")
        config = jingyu.load_config(str(tmp_path / "config.yaml"))
        made = jingyu.run(config, [str(tmp_path / "crawl.warc.gz")], OUT, workers=1)
        table = made.corpus.to_table(["document_id", "text"])
        return dict(zip(*(column.to_pylist() for column in table.columns), strict=True))

    with server("s3") as address, at_endpoint("s3", address):
        make_bucket("s3", address, "corpora")
        before = corpus()
        one, other = list(before)[:2]
        named = ["--of", OUT, "--id", one, "--passage", before[other][:60]]
        main(["takedown", REGISTER, *named, "--asked-by", "author", "--reference", "7"])
        told["takedown"] = {"lists": [REGISTER]}
        after = corpus()
        proof = json.loads(storage.read_bytes(f"{OUT}/takedown/proof.json"))
        main(["takedown", "s3://corpora/next.csv", "--carry", OUT])
        carried = read_takedown(["s3://corpora/next.csv"])

    assert before.keys() - after.keys() == {one, other}
    assert {name: before[name] for name in after} == after
    assert proof["left"] == 2
    assert proof["only_named"] == proof["documents"] - 2
    assert before[other][:60] not in json.dumps(proof, ensure_ascii=False)
    assert {"text_hash", "signature"} <= {entry.kind for entry in carried}
    assert {entry.asked_by for entry in carried} == {"author"}
