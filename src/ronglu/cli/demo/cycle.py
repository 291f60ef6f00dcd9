"""The cycle of the invented group: a panel's marks before the scoring; after it the month audit, the quarter's card and its scores."""

import datetime as dt
from decimal import Decimal

from ronglu.cli.demo.cast import Cast
from ronglu.cli.demo.people import Crowd
from ronglu.cli.demo.scale import NOW, SHOWCASE
from ronglu.cli.demo.scores import office
from ronglu.config.plant import pack_of
from ronglu.kernel.time.period import Grain
from ronglu.store.models import Account, Case, Person, Review
from ronglu.work import case_rows, cases, marks, marks_stake, quarter_marks, reviews, reviews_actions
from ronglu.work.queries import marks as waiting

POSTS = ("safety_officer", "union", "finance", "plant_head", "discipline_office", "technician")
SINCE = dt.date(2026, 1, 5)
PANEL, GIVEN = 4, 3
"""Four are named, three have marked: the page of the fourth is not empty."""
STEPS = (4, 5, 4)
SAYS = ("成效有记录，核实属实", "按期开车，参数一次合格", "任务完成，成效核实并达到目标")
RAISED = dt.datetime(2026, 4, 1, 0, 10)
QUARTER = SHOWCASE.up(Grain.QUARTER)
ADVICE = ("隐患整改每周五过一遍，拖期的当周说清原因", "夜班点检由党小组带班，月底看漏项")
MISSED = "3 月第三周全线检修，党小组会顺延到 3 月 28 日补开，检修通知已上传"


def judge(crowd: Crowd) -> None:
    """Reviewers who have no stake in the records of the showcase month; named by the office, marked in the first days after it."""
    plant, (by, _) = crowd.made.plant, office(crowd)
    found = waiting.subjects(plant=plant, item="C4", month=SHOWCASE)
    panel = _panel(Cast(crowd), found)
    for account in panel:
        for item in ("C4", *marks.PANELS):
            marks.name_reviewer(
                plant=plant, item=item, account=account, on=SINCE, by=by, at=dt.datetime.combine(SINCE, dt.time(9))
            )
    at = dt.datetime.combine((SHOWCASE + 1).first, dt.time(15))
    for one in found:
        for account, step, says in zip(panel[:GIVEN], STEPS, SAYS, strict=False):
            marks.mark(
                plant=plant, item="C4", month=SHOWCASE, record=one.record, step=step, reason=says, by=account, at=at
            )


def review(crowd: Crowd) -> None:
    """Raised on the first day after the showcase month; some branches are done with their self-check, one card is written."""
    plant, cast, (first, second) = crowd.made.plant, Cast(crowd), office(crowd)
    pack = pack_of(plant.code)
    reviews.begin(plant=plant, month=SHOWCASE, by=first, at=RAISED - dt.timedelta(days=3))
    reviews.raise_due(plant=plant, loops=pack.loops, timetable=pack.standing.timetable, on=RAISED.date(), at=RAISED)
    reviews.refill(plant=plant, loops=pack.loops, at=NOW - dt.timedelta(days=5))
    rows = Review.objects.filter(body__plant=plant, kind="monthly").select_related("case", "body")
    for no, row in enumerate(rows.order_by("body__position")[:5]):
        _self_check(cast, row, audited_by=second if no < 2 else None, missed=MISSED if no == 0 else "")
    _comment(cast)
    _score(crowd)


def _panel(cast: Cast, found: list[waiting.Subject]) -> list[Account]:
    people = [person for post in POSTS for person in cast.at_post(post)]
    accounts = [cast.account(one) for one in dict.fromkeys(people)]
    free = (one for one in accounts if _has_no_stake(one, found))
    return [account for account, _ in zip(free, range(PANEL), strict=False)]


def _has_no_stake(account: Account, found: list[waiting.Subject]) -> bool:
    person = account.person
    assert person is not None
    life = marks_stake.Life.of(account, plant=person.plant)
    return not any(waiting.stake(life, one, month=SHOWCASE, on=NOW.date()) for one in found)


