"""The dataset card of an output folder, in Chinese and English."""

from typing import Any

from jingyu.pipeline.page.mask.kinds import KINDS

_MOST_REASONS = 12


def dataset_card(stats: dict[str, Any], manifest: dict[str, Any]) -> str:
    """Returns a card with the front matter that dataset hubs read, from figures of the run."""
    outcomes = stats["outcomes"]
    parts = [part for part in manifest["parts"] if part["path"].startswith("corpus/")]
    size = sum(part["bytes"] for part in parts)
    reasons = sorted(stats["reasons"].items(), key=lambda item: (-item[1], item[0]))
    lost = [(name, count) for name, count in reasons if not name.endswith("/kept")]
    rows = "\n".join(f"| {name} | {count:,} |" for name, count in lost[:_MOST_REASONS])
    inputs, kinds = len(manifest["inputs"]), len(KINDS)
    origin = "\n".join(
        f"| {method} | " + " | ".join(f"{count:,}" for count in found["pages"].values()) + " |"
        for method, found in stats["origin"].items()
    )
    return f"""---
language:
- zh
task_categories:
- text-generation
configs:
- config_name: default
  data_files: corpus/**/*.parquet
---

# 语料库 · Corpus

由净语 (Jingyu) {manifest["versions"]["jingyu"]} 于 {manifest["created_at"]} 生成。
Built by Jingyu {manifest["versions"]["jingyu"]} at {manifest["created_at"]}.

| | |
| --- | --: |
| 文档 documents | {stats["documents"]:,} |
| 字符 characters | {stats["characters"]:,} |
| 分片 shards | {len(parts):,} ({size:,} bytes) |
| 输入文件 input files | {inputs:,} |
| 读取页面 pages read | {stats["pages_read"]:,} |
| 保留 kept | {outcomes["kept"]:,} |
| 拒绝 rejected | {outcomes["rejected"]:,} |
| 重复 duplicate | {outcomes["duplicate"]:,} |
| 失败 failed | {outcomes["failed"]:,} |
| 下架 taken down | {stats["taken_down"]:,} |
| 整体排除的来源 sources left out whole | {stats["dropped_source_count"]:,} |
| 每百万页可用中文页 usable pages per million | {stats["usable_pages_per_million"]:,} |

## 来源 · Where it comes from

| 方法 method | 境内 mainland | 境外 overseas | 无证据 no evidence |
| --- | --: | --: | --: |
{origin}

页面数；备案号为页面自称，未经核实。Pages; filing numbers are claimed by the pages, not verified.

## 去向 · What was left out

| 阶段/结果/原因 stage/outcome/reason | 页 pages |
| --- | --: |
{rows}

## 字段 · Columns

每一列的含义与单位写在 Parquet 文件的字段元数据中；`ledger/` 对每个输入页面各有一行，
写明去向、原因、测得的值与界限；配置、版本与校验和见 `manifest.json`，全部统计见 `stats.json`。

Each column's meaning and unit is in the field metadata of the Parquet files. `ledger/` has one row
per input page: outcome, reason, measured value and limit. `manifest.json` holds the configuration,
versions and checksums, `stats.json` all statistics.

## 权利与个人信息 · Rights and personal data

文本来自网页，权利属于其作者；识别出的个人信息（身份证件、电话、邮箱、账号、银行卡、车牌、住址等
{kinds} 类）在写入任何文件之前已替换为占位符。是否合规由使用者判断。

The texts come from web pages and belong to their authors. Personal data that was recognized
({kinds} types: identity documents, phones, mail, handles, cards, plates, addresses and others) was
replaced by placeholders before anything was written. Whether a use is lawful is for its user to
judge.
"""
