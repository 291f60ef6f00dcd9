"""Meetings: who is due, what stands against closing one, and what closing does."""

import datetime as dt

import pytest

from ronglu.kernel.gathering.errors import GatheringTrouble
from ronglu.store.models import Case, Gathering, GatheringPerson, Notice, Post
from ronglu.work import gatherings, gatherings_close, gatherings_room
from ronglu.work.closings import Closed
from ronglu.work.gatherings_fill import Line
from tests.cast import AT, SINCE, Cast, cast
from tests.work.gathered import HOUR, arranged, by, came, close, held, members, opened, tackling

__all__ = ["cast"]
DUE = dt.date(2026, 3, 31)


def test_who_is_due_and_who_convenes_comes_from_the_records(cast: Cast) -> None:
    row = arranged(cast)
    assert [one.person.name for one in row.people.all()] == ["李班长", "何组长"]
    assert (row.due, row.convener, row.convened_as, row.title) == (2, cast.person["何组长"], "leader", "党小组会")


def test_a_probationary_member_is_due_and_has_no_vote(cast: Cast) -> None:
    members(cast, 1, "QL-B1-甲", status="probationary")
    people = {one.person.name: one.voting for one in arranged(cast).people.all()}
    assert people == {"李班长": True, "何组长": True, "党员0": False}


def test_only_the_committee_is_due_at_its_meeting_and_the_whole_subtree_at_an_assembly(cast: Cast) -> None:
    Post.objects.create(person=cast.person["马主任"], body=cast.body["QL-B1"], role="organiser", from_on=SINCE)
    small = arranged(cast, "committee", "QL-B1", name="王书记")
    assert {one.person.name for one in small.people.all()} == {"王书记", "马主任"}
    assert arranged(cast, "assembly", "QL-B1", name="王书记").due == 4


@pytest.mark.parametrize(
    ("kind", "body", "says"),
    [
        ("group_meeting", "QL-B1", "不由这一级党组织召开"),
        ("tackle_meeting", "QL-B1", "由一支队伍召开"),
        ("dinner", "QL-B1", "没有“dinner”这一类会议"),
    ],
)
def test_a_meeting_is_held_by_the_level_its_guide_names(cast: Cast, kind: str, body: str, says: str) -> None:
    with pytest.raises(GatheringTrouble, match=says):
        arranged(cast, kind, body)


def test_the_same_meeting_is_not_arranged_twice(cast: Cast) -> None:
    arranged(cast)
    with pytest.raises(GatheringTrouble, match="已经排了一次党小组会"):
        arranged(cast)


def test_calling_tells_everybody_who_is_due_once_and_again_when_it_moves(cast: Cast) -> None:
    row = arranged(cast, starts_at=AT + HOUR)
    gatherings.call(gathering=row, **by(cast))
    told = Notice.objects.filter(kind="gathering")
    assert {one.person.name for one in told} == {"李班长", "何组长"} and "03-10 10:00 党小组会" in told[0].text
    later = AT + dt.timedelta(days=2)
    gatherings.change(gathering=row, starts_at=later, ends_at=later + HOUR, place="一楼会议室", **by(cast))
    assert told.filter(text__startswith="改到 03-12 09:00").count() == 2


def test_a_meeting_is_not_opened_before_its_day(cast: Cast) -> None:
    row = arranged(cast, starts_at=AT + dt.timedelta(days=1))
    with pytest.raises(GatheringTrouble, match="到那一天再开会"):
        gatherings.open(gathering=row, **by(cast))


def test_each_block_of_the_guide_gets_its_line_and_what_the_records_laid_before_it(cast: Cast) -> None:
    line = Line(
        block="three",
        kind="report",
        title="电解铜产量",
        source="indicator",
        indicator="EL-01",
        figures={"progress": "62%"},
    )
    row = opened(cast, lines=(line,))
    found = {one.block: one for one in row.agenda.all()}
    assert list(found) == ["study", "talk", "three", "plans", "voices", "zones", "care"]
    assert found["three"].figures["progress"] == "62%" and found["talk"].about == found["study"]


