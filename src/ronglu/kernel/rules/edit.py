"""Changes to a sheet's declaration: an item put in or taken out, points moved; categories count along by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from ronglu.kernel.rules.arith import plain
from ronglu.kernel.rules.errors import SheetProblem
from ronglu.kernel.rules.load import bonus_of, read_item
from ronglu.kernel.rules.params import number
from ronglu.kernel.time.period import Grain, Period

CODE = re.compile(r"[A-Z][0-9]{1,2}")
Data = Mapping[str, Any]


def find(data: Data, code: str) -> dict[str, Any]:
    """The declaration of one item; raises `SheetProblem`."""
    for item in data["items"]:
        if item["code"] == code:
            return dict(item)
    raise SheetProblem("考核表", [f"没有 {code} 这一项"])


def put(data: Data, item: Data, *, was: str = "") -> dict[str, Any]:
    """With an item added, or in the place of `was`; it must read well by itself, the sheet's sums may wait.

    An item of a category stands after its neighbours there.
    """
    code, category = str(item.get("code", "")), str(item.get("category", ""))
    problems = []
    if not CODE.fullmatch(code) or not code.startswith(category):
        problems.append(f"代号应是类别字母加一两位数字，如 {category or 'A'}9，现在是“{code}”")
    if category not in {row["code"] for row in data["categories"]}:
        problems.append(f"没有“{category}”这一类")
    if code != was and any(row["code"] == code for row in data["items"]):
        problems.append(f"代号 {code} 已经有了")
    if problems:
        raise SheetProblem(f"考核项“{code} {item.get('name', '')}”", problems)
    read_item(item, bonus=bonus_of(data), starts_on=Period.parse(data["from_month"]).first)
    rows = [item if row["code"] == was else row for row in data["items"]]
    return _counted(data, rows if was else [*rows, item])


def drop(data: Data, code: str) -> dict[str, Any]:
    find(data, code)
    return _counted(data, [row for row in data["items"] if row["code"] != code])


def move(data: Data, *, source: str, target: str, points: Decimal) -> dict[str, Any]:
    """Points from one item to another; both must still read well (a deduction may not exceed what is left)."""
    if points <= 0:
        raise SheetProblem("移分", ["移几分应大于 0"])
    if source == target:
        raise SheetProblem("移分", ["请选两个不同的项"])
    less, more = find(data, source), find(data, target)
    less["points"] = _points(number(less["points"]) - points)
    more["points"] = _points(number(more["points"]) + points)
    return put(put(data, less, was=source), more, was=target)


def supposed(data: Data, *, since: Period) -> dict[str, Any]:
    """As though it had been in force since the year of `since` began: for asking what past months would have come to.

    A year's first day begins a quarter and a month too, so no item's period is cut in two.
    """
    january = since.up(Grain.YEAR).down(Grain.MONTH)[0]
    items = [{key: value for key, value in row.items() if key != "starts_on"} for row in data["items"]]
    return {**data, "from_month": str(january), "items": items}


def _counted(data: Data, rows: Iterable[Data]) -> dict[str, Any]:
    """Items in the order of their categories, whose points and counts are those of their items."""
    listed = list(rows)
    order = [row["code"] for row in data["categories"]]
    items = sorted(listed, key=lambda row: order.index(row["category"]))
    categories = []
    for category in data["categories"]:
        mine = [row for row in listed if row["category"] == category["code"]]
        points = _points(sum((number(row["points"]) for row in mine), Decimal(0)))
        categories.append({**category, "points": points, "items": len(mine)})
    return {**data, "categories": categories, "items": [dict(row) for row in items]}


def _points(value: Decimal) -> Any:
    """As declarations write points: a whole number, else exact text."""
    text = plain(value)
    return int(text) if value == value.to_integral_value() else text
