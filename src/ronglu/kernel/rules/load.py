"""From a declaration (plain data of a pack, a page or a stored version) to a sheet; every problem is told at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from typing import Any, TypeVar

from ronglu.kernel.canonical import canonical
from ronglu.kernel.rules import shapes as _shapes  # noqa: F401  (registers the ten shapes)
from ronglu.kernel.rules.arith import FULL, hundredths
from ronglu.kernel.rules.errors import SheetProblem
from ronglu.kernel.rules.item import CADENCES, CalendarKind, Item, Source, Status
from ronglu.kernel.rules.params import Params
from ronglu.kernel.rules.shape import read_shape
from ronglu.kernel.rules.sheet import Bonus, Category, Grade, Rated, Scale, Sheet, Star, Veto, VetoReason
from ronglu.kernel.rules.state import WhenNothing
from ronglu.kernel.time.period import Grain, Period

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


def digest(declaration: Mapping[str, Any]) -> str:
    """SHA-256 over canonical JSON, the identity of a published version."""
    return sha256(canonical(declaration)).hexdigest()


def build(data: Mapping[str, Any]) -> Sheet:
    """A sheet from its declaration (from files or from a stored version), complete or refused."""
    p = Params("考核表", data)
    bonus = _bonus(p)
    items = [item for row in p.rows("items") if (item := _read_item(p, row, bonus, p.text("from_month") + "-01"))]
    sheet = Sheet(
        code=p.text("code"), version=p.whole("version"), name=p.text("name"), en=p.text("en"),
        from_month=_period(p), status=_enum(p, "status", Status, Status.DEFAULT), note=p.text("note", ""),
        scales=tuple(_rows(p, "scales", lambda r: Scale(r.text("code"), r.text("name"), r.text("en"), r.decimal("points")))),
        categories=tuple(_rows(p, "categories", _category)),
        items=tuple(items), bonus=bonus, veto=_veto(p),
        grades=tuple(_rows(p, "grades", lambda r: Grade(r.text("code"), r.text("name"), r.text("en"), r.decimal("at_least")))),
        stars=tuple(_rows(p, "stars", lambda r: Star(r.whole("count"), r.decimal("at_least"), r.text("health")))),
        rated=_one(p, "rated", lambda r: Rated(r.whole("available_percent"), r.decimal("applicable_points"))),
        quota_percent=p.whole("quota_percent") if p.has("quota_percent") else p.raw("quota_percent"),
        declaration=data,
    )  # fmt: skip
    broken = p.finish()
    problems = broken + sheet.piecewise() if broken else sheet.problems()
    if problems:
        raise SheetProblem(f"考核表“{sheet.name}”", problems)
    return sheet


def read_item(data: Mapping[str, Any], *, bonus: Bonus, starts_on: date) -> Item:
    """One item from its declaration, for a draft made in a page; raises `SheetProblem`."""
    p = Params("考核项", {})
    item = _read_item(p, data, bonus, starts_on.isoformat())
    problems = p.problems or (item.problems() if item else [])
    if item is None or problems:
        raise SheetProblem(f"考核项“{data.get('code', '')} {data.get('name', '')}”", problems)
    return item


def readable(data: Mapping[str, Any]) -> tuple[Item, ...]:
    """The items of a sheet in the making that can be read one by one, whatever is still wrong with the sheet."""
    p = Params("考核表", data)
    bonus, starts_on = _bonus(p), p.text("from_month") + "-01"
    found = (_read_item(p, row, bonus, starts_on) for row in p.rows("items"))
    return tuple(item for item in found if item is not None)


def bonus_of(data: Mapping[str, Any]) -> Bonus:
    """The bonus switch of a sheet in the making; raises `SheetProblem`."""
    p = Params("考核表", data)
    bonus = _bonus(p)
    if p.problems:
        raise SheetProblem("考核表", p.problems)
    return bonus


def _read_item(top: Params, data: Any, bonus: Bonus, starts_on: str) -> Item | None:
    """None when anything is wrong; the problems go to `top`."""
    p = Params(f"{data.get('code', '?')} {data.get('name', '')}" if isinstance(data, Mapping) else "考核项", data)
    points = p.decimal("points")
    shape, problems = read_shape(f"{p.where}，shape", _with_cap(p.need("shape") or {}, bonus), _h(p, points))
    fields: dict[str, Any] = {
        "code": p.text("code"), "name": p.text("name"), "en": p.text("en"), "category": p.text("category"),
        "points": points, "cadence": _enum(p, "cadence", Grain, Grain.MONTH, CADENCES),
        "calendar": _enum(p, "calendar", CalendarKind, CalendarKind.CIVIL),
        "fact": p.text("fact"), "grain": p.text("grain"), "evidence": _texts(p, "evidence"),
        "when_nothing": _enum(p, "when_nothing", WhenNothing, WhenNothing.NOT_APPLICABLE), "rule": p.text("rule"),
        "source": _one(p, "source", _source), "wired_by": _texts(p, "wired_by"), "starts_on": _date(p, starts_on),
        "filter": {k: tuple(map(str, v if isinstance(v, list) else [v])) for k, v in (p.raw("filter") or {}).items()},
        "min_coverage": p.whole("min_coverage") if p.has("min_coverage") else p.raw("min_coverage"),
    }  # fmt: skip
    problems = p.finish() + problems
    top.problems += problems
    return None if problems or shape is None else Item(shape=shape, **fields)


def _with_cap(shape: Any, bonus: Bonus) -> Any:
    """Overshoot pays only while bonus is on: the sheet's switch sets the cap of every target shape."""
    if not isinstance(shape, Mapping):
        return shape
    if "parts" in shape and isinstance(shape["parts"], list):
        parts = [
            {**r, "shape": _with_cap(r.get("shape"), bonus)} if isinstance(r, Mapping) else r for r in shape["parts"]
        ]
        return {**shape, "parts": parts}
    if shape.get("kind") in ("target", "target_pp") and bonus.on:
        return {**shape, "cap": str(bonus.overshoot)}
    return shape