@pytest.mark.covers("S1-15")
def test_a_meeting_does_not_close_while_a_resolution_has_no_owner_or_no_date(cast: Cast) -> None:
    row = came(cast, opened(cast))
    one = gatherings_room.resolve(gathering=row, text="加料皮带装防护罩", owner=cast.person["李班长"], **by(cast))
    with pytest.raises(GatheringTrouble, match="第 1 条决议没有期限"):
        close(cast, row)
    gatherings_room.amend(resolution=one, text=one.text, due_on=DUE, **by(cast))
    with pytest.raises(GatheringTrouble, match="第 1 条决议没有责任人"):
        close(cast, row)
    assert not Case.objects.exists()


@pytest.mark.covers("S1-15")
def test_closing_makes_an_action_of_each_resolution_with_its_owner_date_and_source(cast: Cast) -> None:
    row = came(cast, opened(cast))
    gatherings_room.resolve(gathering=row, text="装防护罩", owner=cast.person["李班长"], due_on=DUE, **by(cast))
    row = close(cast, row)
    case = Case.objects.get()
    assert row.state == "closed" and row.resolutions.get().case == case
    assert (case.loop, case.state, case.holder, case.unit) == (
        "action",
        "doing",
        cast.person["李班长"],
        cast.unit["QL-R1-甲"],
    )
    assert case.data["source"] == "meeting" and case.data["finish_by"] == "2026-03-31"
    assert case.data["said"] == "2026-03-10 党小组会 第 1 条"
    assert case.due_at == dt.datetime(2026, 4, 1)


def test_nothing_closes_before_it_is_written_down_who_came(cast: Cast) -> None:
    row = opened(cast)
    with pytest.raises(GatheringTrouble, match="到会还没有登记：2 人"):
        close(cast, row)


def test_who_was_away_is_met_again_and_made_it_up(cast: Cast) -> None:
    first = held(cast, away=("李班长",))
    assert (first.due, first.present) == (2, 1)
    again = opened(cast, starts_at=AT + 2 * HOUR, makeup_of=first)
    assert [one.person.name for one in again.people.all()] == ["李班长"]
    came(cast, again)
    close(cast, again, at=AT + 3 * HOUR)
    marks = {one.person.name: one.mark for one in first.people.all()}
    assert marks == {"李班长": "makeup", "何组长": "present"}
    first.refresh_from_db()
    assert first.present == 1


def planned_again(cast: Cast) -> tuple[Gathering, Gathering]:
    """A meeting and its make-up session, arranged together before anybody could miss it; both members are asked to come again."""
    first = opened(cast)
    again = arranged(cast, starts_at=AT + 2 * HOUR, makeup_of=first)
    GatheringPerson.objects.bulk_create(
        GatheringPerson(gathering=again, person=cast.person[name]) for name in ("李班长", "何组长")
    )
    return first, again


def test_a_make_up_session_that_was_planned_ahead_is_for_those_who_were_really_away(cast: Cast) -> None:
    first, again = planned_again(cast)
    came(cast, first, away=("李班长",))
    close(cast, first)
    again = gatherings.open(gathering=again, **by(cast, at=AT + 2 * HOUR))
    assert [one.person.name for one in again.people.all()] == ["李班长"] and again.due == 1


def test_who_was_there_the_first_time_has_made_nothing_up(cast: Cast) -> None:
    first, again = planned_again(cast)
    came(cast, first)
    close(cast, first)
    again = gatherings.open(gathering=again, **by(cast, at=AT + 2 * HOUR))
    came(cast, again)
    close(cast, again, at=AT + 3 * HOUR)
    assert {one.mark for one in first.people.all()} == {"present"}


def test_a_cancelled_meeting_stays_with_its_reason(cast: Cast) -> None:
    row = arranged(cast)
    with pytest.raises(GatheringTrouble, match="为什么没有召开"):
        gatherings.cancel(gathering=row, reason=" ", **by(cast))
    row = gatherings.cancel(gathering=row, reason="炉子检修，全班加班", **by(cast))
    assert (row.state, row.reason) == ("cancelled", "炉子检修，全班加班")
    with pytest.raises(GatheringTrouble, match="未召开，不能再办这一步"):
        gatherings.open(gathering=row, **by(cast))


