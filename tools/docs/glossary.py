"""The glossary page: each name once, in Chinese, in English and in code."""

from pathlib import Path
from typing import Any

import yaml

from tools.docs.table import page, table

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "ronglu" / "packs" / "base" / "glossary.yaml"


def glossary() -> str:
    """docs/reference/glossary.md."""
    groups: dict[str, Any] = yaml.safe_load(SOURCE.read_text("utf-8"))
    parts = ["一个意思一个词。代码里用英文名，页面上用中文名；新名字先进 `packs/base/glossary.yaml`,再进代码。\n"]
    for group in groups["groups"]:
        parts.append(f"## {group['zh']} · {group['en']}\n")
        rows = [(t["zh"], t["en"], f"`{t['name']}`" if "name" in t else "", t["text"]) for t in group["terms"]]
        parts.append(table(["中文", "English", "代码名", "意思"], rows))
    return page("词汇表 · Glossary", *parts)
