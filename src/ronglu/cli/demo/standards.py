"""五个一, tiers and publicity of the invented plant, and the sheets of crews and of who answers for a branch."""

import datetime as dt
from typing import Any

from ronglu.cli.demo.cast import Cast
from ronglu.cli.demo.people import Crowd
from ronglu.cli.demo.scale import SHOWCASE
from ronglu.cli.demo.scores import office
from ronglu.config.plant import pack_of, packs
from ronglu.kernel.org.kinds import BRANCHES
from ronglu.store.models import Account, Body, BodyState, Case
from ronglu.tasks import assess_others
from ronglu.work import case_rows, cases, standards

JANUARY = dt.date(2026, 1, 5)
ENTERED, CHECKED = dt.datetime(2026, 1, 6, 10), dt.datetime(2026, 1, 9, 15)
SAYS = {
    "venue": "二楼党员活动室，与车间会议室共用，副书记管钥匙",
    "rules": "三会一课、主题党日、请销假三项制度，支部党员大会 1 月 5 日通过",
    "study": "2026 年学习材料汇编第 1 版，放在活动室书柜",
    "display": "车间东门展示专栏，1 月 4 日更新",
    "handbook": "2026 年支部手册，组织委员记",
}
TIERS = (
    ("benchmark", "一线难题不过夜", "每季对标一次，结对帮一个支部，专栏每月更新", True),
    ("model", "阳极板提质", "补齐制度，党小组会对着指标开", False),
)
SCORED = dt.datetime.combine((SHOWCASE + 1).first + dt.timedelta(days=3), dt.time(9))


def keep(crowd: Crowd) -> None:
    """Before the scoring: all branches entered their five; one board ran out in March, one handbook still waits to be looked at."""
    cast = Cast(crowd)
    for no, body in enumerate(branches(crowd)):
        secretary = secretary_of(cast, body)
        for kind in packs().base.standards.kinds.values():
            if secretary is None or (no == 3 and kind.code == "study"):
                continue
            short = no == 1 and kind.code == "display"
            until = dt.date(2026, 3, 20) if short else dt.date(2026, 7, 1) if kind.months < 12 else dt.date(2027, 1, 1)
            item = standards.enter(
                body=body, kind=kind, evidence=SAYS[kind.code], on=JANUARY, until_on=until, by=secretary, at=ENTERED
            )
            checker = _checker(cast, body)
            if checker is not None and not (no == 2 and kind.code == "handbook"):
                standards.check(item=item, holds=True, verdict="看过", by=checker, at=CHECKED)


def honours(crowd: Crowd) -> None:
    """One tier reached, one on its way; one text that waits for the consent of the person in it; the other sheets scored."""
    cast, (first, second) = Cast(crowd), office(crowd)
    for body, told in zip((b for b in branches(crowd) if secretary_of(cast, b)), TIERS, strict=False):
        _tier(cast, body, *told, office=first, accepts=second)
    _text(cast, next(b for b in branches(crowd) if secretary_of(cast, b)))
    plant = crowd.made.plant
    assess_others.persons(plant=plant, month=SHOWCASE, at=SCORED, by=first)
    assess_others.lines(plant=plant, month=SHOWCASE, at=SCORED, by=first)


def _tier(
    cast: Cast, body: Body, tier: str, theme: str, plan: str, met: bool, *, office: Account, accepts: Account
) -> None:
    secretary = secretary_of(cast, body)
    assert secretary is not None and secretary.person_id is not None and office.person_id is not None
    given = {"year": "2026", "tier": tier, "theme": theme, "plan": plan, "reach_by": "2026-06-30"}
    case = raised(cast, "tier", body, secretary, given, at=dt.datetime(2026, 1, 12, 9))
    go(cast, case, office, "approve", at=dt.datetime(2026, 1, 15, 10), audit="方案可行", supervisor=[office.person_id])
    line = case_rows.add(
        loop=loop_of(case), case=case, kind="point", given={"point": "结对计划没有写到人"}, at=dt.datetime(2026, 2, 3, 9), by=office,
        scope=cast.scope(office, dt.date(2026, 2, 3)), person=secretary.person, due_on=dt.date(2026, 2, 20),
    )  # fmt: skip
    if not met:
        return
    for act, by, at in (
        ("done", secretary, dt.datetime(2026, 2, 12, 9)),
        ("pass", office, dt.datetime(2026, 2, 13, 9)),
    ):
        case_rows.settle(loop=loop_of(case), line=line, act=act, at=at, by=by, scope=cast.scope(by, at.date()))
    go(
        cast,
        case,
        secretary,
        "ask",
        at=dt.datetime(2026, 3, 20, 9),
        result="三个班的难题答复都在 5 个工作日内，帮带支部两项指标回到计划",
    )
    go(cast, case, accepts, "accept", at=dt.datetime(2026, 3, 27, 15), verdict="现场看过，数据与系统一致")


def _text(cast: Cast, body: Body) -> None:
    secretary = secretary_of(cast, body)
    assert secretary is not None
    named = cast.members(body.code.removeprefix(f"{cast.crowd.made.plan.prefix}-"))[:2]
    given = {"headline": "夜班抢修两小时恢复送风", "text": "当班党员和职工换下漏水的水套，少停一天。", "where": "board"}
    case = raised(cast, "publicity", body, secretary, given, at=dt.datetime(2026, 4, 8, 9))
    go(cast, case, secretary, "ask", at=dt.datetime(2026, 4, 8, 10), named=[one.pk for one in named])


def raised(cast: Cast, code: str, body: Body, by: Account, given: dict[str, Any], *, at: dt.datetime) -> Case:
    plant = cast.crowd.made.plant
    return cases.raise_case(
        loop=pack_of(plant.code).loops[code],
        plant=plant,
        given=given,
        at=at,
        by=by,
        scope=cast.scope(by, at.date()),
        body=body,
    ).case


def go(cast: Cast, case: Case, by: Account, code: str, *, at: dt.datetime, **given: Any) -> None:
    case.refresh_from_db()
    cases.move(
        loop=loop_of(case),
        case=case,
        code=code,
        seen=case.seen,
        given=given,
        at=at,
        by=by,
        scope=cast.scope(by, at.date()),
    )


def loop_of(case: Case) -> Any:
    return pack_of(case.plant.code).loops[case.loop]


def branches(crowd: Crowd) -> list[Body]:
    states = BodyState.objects.on(JANUARY).filter(body__plant=crowd.made.plant, kind__in=BRANCHES)
    return [state.body for state in states.select_related("body__plant").order_by("body__position", "body__code")]


def secretary_of(cast: Cast, body: Body) -> Account | None:
    held = cast.holders("branch_committee", unit=None, body=body.pk)
    return cast.account(cast.person(held[0])) if held else None


def _checker(cast: Cast, body: Body) -> Account | None:
    """Nobody looks at the branch on whose committee he sits: of the office's own branch the plant's committee does."""
    committee = [
        one for role in ("deputy", "organiser", "secretary", "discipline") for one in cast.at_post(role, "body C")
    ]
    both = [*office(cast.crowd), *(cast.account(one) for one in committee)]
    return next((one for one in both if not body.posts.filter(person=one.person_id).exists()), None)
