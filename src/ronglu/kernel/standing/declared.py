"""From the declarations of a pack to the rules of 1151, points, the year, honours and the timetable; all faults at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any, Protocol, TypeVar

from ronglu.kernel.rules.arith import FULL
from ronglu.kernel.rules.linter import RedList
from ronglu.kernel.rules.params import Params
from ronglu.kernel.standing.errors import StandingTrouble
from ronglu.kernel.standing.honour import Condition, HonourRules, Tier, Title
from ronglu.kernel.standing.lift_rules import FULL_H, Axis, Dimension, LiftRules
from ronglu.kernel.standing.points import PointDimension, PointRules, PointSource
from ronglu.kernel.standing.sources import Scoring, lint
from ronglu.kernel.standing.timetable import Stage, Timetable
from ronglu.kernel.standing.year import YearRules
from ronglu.kernel.time.period import Grain


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


T = TypeVar("T")
C = TypeVar("C", bound=_Coded)
Data = Mapping[str, Any]


def lift_rules(data: Data, red: RedList) -> LiftRules:
    """1151: five dimensions, two axes."""
    p = Params("双提升", data)
    rules = LiftRules(
        label=p.text("label"), en=p.text("en"), trend_months=p.whole("trend_months"), note=p.text("note"),
        axes=tuple(_rows(p, "axes", lambda r: Axis(**_names(r), weight=r.whole("weight")))),
        dimensions=tuple(_rows(p, "dimensions", _dimension)), grades=_grades(p),
    )  # fmt: skip
    axes = [axis.code for axis in rules.axes]
    _unless(p, sum(axis.weight for axis in rules.axes) == 100, "两轴的权重合计应为 100")
    _unless(p, rules.trend_months >= 1, "trend_months 至少为 1")
    for one in rules.dimensions:
        _unless(p, one.axis in axes, f"{one.label}归入的轴“{one.axis}”不存在")
    for axis in rules.axes:
        _unless(p, bool(rules.on(axis.code)), f"{axis.label}没有维度")
    _linted(
        p, red, (Scoring(one.code, one.label, one.en, one.rule, one.evidence, "", False) for one in rules.dimensions)
    )
    return _whole(p, rules)


def _grades(p: Params) -> dict[str, int]:
    figures = Params(f"{p.where} 技能等级", dict(p.group("grades")))
    found = {word: figures.points(word) for word, _ in p.group("grades")}
    p.problems += figures.problems
    _unless(p, all(0 <= value <= FULL_H for value in found.values()), "技能等级的数应在 0 到 100 之间")
    return found


def point_rules(data: Data, red: RedList) -> PointRules:
    """Member points: three dimensions of 100, their sources, each of them linted."""
    p = Params("党员积分", data)
    dimensions = _rows(p, "dimensions", lambda r: PointDimension(**_names(r), cap_h=r.points("cap")))
    sources = _rows(p, "sources", _point_source)
    rules = PointRules(
        dimensions=_by_code(p, dimensions), sources=_by_code(p, sources), objection_days=p.whole("objection_days"), note=p.text("note"),
    )  # fmt: skip
    _unless(p, sum(one.cap_h for one in dimensions) == 10_000, "各维度的上限合计应为 100 分")
    _unless(p, all(one.cap_h > 0 for one in dimensions), "每个维度的上限应大于 0")
    _unless(p, rules.objection_days >= 1, "提异议的天数至少为 1")
    for one in sources:
        _unless(p, one.dimension in rules.dimensions, f"{one.label}归入的维度“{one.dimension}”不存在")
        _unless(p, one.points_h != 0, f"{one.label}的分数不能为 0")
        _unless(p, one.month_cap_h is None or one.month_cap_h > 0, f"{one.label}的月上限应大于 0")
        _unless(p, one.deducts or one.month_cap_h is not None, f"{one.label}没有写月上限")
        falling = list(one.returns) == sorted(one.returns, reverse=True) and all(
            0 <= share <= FULL for share in one.returns
        )
        _unless(p, falling, f"{one.label}的递减份额应在 0 到 1 之间，且一件不比前一件多")
    _linted(p, red, (Scoring(s.code, s.label, s.en, s.rule, s.evidence, s.fact, s.deducts) for s in sources))
    return _whole(p, rules)


def year_rules(data: Data) -> YearRules:
    """Weights of the year, least counts, the quota of 优秀."""
    p = Params("年度考核", data)
    w = Params("年度考核，weights", p.need("weights") or {})
    rules = YearRules(
        months=w.decimal("months"), quarters=w.decimal("quarters"), review=w.decimal("review"), min_months=p.whole("min_months"),
        min_quarters=p.whole("min_quarters"), member_quota=_fraction(p, "member_quota"), note=p.text("note"),
    )  # fmt: skip
    p.problems += w.finish()
    weights = (rules.months, rules.quarters, rules.review)
    _unless(p, sum(weights) == 1, f"权重合计应为 1，现为 {sum(weights)}")
    _unless(p, min(weights) >= 0, "权重不能为负")
    _unless(p, 1 <= rules.min_months <= 12, f"min_months 应为 1 到 12，现为 {rules.min_months}")
    _unless(p, 0 <= rules.min_quarters <= 4, f"min_quarters 应为 0 到 4，现为 {rules.min_quarters}")
    _unless(p, rules.min_quarters >= 1 or rules.quarters == 0, "点评分有权重，min_quarters 至少为 1")
    return _whole(p, rules)


def honour_rules(data: Data) -> HonourRules:
    """Titles with their conditions and the tiers 1+2+N."""
    p = Params("称号与层级", data)
    titles, tiers = _rows(p, "titles", _title), _rows(p, "tiers", _tier)
    rules = HonourRules(titles=_by_code(p, titles), tiers=_by_code(p, tiers), note=p.text("note"))
    _unless(p, all(one.places is None or one.places > 0 for one in titles), "称号的名额应大于 0")
    _unless(p, all(one.quota is None or one.quota > 0 for one in tiers), "层级的名额应大于 0")
    _unless(p, any(one.quota is None for one in tiers), "至少一个层级没有名额限制，其余支部才有处可归")
    return _whole(p, rules)


def timetable(data: Data) -> Timetable:
    """Stages of month, quarter and year."""
    p = Params("考核日程", data)
    stages = {
        grain: tuple(_rows(p, grain.value, lambda r: Stage(**_names(r), workdays=r.whole("workdays"))))
        for grain in (Grain.MONTH, Grain.QUARTER, Grain.YEAR)
    }
    found = Timetable(stages=stages, note=p.text("note"))
    for text in found.problems():
        p.complain(text)
    return _whole(p, found)


def _names(r: Params) -> dict[str, str]:
    return {name: r.text(name) for name in ("code", "label", "en")}


def _dimension(r: Params) -> Dimension:
    return Dimension(**_names(r), axis=r.text("axis"), evidence=_texts(r, "evidence"), rule=r.text("rule"))


def _point_source(r: Params) -> PointSource:
    shares = [Params("", {"share": row}).decimal("share") for row in (r.raw("returns") or [1])]
    return PointSource(
        **_names(r), dimension=r.text("dimension"), evidence=_texts(r, "evidence"), fact=r.text("fact"), points_h=r.points("points"),
        month_cap_h=r.points("month_cap") if r.has("month_cap") else r.raw("month_cap"),
        returns=tuple(int(share * FULL) for share in shares), rule=r.text("rule"),
    )  # fmt: skip


def _title(r: Params) -> Title:
    return Title(
        **_names(r), places=r.whole("places") if r.has("places") else r.raw("places"),
        conditions=tuple(_rows(r, "conditions", _condition)),
    )  # fmt: skip


def _condition(r: Params) -> Condition:
    bounds = {name: r.decimal(name) if r.has(name) else r.raw(name) for name in ("least", "most")}
    _unless(r, bounds["least"] is not None or bounds["most"] is not None, "应写 least 或 most")
    return Condition(fact=r.text("fact"), label=r.text("label"), **bounds)


def _tier(r: Params) -> Tier:
    return Tier(**_names(r), quota=r.whole("quota") if r.has("quota") else r.raw("quota"))


def _fraction(p: Params, name: str) -> Fraction:
    """`1/3` or `0.3`."""
    text = p.text(name)
    try:
        found = Fraction(text)
    except (ValueError, ZeroDivisionError):
        found = Fraction(0)
    _unless(p, 0 < found <= 1, f"“{name}”应写成 1/3 或 0.3 这样不超过 1 的份额，现在是“{text}”")
    return found


def _texts(r: Params, name: str) -> tuple[str, ...]:
    return tuple(str(one) for one in r.rows(name))


def _rows(p: Params, name: str, make: Callable[[Params], T]) -> list[T]:
    found = []
    for row in p.rows(name):
        label = row.get("label") or row.get("code") or "" if isinstance(row, Mapping) else ""
        r = Params(f"{p.where}，{name} {label}".rstrip(), row)
        found.append(make(r))
        p.problems += r.finish()
    return found


def _by_code(p: Params, found: Iterable[C]) -> dict[str, C]:
    by_code: dict[str, C] = {}
    for one in found:
        _unless(p, one.code not in by_code, f"代号 {one.code} 写了两遍")
        by_code[one.code] = one
    return by_code


def _linted(p: Params, red: RedList, sources: Iterable[Scoring]) -> None:
    p.problems += [refusal.text for source in sources for refusal in lint(source, red)]


def _unless(p: Params, holds: bool, text: str) -> None:
    if not holds:
        p.complain(text)


def _whole(p: Params, rules: T) -> T:
    if problems := p.finish():
        raise StandingTrouble(problems)
    return rules
