"""传达: asked with ten working days, done at a meeting or elsewhere, excused by another, and what item A1 makes of it."""

import datetime as dt

import pytest

from ronglu.facts import civil
from ronglu.facts import relays as facts
from ronglu.kernel.time.period import Period
from ronglu.store.models import Closing, Membership, Partition, Relay, Run, SheetVersion
from ronglu.work import gatherings_room, relays, seals
from ronglu.work.closings import Closed
from ronglu.work.gatherings_fill import Line
from ronglu.work.queries import relays as queries
from ronglu.work.relays import BadRelay
from tests.cast import AT, Cast, cast
from tests.work.educated import DUE, MEMBERS, asked, by, noticed, on
from tests.work.gathered import came, close, held, opened

__all__ = ["cast"]
MARCH = Period.month(2026, 3)


def rows(cast: Cast, month: Period = MARCH) -> list[tuple[int | None, int]]:
    return [(one["branch"], one["num"]) for one in facts.rows(plant=cast.plant, month=month, loops={})]


def laid(row: Relay, block: str = "study") -> Line:
    return Line(block=block, kind="study", title=row.document.title, source="document", document=row.document_id)


def met(cast: Cast, row: Relay, *, away: tuple[str, ...] = ()) -> None:
    """The group of 转炉甲班 had the document on its agenda."""
    meeting = opened(cast, lines=(laid(row),))
    came(cast, meeting, away=away)
    close(cast, meeting)


@pytest.mark.covers("S2-30", "S4-28")
def test_a_relay_is_due_ten_working_days_after_it_was_asked(cast: Cast) -> None:
    row = asked(cast, "QL-B1", "QL-B2")
    assert (row.due_on, row.state) == (DUE, "open")
    # 王书记, 马主任, 李班长 and 何组长 belong to the branch and its groups
    assert [(one.body.code, one.due) for one in Relay.objects.all()] == [("QL-B1", 4), ("QL-B2", 1)]
    assert rows(cast) == [(cast.body["QL-B1"].pk, 1), (cast.body["QL-B2"].pk, 1)]
    assert Partition.objects.get(plant=cast.plant, fact="relays", month=202603).wanted >= 1


def test_a_body_is_asked_once_for_a_document(cast: Cast) -> None:
    row = asked(cast)
    again = {"document": row.document, "audience": MEMBERS, "due_on": DUE, **by(cast)}
    with pytest.raises(BadRelay, match="不重复下达"):
        relays.ask_until(bodies=[row.body], **again)
    more = relays.ask_until(bodies=[row.body, cast.body["QL-B2"]], **again)
    assert [one.body.code for one in more] == ["QL-B2"]


@pytest.mark.parametrize(("audience", "people"), [("leaders", 3), ("members", 4), ("staff", 3)])
def test_each_audience_is_counted_from_the_records(cast: Cast, audience: str, people: int) -> None:
    """Leaders: 王书记, 何组长 and 李班长 of crew 甲; members: with 马主任; staff: who works on the line."""
    assert asked(cast, audience=audience).due == people


def test_a_body_with_nobody_concerned_is_not_asked(cast: Cast) -> None:
    """The office branch stands on no line: no employees of its own."""
    assert [one.body.code for one in [asked(cast, "QL-B1", "QL-B3", audience="staff")]] == ["QL-B1"]
    with pytest.raises(BadRelay, match="没有员工队伍"):
        asked(cast, "QL-B3", audience="staff", title="第二份")


@pytest.mark.covers("S2-30")
def test_a_meeting_that_closes_passes_on_what_stood_on_its_agenda(cast: Cast) -> None:
    row = asked(cast)
    met(cast, row, away=("李班长",))
    row.refresh_from_db()
    # a group's meeting is the branch's relay: one of the two was there
    assert (row.state, row.told_on, row.told, row.due) == ("told", AT.date(), 1, 4)
    assert [(one.gathering is not None, one.people) for one in row.tellings.all()] == [(True, 1)]
    assert rows(cast) == [(row.body_id, 0)]


@pytest.mark.covers("S2-30", "S4-28")
def test_who_was_at_two_meetings_is_counted_once_and_coverage_is_never_over_all(cast: Cast) -> None:
    row = asked(cast)
    met(cast, row)
    second = opened(cast, "short_lecture", lines=(laid(row, "lecture"),), starts_at=on(10, 15))
    given = {"speaker": cast.person["何组长"], "topic": "一课"}
    gatherings_room.take_down(gathering=second, said={}, given=given, **by(cast, "何组长", on(10, 15)))
    came(cast, second)
    close(cast, second, at=on(10, 17))
    row.refresh_from_db()
    assert (row.tellings.count(), row.told) == (2, 2)
    relays.tell(relay=row, day=AT.date(), occasion="乙班班前会", people=9, **by(cast, "王书记"))
    row.refresh_from_db()
    assert (row.told, row.due) == (4, 4)
    assert queries.coverage([row.document])[row.document_id] == queries.Coverage(bodies=1, done=1, due=4, told=4)


