"""Linkage as people read it: a leader's periods by date, one of them step by step, all leaders of a period, the schemes."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from ronglu.boards.names import name_for
from ronglu.kernel.measure.rounding import scaled_or_none
from ronglu.kernel.standing.link_models import LinkParams
from ronglu.kernel.standing.linkage import ROUNDING
from ronglu.kernel.time.period import Period
from ronglu.store.models import BodyState, Closing, LinkResult, LinkScheme, Person, Plant, UnitState
from ronglu.work import link_results, linkages
from ronglu.work.closings import CLOSED
from ronglu.work.scope import Scope

SEE = "coefficients.see"


@dataclass(frozen=True, slots=True)
class Line:
    """One result; `stands` is False for one that a later computation superseded."""

    pk: int
    person: str
    place: str
    period: Period
    scheme: "SchemeLine"
    value: Decimal | None
    coefficient: Decimal | None
    value_moved: Decimal | None
    coefficient_moved: Decimal | None
    reason: str
    stands: bool
    adjusted: bool
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeLine:
    """A scheme with its words; names only for those who may see people."""

    pk: int
    number: int
    from_month: Period
    until: Period | None
    """The month the next approved one begins with."""
    model: str
    label: str
    formula: str
    warning: str
    whom: str
    grain: str
    sources: tuple[tuple[str, str], ...]
    lines: LinkParams
    document: str
    title: str
    dated_on: dt.date
    state: str
    word: str
    asked_by: str
    asked_at: dt.datetime
    decided_by: str
    decided_at: dt.datetime | None
    why: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Part:
    """Where a share of an input came from; `branch` leads to the sheet, `batch` to the import."""

    name: str
    month: Period
    days: int
    score: Decimal | None
    branch: str
    batch: int | None


@dataclass(frozen=True, slots=True)
class Given:
    label: str
    unit: str
    value: str
    source: str
    parts: tuple[Part, ...]
    weighted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Everything behind one result. `agrees`: computed again today from the same inputs it comes to the same."""

    line: Line
    person: Person
    plant: Plant
    inputs: tuple[Given, ...]
    steps: tuple[dict[str, str], ...]
    unrounded: str
    rounding: str
    agrees: bool
    cause: str
    others: tuple[Line, ...]


def own(*, scope: Scope) -> tuple[Line, ...]:
    """The reader's own, the newest period first."""
    return _newest_first(_lines(LinkResult.objects.filter(person=scope.person_id), scope)) if scope.person_id else ()


def leaders(*, scope: Scope, plant: Plant, period: Period) -> tuple[Line, ...]:
    """All of a period in the order of the organisation, never by size; only what stands."""
    rows = LinkResult.objects.filter(scheme__plant=plant, period=str(period), person__in=scope.people(SEE))
    rows = rows.order_by("unit__position", "unit__code", "body__position", "body__code", "person__staff_no", "number")
    return tuple(one for one in _lines(rows, scope) if one.stands)


def periods(plant: Plant) -> tuple[Period, ...]:
    """Those with results, the newest first."""
    rows = LinkResult.objects.filter(scheme__plant=plant).order_by().values_list("period", flat=True).distinct()
    return tuple(sorted(map(Period.parse, rows), key=lambda one: (one.last, str(one)), reverse=True))


def closed_months(plant: Plant) -> tuple[Period, ...]:
    """Months one may ask to be computed, the newest first."""
    rows = Closing.objects.filter(plant=plant, state=CLOSED).order_by("-month").values_list("month", flat=True)
    return tuple(map(Period.from_yyyymm, rows))


def why(*, scope: Scope, pk: int) -> Why | None:
    """None where there is none; whether this reader may see it the page asks with the person."""
    row = _rows(LinkResult.objects.filter(pk=pk)).select_related("adjustment", "person__plant").first()
    if row is None:
        return None
    same = LinkResult.objects.filter(person=row.person_id, scheme=row.scheme_id, period=row.period)
    others = _newest_first(_lines(same, scope))
    return Why(
        line=next(one for one in others if one.pk == row.pk), person=row.person, plant=row.scheme.plant,
        inputs=tuple(_given(one) for one in row.inputs),
        steps=tuple({"label": label, "expression": said, "value": value} for label, said, value in row.steps),
        unrounded=row.unrounded, rounding=ROUNDING, agrees=link_results.replays(row),
        cause=row.adjustment.cause if row.adjustment else "", others=others,
    )  # fmt: skip


