"""The page of the organisation rules: what is checked, on whose text it rests, how it is cleared."""

from pathlib import Path
from typing import Any

import yaml

from ronglu.kernel.measure.status import Status
from tools.docs.table import page, table

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "ronglu" / "packs" / "base" / "org.yaml"


def rules() -> str:
    """docs/reference/rules.md."""
    declared: list[dict[str, Any]] = yaml.safe_load(SOURCE.read_text("utf-8"))["rules"]
    rows = [(r["id"], r["label"], r["severity"], limits(r), r.get("clear_by"), source(r)) for r in declared]
    intro = "条文数字都可由厂里按日期修改；核对原文之前，页面上标“待核对原文”。\n"
    return page(
        "组织规则 · Organisation rules", intro, table(["编号", "规则", "级别", "数字", "怎样消除", "出处"], rows)
    )


def limits(rule: dict[str, Any]) -> str:
    """The numbers of a rule with their labels and how well they are founded."""
    found = rule.get("thresholds", {}).values()
    return "<br>".join(f"{t['label']} {t['value']}{t.get('unit', '')}({basis(t['status'])})" for t in found)


def source(rule: dict[str, Any]) -> str:
    """The document and its article."""
    given = rule["source"]
    if not isinstance(given, dict):
        return str(given)
    article = f"第 {given['article']} 条" if given.get("article") else ""
    return f"{given['doc']}{article}({basis(given['status'])})"


def basis(status: str) -> str:
    """The words for a status mark; a mixed mark (V/M) names both."""
    return " / ".join(Status(mark).label for mark in status.split("/"))
