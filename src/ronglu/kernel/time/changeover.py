"""The shifts of one production day, also of the day on which one clock gives way to another."""

from datetime import date, datetime

from ronglu.kernel.time.clock import CalendarRule, Slot


def slots_of(day: date, rule: CalendarRule, ends_at: datetime, after: CalendarRule) -> tuple[Slot, ...]:
    """Shifts of `day` under `rule`, cut or continued to `ends_at`, where the next day begins under `after`.

    Where the next day begins earlier, the last shifts are cut or fall away (those hours are the next day's).
    Where it begins later, the shifts of the new clock that begin in between are appended with the next numbers, and
    what lies before the first of them lengthens the last shift: people on the ground keep coming by the clock.
    """
    slots = [slot for slot in rule.slots(day) if slot.starts_at < ends_at]
    if not slots or slots[-1].ends_at == ends_at:
        return tuple(slots)
    old_end = slots[-1].ends_at
    late = [slot for slot in after.slots(day) if old_end <= slot.starts_at < ends_at]
    slots[-1] = slots[-1]._replace(ends_at=late[0].starts_at if late else ends_at)
    slots += [slot._replace(no=slots[-1].no + i) for i, slot in enumerate(late, start=1)]
    return tuple(slots)
