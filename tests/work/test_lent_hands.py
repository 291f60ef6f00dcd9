"""Who stands in for the one who wrote, told or entered something is no second hand: he was named by the first."""

import datetime as dt
from collections.abc import Callable

import pytest

from ronglu.kernel.org.errors import OrgTrouble
from ronglu.kernel.time.errors import TimeTrouble
from ronglu.store.models import Deputy
from ronglu.work import (
    achievements,
    commitments,
    goals,
    programmes,
    quarter_points,
    relays,
    seat_duties,
    study,
)
from tests.cast import AT, ON, Cast, cast  # noqa: F401
from tests.work import educated, planned, sworn
from tests.work.test_achievements import record
from tests.work.test_quarter_points import filled
from tests.work.test_seat_duties import adopted, reported

pytestmark = pytest.mark.django_db
FIRST, SECOND = "王书记", "马主任"


def told_goal(cast: Cast) -> None:
    one = goals.tell(goal=planned.goal(cast, "QL-B1"), words="完成", **planned.said(cast, FIRST))
    goals.judge(goal=one, verdict="reached", reason="", **planned.said(cast, SECOND))


def done_task(cast: Cast) -> None:
    task = planned.task_of(planned.programme(cast), cast)
    programmes.report(task=task, words="学了", **planned.said(cast, FIRST))
    programmes.check(task=task, holds=True, remark="", **planned.said(cast, SECOND))


def reason_of_a_relay(cast: Cast) -> None:
    row = relays.explain(relay=educated.asked(cast), reason="大修", **educated.by(cast, FIRST))
    relays.decide(relay=row, holds=True, remark="", **educated.by(cast, SECOND))


def written_plan(cast: Cast) -> None:
    study.issue(plan=educated.planned(cast, issue=False), **educated.by(cast, SECOND))


def entered_paper(cast: Cast) -> None:
    row = commitments.sign(commitment=sworn.asked(cast, "李班长")[0], on=ON, kept="", by=cast.account[FIRST], at=AT)
    commitments.confirm(commitment=row, holds=True, reason="", by=cast.account[SECOND], at=AT)


def reported_duty(cast: Cast) -> None:
    adopted(cast)
    seat_duties.judge(report=reported(cast, done_on=None), holds=True, remark="", by=cast.account[SECOND], at=AT)


def filled_point(cast: Cast) -> None:
    quarter_points.look(row=filled(cast), holds=True, remark="", by=cast.account[SECOND], at=AT)


def recorded_outcome(cast: Cast) -> None:
    row = record(cast)
    row.recorded_by = cast.account[FIRST]
    row.save()
    achievements.verify(achievement=row, holds=True, verdict="查了数据", by=cast.account[SECOND], at=AT)


@pytest.mark.parametrize(
    "second",
    [
        told_goal, done_task, reason_of_a_relay, written_plan, entered_paper, reported_duty, filled_point, recorded_outcome,
    ],
    ids=lambda one: one.__name__,
)  # fmt: skip
def test_who_stands_in_for_the_first_hand_is_no_second_one(cast: Cast, second: Callable[[Cast], None]) -> None:
    Deputy.objects.create(
        absent=cast.person[FIRST], deputy=cast.person[SECOND], named_by=cast.account[FIRST], from_on=ON,
        until_on=ON + dt.timedelta(days=7),
    )  # fmt: skip
    with pytest.raises((OrgTrouble, TimeTrouble), match="所代理的人办的"):
        second(cast)
