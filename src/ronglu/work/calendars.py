"""The plant's dated clock: when its day, shifts and statistical month begin, from a day on."""

import datetime as dt
from typing import Any

from django.db import transaction

from ronglu.kernel.time.book_checks import book_problems
from ronglu.kernel.time.calendar import Calendar, CalendarRule
from ronglu.kernel.time.errors import TimeTrouble
from ronglu.store.models import Account, CalendarRow, Plant, Reading
from ronglu.store.values import calendar_of, rule_of
from ronglu.work import audits
from ronglu.work.shifts import again, book_of, materialise

__all__ = ["BadCalendar", "declare", "materialise", "withdraw"]


class BadCalendar(TimeTrouble):
    """日历不能这样改。"""


@transaction.atomic
def declare(*, plant: Plant, rule: CalendarRule, by: Account | None, at: dt.datetime) -> CalendarRow:
    """The clock from `rule.from_on` on; a rule of the same day is replaced.

    Refused where readings are already stamped by the old clock, and where a roster no longer fits.
    """
    before = _rules(plant)
    after = [one for one in before if one.from_on != rule.from_on] + [rule]
    _check(plant, before, after, rule.from_on)
    row, _ = CalendarRow.objects.update_or_create(plant=plant, from_on=rule.from_on, defaults=_fields(rule))
    again(plant=plant, first=rule.from_on)
    said = {"from_on": str(rule.from_on), "day_starts": f"{rule.day_starts:%H:%M}", "month_first": rule.month_first}
    shifts = [f"{shift.name} {shift.starts:%H:%M}" for shift in rule.shifts]
    audits.record(
        verb="calendars.declare", by=by, at=at, subject=plant.code, plant=plant, detail=said | {"shifts": shifts}
    )
    return row


@transaction.atomic
def withdraw(*, plant: Plant, from_on: dt.date, by: Account | None, at: dt.datetime) -> None:
    """Takes out a rule by which nothing was stamped yet; the one before it holds on. The first rule stays."""
    before = _rules(plant)
    after = [one for one in before if one.from_on != from_on]
    if len(after) == len(before):
        raise BadCalendar(f"{plant.name}没有从 {from_on} 起的日历")
    if not after:
        raise BadCalendar("这是唯一的一条日历，不能撤回；可以从另一日起改")
    _check(plant, before, after, from_on)
    CalendarRow.objects.filter(plant=plant, from_on=from_on).delete()
    again(plant=plant, first=from_on)
    detail = {"from_on": str(from_on)}
    audits.record(verb="calendars.withdraw", by=by, at=at, subject=plant.code, plant=plant, detail=detail)


def _rules(plant: Plant) -> list[CalendarRule]:
    return [rule_of(row) for row in CalendarRow.objects.filter(plant=plant)]


def _check(plant: Plant, before: list[CalendarRule], after: list[CalendarRule], on: dt.date) -> None:
    calendar = Calendar(tuple(after))
    if problems := calendar.problems():
        raise BadCalendar("；".join(problems))
    if not before:
        return
    newest = Reading.objects.filter(channel__unit__plant=plant, day__gte=on).order_by("-day").first()
    if newest is not None:
        raise BadCalendar(
            f"从 {on} 起已有按原日历归班的读数（最晚 {newest.day}），日历只能从 {newest.day + dt.timedelta(days=1)} 起改"
        )
    book = book_of(plant)
    known = set(book_problems(book, calendar_of(plant)))
    if new := [text for text in book_problems(book, calendar) if text not in known]:
        raise BadCalendar(f"现有轮班与新日历不合，请先让它在 {on} 截止：" + "；".join(new))


def _fields(rule: CalendarRule) -> dict[str, Any]:
    return {
        "day_starts": rule.day_starts,
        "month_first": rule.month_first,
        "shifts": [
            {
                "no": shift.no,
                "name": shift.name,
                "starts": f"{shift.starts:%H:%M}",
                "hours": f"{shift.hours.normalize():f}",
            }
            for shift in rule.shifts
        ],
    }
