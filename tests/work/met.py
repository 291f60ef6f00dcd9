"""The cast on 四班三运转: 甲 stands 白 on 2 and 3 April 2026, 中 on 4 and 5, 夜 (to 08:00) on the mornings of 7 and 8; two rooms."""

import datetime as dt

from ronglu.config.plant import pack_of
from ronglu.kernel.time.period import Period
from ronglu.store.models import Body, Engagement, Job, MeetingProposal, MeetingSchedule, Membership, Person, Post, Venue
from ronglu.tasks.run import perform
from ronglu.work import meeting_plans, venues
from tests.cast import AT, SINCE, Cast
from tests.work.clock import four, set_clock, set_roster

APRIL = Period.month(2026, 4)
TERMS = dict(pack_of("qinglan").base.terms)


def on_shift(cast: Cast) -> Cast:
    """A roster on the converter line; 乙, 丙 and 丁 get three members each, in the group of 乙 or in the branch itself."""
    set_clock(cast.plant)
    set_roster(cast.unit["QL-R1"], four(cast.plant))
    for letter in "乙丙丁":
        for n in range(3):
            person = Person.objects.create(plant=cast.plant, staff_no=f"203{ord(letter)}{n}", name=f"{letter}班党员{n}")
            Engagement.objects.create(person=person, unit=cast.unit[f"QL-R1-{letter}"], from_on=SINCE)
            body = cast.body["QL-B1-乙" if letter == "乙" else "QL-B1"]
            Membership.objects.create(person=person, body=body, status="full", from_on=SINCE)
            cast.person[person.name] = person
    for name, role in (("乙班党员0", "organiser"), ("丙班党员0", "propaganda"), ("丁班党员0", "discipline")):
        Post.objects.create(person=cast.person[name], role=role, body=cast.body["QL-B1"], from_on=SINCE)
    return cast


def room(cast: Cast, name: str = "活动室", seats: int = 30, **more: object) -> Venue:
    said = {"name": name, "kind": "room", "seats": seats, **more}
    return venues.register(plant=cast.plant, by=cast.account["孙干事"], at=AT, **said)


def asked(cast: Cast, body: str, by: str = "王书记", month: Period = APRIL, at: dt.datetime = AT) -> MeetingSchedule:
    """Asked for and worked out, as the worker does it."""
    row = meeting_plans.ask(body=cast.body[body], month=month, by=cast.account[by], at=at)
    perform(Job.objects.get(pk=row.job_id))
    row.refresh_from_db()
    return row


def mains(row: MeetingSchedule) -> list[MeetingProposal]:
    return list(row.proposals.filter(makeup_of=None, starts_at__isnull=False).order_by("starts_at"))


def causes(row: MeetingSchedule) -> dict[tuple[Body, str], str]:
    return {(one.body, one.kind): one.cause for one in row.proposals.filter(starts_at=None)}


__all__ = ["APRIL", "AT", "TERMS", "asked", "causes", "mains", "on_shift", "room"]