def schemes(*, scope: Scope, plant: Plant) -> tuple[SchemeLine, ...]:
    """The newest first."""
    found = LinkScheme.objects.filter(plant=plant).select_related("proposed_by__person", "decided_by__person")
    rows = list(found.order_by("-from_month", "-number"))
    ends = _ends(rows)
    return tuple(_scheme(row, scope, ends) for row in rows)


def scheme_of(*, plants: Iterable[int], pk: int) -> LinkScheme | None:
    return LinkScheme.objects.filter(pk=pk, plant__in=plants).select_related("plant", "proposed_by").first()


def _rows(rows: Any) -> Any:
    return rows.select_related(
        "scheme__plant", "scheme__proposed_by__person", "scheme__decided_by__person", "person", "unit", "body"
    )


def _lines(rows: Any, scope: Scope) -> tuple[Line, ...]:
    """The same number of queries for one as for a hundred."""
    found = list(_rows(rows))
    last = {(row.scheme_id, row.person_id, row.period): 0 for row in found}
    for row in found:
        key = row.scheme_id, row.person_id, row.period
        last[key] = max(last[key], row.number)
    names = _places(found)
    ends = _ends(LinkScheme.objects.filter(plant__in={row.scheme.plant_id for row in found})) if found else {}
    made = [
        Line(
            pk=row.pk, person=row.person.name, place=names.get((row.unit_id, row.body_id), ""), period=Period.parse(row.period),
            scheme=_scheme(row.scheme, scope, ends), value=scaled_or_none(row.value_h, 2),
            coefficient=scaled_or_none(row.coefficient_tt, 4), value_moved=scaled_or_none(row.value_moved_h, 2),
            coefficient_moved=scaled_or_none(row.coefficient_moved_tt, 4), reason=row.reason,
            stands=row.number == last[row.scheme_id, row.person_id, row.period], adjusted=row.adjustment_id is not None,
            at=row.at,
        )
        for row in found
    ]  # fmt: skip
    return tuple(made)


def _newest_first(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda one: (one.period.last, one.pk), reverse=True))


def _scheme(row: LinkScheme, scope: Scope, ends: dict[int, Period]) -> SchemeLine:
    model, people = linkages.model_of(row), scope.has("people.see")
    params = linkages.params_of(row)
    labels = {need.code: need.label for need in model.needs(params)}
    return SchemeLine(
        pk=row.pk, number=row.number, from_month=Period.from_yyyymm(row.from_month), until=ends.get(row.pk), model=row.model,
        label=model.label, formula=model.formula, warning=model.warning, whom=linkages.POSTS[row.role],
        grain=row.get_grain_display(),
        sources=tuple((labels.get(code, code), linkages.SOURCES[source]) for code, source in row.sources.items()),
        lines=params, document=row.document, title=row.title, dated_on=row.dated_on, state=row.state,
        word=row.get_state_display(), asked_by=name_for(row.proposed_by, people), asked_at=row.proposed_at,
        decided_by=name_for(row.decided_by, people), decided_at=row.decided_at, why=row.why,
        mine=row.proposed_by_id == scope.account_id,
    )  # fmt: skip


def _ends(rows: Any) -> dict[int, Period]:
    """Approved scheme → the month from which another one holds instead."""
    approved = sorted((r for r in rows if r.state == "approved"), key=lambda r: (r.plant_id, r.from_month, r.number))
    return {
        one.pk: Period.from_yyyymm(after.from_month)
        for one, after in pairwise(approved)
        if one.plant_id == after.plant_id
    }


def _places(rows: Iterable[LinkResult]) -> dict[tuple[int | None, int | None], str]:
    """The name of each place as it is called last."""
    found: dict[tuple[int | None, int | None], str] = {}
    units = {row.unit_id for row in rows if row.unit_id}
    for pk, name in UnitState.objects.filter(unit__in=units).order_by("from_on").values_list("unit_id", "name"):
        found[pk, None] = name
    bodies = {row.body_id for row in rows if row.body_id}
    for pk, name in BodyState.objects.filter(body__in=bodies).order_by("from_on").values_list("body_id", "name"):
        found[None, pk] = name
    return found


def _given(row: dict[str, Any]) -> Given:
    parts = tuple(
        Part(
            name=one["name"], month=Period.parse(one["month"]), days=one["days"], score=scaled_or_none(one["score"], 2),
            branch=one["code"] if one["kind"] == "body" and row["source"] in linkages.CLOSED_ONLY else "",
            batch=one.get("batch"),
        )
        for one in row["parts"]
    )  # fmt: skip
    return Given(row["label"], row["unit"], row["value"] or "", row["text"], parts, len(parts) > 1)
