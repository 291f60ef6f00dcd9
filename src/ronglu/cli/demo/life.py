"""Organisational life of the first plant, month after month: what each branch and group met for, what it missed, who did his duty."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from ronglu.boards.indicator.build import build
from ronglu.cli.demo.cast import Cast
from ronglu.cli.demo.people import Crowd
from ronglu.cli.demo.scale import NOW, SHOWCASE, TODAY, Scale
from ronglu.cli.demo.scores import office
from ronglu.cli.demo.sessions import DAY, Session, arranged, hold, make_up, said
from ronglu.cli.demo.standards import branches, secretary_of
from ronglu.config.clock import today
from ronglu.config.plant import pack_of
from ronglu.kernel.time.period import Grain, Period
from ronglu.kernel.time.workday import WorkCalendar
from ronglu.store.models import (
    Account,
    Body,
    BodyState,
    Document,
    Finding,
    Gathering,
    Post,
    SeatDuty,
    ShiftRow,
    StudyPlan,
)  # fmt: skip
from ronglu.store.values import calendar_of, workdays_of
from ronglu.tasks.assess import freshen
from ronglu.work import (
    documents,
    education,
    findings,
    gatherings,
    gatherings_votes,
    life_findings,
    people,
    relays,
    seat_duties,
    study,
    talks,
    trainings,
    wording,
)  # fmt: skip

HABIT = 20
"""The day of the month around which branches hold their theme day."""
SILENT = "B-5-GM"
"""A group that did not meet in the showcase month and gave no reason."""
CALLED_OFF = ("B-R2-丙", "全线检修，三班抢修到月底，4 月 2 日复产后补开")
"""A group that could not meet in it, and why."""
LATE, PLAIN = 8, 6
"""By their place in the row: a branch whose committee meets after the documents were due, one that decides nothing on what it studied."""
ELECTS = "B-F2"
UNDONE = "B-F1"
"""The branch whose discipline member did not look at the five pairs."""
MADE_UP = ("B-R1", "B-R2")
LINES = ("B-R", "B-F")
LINE_APART = "B-R1"
"""The branch whose groups meet by hand in the running month (gatherings)."""


def begin(crowd: Crowd, scale: Scale) -> None:
    """The day from which all are asked, and the duties of the seats: both set before the first month that is scored."""
    plant, (by, _) = crowd.made.plant, office(crowd)
    first = scale.assessed[0].first
    at = dt.datetime.combine(first, dt.time(8))
    life_findings.set_start(plant=plant, from_on=first, by=by, at=at)
    crowd.made.plant.refresh_from_db()
    seat_duties.adopt(plant=plant, seeds=wording.declared().duties, on=first, by=by, at=at)


def month(crowd: Crowd, month: Period) -> None:
    """All that was held in it, in the order of the days, with the figures of the month before."""
    cast, plant = Cast(crowd), crowd.made.plant
    if month <= SHOWCASE:
        _figures(crowd, month - 1)
    paper = _paper(crowd, month)
    sessions = sorted(_sessions(crowd, cast, month, paper), key=lambda one: (one.at, one.body.code))
    for one in sessions:
        if one.at >= NOW:
            continue
        row = hold(one)
        if one.kind in ("theme_day", "assembly") and one.body.code.endswith(MADE_UP):
            make_up(one, row, at=one.at.replace(hour=8, minute=10) + 4 * DAY)
    if month <= SHOWCASE:
        _duties(cast, plant.pk, month)
    if month == SHOWCASE:
        _called_off(crowd, cast)
        _trainings(crowd, cast)


def reasons(crowd: Crowd) -> None:
    """After the rules were run: the office accepts why one group could not meet; what stands without a reason stays."""
    code, reason = CALLED_OFF
    by = office(crowd)[0]
    rows = Finding.objects.filter(body=crowd.made.body(code), rule="R-LIFE-03", cleared_on=None)
    for row in rows.filter(subject__endswith=str(SHOWCASE)):
        findings.give_reason(finding=row, reason=reason, by=by, at=NOW)


def _figures(crowd: Crowd, month: Period) -> None:
    """The boards of that month alone: what a meeting could look at then. They are made again with the others at the end."""
    plant = crowd.made.plant
    freshen(plant=plant, month=month, at=NOW)
    build(
        plant=plant, months=[month], pack=pack_of(plant.code), calendar=calendar_of(plant), until=today() - DAY,
        home=Path(settings.HOME), newest=month, finest=False,
    )  # fmt: skip


def _paper(crowd: Crowd, month: Period) -> Document | None:
    """A document of the month, asked of every branch in its first days."""
    plant, (by, _), told = crowd.made.plant, office(crowd), said()["months"][str(month)]["paper"]
    if not told:
        return None
    days = workdays_of(plant)
    at = dt.datetime.combine(days.add_workdays(month.first - DAY, 2), dt.time(10))
    issued = days.add_workdays(month.first - DAY, 1)
    row = documents.register(
        plant=plant, kind="superior", issued_on=issued, arrived_on=at.date(), by=by, at=at,
        title=told["title"], number=told["number"], issuer=told["issuer"], themes=told["themes"], gist=told["gist"],
    )  # fmt: skip
    lists = education.lists_of(plant, pack_of(plant.code).base.education)
    bodies = [body for body in branches(crowd) if secretary_of(Cast(crowd), body)]
    relays.ask(document=row, bodies=bodies, audience=lists.audiences["members"], days=lists.relay_days, by=by, at=at)
    return row


class _Days:
    """Workdays of a month given out branch by branch, none twice: nobody is called to two meetings at once."""

    def __init__(self, month: Period, workdays: WorkCalendar) -> None:
        self.month, self.workdays = month, workdays
        self.taken: dict[str, set[dt.date]] = defaultdict(set)

    def at(self, branch: str, day: int, hour: int, minute: int = 0) -> dt.datetime:
        """That day of the month, or the next workday on which the branch and the plant have nothing yet."""
        on = self.month.first.replace(day=day)
        while not self.free(branch, on) or not self.workdays.is_workday(on):
            on += DAY
        self.taken[branch].add(on)
        return dt.datetime.combine(on, dt.time(hour, minute))

    def free(self, branch: str, on: dt.date) -> bool:
        return on not in self.taken[branch] and on not in self.taken["C"]


def _sessions(crowd: Crowd, cast: Cast, month: Period, paper: Document | None) -> Iterator[Session]:
    told, days = said()["months"][str(month)], _Days(month, workdays_of(crowd.made.plant))
    third = month.first.month % 3 == 0
    if third:
        yield from _plant(crowd, cast, month, days)
    for no, body in enumerate(branches(crowd)):
        by, code = secretary_of(cast, body), _code(crowd, body)
        if by is None:
            continue
        choice = _choice(code, month)
        common: dict[str, Any] = {"cast": cast, "body": body, "by": by, "place": "党员活动室"}
        common["away"] = 18 if code.startswith(LINES) else 9
        at = days.at(code, 23 if no == LATE else 7 + no % 5, 16, 30)
        yield Session(kind="committee", at=at, decided=choice[no % len(choice)], **common)
        yield Session(
            kind="theme_day", at=days.at(code, HABIT, 13 + no % 3, 30), given={"topic": told["theme_day"]},
            decided="" if no == PLAIN else choice[(no + 1) % len(choice)], before=_study(crowd, body, by, month, paper), **common,
        )  # fmt: skip
        if third:
            yield Session(kind="assembly", at=days.at(code, 25, 9 + no % 2), inside=_votes(cast, body, by), **common)
        if (month.first.month + no) % 3 == 0 and by.person is not None:
            given = {"speaker": by.person, "topic": told["lecture"]}
            yield Session(kind="lecture", at=days.at(code, 14, 16), given=given, **common)
    yield from _groups(crowd, cast, month, days)


def _choice(code: str, month: Period) -> list[str]:
    """What may be decided there: a line has other things to see to than an office."""
    place = "line" if code.startswith(LINES) else "office"
    return list(said()["months"][str(month)]["decided"][place])


def _groups(crowd: Crowd, cast: Cast, month: Period, days: _Days) -> Iterator[Session]:
    """A crew's group right after its day shift, an office's in the afternoon; by its leader."""
    states = BodyState.objects.on(month.last).filter(body__plant=crowd.made.plant, kind="group").select_related("body")
    for no, state in enumerate(states.order_by("body__position")):
        code = _code(crowd, state.body)
        branch = code.rpartition("-")[0]
        if month == SHOWCASE and code in (SILENT, CALLED_OFF[0]):
            continue
        if month > SHOWCASE and branch == LINE_APART:
            continue
        choice = _choice(code, month)
        at = _after_shift(crowd, code, days, branch) or days.at(branch, 16 + no % 3, 16, 30)
        leader = _holder(cast, state.body, "leader", at.date())
        if leader is not None:
            yield Session(
                cast=cast, body=state.body, kind="group_meeting", at=at, by=leader, place="班组休息室", away=8,
                decided=choice[(no + 2) % len(choice)], due=12,
            )  # fmt: skip


def _plant(crowd: Crowd, cast: Cast, month: Period, days: _Days) -> Iterator[Session]:
    """The committee's study of the quarter, and the lecture of its secretary."""
    body = crowd.made.body("C")
    secretary = _holder(cast, body, "secretary", month.last)
    if secretary is None or secretary.person is None:
        return
    told = said()["months"][str(month)]
    common: dict[str, Any] = {"cast": cast, "body": body, "by": secretary, "place": "大会议室"}
    given = {"topic": told["topic"]}
    yield Session(
        kind="central_study", at=days.at("C", 12, 14), given=given, decided=told["decided"]["line"][0], **common
    )
    given = {"speaker": secretary.person, "topic": told["lecture"]}
    yield Session(kind="lecture", at=days.at("C", 18, 15), given=given, **common)


