"""Documents, relays and study plans for tests: entered by 孙干事 of the party office, passed on by 王书记's branch."""

import datetime as dt
from typing import Any

from ronglu.config.plant import packs
from ronglu.store.models import AgendaRow, Document, Gathering, Relay, StudyPlan, StudyTopic, Training
from ronglu.work import documents, gatherings, gatherings_room, policies, relays, study, trainings
from tests.cast import AT, Cast
from tests.work import gathered

LISTS = packs().base.education
MEMBERS, STAFF = LISTS.audiences["members"], LISTS.audiences["staff"]
DUE = dt.date(2026, 3, 24)
"""Ten working days after Tuesday 10 March 2026, by weekdays alone."""


def by(cast: Cast, name: str = "孙干事", at: dt.datetime = AT) -> dict[str, Any]:
    return {"by": cast.account[name], "at": at}


def on(day: int, hour: int = 9) -> dt.datetime:
    """A day of March 2026."""
    return dt.datetime(2026, 3, day, hour)


def document(cast: Cast, title: str = "党风廉政建设教育大会精神", kind: str = "conference", **more: Any) -> Document:
    return documents.register(plant=cast.plant, kind=kind, title=title, **(by(cast) | more))


def asked(cast: Cast, *bodies: str, audience: str = "members", **named: Any) -> Relay:
    """The relay of the first of the bodies."""
    rows = relays.ask(
        document=document(cast, **named), bodies=[cast.body[one] for one in bodies or ("QL-B1",)],
        audience=LISTS.audiences[audience], days=LISTS.relay_days, **by(cast),
    )  # fmt: skip
    return rows[0]


def noticed(cast: Cast, effective: dt.date = dt.date(2026, 4, 1), **more: Any) -> Document:
    given = {"title": "薪酬分配改革办法", "gist": "按岗位价值定级，原有待遇保留一年"}
    return policies.announce(
        plant=cast.plant, effective_on=effective, bodies=[cast.body["QL-B1"], cast.body["QL-B2"]], audience=STAFF,
        **(given | by(cast) | more),
    )  # fmt: skip


def planned(cast: Cast, body: str = "QL-B1", audience: str = "members", *, issue: bool = True) -> StudyPlan:
    """Written by 王书记, issued by 孙干事, with one topic due at the end of March."""
    row = study.plan(
        body=cast.body[body], year=2026, audience=LISTS.audiences[audience], standard=LISTS.audiences[audience].standard,
        **by(cast, "王书记"),
    )  # fmt: skip
    topic(cast, row)
    return study.issue(plan=row, **by(cast)) if issue else row


def topic(cast: Cast, plan: StudyPlan, title: str = "国企改革指导意见", day: int = 31, **more: Any) -> StudyTopic:
    given = {
        "form": "policy",
        "themes": ["reform"],
        "lists": LISTS,
        "due_on": dt.date(2026, 3, day),
        **by(cast, "王书记"),
    }
    return study.add(plan=plan, title=title, **(given | more))


def trained(cast: Cast, *names: str, half_days: int = 4) -> Training:
    return trainings.record(
        plant=cast.plant, title=f"第 {Training.objects.count() + 1} 期培训班", first_on=dt.date(2026, 3, 2), last_on=dt.date(2026, 3, 3), half_days=half_days,
        people=[cast.person[one] for one in names or ("王书记",)], **by(cast),
    )  # fmt: skip


def taken(cast: Cast, one: StudyTopic, *, decide: bool) -> Gathering:
    """The group of 转炉甲班 took it up on the 10th, spoke about it, and decided something or not; then it closed."""
    meeting = gathered.arranged(cast)
    study.take_up(topic=one, gathering=meeting, **by(cast, "王书记"))
    meeting = gatherings.open(gathering=meeting, **gathered.by(cast))
    talk = AgendaRow.objects.get(gathering=meeting, kind="discuss", about__topics=one)
    gatherings_room.take_down(gathering=meeting, said={talk.pk: "本班的交接要改"}, given={}, **gathered.by(cast))
    if decide:
        who, day = cast.person["李班长"], dt.date(2026, 3, 20)
        gatherings_room.resolve(
            gathering=meeting, text="交接单加一栏", owner=who, due_on=day, about=talk, **gathered.by(cast)
        )
    gathered.came(cast, meeting)
    return gathered.close(cast, meeting)
