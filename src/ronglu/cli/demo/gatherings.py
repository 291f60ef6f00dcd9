"""Meetings of the first plant in the running month: two group meetings written down, a short lecture, a weekly team, one to come."""

import datetime as dt

from ronglu.cli.demo.cast import Cast
from ronglu.cli.demo.people import Crowd
from ronglu.cli.demo.scale import NOW, TODAY
from ronglu.config.plant import packs
from ronglu.store.models import AgendaRow, Body, Gathering, Person, Post, Team, Unit
from ronglu.web.gatherings.figures import figures
from ronglu.work import gatherings, gatherings_close, gatherings_fill, gatherings_room
from ronglu.work.gatherings_room import Decided

LINE = "R1"
HELD = dt.datetime(2026, 4, 8, 16, 10)
LESSON = dt.datetime(2026, 4, 3, 16, 10)
WEEKLY = dt.datetime(2026, 4, 1, 15, 0)
NEXT = dt.datetime(2026, 4, 21, 16, 10)
HOUR = dt.timedelta(hours=1)
TALK = "学了以后对照本班：加料口的护罩要补，交接时多说一句"
MEASURES = ("班中加测一次温度，超了当班调", "少停一次风，先报调度再动", "按小时看，不等到月底")
DECIDED = "加料皮带尾轮装护罩，装好以前挂警示牌"


def meet(crowd: Crowd) -> None:
    """After the boards: progress and gap come from them."""
    cast = Cast(crowd)
    groups = [body for unit in _crews(crowd) if (body := cast.group_of(unit)) and _leader(cast, body)]
    for no, body in enumerate(groups[:2]):
        _group_meeting(cast, body, away=no)
    if groups:
        _lesson(cast, groups[0])
        _to_come(cast, groups[0])
    team = Team.objects.filter(plant=crowd.made.plant, kind="shock_tech").select_related("body").first()
    if team is not None:
        _weekly(cast, team)


def _group_meeting(cast: Cast, body: Body, *, away: int) -> None:
    leader = _leader(cast, body)
    assert leader is not None
    row = _opened(cast, body, "group_meeting", HELD, leader)
    people = list(row.people.select_related("person"))
    absent = {one.person_id: "外出培训" for one in people[-1:]} if away and len(people) > 1 else {}
    owner = next(one.person for one in people if one.person_id not in absent)
    gatherings_room.write_down(
        gathering=row, away=absent, count=None, said=_said(row), given={}, by=cast.account(leader), at=HELD + HOUR,
        decided=Decided(text=DECIDED, owner=owner, due_on=TODAY + dt.timedelta(days=14), about=_talk(row)),
    )  # fmt: skip
    _close(cast, row, leader, HELD + HOUR)


def _lesson(cast: Cast, body: Body) -> None:
    """微型党课 by a member who holds no office, at the crew's place."""
    leader = _leader(cast, body)
    assert leader is not None
    row = _opened(cast, body, "short_lecture", LESSON, leader)
    speaker = next((one.person for one in row.people.all() if one.person_id != leader.pk), leader)
    given = {"speaker": speaker, "topic": "一次喷溅是怎么避开的"}
    gatherings_room.write_down(
        gathering=row, away={}, count=None, said=_said(row), given=given, by=cast.account(leader), at=LESSON + HOUR
    )
    _close(cast, row, leader, LESSON + HOUR)


def _to_come(cast: Cast, body: Body) -> None:
    leader = _leader(cast, body)
    assert leader is not None
    row = gatherings.arrange(
        body=body,
        kind="monthly_life",
        starts_at=NEXT,
        ends_at=NEXT + HOUR,
        by=cast.account(leader),
        at=NOW,
        place="班组休息室",
    )
    gatherings.call(gathering=row, by=cast.account(leader), at=NOW)


def _weekly(cast: Cast, team: Team) -> None:
    """Held once in April, and the next four weeks on the calendar: the week of today is not over yet."""
    found = team.members.filter(role="leader").select_related("person").first()
    if found is None or found.person_id not in cast.accounts:
        return
    by, leader = cast.account(found.person), found.person
    rows = gatherings.arrange_weekly(
        body=team.body,
        team=team,
        kind="tackle_meeting",
        starts_at=WEEKLY,
        ends_at=WEEKLY + HOUR,
        weeks=4,
        by=by,
        at=WEEKLY,
    )
    row = gatherings.open(gathering=rows[0], by=by, at=WEEKLY)
    gatherings_room.attend(gathering=row, by=by, at=WEEKLY)
    _close(cast, row, leader, WEEKLY + HOUR)
    gatherings.cancel(gathering=rows[1], reason="队员全部上炉抢修，改下周", by=by, at=WEEKLY + dt.timedelta(days=7))


def _opened(cast: Cast, body: Body, kind: str, at: dt.datetime, leader: Person) -> Gathering:
    by = cast.account(leader)
    row = gatherings.arrange(
        body=body, kind=kind, starts_at=at, ends_at=at + HOUR, by=by, at=at - dt.timedelta(days=3), place="班组休息室"
    )
    guide = gatherings.guide_of(row)
    lines = gatherings_fill.lines(row, guide=guide, loops=packs().loops, figures=figures(row))
    return gatherings.open(gathering=row, lines=lines, by=by, at=at)


def _said(row: Gathering) -> dict[int, str]:
    """A measure to each figure, and a word to the discussion."""
    shown = [one.pk for one in row.agenda.all() if one.source == "indicator"]
    said = {pk: MEASURES[no % len(MEASURES)] for no, pk in enumerate(shown)}
    talk = _talk(row)
    return said | ({talk.pk: TALK} if talk else {})


def _talk(row: Gathering) -> AgendaRow | None:
    return row.agenda.filter(kind="discuss").order_by("no").first()


def _close(cast: Cast, row: Gathering, leader: Person, at: dt.datetime) -> None:
    by = cast.account(leader)
    gatherings_close.close(gathering=row, action=packs().loops["action"], by=by, scope=cast.scope(by, TODAY), at=at)


def _leader(cast: Cast, body: Body) -> Person | None:
    post = Post.objects.on(HELD.date()).filter(body=body, role="leader").select_related("person").first()
    return post.person if post and post.person_id in cast.accounts else None


def _crews(crowd: Crowd) -> list[Unit]:
    line = crowd.made.unit(LINE)
    rows = Unit.objects.filter(plant=crowd.made.plant, kind="crew", code__startswith=f"{line.code}-")
    return list(rows.order_by("position", "code"))
