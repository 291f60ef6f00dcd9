"""Notices: seen in the inbox at once, told outside when the person's shift begins, once a shift, and never in detail."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ronglu.store.models import Case, Digest, Engagement, Holiday, Notice, NoticeChannel, Substitution, Unit
from ronglu.work import cases_clock, digests, notices, presence, shifts
from tests.cast import SINCE, Cast, cast
from tests.work.clock import four, set_clock, set_roster
from tests.work.loops_cast import HAZARD, LOOPS, report, step, zone

__all__ = ["cast"]
# in the roster of tests/work/clock.py 甲 stands 白 on the 10th and 中 on the 11th
TUESDAY = dt.date(2026, 3, 10)
HOUR = dt.timedelta(hours=1)


def at(hour: int, minute: int = 0, day: dt.date = TUESDAY) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute))


@pytest.fixture
def rostered(cast: Cast) -> Cast:
    set_clock(cast.plant)
    set_roster(cast.unit["QL-R1"], four(cast.plant))
    shifts.materialise(plant=cast.plant, first=dt.date(2026, 3, 8), last=dt.date(2026, 3, 31))
    return cast


def span(cast: Cast, name: str, when: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    found = presence.at_work([cast.person[name].pk], at=when)[cast.person[name].pk]
    return found.starts_at, found.ends_at


def tell(cast: Cast, name: str, key: str, when: dt.datetime, case: Case | None = None, state: str = "new") -> Notice:
    return Notice.objects.create(
        plant=cast.plant, person=cast.person[name], case=case, kind="rung", text="到期", at=when, from_at=when, key=key,
        state=state,
    )  # fmt: skip


def hook(cast: Cast, label: str = "车间群", unit: Unit | None = None, state: str = "on") -> NoticeChannel:
    return NoticeChannel.objects.create(
        plant=cast.plant, unit=unit, kind="hook", label=label, address="http://10.0.0.8:9000/notice", state=state
    )


def test_day_staff_is_reached_from_eight_to_six_on_working_days(cast: Cast) -> None:
    day = (at(8), at(18))
    assert span(cast, "马主任", at(7, 59)) == day
    assert span(cast, "马主任", at(12)) == day
    assert span(cast, "马主任", at(18)) == (at(8, day=dt.date(2026, 3, 11)), at(18, day=dt.date(2026, 3, 11)))
    friday, monday = dt.date(2026, 3, 13), dt.date(2026, 3, 16)
    assert span(cast, "马主任", at(19, day=friday))[0] == at(8, day=monday)
    Holiday.objects.create(plant=cast.plant, day=monday, working=False, name="厂庆")
    assert span(cast, "马主任", at(19, day=friday))[0] == at(8, day=dt.date(2026, 3, 17))


def test_a_crew_is_reached_while_it_stands_its_shift(rostered: Cast) -> None:
    """四班三运转 anchored on 1 March (甲 白白中中夜夜休休): on the 10th 甲 stands 白, on the 11th 中."""
    assert span(rostered, "李班长", at(9)) == (at(8), at(16))
    wednesday = dt.date(2026, 3, 11)
    assert span(rostered, "李班长", at(16))[0] == at(16, day=wednesday)


def test_who_stands_in_is_reached_in_the_shift_of_the_other(rostered: Cast) -> None:
    Substitution.objects.create(
        unit=rostered.unit["QL-R1"], day=TUESDAY, shift_no=1, absent=rostered.person["李班长"],
        standin=rostered.person["郑师傅"],
    )  # fmt: skip
    assert span(rostered, "郑师傅", at(9)) == (at(8), at(16))
    assert span(rostered, "李班长", at(9))[0] == at(16, day=dt.date(2026, 3, 11))


def test_a_notice_at_night_waits_for_the_morning_and_an_urgent_one_does_not(cast: Cast) -> None:
    hook(cast)
    plain, urgent = tell(cast, "马主任", "a", at(2)), tell(cast, "马主任", "b", at(2), state="urgent")
    assert notices.reckon(at=at(2)) == 1
    plain.refresh_from_db()
    assert (plain.state, plain.from_at) == ("waiting", at(8))
    assert digests.bundle(at=at(2), mail=False) == 1
    urgent.refresh_from_db()
    assert urgent.state == "put"
    assert digests.bundle(at=at(7, 59), mail=False) == 0
    assert digests.bundle(at=at(8), mail=False) == 1
    assert notices.reckon(at=at(8)) == 0


def test_a_major_hazard_is_told_off_shift(cast: Cast) -> None:
    case = report(cast).case
    step(cast, case, "赵安全员", "grade_major", board="厂部", stop="停用 2# 炉")
    assert case.due_at is not None
    Notice.objects.all().delete()
    cases_clock.tend_cases(loops=LOOPS, at=case.due_at)
    assert set(Notice.objects.filter(case=case).values_list("person__name", "state")) == {("马主任", "urgent")}
    assert HAZARD.is_urgent(case.data) and not HAZARD.is_urgent({"grade": "minor"})


def test_one_digest_a_shift_and_the_rest_in_the_next_one(cast: Cast) -> None:
    set_clock(cast.plant)
    hook(cast)
    tell(cast, "马主任", "a", at(9))
    notices.reckon(at=at(9))
    assert digests.bundle(at=at(9), mail=False) == 1
    late = tell(cast, "马主任", "b", at(10))
    notices.reckon(at=at(10))
    assert digests.bundle(at=at(10), mail=False) == 0
    late.refresh_from_db()
    assert (late.state, late.from_at) == ("waiting", at(8, day=dt.date(2026, 3, 11)))
    assert digests.bundle(at=late.from_at, mail=False) == 1


def test_the_nearest_channel_above_hears_of_it(cast: Cast) -> None:
    near, far = hook(cast, "转炉群", cast.unit["QL-R"]), hook(cast, "全厂群")
    hook(cast, "甲班群", cast.unit["QL-R1-甲"], state="off")
    for name in ("李班长", "马主任", "郑师傅"):
        tell(cast, name, name, at(9))
    notices.reckon(at=at(9))
    digests.bundle(at=at(9), mail=False)
    assert set(Digest.objects.values_list("channel", "title")) == {
        (near.pk, "待办提醒 0 件"),
        (far.pk, "待办提醒 0 件"),
    }
    assert set(Notice.objects.values_list("state", flat=True)) == {"put"}


def test_without_a_way_out_a_notice_stays_in_the_house(cast: Cast) -> None:
    row = tell(cast, "马主任", "a", at(9))
    notices.reckon(at=at(9))
    assert digests.bundle(at=at(9), mail=True) == 0
    row.refresh_from_db()
    assert row.state == "none"


def test_a_mail_box_is_used_only_where_mail_is_set_up_and_it_is_one(cast: Cast) -> None:
    for name, contact in (("马主任", "ma@plant.example"), ("王书记", "13900000000")):
        cast.person[name].contact = contact
        cast.person[name].save()
        tell(cast, name, "a", at(9))
    notices.reckon(at=at(9))
    assert digests.bundle(at=at(9), mail=True) == 1
    assert Digest.objects.get().person == cast.person["马主任"]


def test_a_digest_says_numbers_and_titles_and_of_secret_cases_the_number_alone(cast: Cast) -> None:
    hook(cast)
    plain, named, secret = (report(cast).case, report(cast, None).case, report(cast).case)
    Case.objects.filter(pk=secret.pk).update(secrecy="confidential")
    for n, case in enumerate((plain, named, secret)):
        tell(cast, "马主任", f"k{n}", at(9), case)
        tell(cast, "赵安全员", f"k{n}", at(9), case)
    notices.reckon(at=at(9))
    assert digests.bundle(at=at(9), mail=False) == 1
    made = Digest.objects.get()
    assert made.title == "待办提醒 3 件"
    assert sorted(made.lines) == ["YH-2026-0001 法兰渗水", "YH-2026-0002", "YH-2026-0003"]


def test_of_many_cases_twenty_are_named_and_all_are_counted(cast: Cast) -> None:
    hook(cast)
    for n in range(23):
        tell(cast, "马主任", f"k{n}", at(9), report(cast).case)
    notices.reckon(at=at(9))
    digests.bundle(at=at(9), mail=False)
    made = Digest.objects.get()
    assert (made.title, len(made.lines), made.lines[-1]) == ("待办提醒 23 件", 21, "另有 3 件，请到待办里看")


def test_of_two_senders_one_gets_it_and_one_that_never_came_back_is_taken_again(cast: Cast) -> None:
    way = hook(cast)
    Digest.objects.create(plant=cast.plant, channel=way, key="k", title="t", at=at(9), next_at=at(9))
    first, second = digests.take(at=at(9)), digests.take(at=at(9))
    assert next(first).title == "t"
    assert next(second, None) is None
    assert list(digests.take(at=at(9, 9))) == []
    again = list(digests.take(at=at(9, 10)))
    assert [one.tries for one in again] == [2]


def test_a_digest_that_fails_is_tried_three_times(cast: Cast) -> None:
    way = hook(cast)
    Digest.objects.create(plant=cast.plant, channel=way, key="k", title="t", at=at(9), next_at=at(9))
    for n in range(3):
        [one] = digests.take(at=at(9) + n * HOUR)
        digests.report(digest=one, ok=False, detail="连不上对方", at=at(9) + n * HOUR)
    assert list(digests.take(at=at(23))) == []
    left = Digest.objects.get()
    assert (left.state, left.detail, left.sent_at) == ("failed", "连不上对方", None)


def test_moments_are_reckoned_in_as_many_queries_for_three_as_for_thirty(rostered: Cast) -> None:
    def cost(n: int) -> int:
        for k in range(n):
            for name in ("李班长", "吴师傅", "马主任"):
                tell(rostered, name, f"{n}-{k}", at(9))
        with CaptureQueriesContext(connection) as asked:
            notices.reckon(at=at(9))
        return len(asked)

    assert cost(1) == cost(10)


def test_who_left_the_crew_is_day_staff(rostered: Cast) -> None:
    Engagement.objects.filter(person=rostered.person["李班长"]).update(from_on=SINCE, until_on=TUESDAY)
    assert span(rostered, "李班长", at(17)) == (at(8), at(18))


def test_what_an_anonymous_report_sets_off_does_not_tell_its_minute(cast: Cast) -> None:
    report(cast, None, zone=zone(cast), at=at(10, 17))
    report(cast, "吴师傅", zone=zone(cast, code="Z2"), at=at(10, 17))
    notices.reckon(at=at(10, 18))
    assert list(Notice.objects.order_by("pk").values_list("at", "from_at")) == [
        (at(0), at(18)),
        (at(10, 17), at(10, 18)),
    ]


def test_off_shift_it_waits_for_the_shift_like_any_other(cast: Cast) -> None:
    report(cast, None, zone=zone(cast), at=at(5, 17))
    notices.reckon(at=at(5, 18))
    assert Notice.objects.get().from_at == at(8)
