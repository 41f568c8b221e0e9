"""Distributions of signals, kept against lost, with the limits that rules set them."""

from typing import Any

from jingyu.pipeline.audit.output import Output
from jingyu.pipeline.audit.report.tables import Tables
from jingyu.schemas.staging import RULED


def signals(output: Output, tables: Tables) -> list[dict[str, Any]]:
    """Returns each signal with totals and bins by outcome, and the limits of its rules."""
    limits: dict[str, list[dict[str, Any]]] = {}
    for rule in output.manifest.get("config", {}).get("rules", []):
        for each in (rule, rule.get("also") or {}):
            if each:
                bound = "max" if each.get("min") is None else "min"
                told = {"reason": rule["reason"], "bound": bound}
                limits.setdefault(each["signal"], []).extend(
                    told | {"limit": limit, "of": names} for limit, names in _limits(each[bound])
                )
    bins: dict[tuple[str, str], list[list[Any]]] = {}
    for row in tables["histograms"].to_pylist():
        key = (row["signal"], row["outcome"])
        bins.setdefault(key, []).append([row["lower"], row["upper"], row["documents"]])
    found: dict[str, dict[str, Any]] = {}
    for row in tables["signals"].to_pylist():
        name = row["signal"]
        one = found.setdefault(name, _described(name) | {"limits": limits.get(name, [])})
        one["outcomes"][row["outcome"]] = {
            "documents": row["documents"],
            "mean": row["sum"] / row["documents"] if row["documents"] else None,
            "sum": row["sum"],
            "min": row["min_value"],
            "max": row["max_value"],
            "bins": bins.get((name, row["outcome"]), []),
        }
    order = {name: place for place, name in enumerate(RULED.names)}
    return sorted(found.values(), key=lambda one: order.get(one["name"], len(order)))


def _limits(limit: Any) -> list[tuple[float, list[str]]]:
    """Returns each number of a limit, and the tiers or verdicts that it is of, none if of all."""
    if not isinstance(limit, dict):
        return [(limit, [])]
    numbers = dict.fromkeys(limit.values())
    return [(number, [name for name in limit if limit[name] == number]) for number in numbers]


def _described(name: str) -> dict[str, Any]:
    field = RULED.field(name) if name in RULED.names else None
    metadata = (field.metadata if field else None) or {}
    return {
        "name": name,
        "unit": metadata.get(b"unit", b"").decode(),
        "meaning": metadata.get(b"description", b"").decode(),
        "outcomes": {},
    }


def documents_with(table: Tables, signal: str, outcome: str) -> int:
    """Returns how many documents have a count above 0: all that are not in the bin at 0."""
    found = 0
    for row in table["histograms"].to_pylist():
        if (row["signal"], row["outcome"]) == (signal, outcome) and row["lower"] > 0:
            found += row["documents"]
    return found
