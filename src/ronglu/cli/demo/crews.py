"""What crews of the first plant do with each other: pairs of sister crews with their weeks, and boards that two crews show."""

import datetime as dt
from itertools import pairwise

from ronglu.cli.demo.cast import Cast
from ronglu.cli.demo.people import Crowd
from ronglu.cli.demo.scale import NOW, TODAY
from ronglu.config.plant import pack_of, packs
from ronglu.store.models import Contact, Membership, Person, Unit
from ronglu.work import contacts, showcases
from ronglu.work.contacts import Raise, crews_of
from ronglu.work.scope import Scope, scope_of

LINE = "R1"
WEEK = dt.timedelta(days=7)
BACK = 3
"""Weeks ago that the pairs were made."""
SAID = ("加料皮带托辊换过，启动时多听一下", "氧压低时先降料再降氧，上一班试过", "炉口粘渣趁热清，分两次")
OPENS = "包子吊钩检查没有固定的人，建议排到班"
SHOWN = (("SM-02", "SM-01"), ("SM-02", "SM-04"))
WORDS = ("煤耗对着计划一班一班抠", "")


def meet(crowd: Crowd) -> None:
    """After the boards. Neighbouring crews of one line have a pair each; the last one still waits for a yes."""
    cast = Cast(crowd)
    crews = [unit for unit in _crews(crowd) if cast.workers(cast.code(unit))]
    pairs = [(one, other) for a, b in pairwise(crews) if (one := _member(cast, a)) and (other := _member(cast, b))]
    for no, (one, other) in enumerate(pairs):
        row = contacts.propose(
            one=one, other=other, by=cast.account(one), scope=_scope(cast, one), at=NOW - BACK * WEEK
        )
        if no == len(pairs) - 1 and no:
            continue
        row = contacts.agree(contact=row, by=cast.account(other), at=NOW - BACK * WEEK)
        _weeks(cast, row, one, other, no)
    for unit, codes, words in zip(crews, SHOWN, WORDS, strict=False):
        leader = cast.at_post("crew_leader", cast.code(unit))
        if leader:
            known = pack_of(crowd.made.plant.code).indicators
            by = cast.account(leader[0])
            showcases.show(unit=unit, indicators=codes, known=known, words=words, by=by, at=NOW - WEEK)


def _weeks(cast: Cast, row: Contact, one: Person, other: Person, no: int) -> None:
    """A sentence in most weeks, a reason in one; of the first pair a golden idea came out of it."""
    for ago in range(BACK, 0, -1):
        at, by = NOW - ago * WEEK, cast.account(one if (ago + no) % 2 else other)
        if ago == 2 and no == 1:
            contacts.nothing(contact=row, reason="对方外出培训", by=by, at=at)
        else:
            words = SAID[(ago + no) % len(SAID)]
            contacts.note(contact=row, words=words, by=by, scope=_scope(cast, by.person or one), at=at)
    if no == 0:
        opens = Raise(loop=packs().loops["idea"], given={"what": OPENS})
        contacts.note(contact=row, words=OPENS, by=cast.account(one), scope=_scope(cast, one), at=NOW, opens=opens)


def _crews(crowd: Crowd) -> list[Unit]:
    line = crowd.made.unit(LINE)
    rows = Unit.objects.filter(plant=crowd.made.plant, kind="crew", code__startswith=f"{line.code}-")
    return list(rows.order_by("position", "code"))


def _member(cast: Cast, crew: Unit) -> Person | None:
    """A Party member of the crew with an account who works there today."""
    people = {one.pk: one for one in cast.workers(cast.code(crew))}
    inside = {pk for pk, unit in crews_of(list(people), on=TODAY - BACK * WEEK).items() if unit.pk == crew.pk}
    listed = Membership.objects.on(TODAY - BACK * WEEK).filter(person__in=inside).values_list("person_id", flat=True)
    return next((people[pk] for pk in sorted(listed)), None)


def _scope(cast: Cast, person: Person) -> Scope:
    return scope_of(cast.account(person), on=TODAY)
