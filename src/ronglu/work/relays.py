"""传达: asked of bodies with a day, done at a meeting or elsewhere, or excused by another; only numbers say who heard it.

A meeting that is closed passes on what stood on its agenda, for its own body and for the branch it belongs to.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Sum

from ronglu.kernel.gathering.education import Audience
from ronglu.kernel.labour import written
from ronglu.kernel.org.errors import OrgTrouble
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.history import party_tree
from ronglu.store.models import (
    Account,
    Body,
    Document,
    Gathering,
    GatheringPerson,
    Plant,
    Relay,
    RelayState,
    RelayTelling,
)
from ronglu.store.values import workdays_of
from ronglu.work import audiences, audits, closings, documents, education, hands, partitions

FACT = "relays"
BACK = dt.timedelta(days=7)
"""A telling outside a meeting is written down within a week."""
HELD = ("present", "makeup")
WAITING = (RelayState.OPEN, RelayState.EXPLAINED)
STANDING = (*WAITING, RelayState.TOLD, RelayState.EXCUSED)


class BadRelay(OrgTrouble):
    """传达不能这样办。"""


@transaction.atomic
def ask(
    *, document: Document, bodies: Sequence[Body], audience: Audience, days: int, by: Account, at: dt.datetime
) -> list[Relay]:
    """Of every body chosen that was not asked yet, within so many working days from today."""
    due_on = workdays_of(document.plant).add_workdays(at.date(), days)
    return ask_until(document=document, bodies=bodies, audience=audience, due_on=due_on, by=by, at=at)


@transaction.atomic
def ask_until(
    *, document: Document, bodies: Sequence[Body], audience: Audience, due_on: dt.date, by: Account, at: dt.datetime
) -> list[Relay]:
    documents.holds(document)
    if not bodies:
        raise BadRelay("请选要传达的党组织")
    asked = set(document.relays.exclude(state=RelayState.WITHDRAWN).values_list("body", flat=True))
    fresh = [body for body in bodies if body.pk not in asked]
    if not fresh:
        raise BadRelay("所选的党组织都已下达过，不重复下达")
    document.relays.filter(state=RelayState.WITHDRAWN, body__in=fresh).delete()
    concerned = audiences.counts(plant=document.plant, bodies=fresh, who=audience.who, on=at.date())
    fresh = [body for body in fresh if concerned[body.pk]]
    if not fresh:
        raise BadRelay(f"所选的党组织里没有{audience.label}，没有人可传达")
    rows = [
        Relay(
            document=document, body=body, audience=audience.code, asked_on=at.date(), due_on=due_on, asked_by=by, asked_at=at,
            due=concerned[body.pk],
        )
        for body in fresh
    ]  # fmt: skip
    Relay.objects.bulk_create(rows)
    _touch(rows)
    documents.note("relay", document, by=by, at=at, bodies=[one.code for one in fresh], due_on=str(due_on))
    return list(document.relays.filter(body__in=fresh))


@transaction.atomic
def withdraw(*, relay: Relay, reason: str, by: Account, at: dt.datetime) -> Relay:
    """Asked by mistake, told in time; what is overdue was missed and stays so."""
    if at.date() > relay.due_on:
        raise BadRelay(f"期限 {relay.due_on} 已过，不能再撤回")
    return _step(
        relay,
        WAITING,
        "withdraw",
        by=by,
        at=at,
        state=RelayState.WITHDRAWN,
        remark=written(reason, what="撤回的原因", longest=200),
    )


@transaction.atomic
def void(*, document: Document, reason: str, by: Account, at: dt.datetime) -> Document:
    """It holds no more: who still has it before him is asked no more. What is overdue was missed and stays so."""
    documents.void(document=document, reason=reason, by=by, at=at)
    for relay in document.relays.filter(state__in=WAITING, due_on__gte=at.date()):
        withdraw(relay=relay, reason="文件已废止", by=by, at=at)
    return document


@transaction.atomic
def tell(*, relay: Relay, day: dt.date, occasion: str, people: int, by: Account, at: dt.datetime) -> RelayTelling:
    """Outside a meeting: at the start of a shift, with a number of people and no names. Each occasion of a day once."""
    relay.refresh_from_db(from_queryset=Relay.objects.select_for_update())
    if relay.state not in STANDING:
        raise BadRelay("这项传达已撤回")
    if not max(relay.asked_on, at.date() - BACK) <= day <= at.date():
        raise BadRelay(f"传达日期应在下达（{relay.asked_on}）以后、最近一周以内，且不晚于今天")
    if people < 1:
        raise BadRelay("请写传达到的人数")
    where = written(occasion, what="在什么场合传达", longest=80)
    if before := relay.tellings.filter(day=day, occasion=where).first():
        raise BadRelay(f"{day}“{where}”已登记 {before.people} 人；是另一个班或另一场，请写明哪一个")
    return _told([(relay, people)], day=day, gathering=None, occasion=where, by=by, at=at)[0]


@transaction.atomic
def held(*, gathering: Gathering, by: Account, at: dt.datetime) -> list[RelayTelling]:
    """A meeting closed: what its agenda named is passed on to those whom it concerns and who were there, as its records say."""
    day = gathering.starts_at.date()
    above = [state.id for state in party_tree(gathering.plant).at(day).path(gathering.body_id)]
    wanted = Relay.objects.filter(
        document__agenda__gathering=gathering, body__in=above, state__in=STANDING, asked_on__lte=day
    )
    rows = wanted.exclude(tellings__gathering=gathering).distinct().select_related("document__plant", "body__plant")
    there = list(gathering.people.filter(mark__in=HELD).values_list("person_id", flat=True))
    heard = [(relay, people) for relay in rows if (people := _concerned(relay, there))]
    return _told(heard, day=day, gathering=gathering, occasion="", by=by, at=at)


@transaction.atomic
def explain(*, relay: Relay, reason: str, by: Account, at: dt.datetime) -> Relay:
    """Why it could not be passed on in time; counts once somebody above has agreed."""
    why = written(reason, what="没有传达的理由", longest=200)
    return _step(
        relay,
        (RelayState.OPEN,),
        "explain",
        by=by,
        at=at,
        state=RelayState.EXPLAINED,
        reason=why,
        explained_by=by,
        remark="",
    )


@transaction.atomic
def decide(*, relay: Relay, holds: bool, remark: str, by: Account, at: dt.datetime) -> Relay:
    """By another than who gave the reason. A no leaves the duty where it was."""
    hands.apart(by, relay.explained_by, on=at.date(), trouble=BadRelay, own="理由由您写，须由另一人认可")
    if not holds and not remark.strip():
        raise BadRelay("不认可请写明原因")
    closings.refuse_closed(plant=relay.document.plant, month=_month(relay))
    state = RelayState.EXCUSED if holds else RelayState.OPEN
    return _step(
        relay, (RelayState.EXPLAINED,), "excuse" if holds else "refuse", by=by, at=at, state=state, decided_by=by,
        remark=remark.strip()[:200],
    )  # fmt: skip


def _told(
    rows: Sequence[tuple[Relay, int]], *, day: dt.date, gathering: Gathering | None, occasion: str, by: Account, at: dt.datetime
) -> list[RelayTelling]:  # fmt: skip
    found = []
    for relay, people in rows:
        if relay.told_on is None and day <= relay.due_on:
            closings.refuse_closed(plant=relay.document.plant, month=_month(relay))
        found.append(
            RelayTelling.objects.create(
                relay=relay, day=day, gathering=gathering, occasion=occasion, people=people, by=by, at=at
            )
        )
        first = min(day, relay.told_on or day)
        state = relay.state if relay.state == RelayState.EXCUSED else RelayState.TOLD
        _step(relay, STANDING, "tell", by=by, at=at, state=state, told_on=first, told=_reached(relay))
    return found


def _reached(relay: Relay) -> int:
    """Whom it concerns of those at the meetings, each once, and the numbers of the other times; never more than all of them."""
    meetings = relay.tellings.exclude(gathering=None).values("gathering")
    there = GatheringPerson.objects.filter(gathering__in=meetings, mark__in=HELD).values_list("person", flat=True)
    besides = relay.tellings.filter(gathering=None).aggregate(n=Sum("people"))["n"] or 0
    return min(relay.due, _concerned(relay, there) + besides)


def _concerned(relay: Relay, people: Iterable[int]) -> int:
    """Of those whom it concerned when it was asked; of an audience that is declared no more it is for everybody."""
    audience = education.declared().audiences.get(relay.audience)
    if audience is None:
        return len(set(people))
    return audiences.among(people, body=relay.body, who=audience.who, on=relay.asked_on)


def _month(relay: Relay) -> Period:
    return Period.of(relay.due_on, Grain.MONTH)


def _step(
    relay: Relay, states: tuple[RelayState, ...], verb: str, *, by: Account, at: dt.datetime, **changes: Any
) -> Relay:
    """Compare and set: of two who act at once, one is told that it was done already."""
    if not Relay.objects.filter(pk=relay.pk, state__in=states).update(**changes):
        relay.refresh_from_db()
        raise BadRelay(f"这项传达{relay.get_state_display()}，不能再办这一步")
    relay.refresh_from_db()
    _touch([relay])
    audits.record(
        verb=f"relays.{verb}", by=by, at=at, subject=relay.document.title, plant=relay.document.plant,
        detail={"body": relay.body.code, "state": relay.state},
    )  # fmt: skip
    return relay


def _touch(rows: Iterable[Relay]) -> None:
    months: dict[Plant, set[int]] = defaultdict(set)
    for relay in rows:
        months[relay.document.plant].add(_month(relay).yyyymm)
    for plant, touched in months.items():
        partitions.touch(plant=plant, fact=FACT, months=touched)