def _self_check(cast: Cast, row: Review, *, audited_by: Account | None, missed: str) -> None:
    by = _secretary(cast, row)
    if by is None:
        return
    _move(cast, row.case, by, "submit", at=dt.datetime(2026, 4, 7, 15), missed=missed)
    if audited_by is not None:
        _move(cast, row.case, audited_by, "accept", at=dt.datetime(2026, 4, 9, 10), verdict="记录齐全，依据可查")


def _comment(cast: Cast) -> None:
    """The first branch's card: two advices, one of them turned into an action."""
    row = Review.objects.filter(body__plant=cast.crowd.made.plant, kind="quarterly").select_related(
        "case__plant", "body"
    )[0]
    leader, by = cast.account(cast.at_post("secretary", "body C")[0]), _secretary(cast, row)
    if by is None or by.person is None:
        return
    at, loops = dt.datetime(2026, 4, 8, 9), pack_of(row.body.plant.code).loops
    for text in ADVICE:
        case_rows.add(
            loop=loops["quarterly"], case=row.case, kind="advice", given={"advice": text}, at=at, by=leader,
            scope=cast.scope(leader, at.date()), person=by.person, due_on=dt.date(2026, 4, 24),
        )  # fmt: skip
    _move(
        cast, row.case, leader, "send", at=at, bright="抢险和攻关都在现场，成效经得起核实",
        lacking="隐患整改有两件拖期，点检漏项集中在夜班", focus="夜班点检、煤耗",
    )  # fmt: skip
    reviews_actions.act_on(
        quarterly=loops["quarterly"], action=loops["action"], line=row.case.rows.get(no=1), what=ADVICE[0],
        finish_by=dt.date(2026, 5, 29), at=at + dt.timedelta(days=1), by=by, scope=cast.scope(by, at.date()),
    )  # fmt: skip


def _score(crowd: Crowd) -> None:
    """Two members of the panel score the first branches of the quarter, and one tells what he saw of a practice."""
    plant, at = crowd.made.plant, dt.datetime(2026, 4, 9, 16)
    members = [one.account for one in waiting.reviewers(plant=plant, on=at.date()) if one.item == quarter_marks.QUARTER]
    bodies = [
        row.body for row in Review.objects.filter(body__plant=plant, kind="quarterly").select_related("body__plant")[:4]
    ]
    for no, body in enumerate(bodies):
        for account in members[:2]:
            if marks_stake.refusal(
                marks_stake.Life.of(account, plant=plant), body=body, first=QUARTER.first, last=at.date()
            ):
                continue
            for scale in quarter_marks.scales(plant, QUARTER):
                quarter_marks.mark_quarter(
                    body=body, quarter=QUARTER, scale=scale, score=Decimal(92 - 2 * no), reason="按点评卡所列成效和不足", by=account, at=at
                )  # fmt: skip
            if no == 0:
                quarter_marks.mark_practice(
                    body=body, period=QUARTER, practice="红色擂台看板", solid=4, distinct=4, bright=5, comment="炉前看得见、比得着，别的线已来看",
                    by=account, at=at,
                )  # fmt: skip


def _secretary(cast: Cast, row: Review) -> Account | None:
    held: list[Person] = [
        cast.person(pk) for pk in cast.holders("branch_committee", unit=None, body=row.body_id)
    ]  # fmt: skip
    return cast.account(held[0]) if held else None


def _move(cast: Cast, case: Case, by: Account, code: str, *, at: dt.datetime, **given: str) -> None:
    case.refresh_from_db()
    said = {name: text for name, text in given.items() if text}
    cases.move(
        loop=pack_of(case.plant.code).loops[case.loop], case=case, code=code, seen=case.seen, given=said, at=at, by=by,
        scope=cast.scope(by, at.date()),
    )  # fmt: skip
