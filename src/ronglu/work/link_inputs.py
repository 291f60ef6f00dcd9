"""The numbers a linkage scheme asks for, with where each came from: closed months, approved imports, published polls, by days."""

from collections import Counter
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ronglu.kernel.measure.rounding import from_scaled
from ronglu.kernel.org.served import Served
from ronglu.kernel.org.span import Key
from ronglu.kernel.standing.linkage import Need
from ronglu.kernel.standing.transfer import by_days
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import Body, BodyState, Closing, LinkScheme, Plant, Unit, UnitState
from ronglu.work import adjustments
from ronglu.work.closings import CLOSED
from ronglu.work.linkages import CLOSED_ONLY, SOURCES, LinkageProblem
from ronglu.work.queries import rated

Part = dict[str, Any]
PARTY, FUSION, ADMIN, QUARTER, SATISFACTION = "party", "fusion", "admin", "quarter", "satisfaction"
BY_MONTH = frozenset({PARTY, FUSION, ADMIN})
OWED = frozenset({ADMIN, QUARTER})


@dataclass(frozen=True)
class Figures:
    """Everything known of a period, read once: scores in hundredths; None where a branch was not rated."""

    scheme: LinkScheme
    period: Period
    months: tuple[Period, ...]
    closing: Closing | None
    totals: Mapping[tuple[int, Key, str], int | None] = field(default_factory=dict)
    """(yyyymm, branch, scale)"""
    admin: Mapping[tuple[int, str], tuple[int, int | None]] = field(default_factory=dict)
    quarter: Mapping[str, tuple[int, int | None]] = field(default_factory=dict)
    polled: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    names: Mapping[tuple[str, Key], tuple[str, str]] = field(default_factory=dict)
    """("body" or "unit", key) → code and name at the end of the period"""


def read(*, scheme: LinkScheme, period: Period) -> Figures:
    """Raises LinkageProblem while a month that the scheme reads is not closed."""
    plant, used = scheme.plant, set(scheme.sources.values())
    months = period.down(Grain.MONTH)
    totals: dict[tuple[int, Key, str], int | None] = {}
    closing = None
    if used & CLOSED_ONLY:
        for month in months:
            closing = _closing(plant, month)
            for (body, scale), one in adjustments.standing_totals(closing).items():
                totals[month.yyyymm, body, scale] = one.converted if one.grade else None
    admin = {
        (month.yyyymm, subject): row
        for month in months if ADMIN in used
        for subject, row in rated.imported(plant=plant, kind="admin", period=month).items()
    }  # fmt: skip
    quarter = rated.imported(plant=plant, kind="party", period=period) if QUARTER in used else {}
    kinds = used & {rated.DEMOCRATIC, rated.SATISFACTION}
    polled = {kind: rated.polled(plant=plant, kind=kind, year=period.first.year) for kind in kinds}
    return Figures(
        scheme=scheme, period=period, months=months, closing=closing, totals=totals, admin=admin, quarter=quarter, polled=polled,
        names=_names(plant, period),
    )  # fmt: skip


def gather(figures: Figures, needs: tuple[Need, ...], served: Mapping[int, Served]) -> list[Part]:
    """Each number a model asks for, as data; `served` by month. What nobody gave has no value, and its parts say which."""
    found = []
    for need in needs:
        source = figures.scheme.sources.get(need.code, "")
        parts = _parts(figures, source, served) if source else []
        value = _mean(source, parts)
        found.append(
            {
                "code": need.code, "label": need.label, "unit": need.unit, "source": source,
                "text": SOURCES.get(source, "没有取数，按 0 计"), "value": None if value is None else str(_value(source, value)),
                "parts": parts,
            }
        )  # fmt: skip
    return found


def _mean(source: str, parts: list[Part]) -> int | None:
    """By days. A branch that was not rated is left out with its days; a score that somebody owes leaves none at all."""
    days = {str(number): part["days"] for number, part in enumerate(parts)}
    value, missing = by_days(days, {str(number): part["score"] for number, part in enumerate(parts)})
    return None if missing and source in OWED else value