def test_a_meeting_of_a_closed_month_stays_as_it_was(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    row = came(cast, opened(cast))
    monkeypatch.setattr("ronglu.work.closings.is_closed", lambda *, plant, month: str(month) == "2026-03")
    with pytest.raises(Closed, match="2026-03 已关账"):
        close(cast, row)
    with pytest.raises(Closed, match="2026-03 已关账"):
        gatherings.cancel(gathering=row, reason="没有开", **by(cast))
    Gathering.objects.update(state="closed")
    with pytest.raises(Closed, match="2026-03 已关账"):
        gatherings.reopen(gathering=row, reason="人数记错", **by(cast))


def test_what_was_written_down_wrong_is_put_right_and_no_case_is_made_twice(cast: Cast) -> None:
    row = came(cast, opened(cast))
    one = gatherings_room.resolve(gathering=row, text="装防护罩", owner=cast.person["李班长"], due_on=DUE, **by(cast))
    row = close(cast, row)
    with pytest.raises(GatheringTrouble, match="要更正什么"):
        gatherings.reopen(gathering=row, reason="", **by(cast))
    row = gatherings.reopen(gathering=row, reason="李班长没有到", **by(cast))
    one.refresh_from_db()
    with pytest.raises(GatheringTrouble, match="已转成行动项 XD-2026-0001"):
        gatherings_room.withdraw(resolution=one, **by(cast))
    row = close(cast, came(cast, row, away=("李班长",)))
    assert (row.present, Case.objects.count()) == (1, 1)


def test_what_a_lecture_needs_is_asked_for_before_it_closes_and_any_member_may_speak(cast: Cast) -> None:
    row = came(cast, opened(cast, "short_lecture", "QL-B1-甲"))
    assert gatherings_close.blockers(row, gatherings.guide_of(row)) == ["请填写“讲课人”", "请填写“题目”"]
    given = {"speaker": cast.person["李班长"], "topic": "一次喷溅的教训"}
    row = gatherings_room.take_down(gathering=row, said={}, given=given, **by(cast))
    assert row.data["speaker"] == cast.person["李班长"].pk
    assert close(cast, row).state == "closed"


@pytest.mark.covers("S4-08")
def test_a_tackling_team_meets_by_its_members(cast: Cast) -> None:
    row = arranged(cast, "tackle_meeting", "QL-B1", team=tackling(cast), name="王书记")
    assert {one.person.name for one in row.people.all()} == {"陈技术员", "吴师傅"}
    assert (row.convener, row.convened_as) == (cast.person["陈技术员"], "leader")


@pytest.mark.covers("S0-38", "S1-22")
@pytest.mark.parametrize("kind", ["open_talk", "salon", "reading_club"])
def test_nobody_in_particular_is_due_at_an_open_meeting_which_counts_who_came(cast: Cast, kind: str) -> None:
    row = opened(cast, kind, "QL-B1", name="王书记")
    assert row.due == 0 and not row.people.exists()
    with pytest.raises(GatheringTrouble, match="人数"):
        gatherings_room.attend(gathering=row, **by(cast))
    assert gatherings_room.attend(gathering=row, count=17, **by(cast)).present == 17


@pytest.mark.covers("S2-11")
def test_the_monthly_study_is_a_kind_of_its_own_beside_the_yearly_organisational_life_meeting(cast: Cast) -> None:
    monthly = held(cast, "monthly_life", "QL-B1", name="王书记")
    yearly = opened(cast, "life_meeting", "QL-B1", name="王书记", starts_at=AT + HOUR)
    assert (monthly.state, monthly.kind) == ("closed", "monthly_life")
    assert gatherings_close.blockers(yearly, gatherings.guide_of(yearly))[-1] == "请填写“做了哪些环节”"