def test_a_meeting_without_the_document_passes_nothing_on(cast: Cast) -> None:
    row = asked(cast)
    held(cast)
    row.refresh_from_db()
    assert (row.state, row.told) == ("open", 0)


def test_told_late_is_told_and_still_costs(cast: Cast) -> None:
    row = asked(cast)
    relays.tell(relay=row, day=on(25).date(), occasion="班前会", people=4, **by(cast, "王书记", on(25)))
    row.refresh_from_db()
    assert (row.state, row.told_on, rows(cast)) == ("told", on(25).date(), [(row.body_id, 1)])


@pytest.mark.parametrize("day", [9, 11])
def test_a_telling_is_written_down_after_it_was_asked_and_not_ahead(cast: Cast, day: int) -> None:
    with pytest.raises(BadRelay, match="传达日期"):
        relays.tell(relay=asked(cast), day=on(day).date(), occasion="班前会", people=4, **by(cast, "王书记"))


def test_a_telling_is_written_down_within_a_week(cast: Cast) -> None:
    row = asked(cast)
    with pytest.raises(BadRelay, match="一周"):
        relays.tell(relay=row, day=on(10).date(), occasion="班前会", people=4, **by(cast, "王书记", on(18)))
    assert relays.tell(relay=row, day=on(11).date(), occasion="班前会", people=4, **by(cast, "王书记", on(18)))


@pytest.mark.covers("S2-30")
def test_a_reason_spares_the_branch_once_another_has_agreed(cast: Cast) -> None:
    row = asked(cast)
    relays.explain(relay=row, reason="大修期间全员在现场", **by(cast, "王书记"))
    assert rows(cast) == [(row.body_id, 1)]
    with pytest.raises(BadRelay, match="另一人"):
        relays.decide(relay=row, holds=True, remark="", **by(cast, "王书记"))
    with pytest.raises(BadRelay, match="写明原因"):
        relays.decide(relay=row, holds=False, remark="", **by(cast))
    relays.decide(relay=row, holds=True, remark="", **by(cast))
    assert (row.state, rows(cast)) == ("excused", [(row.body_id, 0)])


def test_a_reason_that_is_refused_leaves_the_duty(cast: Cast) -> None:
    row = asked(cast)
    relays.explain(relay=row, reason="忙", **by(cast, "王书记"))
    relays.decide(relay=row, holds=False, remark="说清什么事", **by(cast))
    row.refresh_from_db()
    assert (row.state, row.remark, rows(cast)) == ("open", "说清什么事", [(row.body_id, 1)])


def test_what_is_overdue_is_not_withdrawn_and_what_is_withdrawn_was_not_due(cast: Cast) -> None:
    row = asked(cast)
    with pytest.raises(BadRelay, match="已过"):
        relays.withdraw(relay=row, reason="发错了", **by(cast, at=on(25)))
    relays.withdraw(relay=row, reason="发错了", **by(cast, at=on(24)))
    assert rows(cast) == []
    with pytest.raises(BadRelay, match="撤回"):
        relays.tell(relay=row, day=AT.date(), occasion="班前会", people=4, **by(cast, "王书记"))


def test_a_policy_notice_is_passed_on_and_costs_nobody_points(cast: Cast) -> None:
    row = noticed(cast).relays.get(body=cast.body["QL-B1"])
    # 李班长, 何组长, 吴师傅 work on the converter line
    assert (row.due, rows(cast)) == (3, [])
    relays.tell(relay=row, day=AT.date(), occasion="班前会", people=3, **by(cast, "王书记"))
    # 郑师傅 of the other branch has not heard it: three of four
    assert queries.coverage([row.document])[row.document_id].share == 75


def test_a1_is_wired_once_a_relay_has_fallen_due(cast: Cast) -> None:
    asked(cast)
    before, after = (civil.kept(plant=cast.plant, loops={}, last=day) for day in (dt.date(2026, 3, 23), DUE))
    assert "duty_due:relay" not in before and "duty_due:relay" in after


