"""The year of the branches (年考核): computed, told for publicity, open to appeals, published by another person, sealed."""

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from django.db import transaction

from ronglu.kernel.loops.loop import OVER
from ronglu.kernel.rules.sheet import Sheet
from ronglu.kernel.standing.errors import StandingTrouble
from ronglu.kernel.standing.quota import Nominee
from ronglu.kernel.standing.year import YearRules, grade_year, year_score
from ronglu.kernel.time.period import Period
from ronglu.store.models import Account, Case, Plant, QuotaList, Seal, YearResult, YearReview, YearState
from ronglu.store.values import workdays_of
from ronglu.work import audits, hands, quotas, seals, sheets, year_figures
from ronglu.work.closings import algorithm_of, hold

PUBLICITY, APPEALS = 5, 5
"""⚙ Working days (04 §4.7); 系统默认，可修改 by the plant's setting `year_days`."""

NAMED = 3
"""Branches that are named; the rest is counted."""


class YearProblem(StandingTrouble):
    """年度考核现在不能这样办。"""


@transaction.atomic
def compute(*, plant: Plant, year: int, rules: YearRules, by: Account | None, at: dt.datetime) -> YearReview:
    """From the months closed so far, by the sheet in force in December. Again until it is told; what is missing is named."""
    Plant.objects.select_for_update().get(pk=plant.pk)
    there = YearReview.objects.filter(plant=plant, year=year).first()
    if there is not None and there.state != YearState.COMPUTED:
        raise YearProblem([f"{year} 年度考核{there.get_state_display()}，不能再汇总"])
    version = sheets.in_force(plant=plant, month=Period.month(year, 12))
    review, _ = YearReview.objects.update_or_create(
        plant=plant, year=year,
        defaults={
            "number": there.number + 1 if there else 1, "sheet": version, "rules": rules_data(rules), "computed_by": by,
            "computed_at": at,
        },
    )  # fmt: skip
    sheet, figures = sheets.sheet_of(version), year_figures.read(plant=plant, year=year)
    made = [
        _result(review, sheet, rules, figures, body, scale.code) for scale in sheet.scales for body in figures.bodies
    ]
    YearResult.objects.bulk_create(made)
    for scale in sheet.scales:
        _list(review, sheet, figures, [one for one in made if one.scale == scale.code], scale.code, by, at)
    _note("compute", review, by, at, number=review.number, months=sorted(figures.months))
    return review


@transaction.atomic
def publicise(*, review: YearReview, by: Account, on: dt.date, at: dt.datetime) -> YearReview:
    """Five working days of publicity, then five for appeals; the places must be settled before."""
    if review.state == YearState.COMPUTED and (found := list(problems(review, on=on))):
        raise YearProblem(found)
    calendar, days = workdays_of(review.plant), review.plant.settings.get("year_days", {})
    until = calendar.add_workdays(on, int(days.get("publicity", PUBLICITY)))
    appeals = calendar.add_workdays(until, int(days.get("appeals", APPEALS)))
    _step(
        review, YearState.COMPUTED, state=YearState.PUBLICITY, publicised_by=by, publicised_at=at, publicity_on=until,
        appeals_on=appeals,
    )  # fmt: skip
    _note("publicise", review, by, at, until=str(until), appeals=str(appeals))
    return review


@transaction.atomic
def reopen(*, review: YearReview, reason: str, by: Account, at: dt.datetime) -> YearReview:
    """Something was found wrong in publicity: to be computed and told again."""
    if not reason.strip():
        raise YearProblem(["请写明为什么收回公示"])
    _step(review, YearState.PUBLICITY, state=YearState.COMPUTED, publicity_on=None, appeals_on=None)
    _note("reopen", review, by, at, reason=reason.strip())
    return review


