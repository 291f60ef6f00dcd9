"""The page of the assessment sheet: every item with its rule in words and its worked examples."""

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import ronglu.packs
from ronglu.kernel.rules.examples import Example
from ronglu.kernel.rules.item import Item
from ronglu.kernel.rules.sheet import Sheet
from ronglu.packs import sheets
from tools.docs.table import page, table

SHEETS = Path(ronglu.packs.__file__).parent / "base" / "sheets"
INTRO = "权重、分值和名称都可以修改。标“系统默认”的不是上级规定。每一项给出一般、边界、什么都没发生三种算例。\n"


def items() -> str:
    """docs/reference/items.md."""
    parts = [INTRO]
    for folder in sorted(path.parent for path in SHEETS.glob("*/sheet.yaml")):
        sheet = sheets.load(folder)
        examples = sheets.examples(folder)
        parts += [f"## {sheet.name} · {sheet.en}\n", overview(sheet)]
        for category in sheet.categories:
            parts.append(f"### {category.code} {category.name} · {category.en}（{plain(category.points)} 分）\n")
            parts += [described(item, examples) for item in sheet.in_category(category.code)]
    return page("考核项 · Items", *parts)


def overview(sheet: Sheet) -> str:
    """Scales with their categories, and what is switched off."""
    rows = [
        (
            scale.name,
            scale.en,
            plain(scale.points),
            "、".join(f"{c.code} {c.name}" for c in sheet.categories if c.scale == scale.code),
        )
        for scale in sheet.scales
    ]
    bonus = "开" if sheet.bonus.on else "关"
    vetoes = "、".join(reason.name for reason in sheet.veto.reasons)
    return table(["百分", "English", "分", "类别"], rows) + f"\n加分：{bonus}。一票否决情形：{vetoes}。\n"


def described(item: Item, examples: Iterable[Example]) -> str:
    """One item: a line of facts, the rule, the examples."""
    facts = table(
        ["分", "周期", "月", "事实", "形状", "什么都没发生时", "依据"],
        [
            (
                plain(item.points),
                item.cadence.label,
                item.calendar.label,
                "、".join(f"`{fact}`" for fact in item.facts),
                f"`{item.shape.kind}`",
                item.when_nothing.label,
                f"{'、'.join(item.source.rows)}（{item.source.status.label}）",
            )
        ],
    )
    told = "".join(f"- {example.kind.label}：{example.say}\n" for example in examples if example.item == item.code)
    return f"#### {item.code} {item.name} · {item.en}\n\n{item.rule}\n\n{facts}\n{told}"


def plain(points: Decimal) -> str:
    """Points without idle zeros."""
    return f"{points.normalize():f}"
