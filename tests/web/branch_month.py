"""A month of a branch with something of every sort that its 台账 tells, written where it happened."""

import datetime as dt
from typing import Any

from ronglu.store.models import (
    CalendarRow,
    Case,
    Checklist,
    Commitment,
    Document,
    Finding,
    Gathering,
    QuarterPoint,
    Relay,
    Round,
    SelfInspection,
    ServeRecord,
    TalkRecord,
)
from tests.cast import AT, SINCE, Cast
from tests.facts.gathered import came, figures, gathering
from tests.facts.plant_month import SHIFTS
from tests.work.loops_cast import report, zone

DAY = dt.date(2026, 3, 18)


def calendar(cast: Cast) -> None:
    CalendarRow.objects.create(plant=cast.plant, from_on=SINCE, day_starts=dt.time(8), month_first=1, shifts=SHIFTS)


def held(cast: Cast, body: str = "QL-B1-甲", **more: Any) -> Gathering:
    """A group's meeting with everything that minutes tell."""
    one = gathering(
        cast, body, "group_meeting", DAY, convener=cast.person["何组长"], recorder=cast.person["李班长"], called_in="倒班只有这天凑得齐",
        **more,
    )  # fmt: skip
    came(one, cast, "何组长"), came(one, cast, "李班长"), came(one, cast, "马主任", "away", reason="出差")
    one.agenda.create(no=1, block="study", kind="study", title="关于安全生产的通知", source="document", said="逐条读了")
    figures(one, no=2)
    one.agenda.create(no=3, block="care", kind="share", title="谈心与诉求收集")
    one.resolutions.create(no=1, text="每班核对一次配料", owner=cast.person["李班长"], due_on=dt.date(2026, 3, 25))
    return one


def lived(cast: Cast) -> None:
    """A month of the branch with something of every sort, all written where it happened."""
    by: dict[str, Any] = {"by": cast.account["王书记"], "at": AT}
    one, body, march = held(cast), cast.body["QL-B1"], dt.date(2026, 3, 20)
    gathering(cast, "QL-B1", "committee", dt.date(2026, 3, 9), state="cancelled", reason="全员抢修")
    paper = Document.objects.create(
        plant=cast.plant, kind="superior", number="青党〔2026〕3 号", title="关于安全生产的通知", issued_on=DAY, **by
    )
    one.agenda.filter(block="study").update(document=paper)
    asked = {"asked_on": DAY, "asked_by": by["by"], "asked_at": AT}
    Relay.objects.create(
        document=paper, body=body, audience="members", due_on=march, told_on=DAY, due=20, told=17, state="told", **asked
    )
    raised = report(cast, "李班长", at=AT).case
    Case.objects.filter(pk=raised.pk).update(body=body)
    place = zone(cast)
    checklists = Checklist.objects.create(
        plant=cast.plant, work_class="safety", version=1, from_on=SINCE, cadence="week", lines=["地面"]
    )
    Round.objects.create(zone=place, checklist=checklists, work_class="safety", due_on=march, done_at=AT, state="done")
    Round.objects.create(zone=place, checklist=checklists, work_class="safety", due_on=march + dt.timedelta(days=7))
    TalkRecord.objects.create(body=body, kind="heart", held_on=march, pair="committee_member", **by)
    ServeRecord.objects.create(
        plant=cast.plant,
        person=cast.person["马主任"],
        held_on=march,
        link="crew",
        serves=["production"],
        body=body,
        heard="夜班饭凉",
        **by,
    )
    for name, state in (("李班长", "confirmed"), ("何组长", "asked")):
        Commitment.objects.create(
            body=body,
            person=cast.person[name],
            year=2026,
            kind="pledge",
            due_on=march,
            state=state,
            asked_by=by["by"],
            asked_at=AT,
        )
    QuarterPoint.objects.create(body=body, quarter="2026-Q1", point="study", state="done", words="学了条例", **by)
    SelfInspection.objects.create(
        body=body, title="公务用车自查", scope="用车单", due_on=march, state="held", held_on=march, result="未发现问题",
        planned_by=by["by"], planned_at=AT,
    )  # fmt: skip
    Finding.objects.create(
        plant=cast.plant, rule="R-ORG-14", subject=f"body:{body.pk}:member", opened_on=DAY, body=body, severity="MUST",
        detail="支委缺额", clear_by="补选",
    )  # fmt: skip