@transaction.atomic
def publish(*, review: YearReview, by: Account, on: dt.date, at: dt.datetime) -> YearReview:
    """Once publicity and appeals are over and every appeal is decided; never by who told it."""
    hold(review.plant)  # no adjustment comes in between
    hands.apart(by, review.publicised_by, on=on, trouble=YearProblem, own="发起公示的人不能自己公布，请由另一人公布")
    if review.appeals_on is not None and on <= review.appeals_on:
        raise YearProblem([f"公示到 {review.publicity_on}，申诉到 {review.appeals_on}，之后才能公布"])
    if left := _appeals(review):
        raise YearProblem([f"公示以来还有 {left} 件对考核得分的申诉没有裁定"])
    if found := list(_behind(review)):
        raise YearProblem(found)
    _step(review, YearState.PUBLICITY, state=YearState.PUBLISHED, published_by=by, published_at=at)
    _note("publish", review, by, at)
    return review


@transaction.atomic
def archive(*, review: YearReview, by: Account, at: dt.datetime) -> YearReview:
    """Sealed into the plant's chain; from here on nothing of it moves unseen."""
    Plant.objects.select_for_update().get(pk=review.plant_id)
    waiting = QuotaList.objects.filter(plant=review.plant_id, year=review.year).exclude(state=quotas.SETTLED)
    if named := [one.body.code for one in waiting.select_related("body").order_by("subject") if one.body]:
        raise YearProblem([f"{'、'.join(named)} 的党员优秀名额还没有定，归档以后不能再改，请先定下来"])
    _step(review, YearState.PUBLISHED, state=YearState.ARCHIVED)
    algorithm = algorithm_of(review.plant)
    manifest = seals.of_year(review, algorithm=algorithm)
    seal: Seal = seals.append(
        plant=review.plant, kind=seals.YEAR, month=review.year * 100 + 12, manifest=manifest, algorithm=algorithm
    )
    YearReview.objects.filter(pk=review.pk).update(seal=seal)
    review.refresh_from_db()
    _note("archive", review, by, at, digest=seal.digest)
    return review


def results(review: YearReview) -> list[YearResult]:
    """Those that stand, in the order of the organisation."""
    rows = YearResult.objects.filter(review=review, number=review.number).select_related("body")
    return list(rows.order_by("body__position", "body__code", "scale"))


def lists(review: YearReview) -> list[QuotaList]:
    """The places of each scale."""
    rows = QuotaList.objects.filter(plant=review.plant_id, year=review.year, subject__startswith="scale:")
    return list(rows.select_related("decided_by__person", "confirmed_by__person").order_by("subject"))


def final_grade(result: YearResult, sheet: Sheet, quota: QuotaList | None) -> str:
    """The grade's code with the places applied: who is not among them is one grade lower; '' while 暂不评级 or undecided."""
    best = sheet.grades[0].code
    if result.grade != best or quota is None:
        return result.grade
    if quota.state != quotas.SETTLED:
        return best if result.body.code in quota.allotment["within"] else ""
    return best if result.body.code in quotas.placed(quota) else sheet.grades[1].code


def rules_data(rules: YearRules) -> dict[str, Any]:
    return {
        "months": str(rules.months), "quarters": str(rules.quarters), "review": str(rules.review),
        "min_months": rules.min_months, "min_quarters": rules.min_quarters, "member_quota": str(rules.member_quota),
        "note": rules.note,
    }  # fmt: skip


def _result(
    review: YearReview, sheet: Sheet, rules: YearRules, figures: year_figures.Year, body: int, scale: str
) -> YearResult:  # fmt: skip
    own = year_figures.own(figures, body, scale)
    score = year_score(rules=rules, months=own.months, quarters=own.quarters, review_h=own.appraisal)
    standing = grade_year(sheet=sheet, score=score, vetoed=bool(own.vetoes), scale=scale)
    months = {str(no): {"score": value, "parts": own.parts.get(no, [])} for no, value in own.months.items()}
    return YearResult(
        review=review, number=review.number, body_id=body, scale=scale, months=months,
        quarters={str(no): value for no, value in own.quarters.items()}, appraisal_h=own.appraisal, value_h=score.value_h,
        reason=score.reason, grade=standing.grade.code if standing.grade else "",
        stars=standing.star.count if standing.star else None, vetoes=own.vetoes, capped=standing.capped,
        steps=[[one.label, one.expression, one.value] for one in score.steps],
    )  # fmt: skip