def _h(p: Params, points: Decimal) -> int:
    try:
        return hundredths(points)
    except ValueError as error:
        p.complain(f"“points”{error}")
        return FULL


def _enum(p: Params, name: str, kind: type[E], fallback: E, allowed: Iterable[E] = ()) -> E:
    value, fit = p.text(name), tuple(allowed) or tuple(kind)
    if value in fit:
        return kind(value)
    if value:
        p.complain(f"“{name}”应为 {'、'.join(fit)} 之一，现在是“{value}”")
    return fallback


def _texts(p: Params, name: str) -> tuple[str, ...]:
    return tuple(str(value).strip() for value in p.rows(name))


def _date(p: Params, fallback: str) -> date:
    text = p.text("starts_on", fallback)
    try:
        return date.fromisoformat(text)
    except ValueError:
        p.complain(f"“starts_on”应写成 2026-01-01，现在是“{text}”")
        return date.min


def _period(p: Params) -> Period:
    text = p.text("from_month")
    try:
        found = Period.parse(text)
    except ValueError as error:
        p.complain(str(error))
        return Period.month(1, 1)
    if found.grain is not Grain.MONTH:
        p.complain(f"“from_month”应是一个月，例如 2026-01，现在是“{text}”")
        return Period.month(1, 1)
    return found


def _rows(p: Params, name: str, make: Callable[[Params], T]) -> list[T]:
    found = []
    for row in p.rows(name):
        sub = Params(f"{p.where}，{name}", row)
        found.append(make(sub))
        p.problems += sub.finish()
    return found


def _one(p: Params, name: str, make: Callable[[Params], T]) -> T:
    sub = Params(f"{p.where}，{name}", p.need(name) or {})
    found = make(sub)
    p.problems += sub.finish()
    return found


def _source(p: Params) -> Source:
    return Source(_texts(p, "rows"), _enum(p, "status", Status, Status.DEFAULT), p.text("doc", ""))


def _category(r: Params) -> Category:
    return Category(
        r.text("code"), r.text("name"), r.text("en"), r.text("scale"), r.decimal("points"), r.whole("items")
    )


def _bonus(p: Params) -> Bonus:
    def make(r: Params) -> Bonus:
        on = r.need("enabled")
        if not isinstance(on, bool):
            r.complain(f"“enabled”应为 true 或 false，现在是“{on}”")
        bonus = Bonus(on is True, r.decimal("per_year"), r.decimal("overshoot"), r.text("ground"))
        if not 0 <= bonus.per_year <= 5:
            r.complain(f"加分每年不超过 5 分，现在是 {bonus.per_year}")
        if not 1 <= bonus.overshoot <= Decimal("1.1"):
            r.complain(f"超额部分的封顶应在 1 与 1.1 之间，现在是 {bonus.overshoot}")
        return bonus

    return _one(p, "bonus", make)


def _veto(p: Params) -> Veto:
    def make(r: Params) -> Veto:
        reasons = _rows(r, "reasons", lambda row: VetoReason(row.text("code"), row.text("name"), row.text("en")))
        return Veto(r.text("cap"), tuple(reasons))

    return _one(p, "veto", make)