def test_the_document_that_waits_is_offered_to_the_next_meeting(cast: Cast) -> None:
    row, told = asked(cast), asked(cast, title="第二份")
    relays.tell(relay=told, day=AT.date(), occasion="班前会", people=4, **by(cast, "王书记"))
    found = queries.waiting_documents(plant=cast.plant, bodies=[cast.body["QL-B1"].pk], on=AT.date())
    assert found == [row.document_id]
    assert queries.waiting(cast.scope("王书记")) == (1, 0, 0)
    assert queries.waiting(cast.scope("高书记")) == (0, 0, 0)


def closed(cast: Cast) -> Closing:
    """March as it was closed on 3 April."""
    who, at = cast.account["孙干事"], dt.datetime(2026, 4, 3, 9)
    sheet = SheetVersion.objects.create(
        plant=cast.plant, version=1, from_month=202501, declaration={}, digest="x", published_at=at
    )
    run = Run.objects.create(plant=cast.plant, sheet=sheet, month=202603, number=1, at=at, digest="x")
    return Closing.objects.create(
        plant=cast.plant, month=202603, run=run, state="closed", proposed_by=who, proposed_at=at, closed_by=who, closed_at=at
    )  # fmt: skip


def test_a_closed_month_keeps_its_reasons_and_what_was_told_in_time(cast: Cast) -> None:
    row, other = asked(cast), asked(cast, title="第二份")
    relays.tell(relay=other, day=on(24).date(), occasion="班前会", people=1, **by(cast, "王书记", on(24)))
    relays.explain(relay=row, reason="大修", **by(cast, "王书记", on(24)))
    month = closed(cast)
    late = dt.datetime(2026, 4, 5, 9)
    with pytest.raises(Closed, match="已关账"):
        relays.decide(relay=row, holds=True, remark="", **by(cast, at=late))
    before = [one.pk for one in seals.COVERED["tellings"](month)]
    relays.tell(relay=other, day=late.date(), occasion="补传达", people=1, **by(cast, "王书记", late))
    relays.tell(relay=row, day=late.date(), occasion="补传达", people=1, **by(cast, "王书记", late))
    # what came later stands with the document and is not what the month rests on
    assert [one.pk for one in seals.COVERED["tellings"](month)] == before != []
    assert rows(cast) == [(row.body_id, 1), (row.body_id, 0)]


def test_one_occasion_is_written_down_once(cast: Cast) -> None:
    """A second click, or two who were at the same talk: the numbers are not added twice."""
    row = asked(cast)
    told = {"day": AT.date(), "people": 2, **by(cast, "王书记")}
    relays.tell(relay=Relay.objects.get(pk=row.pk), occasion="班前会", **told)
    with pytest.raises(BadRelay, match="2026-03-10“班前会”已登记 2 人；是另一个班"):
        relays.tell(relay=row, occasion="班前会", **told)
    relays.tell(relay=row, occasion="乙班班前会", **told | {"people": 1})
    row.refresh_from_db()
    assert (row.tellings.count(), row.told) == (2, 3)


def test_a_document_that_holds_no_more_is_asked_of_nobody_and_what_was_missed_stays(cast: Cast) -> None:
    """Voided on the 20th: the branch that has it until the 24th is released; one that was due on the 13th missed it."""
    row = asked(cast, "QL-B1", "QL-B2")
    Relay.objects.filter(document=row.document, body=cast.body["QL-B2"]).update(due_on=on(13).date())
    relays.void(document=row.document, reason="上级收回", **by(cast, at=on(20)))
    assert rows(cast) == [(cast.body["QL-B2"].pk, 1)]
    row.refresh_from_db()
    assert (row.state, row.remark, row.document.state) == ("withdrawn", "文件已废止", "void")


def test_a_meeting_passes_on_to_those_whom_it_concerns_and_to_nobody_else(cast: Cast) -> None:
    """马主任 sits in the group and works on no line: what is for the employees of the line he does not hear in their place."""
    Membership.objects.filter(person=cast.person["马主任"]).update(body=cast.body["QL-B1-甲"])
    row = asked(cast, audience="staff")
    met(cast, row)
    row.refresh_from_db()
    assert (row.told, row.due, row.tellings.get().people) == (2, 3, 2)


def test_a_meeting_without_anybody_whom_it_concerns_passes_nothing_on(cast: Cast) -> None:
    """For the leaders of the branch, at a meeting where none of them was."""
    Membership.objects.filter(person=cast.person["郑师傅"]).update(body=cast.body["QL-B1-甲"])
    row = asked(cast, audience="leaders")
    met(cast, row, away=("李班长", "何组长"))
    row.refresh_from_db()
    assert (row.state, row.told, row.tellings.count(), rows(cast)) == ("open", 0, 0, [(row.body_id, 1)])