def _study(crowd: Crowd, body: Body, by: Account, month: Period, paper: Document | None) -> Any:
    """The topic of the month from the branch's plan, on the agenda of its theme day."""
    topic = said()["months"][str(month)]["topic"]
    if not topic:
        return None
    plant, second = crowd.made.plant, office(crowd)[1]
    at = dt.datetime.combine(month.first, dt.time(9))
    lists = education.lists_of(plant, pack_of(plant.code).base.education)
    members = lists.audiences["members"]
    plan = StudyPlan.objects.filter(body=body, year=at.year, audience=members.code).first()
    plan = plan or study.plan(body=body, year=at.year, audience=members, standard=members.standard, by=by, at=at)
    row = study.add(
        plan=plan,
        title=topic,
        form="policy",
        due_on=month.last,
        lists=lists,
        document=paper,
        themes=["whole"],
        by=by,
        at=at,
    )
    if plan.state == "draft":
        study.issue(plan=plan, by=second, at=at)
    return lambda gathering: study.take_up(topic=row, gathering=gathering, by=by, at=gathering.starts_at)


def _votes(cast: Cast, body: Body, by: Account) -> Any:
    """The year's plan, discussed by the committee before; one branch fills a seat by an election as well."""

    def vote(row: Gathering) -> None:
        there = row.people.filter(voting=True, mark="present")
        count, told = there.count(), said()
        found = gatherings_votes.discussed(row)
        against = int(count > 8)
        gatherings_votes.vote(
            gathering=row, title=told["vote"], favour=count - against, against=against, abstained=0, by=by, at=row.ends_at,
            discussed_in=found[0] if found else None,
        )  # fmt: skip
        if body.code.endswith(ELECTS):
            _elect(cast, row, by, count)

    return vote


