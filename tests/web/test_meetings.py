"""排会 in the browser: a group leader asks, watches, takes; a secretary sees causes and reasons; calendar files; habits."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from ronglu.store.models import Booking, Gathering, Job, MeetingHabit, MeetingSchedule, Notice
from ronglu.tasks.run import perform
from ronglu.work import gatherings
from tests.cast import AT, Cast, cast, make_cast
from tests.web.pages import WIDTHS, Look, check
from tests.web.test_teams import get, post, text, the_10th_of_march
from tests.work.met import asked, mains, on_shift, room

__all__ = ["cast", "the_10th_of_march"]


@pytest.fixture
def shifts(cast: Cast) -> Cast:
    return on_shift(cast)


@pytest.mark.covers("S1-04")
def test_a_group_leader_plans_next_month_in_two_touches(shifts: Cast) -> None:
    room(shifts)
    page = text(shifts, "何组长", "meeting_plans")
    assert "排 2026 年 4 月 的会" in page and "党小组会每月至少召开 1 次" in page
    body = shifts.body["QL-B1-甲"].pk
    assert post(shifts, "何组长", "meetings_ask", body=body, month="2026-04").status_code == 302
    schedule = MeetingSchedule.objects.get()
    assert "排会 转炉甲班党小组 2026-04" in text(shifts, "何组长", "meeting_plans")
    assert get(shifts, "何组长", "meetings_row", schedule.pk).status_code == 200
    perform(Job.objects.get())
    Job.objects.update(state="done")
    assert get(shifts, "何组长", "meetings_row", schedule.pk).status_code == 204
    [one] = mains(schedule)
    page = text(shifts, "何组长", "meeting_plans")
    assert f"{one.starts_at:%m-%d}" in page and "转炉甲班 2 人" in page and "活动室" in page
    answer = post(shifts, "何组长", "meetings_accept", schedule.pk, pick=[one.pk])
    assert answer.status_code == 302
    made = Gathering.objects.get()
    assert made.state == "called" and Booking.objects.get().gathering == made and Notice.objects.count() == 2
    page = text(shifts, "何组长", "meeting_plans")
    assert "没有待采纳的了" in page and reverse("gathering", args=[made.pk]) in page


def test_a_secretary_sees_who_is_called_and_why_and_what_cannot_be(shifts: Cast) -> None:
    asked(shifts, "QL-B1")
    assert "没有可用的场地，请先登记场地" in text(shifts, "王书记", "meeting_plans")
    assert "还没有登记场地" in text(shifts, "王书记", "meeting_plans")
    room(shifts)
    row = asked(shifts, "QL-B1")
    called = [one for one in mains(row) if one.called_in]
    page = text(shifts, "王书记", "meeting_plans")
    assert all(one.called_in in page for one in called)
    assert page.count("休息日叫来") == sum(len(one.parts["called"]) for one in called)
    assert page.count("补课 ") == row.proposals.exclude(makeup_of=None).count() > 0
    post(shifts, "王书记", "meetings_drop", mains(row)[0].pk)
    assert len([one for one in mains(row) if one.state == "open"]) == len(mains(row)) - 1


def test_a_plan_of_another_body_is_nobody_elses(shifts: Cast) -> None:
    room(shifts)
    row = asked(shifts, "QL-B1")
    pick = {"pick": [mains(row)[0].pk]}
    for name in ("何组长", "邻厂书记"):
        assert post(shifts, name, "meetings_accept", row.pk, **pick).status_code == 404
        assert post(shifts, name, "meetings_drop", mains(row)[0].pk).status_code == 404
        assert post(shifts, name, "meetings_ask", body=row.body_id, month="2026-04").status_code == 404
    assert post(shifts, "李班长", "meetings_accept", row.pk, **pick).status_code == 403
    assert not Gathering.objects.exists()


@pytest.mark.parametrize("month", ["2026-02", "2027-04", "昨天", ""])
def test_a_month_that_cannot_be_planned_is_told(shifts: Cast, month: str) -> None:
    client = shifts.login(Client(), "何组长")
    said = {"body": shifts.body["QL-B1-甲"].pk, "month": month}
    answer = client.post(reverse("meetings_ask"), said, follow=True)
    assert answer.status_code == 200 and not MeetingSchedule.objects.exists()


def test_a_waiting_plan_is_cancelled_and_asked_for_again(shifts: Cast) -> None:
    body = shifts.body["QL-B1-甲"].pk
    post(shifts, "何组长", "meetings_ask", body=body, month="2026-04")
    post(shifts, "何组长", "meetings_cancel", MeetingSchedule.objects.get().pk)
    assert Job.objects.get().state == "cancelled"
    assert "再排一次" in text(shifts, "何组长", "meeting_plans")
    post(shifts, "何组长", "meetings_ask", body=body, month="2026-04")
    assert set(MeetingSchedule.objects.values_list("state", flat=True)) == {"asked", "replaced"}


@pytest.mark.covers("S1-04")
def test_everybody_takes_his_meetings_along_and_one_called_off_says_so(shifts: Cast) -> None:
    room(shifts)
    row = asked(shifts, "QL-B1-甲", by="何组长")
    post(shifts, "何组长", "meetings_accept", row.pk, pick=[mains(row)[0].pk])
    made = Gathering.objects.get()

    def events(name: str, page: str, *args: Any) -> list[Any]:
        answer = get(shifts, name, page, *args)
        assert answer["Content-Type"].startswith("text/calendar")
        return Calendar.from_ical(answer.content).walk("VEVENT")

    [one] = events("李班长", "meetings_mine")
    assert (str(one["summary"]), str(one["location"])) == ("党小组会", "活动室")
    assert one["dtstart"].dt.hour == (made.starts_at.hour - 8) % 24 and str(one["status"]) == "CONFIRMED"
    assert (
        events("王书记", "meetings_mine") == [] and len(events("王书记", "meetings_body", shifts.body["QL-B1"].pk)) == 1
    )
    gatherings.cancel(gathering=made, reason="抢修", by=shifts.account["何组长"], at=AT)
    [one] = events("李班长", "meetings_mine")
    assert str(one["status"]) == "CANCELLED" and not Booking.objects.filter(state="booked").exists()


def test_a_habit_is_set_shown_and_taken_back(shifts: Cast) -> None:
    body = shifts.body["QL-B1"].pk
    assert "系统默认" in text(shifts, "王书记", "meeting_habits", body)
    said = {"every": "", "minutes": "60", "fixed_day": "20", "call_in": ""}
    assert post(shifts, "王书记", "meeting_habit", body, "theme_day", **said).status_code == 302
    assert MeetingHabit.objects.get().fixed_day == 20 and "每月 20 日" in text(shifts, "王书记", "meeting_habits", body)
    assert post(shifts, "王书记", "meeting_habit", body, "theme_day", minutes="5").status_code == 422
    post(shifts, "王书记", "meeting_habit", body, "theme_day", every="")
    assert not MeetingHabit.objects.exists()
    assert get(shifts, "王书记", "meeting_habit", body, "group_meeting").status_code == 404


def test_a_whole_branch_costs_no_more_queries_than_a_group(shifts: Cast) -> None:
    """One proposal, or six with their make-ups: the page asks the same."""
    room(shifts)
    group, branch = asked(shifts, "QL-B1-甲"), asked(shifts, "QL-B1")

    def cost(body: int, n: int) -> int:
        client = shifts.login(Client(), "王书记")
        with CaptureQueriesContext(connection) as seen:
            page = client.get(reverse("meeting_plans"), {"body": body, "month": "2026-04"}).content.decode()
        assert page.count('name="pick"') >= n
        return len(seen)

    cost(group.body_id, 1)
    assert cost(branch.body_id, 3) == cost(group.body_id, 1)


@pytest.fixture
def house(transactional_db: None, settings: Any) -> Cast:
    settings.TODAY = "2026-03-10"
    cast = on_shift(make_cast())
    room(cast)
    room(cast, "小会议室", 4)
    asked(cast, "QL-B1")
    row = asked(cast, "QL-B1-乙")
    client = cast.login(Client(), "王书记")
    client.post(reverse("meetings_accept", args=[row.pk]), {"pick": [one.pk for one in mains(row)]})
    return cast


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_are_sound_at_every_width(house: Cast, look: Look, width: int) -> None:
    body = house.body["QL-B1"].pk
    for name, page, args in (
        ("王书记", "meeting_plans", []), ("何组长", "meeting_plans", []), ("王书记", "meeting_habits", [body]),
        ("王书记", "meeting_habit", [body, "theme_day"]),
    ):  # fmt: skip
        client = house.login(Client(), name)
        check(look(reverse(page, args=args), width=width, cookies=client.cookies), f"{page}-{name}")


def test_a_calendar_file_bears_the_code_of_its_body_as_name(shifts: Cast) -> None:
    """RFC 6266: a name that is not of the Latin alphabet is written as the standard has it, so that it is saved as a file."""
    told = get(shifts, "何组长", "meetings_body", shifts.body["QL-B1-甲"].pk)["Content-Disposition"]
    assert told == "attachment; filename*=utf-8''QL-B1-%E7%94%B2.ics"
    assert get(shifts, "李班长", "meetings_mine")["Content-Disposition"] == 'attachment; filename="meetings.ics"'
