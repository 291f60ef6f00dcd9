"""What one version of a sheet changed against another, in words that an office can read out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ronglu.kernel.rules.arith import plain
from ronglu.kernel.rules.item import Item
from ronglu.kernel.rules.sheet import Sheet
from ronglu.kernel.rules.trace import params_of


@dataclass(frozen=True, slots=True)
class Change:
    """`code` is the item's or the category's; '' speaks of the whole sheet."""

    code: str
    name: str
    what: str
    before: str
    after: str


ADDED, GONE = "新增", "不再考核"


def differences(before: Sheet, after: Sheet) -> tuple[Change, ...]:
    """Items in the order of `after`, then those that are gone, then the sheet as a whole."""
    old = {item.code: item for item in before.items}
    new = {item.code for item in after.items}
    found: list[Change] = []
    for item in after.items:
        if item.code in old:
            found += _item(old[item.code], item)
        else:
            found.append(Change(item.code, item.name, ADDED, "", f"{plain(item.points)} 分，{item.rule}"))
    found += [
        Change(item.code, item.name, GONE, f"{plain(item.points)} 分", "")
        for item in before.items
        if item.code not in new
    ]
    return (*found, *_whole(before, after))


def _item(old: Item, new: Item) -> Iterator[Change]:
    was, now = dict(_told(old)), dict(_told(new))
    for what in dict.fromkeys((*was, *now)):
        if was.get(what, "") != now.get(what, ""):
            yield Change(new.code, new.name, what, was.get(what, ""), now.get(what, ""))


def _told(item: Item) -> Iterable[tuple[str, str]]:
    """Everything that makes an item, as (what, words)."""
    narrowed = "；".join(f"{name}：{'、'.join(words)}" for name, words in sorted(item.filter.items()))
    return (
        ("名称", item.name), ("类别", item.category), ("算法", item.shape.label), *params_of(item), ("规则说明", item.rule),
        ("事实", "、".join(item.facts)), ("只看", narrowed), ("依据种类", "、".join(item.evidence)),
        ("起用日", item.starts_on.isoformat()), ("出处", item.source.text),
    )  # fmt: skip


def _whole(before: Sheet, after: Sheet) -> Iterator[Change]:
    was, now = dict(_sheet(before)), dict(_sheet(after))
    for what in dict.fromkeys((*was, *now)):
        if was.get(what, "") != now.get(what, ""):
            yield Change("", after.name, what, was.get(what, ""), now.get(what, ""))


def _sheet(sheet: Sheet) -> Iterable[tuple[str, str]]:
    bonus = f"开，一年最多 {plain(sheet.bonus.per_year)} 分" if sheet.bonus.on else "关"
    return (
        *((f"{c.code} {c.name}", f"{plain(c.points)} 分，{c.items} 项") for c in sheet.categories),
        ("加分", bonus), ("优秀比例", "不限" if sheet.quota_percent is None else f"{sheet.quota_percent}%"),
        ("等级", "，".join(f"{g.name} {plain(g.at_least)} 分起" for g in sheet.grades)),
        ("何时评级", f"已评不少于适用的 {sheet.rated.available_percent}%，适用不少于 {plain(sheet.rated.applicable_points)} 分"),
        ("一票否决", "、".join(reason.name for reason in sheet.veto.reasons)),
    )  # fmt: skip