def _elect(cast: Cast, row: Gathering, by: Account, count: int) -> None:
    """The member of longest standing there who holds no seat yet, until the term of the others ends."""
    day = row.starts_at.date()
    seated = set(Post.objects.on(day).filter(person__plant=row.plant).values_list("person_id", flat=True))
    free = row.people.filter(voting=True, mark="present").exclude(person__in=seated).select_related("person")
    chosen = free.order_by("person__joined_on").first()
    if chosen is None:
        return
    title = f"{said()['seat']}：{chosen.person.name}"
    gatherings_votes.vote(
        gathering=row, title=title, favour=count - 1, against=0, abstained=1, by=by, at=row.ends_at, kind="election"
    )
    ends_on = (
        Post.objects.on(day).filter(body=row.body, role="secretary").values_list("term_ends_on", flat=True).first()
    )
    people.appoint(
        person=chosen.person, role="member", body=row.body, on=day, term_ends_on=ends_on, by=by, at=row.ends_at
    )


def _duties(cast: Cast, plant: int, month: Period) -> None:
    """What no record shows is said by who holds the seat: of the month, and of the quarter where it ends."""
    quarter, words = month.up(Grain.QUARTER), said()
    ends = quarter.last == month.last
    day = month.last - 4 * DAY
    for duty in SeatDuty.objects.on(day).filter(plant=plant, proof="", level="branch").order_by("pk"):
        period = month if duty.every == "month" else quarter if duty.every == "quarter" and ends else None
        for body in branches(cast.crowd) if period is not None else ():
            by = _holder(cast, body, duty.seat, month.last)
            if by is None or (duty.seat == "discipline" and body.code.endswith(UNDONE)):
                continue
            text = {"secretary": words["integrity"], "discipline": words["check"]}.get(duty.seat, words["crews"])
            at = dt.datetime.combine(day, dt.time(17))
            seat_duties.report(duty=duty, body=body, period=period, words=text, done_on=day, by=by, at=at)
    if ends:
        for body in branches(cast.crowd):
            if (by := _holder(cast, body, "deputy", day)) is not None:
                talks.heart(body=body, pair="committee_member", on=day, by=by, at=dt.datetime.combine(day, dt.time(18)))


