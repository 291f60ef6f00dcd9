"""Places for 优秀 (AV-20): who was put forward, who fits, and who at the edge a committee chose, confirmed by a second person."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from django.db import transaction

from ronglu.kernel.standing.errors import StandingTrouble
from ronglu.kernel.standing.quota import Nominee, allot
from ronglu.store.models import Account, Body, Membership, Person, Plant, Post, QuotaList, YearReview, YearState
from ronglu.work import audits, hands, polls

OPEN, DECIDED, SETTLED = "open", "decided", "settled"
REASON = 200


class QuotaProblem(StandingTrouble):
    """优秀名额不能这样定。"""


def scale_key(scale: str) -> str:
    return f"scale:{scale}"


def members_key(body: Body) -> str:
    return f"members:{body.pk}"


def put(
    *, plant: Plant, year: int, subject: str, nominees: Sequence[tuple[Nominee, str]], rated: int, quota: Fraction | None,
    by: Account | None, at: dt.datetime, body: Body | None = None, reasons: Mapping[str, str] | None = None,
) -> QuotaList:  # fmt: skip
    """A list with everybody's name beside his key, listed anew; settled at once where all who may be named fit."""
    found = allot(nominees=[one for one, _ in nominees], rated=rated, quota=quota)
    allotment = {
        "places": found.places, "within": list(found.within), "edge": list(found.edge), "open": found.open,
        "beyond": list(found.beyond), "barred": [list(one) for one in found.barred], "problems": list(found.problems),
    }  # fmt: skip
    rows = [
        {"key": one.code, "name": name, "score": one.score_h, "probationary": one.probationary, "vetoed": one.vetoed}
        | ({"reason": reasons[one.code]} if reasons else {})
        for one, name in nominees
    ]
    made, _ = QuotaList.objects.update_or_create(
        plant=plant, year=year, subject=subject,
        defaults={
            "body": body, "rated": rated, "quota": str(quota) if quota is not None else "", "nominees": rows,
            "allotment": allotment, "state": OPEN if found.problems else SETTLED, "chosen": [], "ground": "", "made_by": by,
            "made_at": at, "decided_by": None, "decided_at": None, "confirmed_by": None, "confirmed_at": None,
        },
    )  # fmt: skip
    return made


@transaction.atomic
def nominate(
    *, body: Body, year: int, people: Iterable[tuple[Person, int | None]], quota: Fraction, by: Account, at: dt.datetime,
    reasons: Mapping[int, str] | None = None,
) -> QuotaList:  # fmt: skip
    """Members put forward in their branch, each with his score in hundredths; `reasons` by person. 参评 are its full members;
    预备党员 take part without a grade. Nobody puts himself forward.
    """
    named = list(people)
    problems = [f"{one.name}提名了自己，请由别人提名" for one, _ in named if one.pk == by.person_id]
    if len({one.pk for one, _ in named}) < len(named):
        problems.append("提名写重了")
    branch = {one.pk for one in polls.members(body, at.date(), full=False)}
    problems += [f"{one.name}不是这个支部的党员" for one, _ in named if one.pk not in branch]
    said = {one.staff_no: reasons.get(one.pk, "").strip()[:REASON] for one, _ in named} if reasons is not None else {}
    problems += [f"{one.name}：请写明为什么评优秀" for one, _ in named if said.get(one.staff_no) == ""]
    standing = QuotaList.objects.filter(plant=body.plant, year=year, subject=members_key(body)).first()
    if standing is not None and standing.state != OPEN:
        problems.append("这一年的名额已经决定，不能再改提名")
    problems += _archived(body.plant_id, year)
    if problems:
        raise QuotaProblem(problems)
    probationary = set(
        Membership.objects.on(at.date())  # type: ignore[attr-defined]
        .filter(person__in=[one for one, _ in named], status="probationary").values_list("person_id", flat=True)
    )  # fmt: skip
    nominees = [
        (Nominee(code=one.staff_no, score_h=score, probationary=one.pk in probationary), one.name)
        for one, score in named
    ]
    made = put(
        plant=body.plant, year=year, subject=members_key(body), reasons=said, nominees=nominees, quota=quota, body=body, by=by, at=at,
        rated=len(polls.members(body, at.date(), full=True)),
    )  # fmt: skip
    _note("nominate", made, by, at, nominees=len(named))
    return made


