"""责任清单: taken over from the shipped list or the plant's own; shown done by records or by a word; what was missed costs (A4)."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from ronglu.kernel.gathering.integrity import IntegrityTrouble, read
from ronglu.kernel.time.period import Period
from ronglu.store.models import Gathering, Post, SeatDuty, SeatReport
from ronglu.tasks.assess import assess_month
from ronglu.work import gathering_facts, seat_duties, talks, wording
from ronglu.work.closings import Closed
from ronglu.work.queries import seat_duties as queries
from ronglu.work.queries.places import Places
from ronglu.work.seat_duties import BadSeatDuty
from tests.cast import AT, ON, SINCE, Cast, cast  # noqa: F401  (the fixture)
from tests.facts.plant_month import AT as APRIL
from tests.facts.plant_month import MARCH, make_march
from tests.facts.scored import lines, result, same_in_the_kernel
from tests.work.test_commitments import closed

pytestmark = pytest.mark.django_db
JANUARY = dt.date(2026, 1, 1)
Q1 = Period.parse("2026-Q1")


def adopted(cast: Cast) -> None:
    seat_duties.adopt(plant=cast.plant, seeds=wording.declared().duties, on=JANUARY, by=cast.account["孙干事"], at=AT)


def duty(cast: Cast, code: str) -> SeatDuty:
    return SeatDuty.objects.get(plant=cast.plant, code=code)


def reported(cast: Cast, code: str = "secretary-integrity", *, by: str = "王书记", **rest: Any) -> SeatReport:
    said = {"period": Q1, "words": "3 月 5 日支委会研究", "done_on": dt.date(2026, 3, 5), "at": AT} | rest
    return seat_duties.report(duty=duty(cast, code), body=cast.body["QL-B1"], by=cast.account[by], **said)


def met(cast: Cast, kind: str, day: int, *, body: str = "QL-B1", state: str = "closed") -> Gathering:
    at = dt.datetime(2026, 3, day, 14)
    row = Gathering.objects.create(
        plant=cast.plant, body=cast.body[body], kind=kind, title="会", state=state, starts_at=at,
        ends_at=at + dt.timedelta(hours=1), made_by=cast.account["王书记"], made_at=AT,
    )  # fmt: skip
    gathering_facts.touch(row)
    return row


def states(cast: Cast, month: Period = MARCH) -> dict[str, str]:
    found = queries.seats(scope=cast.scope("王书记"), places=Places(cast.plant, dt.date(2026, 3, 31)), month=month)
    return {one.duty.code: one.state for seat in found for one in seat.stands}


@pytest.mark.covers("S1-19")
def test_a_meeting_or_talk_on_record_shows_a_duty_done_without_a_word(cast: Cast) -> None:
    adopted(cast)
    met(cast, "committee", 6)
    met(cast, "theme_day", 20, state="called")
    met(cast, "assembly", 9, body="QL-B2")
    assert states(cast) == {
        "secretary-committee": "done", "secretary-theme": "open", "secretary-assembly": "open",
        "secretary-lecture": "open", "secretary-integrity": "open",
    }  # fmt: skip
    Post.objects.create(person=cast.person["马主任"], role="deputy", body=cast.body["QL-B1"], from_on=SINCE)
    talks.heart(body=cast.body["QL-B1"], pair="committee_member", on=ON, by=cast.account["王书记"], at=AT)
    assert states(cast)["deputy-talks"] == "done"


@pytest.mark.covers("S1-19")
def test_who_holds_the_seat_reports_and_nobody_for_him(cast: Cast) -> None:
    adopted(cast)
    with pytest.raises(BadSeatDuty, match="由担任这一职务的人自己报"):
        reported(cast, by="马主任")
    row = reported(cast)
    assert (row.state, row.done_on) == ("done", dt.date(2026, 3, 5))
    with pytest.raises(BadSeatDuty, match="不用再报"):
        reported(cast, words="再报一次")
    with pytest.raises(BadSeatDuty, match="凭记录认"):
        reported(cast, "secretary-assembly")
    with pytest.raises(BadSeatDuty, match="应在 2026-Q1 之内"):
        reported(cast, "secretary-assembly", done_on=dt.date(2025, 12, 30))
    with pytest.raises(BadSeatDuty, match="没有这一项"):
        reported(cast, "secretary-assembly", period=MARCH)
    with pytest.raises(BadSeatDuty, match="还没有到"):
        reported(cast, "secretary-assembly", period=Q1 + 1, done_on=None)


def test_a_reason_counts_once_somebody_else_accepted_it(cast: Cast) -> None:
    adopted(cast)
    row = reported(cast, words="大修停产", done_on=None)
    assert (row.state, states(cast)["secretary-integrity"]) == ("asked", "asked")
    with pytest.raises(BadSeatDuty, match="须由另一人认定"):
        seat_duties.judge(report=row, holds=True, remark="", by=cast.account["王书记"], at=AT)
    row = seat_duties.judge(report=row, holds=False, remark="停产只有三天", by=cast.account["孙干事"], at=AT)
    assert row.state == "back"
    row = reported(cast, words="大修停产 25 天", done_on=None)
    assert seat_duties.judge(report=row, holds=True, remark="", by=cast.account["孙干事"], at=AT).state == "excused"


def test_who_reports_is_judged_by_those_above_him(cast: Cast) -> None:
    adopted(cast)
    row = reported(cast, done_on=None)
    may = {name for name in cast.names if queries.report(scope=cast.scope(name), pk=row.pk) is not None}
    assert may == {"孙干事", "高书记"}
    assert (queries.waiting(cast.scope("高书记")), queries.waiting(cast.scope("王书记"))) == (1, 0)


def test_a_line_of_the_plants_own_and_one_that_is_no_longer_asked(cast: Cast) -> None:
    who = cast.account["孙干事"]
    own = {"plant": cast.plant, "seat": "deputy", "level": "branch", "every": "month", "by": who, "at": AT}
    made = seat_duties.add(title="到班组听意见", on=JANUARY, **own)
    assert made.status == "本厂规定"
    with pytest.raises(BadSeatDuty, match="已经有"):
        seat_duties.add(title="到班组听意见", on=JANUARY, **own)
    with pytest.raises(BadSeatDuty, match="1 日起算"):
        seat_duties.add(title="别的", on=ON, **own)
    adopted(cast)
    assert {one.status for one in SeatDuty.objects.exclude(pk=made.pk)} == {"系统默认"}
    with pytest.raises(BadSeatDuty, match="都已经启用"):
        adopted(cast)
    seat_duties.end(duty=made, on=dt.date(2026, 4, 1), by=who, at=AT)
    assert not made.holds(dt.date(2026, 4, 1))


@pytest.fixture
def march(cast: Cast, settings: Any, tmp_path: Path) -> Any:
    settings.HOME, settings.TODAY = tmp_path, "2026-04-03"
    line = cast.unit["QL-R1"]
    return make_march(plant=line.plant, line=line, by=cast.account["周统计员"])


@pytest.mark.covers("S1-19")
def test_each_duty_missed_without_an_accepted_reason_costs_one_and_a_half(cast: Cast, march: Any) -> None:
    """王书记's March: two monthly and two quarterly duties. The committee met, integrity was dealt with by word, a reason for
    the theme day waits, and there was no assembly: two missed, 6 − 2 × 1.5. The lecture is due in December."""
    assert result(assess_month(plant=cast.plant, month=MARCH, at=APRIL), "A4").state == "not_wired"
    adopted(cast)
    met(cast, "committee", 6)
    reported(cast)
    row = reported(cast, "secretary-theme", period=MARCH, words="大修", done_on=None)
    run = assess_month(plant=cast.plant, month=MARCH, at=APRIL)
    found = result(run, "A4")
    assert (found.state, found.won) == ("scored", 300)
    assert sorted(lines(found)) == [("missed", 0, 1), ("missed", 0, 1), ("missed", 1, 1), ("missed", 1, 1)]
    assert same_in_the_kernel(found)
    # the neighbours of the plant have no secretary: a vacancy is a finding of its own and owes nothing
    assert result(run, "A4", "QL-B2").won == 600
    seat_duties.judge(report=row, holds=True, remark="", by=cast.account["孙干事"], at=APRIL)
    assert result(assess_month(plant=cast.plant, month=MARCH, at=APRIL), "A4").won == 450
    met(cast, "assembly", 30)
    assert result(assess_month(plant=cast.plant, month=MARCH, at=APRIL), "A4").won == 600


@pytest.mark.covers("S1-19")
def test_the_year_of_a_deputy_is_his_report_with_nothing_typed_for_it(cast: Cast) -> None:
    """Due until 31 March: three months of crews, a quarter of talks. He reported on March."""
    adopted(cast)
    Post.objects.create(person=cast.person["马主任"], role="deputy", body=cast.body["QL-B1"], from_on=SINCE)
    reported(cast, "deputy-crews", by="马主任", period=MARCH, done_on=dt.date(2026, 3, 6), words="到转炉甲班")
    places = Places(cast.plant, dt.date(2026, 3, 31))
    told = queries.year_of(plant=cast.plant, body=cast.body["QL-B1"], seat="deputy", year=2026, places=places)
    assert [(one.duty.code, str(one.period), one.state) for one in told] == [
        ("deputy-crews", "2026-01", "open"), ("deputy-crews", "2026-02", "open"), ("deputy-crews", "2026-03", "done"),
        ("deputy-talks", "2026-Q1", "open"),
    ]  # fmt: skip
    assert queries.tally(told) == (4, 1, 0)


def test_neither_report_nor_talk_nor_judgement_moves_a_closed_month(cast: Cast) -> None:
    adopted(cast)
    row = reported(cast, done_on=None)
    closed(cast)
    with pytest.raises(Closed, match="2026-03 已关账"):
        reported(cast, "secretary-theme", period=MARCH, done_on=None, at=APRIL)
    with pytest.raises(Closed, match="2026-03 已关账"):
        seat_duties.judge(report=row, holds=True, remark="", by=cast.account["孙干事"], at=APRIL)
    with pytest.raises(Closed, match="2026-03 已关账"):
        talks.heart(body=cast.body["QL-B1"], pair="committee_member", on=ON, by=cast.account["王书记"], at=APRIL)


def test_a_declaration_with_faults_says_all_of_them() -> None:
    with pytest.raises(IntegrityTrouble, match="points 应有 5 项，现有 1 项") as said:
        read({
            "points": [{"code": "a", "zh": "甲", "en": "A"}],
            "duties": [{"code": "x", "zh": "甲", "en": "A", "seat": "cook", "level": "branch", "every": "day"}],
        })  # fmt: skip
    assert "seat 应为" in str(said.value) and "every 应为" in str(said.value)


def test_a_reason_told_anew_after_it_was_sent_back_waits_for_its_judge_again(cast: Cast) -> None:
    adopted(cast)
    row = reported(cast, words="大修停产", done_on=None)
    seat_duties.judge(report=row, holds=False, remark="停产只有三天", by=cast.account["孙干事"], at=AT)
    row = reported(cast, words="大修停产 25 天", done_on=None)
    assert (row.state, row.judged_by, row.judged_at, row.remark) == ("asked", None, None, "")


def test_a_line_ended_before_it_began_leaves_no_code_behind_that_is_given_twice(cast: Cast) -> None:
    said = {"plant": cast.plant, "seat": "deputy", "level": "branch", "every": "month", "on": JANUARY, **told_by(cast)}
    first = seat_duties.add(title="到班组听意见", **said)
    kept = seat_duties.add(title="讲一次形势", **said)
    seat_duties.end(duty=first, on=JANUARY, **told_by(cast))
    made = seat_duties.add(title="跟一个夜班", **said)
    assert made.code != kept.code


def told_by(cast: Cast) -> dict[str, Any]:
    return {"by": cast.account["孙干事"], "at": AT}