def _value(source: str, hundredths: int) -> Decimal:
    """A satisfaction of 95.12 points is the share 0.9512."""
    return from_scaled(hundredths, 4 if source == SATISFACTION else 2)


def _parts(figures: Figures, source: str, served: Mapping[int, Served]) -> list[Part]:
    """By month where the source has a figure for each; else once for the whole period, with all its days."""
    if source in BY_MONTH:
        return [part for month in figures.months for part in _month_parts(figures, source, month, served[month.yyyymm])]
    days: Counter[Key] = Counter()
    for mine in served.values():
        days.update(mine.places if source == QUARTER else mine.branches)
    return [_whole(figures, source, body, n) for body, n in sorted(days.items(), key=str)]


def _whole(figures: Figures, source: str, body: Key, days: int) -> Part:
    if source == QUARTER:
        return _imported(figures, "body", body, figures.period, days, figures.quarter.get(f"body:{body}"))
    return _part(figures, "body", body, figures.period, days, figures.polled.get(source, {}).get(int(body)))


def _month_parts(figures: Figures, source: str, month: Period, mine: Served) -> list[Part]:
    if source == ADMIN:
        return _admin(figures, month, mine)
    return [
        _part(figures, "body", body, month, days, figures.totals.get((month.yyyymm, body, source)))
        for body, days in sorted(mine.branches.items(), key=str)
    ]


def _admin(figures: Figures, month: Period, mine: Served) -> list[Part]:
    scores = {subject: row for (at, subject), row in figures.admin.items() if at == month.yyyymm}
    return [
        _imported(figures, "unit", unit, month, days, scores.get(f"unit:{unit}"))
        for unit, days in sorted(scored_units(scores, mine).items(), key=str)
    ]


def scored_units(scores: Container[str], mine: Served) -> Mapping[Key, int]:
    """Days of each unit whose administrative score counts for a leader: his own units'; where none of them has one,
    those of the lines under them."""
    own = any(f"unit:{one}" in scores for one in mine.places)
    return mine.places if own else mine.lines or mine.places


def admin_score(scores: Mapping[str, tuple[int, int | None]], mine: Served) -> int | None:
    """Hundredths, by days, of what `rated.imported` gave for a month; None where one of his units owes its score."""
    days = {f"unit:{unit}": n for unit, n in scored_units(scores, mine).items()}
    value, missing = by_days(days, {subject: scores[subject][0] for subject in days if subject in scores})
    return None if missing else value


def _imported(
    figures: Figures, kind: str, key: Key, when: Period, days: int, row: tuple[int, int | None] | None
) -> Part:  # fmt: skip
    part = _part(figures, kind, key, when, days, row[0] if row else None)
    return {**part, "batch": row[1] if row else None}


def _part(figures: Figures, kind: str, key: Key, when: Period, days: int, score: int | None) -> Part:
    code, name = figures.names.get((kind, key), (str(key), str(key)))
    return {
        "kind": kind, "key": key, "code": code, "name": name, "month": str(when), "days": days, "score": score,
    }  # fmt: skip


def _closing(plant: Plant, month: Period) -> Closing:
    found = Closing.objects.filter(plant=plant, month=month.yyyymm, state=CLOSED).first()
    if found is None:
        raise LinkageProblem([f"{month} 还没有关账，联动以关账结果为准"])
    return found


def _names(plant: Plant, period: Period) -> dict[tuple[str, Key], tuple[str, str]]:
    """As they were called when the period ended; what was gone by then keeps its code."""
    found: dict[tuple[str, Key], tuple[str, str]] = {}
    for kind, rows in (("body", Body.objects.filter(plant=plant)), ("unit", Unit.objects.filter(plant=plant))):
        found |= {(kind, pk): (code, code) for pk, code in rows.values_list("pk", "code")}
    bodies = BodyState.objects.on(period.last).filter(body__plant=plant).values_list("body_id", "body__code", "name")  # type: ignore[attr-defined]
    units = UnitState.objects.on(period.last).filter(unit__plant=plant).values_list("unit_id", "unit__code", "name")  # type: ignore[attr-defined]
    found |= {("body", pk): (code, name) for pk, code, name in bodies}
    return found | {("unit", pk): (code, name) for pk, code, name in units}