def _list(
    review: YearReview, sheet: Sheet, figures: year_figures.Year, rows: list[YearResult], scale: str, by: Account | None,
    at: dt.datetime,
) -> None:  # fmt: skip
    """All branches whose score reaches 优秀, against the sheet's quota."""
    best = sheet.grades[0].code
    named = [
        (Nominee(code=figures.codes[one.body_id][0], score_h=one.value_h), figures.codes[one.body_id][1])
        for one in rows if one.grade == best
    ]  # fmt: skip
    quota = None if sheet.quota_percent is None else Fraction(sheet.quota_percent, 100)
    quotas.put(
        plant=review.plant, year=review.year, subject=quotas.scale_key(scale), nominees=named, quota=quota, by=by, at=at,
        rated=sum(1 for one in rows if one.value_h is not None),
    )  # fmt: skip


def _appeals(review: YearReview) -> int:
    """Against scores, raised since the publicity began and not decided."""
    rows = Case.objects.filter(plant=review.plant_id, loop="appeal", data__against="score")
    return rows.filter(raised_at__gte=review.publicised_at).exclude(phase__in=OVER).count()


def _step(review: YearReview, before: YearState, **changes: object) -> None:
    if YearReview.objects.filter(pk=review.pk, state=before).update(**changes) != 1:
        review.refresh_from_db()
        raise YearProblem([f"{review.year} 年度考核现在是“{review.get_state_display()}”，不能办这一步"])
    review.refresh_from_db()


def problems(review: YearReview, *, on: dt.date) -> Iterator[str]:
    """What still stands against the next step, in words."""
    if review.state == YearState.COMPUTED:
        waiting = [one for one in lists(review) if one.state != quotas.SETTLED]
        if waiting:
            yield f"{len(waiting)} 个百分的优秀名额还没有定，请委员会先决定"
        if on <= dt.date(review.year, 12, 31):
            yield f"{review.year} 年还没有过完"
    if review.state == YearState.PUBLICITY and (left := _appeals(review)):
        yield f"{left} 件申诉没有裁定"
    if review.state in (YearState.COMPUTED, YearState.PUBLICITY):
        yield from _behind(review)


def _behind(review: YearReview) -> Iterator[str]:
    """Branches whose months, panels or appraisal say something else by now: a month was closed or adjusted since."""
    figures = year_figures.read(plant=review.plant, year=review.year)
    moved: set[str] = set()
    for row in results(review):
        stood = {int(no): data["score"] for no, data in row.months.items()}
        quarters = {int(no): score for no, score in row.quarters.items()}
        now = year_figures.own(figures, row.body_id, row.scale)
        if (stood, quarters, row.appraisal_h, row.vetoes) != (now.months, now.quarters, now.appraisal, now.vetoes):
            moved.add(row.body.code)
    if not moved:
        return
    named = "、".join(sorted(moved)[:NAMED]) + ("等" if len(moved) > NAMED else "")
    if review.state == YearState.COMPUTED:
        yield f"汇总以后，{len(moved)} 个支部的月度、季度或测评得分有变动（{named}）：请重新汇总"
    else:
        yield f"汇总以后，{len(moved)} 个支部的月度、季度或测评得分有变动（{named}）：请收回公示，重新汇总后再公示"


def _note(verb: str, review: YearReview, by: Account | None, at: dt.datetime, **detail: object) -> None:
    audits.record(verb=f"years.{verb}", by=by, at=at, plant=review.plant, subject=str(review.year), detail=detail)