@transaction.atomic
def decide(*, quota: QuotaList, chosen: Sequence[str], ground: str, by: Account, at: dt.datetime) -> QuotaList:
    """Who of the tied ones takes the open places; the programme ranks nobody there. Waits for a second person."""
    _no_stake(quota, by, at.date())
    edge, places = quota.allotment["edge"], quota.allotment["open"]
    problems = [f"{key} 不在同分名单里" for key in chosen if key not in edge]
    if len(set(chosen)) < len(chosen):
        problems.append("同一个名字选了两次")
    if len(chosen) > places:
        problems.append(f"只剩 {places} 个名额，选了 {len(chosen)} 个")
    if not ground.strip():
        problems.append("请写明哪次会议、什么理由")
    if problems:
        raise QuotaProblem(problems)
    _step(quota, OPEN, state=DECIDED, chosen=list(chosen), ground=ground.strip()[:400], decided_by=by, decided_at=at)
    _note("decide", quota, by, at, chosen=len(chosen))
    return quota


@transaction.atomic
def confirm(*, quota: QuotaList, by: Account, at: dt.datetime) -> QuotaList:
    """Never by who entered the decision."""
    _no_stake(quota, by, at.date())
    own = "录入决定的人不能自己确认，请由另一人对照会议记录确认"
    hands.apart(by, quota.decided_by, on=at.date(), trouble=QuotaProblem, own=own)
    _step(quota, DECIDED, state=SETTLED, confirmed_by=by, confirmed_at=at)
    _note("confirm", quota, by, at)
    return quota


@transaction.atomic
def send_back(*, quota: QuotaList, by: Account, at: dt.datetime) -> QuotaList:
    """To be decided again: what was entered does not agree with the minutes."""
    _step(quota, DECIDED, state=OPEN, chosen=[], ground="", decided_by=None, decided_at=None)
    _note("send_back", quota, by, at)
    return quota


def placed(quota: QuotaList | None) -> frozenset[str]:
    """Keys that are 优秀 once the list is settled."""
    if quota is None or quota.state != SETTLED:
        return frozenset()
    return frozenset((*quota.allotment["within"], *quota.chosen))


def _no_stake(quota: QuotaList, by: Account, on: dt.date) -> None:
    """Neither a nominee himself nor, of branches, who sits on the committee of one that is tied."""
    if quota.body_id is not None and by.person and by.person.staff_no in {one["key"] for one in quota.nominees}:
        raise QuotaProblem(["提名里有您本人，请由别人决定"])
    if quota.body_id is None and by.person_id:
        tied = Body.objects.filter(plant=quota.plant_id, code__in=quota.allotment["edge"])
        seats = Post.objects.on(on).filter(person=by.person_id, role__in=polls.SEATS, body__in=tied)  # type: ignore[attr-defined]
        if seats.exists():
            raise QuotaProblem(["同分的支部里有您任委员的，请由别人决定"])


def _archived(plant: int, year: int) -> list[str]:
    """The lists of a year are sealed with it."""
    sealed = YearReview.objects.filter(plant=plant, year=year, state=YearState.ARCHIVED).exists()
    return [f"{year} 年度考核已归档，名额不再改动"] if sealed else []


def _step(quota: QuotaList, before: str, **changes: object) -> None:
    if problems := _archived(quota.plant_id, quota.year):
        raise QuotaProblem(problems)
    if QuotaList.objects.filter(pk=quota.pk, state=before).update(**changes) != 1:
        raise QuotaProblem(["这份名单已经有人办过这一步，请刷新"])
    quota.refresh_from_db()


def _note(verb: str, quota: QuotaList, by: Account, at: dt.datetime, **detail: object) -> None:
    audits.record(
        verb=f"quotas.{verb}", by=by, at=at, plant=quota.plant, subject=f"{quota.year} {quota.subject}", detail=detail
    )
