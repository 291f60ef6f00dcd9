"""Meetings as plain rows, for tests of what is made of them: closed, cancelled, made up for."""

import datetime as dt
from typing import Any

from ronglu.store.models import AgendaRow, Gathering, GatheringPerson
from tests.cast import AT, Cast

TITLES = {
    "assembly": "支部党员大会",
    "committee": "支委会",
    "group_meeting": "党小组会",
    "theme_day": "主题党日",
    "lecture": "党课",
}


def gathering(cast: Cast, body: str, kind: str, on: dt.date, *, state: str = "closed", **more: Any) -> Gathering:
    """16:30 to 17:15 of the day, three due and two there."""
    starts = dt.datetime.combine(on, dt.time(16, 30))
    given = {"title": TITLES.get(kind, kind), "due": 3, "present": 2, "place": "三楼党员活动室"} | more
    closed = {"closed_at": starts + dt.timedelta(hours=1)} if state == "closed" else {}
    return Gathering.objects.create(
        plant=cast.body[body].plant, body=cast.body[body], kind=kind, state=state, starts_at=starts,
        ends_at=starts + dt.timedelta(minutes=45), made_by=cast.account["王书记"], made_at=AT, **closed, **given,
    )  # fmt: skip


def figures(
    one: Gathering, *, progress: str = "96.2%", gap: str = "0.3 个百分点", said: str = "盯住三班配料", no: int = 1
) -> AgendaRow:
    """The three that a group shows: two came from the figures, the third was said."""
    return AgendaRow.objects.create(
        gathering=one, no=no, block="three", kind="report", title="铜回收率", source="indicator", indicator="cu_recovery",
        figures={"progress": progress, "gap": gap}, said=said,
    )  # fmt: skip


def came(one: Gathering, cast: Cast, name: str, mark: str = "present", **more: Any) -> GatheringPerson:
    return GatheringPerson.objects.create(gathering=one, person=cast.person[name], mark=mark, **more)