def _called_off(crowd: Crowd, cast: Cast) -> None:
    code, reason = CALLED_OFF
    body, at = crowd.made.body(code), dt.datetime.combine(SHOWCASE.last - 6 * DAY, dt.time(16, 10))
    by = _holder(cast, body, "leader", at.date())
    if by is not None:
        one = Session(cast=cast, body=body, kind="group_meeting", at=at, by=by, place="班组休息室")
        gatherings.cancel(gathering=arranged(one), reason=reason, by=by, at=at - DAY)


def _trainings(crowd: Crowd, cast: Cast) -> None:
    """Hours: who sits on a committee comes near the 56, some members over the 32, the others stand where the meetings left them."""
    plant, by = crowd.made.plant, office(crowd)[0]
    bodies = branches(crowd)
    seats = Post.objects.on(TODAY).filter(body__in=bodies).select_related("person").order_by("pk")
    seated = list({post.person_id: post.person for post in seats}.values())
    members = [one for body in bodies for one in cast.members(_code(crowd, body))[::3]]
    some = list({one.pk: one for one in (*seated[::2], *members)}.values())
    for told in said()["trainings"]:
        given = {key: value for key, value in told.items() if key != "whom"}
        chosen = seated if told["whom"] == "seats" else some
        at = dt.datetime.combine(told["last_on"] + DAY, dt.time(9))
        trainings.record(plant=plant, people=chosen, by=by, at=at, **given)


def _after_shift(crowd: Crowd, code: str, days: _Days, branch: str) -> dt.datetime | None:
    """Ten minutes after a day shift of the crew on which its branch has nothing else; none where the body is no crew's."""
    unit, month = crowd.made.units.get(code.removeprefix("B-")), days.month
    if unit is None or unit.kind != "crew":
        return None
    first = month.first + 7 * DAY if month <= SHOWCASE else month.first
    rows = ShiftRow.objects.filter(crew=unit, day__gte=first, day__lte=month.last, ends_at__hour=16).order_by("day")
    found = next((row for row in rows if days.free(branch, row.day)), None)
    return found.ends_at + dt.timedelta(minutes=10) if found else None


def _holder(cast: Cast, body: Body, role: str, on: dt.date) -> Account | None:
    row = Post.objects.on(on).filter(body=body, role=role).order_by("pk").first()
    return cast.accounts.get(row.person_id) if row else None


def _code(crowd: Crowd, body: Body) -> str:
    return body.code.removeprefix(f"{crowd.made.plan.prefix}-")
