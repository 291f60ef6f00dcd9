"""Where the invented plant meets, and its first branch's May: planned, the meetings of its groups taken, the rest still to decide."""

import datetime as dt

from ronglu.cli import here
from ronglu.cli.demo.cast import Cast
from ronglu.cli.demo.people import Crowd
from ronglu.cli.demo.scale import NOW, THIS_MONTH, TODAY
from ronglu.cli.demo.scores import office
from ronglu.config.plant import pack_of
from ronglu.store.models import Account, Body, Post, Venue
from ronglu.work import gatherings, meeting_plans, venues

LINE = "R1"
VENUES = (
    {"name": "大会议室", "kind": "room", "seats": 80, "equipment": [{"name": "投影仪"}, {"name": "音响"}]},
    {"name": "党员活动室", "kind": "room", "seats": 24, "opens_at": dt.time(6), "shuts_at": dt.time(22)},
    {
        "name": "三点文化角",
        "kind": "culture",
        "seats": 16,
        "what_for": "青年读书会、三点文化沙龙",
        "equipment": [{"name": "书架"}],
    },
)
READING = dt.datetime.combine(TODAY + dt.timedelta(days=5), dt.time(16, 30))
FIXED = 20
TAKEN = (
    (0, dt.date(2026, 4, 13), 14, "厂党委会"),
    (0, dt.date(2026, 4, 17), 9, "安全生产月度例会"),
    (1, dt.date(2026, 4, 14), 16, "支委会（熔炼二系列党支部）"),
    (1, dt.date(2026, 4, 22), 15, "规程讲到班组：案例讨论"),
)
"""Venue, day, hour and what it is wanted for."""
THEME = dt.datetime(2026, 4, 20, 15, 30)
"""The first branch's theme day of this month: called, its room booked."""


def plan(crowd: Crowd) -> None:
    cast, plant = Cast(crowd), crowd.made.plant
    by = office(crowd)[0]
    made = [venues.register(plant=plant, by=by, at=NOW, **one) for one in VENUES]
    ends_at, until = READING + dt.timedelta(hours=1), READING.date() + dt.timedelta(weeks=4)
    venues.book(venue=made[-1], starts_at=READING, ends_at=ends_at, title="青年读书会", until=until, by=by, at=NOW)
    for place, day, hour, title in TAKEN:
        starts = dt.datetime.combine(day, dt.time(hour))
        venues.book(
            venue=made[place], starts_at=starts, ends_at=starts + dt.timedelta(hours=1), title=title, by=by, at=NOW
        )
    body, secretary = _branch(cast)
    _theme_day(body, secretary, made[1])
    terms = pack_of(plant.code).base.terms
    meeting_plans.set_habit(body=body, kind="theme_day", terms=terms, fixed_day=FIXED, by=secretary, at=NOW)
    row = meeting_plans.ask(body=body, month=THIS_MONTH + 1, by=secretary, at=NOW)
    assert row.job is not None
    here.do(row.job, NOW)
    groups = row.proposals.filter(kind="group_meeting", starts_at__isnull=False)
    if picks := list(groups.values_list("pk", flat=True)):
        meeting_plans.accept(schedule=row, picks=picks, by=secretary, at=NOW)


def _theme_day(body: Body, by: Account, venue: Venue) -> None:
    ends_at = THEME + dt.timedelta(hours=2)
    row = gatherings.arrange(body=body, kind="theme_day", starts_at=THEME, ends_at=ends_at, venue=venue, by=by, at=NOW)
    venues.book(venue=venue, starts_at=THEME, ends_at=ends_at, title=row.title, gathering=row, by=by, at=NOW)
    gatherings.call(gathering=row, by=by, at=NOW)


def _branch(cast: Cast) -> tuple[Body, Account]:
    """The branch of the first line, and its secretary."""
    line = cast.crowd.made.unit(LINE)
    found = Body.objects.filter(mappings__unit=line, mappings__until_on=None, states__kind="branch")
    body = found.distinct().get()
    post = Post.objects.on(TODAY).select_related("person").get(body=body, role="secretary")
    return body, cast.account(post.person)
