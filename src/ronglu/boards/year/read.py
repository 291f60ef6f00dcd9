"""The year as its pages show it: branches in the order of the organisation, never by score; details only of one's own scope."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ronglu.boards.names import name_for
from ronglu.boards.sheet.read import names_on
from ronglu.kernel.measure.rounding import scaled_or_none
from ronglu.kernel.rules.sheet import Scale, Sheet
from ronglu.kernel.time.period import Period
from ronglu.store.models import Plant, QuotaList, YearResult, YearReview, YearState
from ronglu.work import quotas, sheets, years
from ronglu.work.scope import Scope

SEE, DECIDE = "year.see", "year.decide"
PARTS = {"months": "月度平均", "quarters": "季度点评平均", "review": "民主测评"}


@dataclass(frozen=True, slots=True)
class YearCell:
    """`grade` is empty while 暂不评级 or while the places are not settled; `waits` tells which."""

    value: Decimal | None
    grade: str
    stars: int | None
    reason: str
    waits: bool
    vetoes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class YearRow:
    """`open`: the reader may look into this branch's year."""

    code: str
    name: str
    open: bool
    cells: tuple[YearCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceList:
    """Who reaches 优秀 on a scale and who fits; keys with names, in the order they were put forward."""

    pk: int
    scale: str
    name: str
    rated: int
    places: int
    within: tuple[tuple[str, str], ...]
    edge: tuple[tuple[str, str], ...]
    open: int
    beyond: tuple[tuple[str, str], ...]
    barred: tuple[tuple[str, str], ...]
    problems: tuple[str, ...]
    state: str
    word: str
    chosen: tuple[str, ...]
    ground: str
    decided_by: str
    decided_at: dt.datetime | None
    confirmed_by: str
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class YearView:
    year: int
    state: str
    word: str
    number: int
    computed_at: dt.datetime
    weights: tuple[tuple[str, str], ...]
    note: str
    sheet: str
    scales: tuple[Scale, ...]
    rows: tuple[YearRow, ...]
    lists: tuple[PlaceList, ...]
    publicity_on: dt.date | None
    appeals_on: dt.date | None
    told_by: str
    told_mine: bool
    published_by: str
    published_at: dt.datetime | None
    seal: int | None
    digest: str
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MonthPart:
    """`parts`: (name, days, score) where a predecessor stood for some of the days."""

    month: Period
    score: Decimal | None
    parts: tuple[tuple[str, int, Decimal | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleYear:
    scale: Scale
    cell: YearCell
    months: tuple[MonthPart, ...]
    missing: tuple[int, ...]
    quarters: tuple[tuple[int, Decimal | None], ...]
    appraisal: Decimal | None
    steps: tuple[dict[str, str], ...]
    capped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchYear:
    code: str
    name: str
    weights: tuple[tuple[str, str], ...]
    note: str
    scales: tuple[ScaleYear, ...]


def review_of(plant: Plant, year: int) -> YearReview | None:
    found = YearReview.objects.filter(plant=plant, year=year)
    return found.select_related("plant", "sheet", "seal", "publicised_by__person", "published_by__person").first()


def years_of(plant: Plant) -> tuple[int, ...]:
    return tuple(YearReview.objects.filter(plant=plant).order_by("-year").values_list("year", flat=True))


def told(scope: Scope, review: YearReview) -> bool:
    """Before publicity only those who compute and decide see it."""
    return review.state != YearState.COMPUTED or scope.may(DECIDE, review.plant) is None


def read(*, scope: Scope, review: YearReview, on: dt.date) -> YearView | None:
    """As it stands on `on`. None while it is not told yet and the reader has no part in it. The same queries for one branch as for a hundred."""
    if not told(scope, review):
        return None
    sheet, people = sheets.sheet_of(review.sheet), scope.has("people.see")
    lists = {one.subject: one for one in years.lists(review)}
    rows = years.results(review)
    december = Period.month(review.year, 12)
    names = names_on({row.body_id for row in rows}, december)
    seen = set(scope.bodies(SEE).values_list("pk", flat=True))
    by_body: dict[int, dict[str, YearResult]] = {}
    for row in rows:
        by_body.setdefault(row.body_id, {})[row.scale] = row
    waiting = tuple(years.problems(review, on=on)) if scope.may(DECIDE, review.plant) is None else ()
    return YearView(
        year=review.year, state=review.state, word=review.get_state_display(), number=review.number,
        computed_at=review.computed_at, weights=_weights(review), note=review.rules["note"],
        sheet=f"{sheet.name} v{review.sheet.version}", scales=sheet.scales,
        rows=tuple(
            YearRow(
                code=next(iter(mine.values())).body.code, name=names.get(body, ""), open=body in seen,
                cells=tuple(_cell(mine[one.code], sheet, lists) for one in sheet.scales),
            )
            for body, mine in by_body.items()
        ),
        lists=tuple(
            places_of(scope=scope, row=lists[key], code=one.code, name=one.name)
            for one in sheet.scales if (key := quotas.scale_key(one.code)) in lists
        ),
        publicity_on=review.publicity_on, appeals_on=review.appeals_on, told_by=name_for(review.publicised_by, people),
        told_mine=review.publicised_by_id == scope.account_id, published_by=name_for(review.published_by, people),
        published_at=review.published_at, seal=review.seal.number if review.seal else None,
        digest=review.seal.digest if review.seal else "", problems=waiting,
    )  # fmt: skip


def branch(*, scope: Scope, review: YearReview, code: str) -> BranchYear | None:
    """One branch's year, part by part; None where it is not in the reader's scope or not told yet."""
    if not told(scope, review):
        return None
    rows = YearResult.objects.filter(
        review=review, number=review.number, body__code=code, body__in=scope.bodies(SEE)
    ).select_related("body")
    found = {row.scale: row for row in rows}
    if not found:
        return None
    sheet, lists = sheets.sheet_of(review.sheet), {one.subject: one for one in years.lists(review)}
    body = next(iter(found.values())).body_id
    return BranchYear(
        code=code, name=names_on([body], Period.month(review.year, 12)).get(body, code), weights=_weights(review),
        note=review.rules["note"],
        scales=tuple(_scale(review, one, found[one.code], sheet, lists) for one in sheet.scales if one.code in found),
    )  # fmt: skip


def quota_of(*, plants: Iterable[int], year: int, scale: str) -> QuotaList | None:
    rows = QuotaList.objects.filter(plant__in=plants, year=year, subject=quotas.scale_key(scale))
    return rows.select_related("plant", "decided_by").first()


def _scale(
    review: YearReview, scale: Scale, row: YearResult, sheet: Sheet, lists: dict[str, QuotaList]
) -> ScaleYear:  # fmt: skip
    months = {int(no): data for no, data in row.months.items()}
    return ScaleYear(
        scale=scale, cell=_cell(row, sheet, lists),
        months=tuple(
            MonthPart(
                Period.month(review.year, no), scaled_or_none(data["score"], 2),
                tuple((one["name"], one["days"], scaled_or_none(one["score"], 2)) for one in data["parts"]),
            )
            for no, data in sorted(months.items())
        ),
        missing=tuple(no for no in range(1, 13) if no not in months),
        quarters=tuple((no, scaled_or_none(row.quarters.get(str(no)), 2)) for no in range(1, 5)),
        appraisal=scaled_or_none(row.appraisal_h, 2),
        steps=tuple({"label": label, "expression": said, "value": value} for label, said, value in row.steps),
        capped=row.capped,
    )  # fmt: skip


def _cell(row: YearResult, sheet: Sheet, lists: dict[str, QuotaList]) -> YearCell:
    grade = years.final_grade(row, sheet, lists.get(quotas.scale_key(row.scale)))
    names = {one.code: one.name for one in sheet.grades}
    return YearCell(
        value=scaled_or_none(row.value_h, 2), grade=names.get(grade, ""), stars=row.stars, reason=row.reason,
        waits=bool(row.grade) and not grade, vetoes=tuple(row.vetoes),
    )  # fmt: skip


def places_of(*, scope: Scope, row: QuotaList, code: str, name: str) -> PlaceList:
    """`code` and `name` of what the places are for: a scale, or the members of a branch."""
    names = {one["key"]: one["name"] for one in row.nominees}
    found: dict[str, Any] = row.allotment
    people = scope.has("people.see")

    def named(keys: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """By the organisation's order, in which they were put forward."""
        wanted = set(keys)
        return tuple((key, name) for key, name in names.items() if key in wanted)

    return PlaceList(
        pk=row.pk, scale=code, name=name, rated=row.rated, places=found["places"], within=named(found["within"]),
        edge=named(found["edge"]), open=found["open"], beyond=named(found["beyond"]),
        barred=tuple((names[key], why) for key, why in found["barred"]), problems=tuple(found["problems"]), state=row.state,
        word=row.get_state_display(), chosen=tuple(names[key] for key in row.chosen), ground=row.ground,
        decided_by=name_for(row.decided_by, people), decided_at=row.decided_at,
        confirmed_by=name_for(row.confirmed_by, people),
        mine=row.decided_by_id == scope.account_id,
    )  # fmt: skip


def place_list(*, scope: Scope, row: QuotaList, review: YearReview) -> PlaceList:
    scale = next(one for one in sheets.sheet_of(review.sheet).scales if quotas.scale_key(one.code) == row.subject)
    return places_of(scope=scope, row=row, code=scale.code, name=scale.name)


def _weights(review: YearReview) -> tuple[tuple[str, str], ...]:
    return tuple((label, review.rules[name]) for name, label in PARTS.items())
