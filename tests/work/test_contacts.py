"""横班联系: two members of sister crews, both willing; one sentence a week, a case raised from it, and read by whom."""

import datetime as dt
from typing import Any

import pytest

from ronglu.config.plant import packs
from ronglu.kernel.labour import LabourTrouble
from ronglu.kernel.loops.errors import LoopTrouble
from ronglu.kernel.time.period import Period
from ronglu.store.models import AuditEntry, Case, Contact, ContactNote, Post, Substitution
from ronglu.work import contacts
from ronglu.work.calendars import materialise
from ronglu.work.contacts import BadContact, Raise
from ronglu.work.queries import contacts as queries
from ronglu.work.queries.places import Places
from ronglu.work.queries.todo_contacts import waiting_contacts
from tests.cast import AT, ON, SINCE, Cast, cast
from tests.work.clock import four, set_clock, set_roster
from tests.work.paired import PAIR, join, proposed, standing

__all__ = ["cast"]

WEEK = Period.week(ON)
FRIDAY = dt.date(2026, 3, 13)


def said(cast: Cast, name: str, at: dt.datetime = AT) -> dict[str, Any]:
    return {"by": cast.account[name], "scope": cast.scope(name, at.date()), "at": at}


def shifts(cast: Cast) -> None:
    """Four crews in three shifts from 2 to 22 March: 白白中中夜夜休休, each crew two days behind the next."""
    set_clock(cast.plant)
    set_roster(cast.unit["QL-R1"], four(cast.plant))
    materialise(plant=cast.plant, first=dt.date(2026, 3, 1), last=dt.date(2026, 3, 22))


def week(row: Contact) -> queries.Week:
    return queries.weeks_of([row], [WEEK])[row.pk, str(WEEK)]


@pytest.mark.covers("S0-22")
def test_a_pair_stands_when_both_have_agreed_and_not_before(cast: Cast) -> None:
    row = proposed(cast)
    assert (row.state, row.from_on) == ("proposed", None)
    row = contacts.agree(contact=row, by=cast.account["李班长"], at=AT)
    assert row.state == "proposed"
    with pytest.raises(BadContact, match="您已经同意"):
        contacts.agree(contact=row, by=cast.account["李班长"], at=AT)
    row = contacts.agree(contact=row, by=cast.account["吴师傅"], at=AT)
    assert (row.state, row.from_on) == ("standing", ON)


def test_who_proposes_himself_has_said_yes(cast: Cast) -> None:
    row = proposed(cast, by="李班长")
    assert queries.agreed(row, cast.scope("李班长")) and not queries.agreed(row, cast.scope("吴师傅"))
    assert contacts.agree(contact=row, by=cast.account["吴师傅"], at=AT).state == "standing"


@pytest.mark.parametrize(
    ("pair", "why"),
    [
        (("李班长", "李班长"), "另一个人"),
        (("李班长", "何组长"), "同在转炉甲班"),
        (("李班长", "王书记"), "王书记不在横大班"),
        (("李班长", "周统计员"), "周统计员不是党员"),
        (("吴师傅", "郑师傅"), "不是同一产线、同一车间，也不是同一班别"),
    ],
)
def test_only_members_of_two_sister_crews_are_paired(cast: Cast, pair: tuple[str, str], why: str) -> None:
    """转炉乙 and 精炼甲 share neither line nor workshop nor letter; 转炉甲 and 精炼甲 share the letter."""
    join(cast)
    with pytest.raises(BadContact, match=why):
        proposed(cast, pair)
    assert not Contact.objects.exists()


def test_crews_of_one_letter_on_two_lines_are_sisters(cast: Cast) -> None:
    assert proposed(cast, ("李班长", "郑师傅")).state == "proposed"


def test_somebody_else_does_not_pair_two_people(cast: Cast) -> None:
    for name in ("何组长", "邻厂书记"):
        with pytest.raises(BadContact, match="由两人中的一人"):
            proposed(cast, by=name)


def test_two_people_are_one_pair_at_a_time_and_may_begin_anew(cast: Cast) -> None:
    row = standing(cast)
    with pytest.raises(BadContact, match="已经是一对"):
        proposed(cast, (PAIR[1], PAIR[0]))
    ended = contacts.end(contact=row, reason="调岗", **said(cast, "吴师傅"))
    assert (ended.state, ended.until_on) == ("ended", ON + dt.timedelta(days=1))
    assert proposed(cast).state == "proposed"


def test_a_pair_is_declined_without_a_reason_and_ended_with_one(cast: Cast) -> None:
    row = contacts.decline(contact=proposed(cast), by=cast.account["吴师傅"], at=AT)
    assert (row.state, row.reason) == ("declined", "")
    with pytest.raises(BadContact, match="未结成"):
        contacts.agree(contact=row, by=cast.account["李班长"], at=AT)
    with pytest.raises(LabourTrouble, match="请填写为什么结束"):
        contacts.end(contact=standing(cast), reason=" ", **said(cast, "李班长"))


@pytest.mark.covers("S0-22")
def test_one_sentence_a_week_from_each_and_no_more(cast: Cast) -> None:
    row = standing(cast)
    contacts.note(contact=row, words="二号风机轴承发热，已报修", **said(cast, "李班长"))
    with pytest.raises(BadContact, match="本周您已经记过"):
        contacts.note(contact=row, words="再来一句", **said(cast, "李班长"))
    contacts.note(contact=row, words="收到，夜班盯着", **said(cast, "吴师傅"))
    later = AT + dt.timedelta(days=7)
    contacts.note(contact=row, words="轴承换好了", **said(cast, "李班长", later))
    assert [(one.week, one.words) for one in ContactNote.objects.order_by("at", "pk")] == [
        ("2026-W11", "二号风机轴承发热，已报修"), ("2026-W11", "收到，夜班盯着"), ("2026-W12", "轴承换好了"),
    ]  # fmt: skip


def test_more_than_a_sentence_is_not_taken(cast: Cast) -> None:
    row = standing(cast)
    for words, why in (("字" * 81, "最多 80 字"), ("一句\n又一句", "不用分行"), ("", "请填写")):
        with pytest.raises(LabourTrouble, match=why):
            contacts.note(contact=row, words=words, **said(cast, "李班长"))
    assert not ContactNote.objects.exists()


def test_what_the_two_write_stands_in_no_trail(cast: Cast) -> None:
    contacts.note(contact=standing(cast), words="二号风机轴承发热", **said(cast, "李班长"))
    lines = list(AuditEntry.objects.order_by("pk").values_list("verb", "detail"))
    assert lines == [("contacts.propose", {}), ("contacts.agree", {}), ("contacts.agree", {})]


@pytest.mark.covers("S0-22")
def test_a_note_raises_a_case_at_the_writers_crew_in_the_same_breath(cast: Cast) -> None:
    opens = Raise(loop=packs().loops["hazard"], given={"kind": "equipment", "what": "轴承发热", "source": "seen"})
    row = contacts.note(contact=standing(cast), words="轴承发热", opens=opens, **said(cast, "李班长"))
    case = Case.objects.get()
    assert (row.case, case.unit, case.raised_by) == (case, cast.unit["QL-R1-甲"], cast.person["李班长"])


def test_a_note_whose_case_is_refused_is_not_kept_either(cast: Cast) -> None:
    opens = Raise(loop=packs().loops["hazard"], given={"kind": "no such kind"})
    with pytest.raises(LoopTrouble, match="no such kind"):
        contacts.note(contact=standing(cast), words="轴承发热", opens=opens, **said(cast, "李班长"))
    assert not ContactNote.objects.exists() and not Case.objects.exists()


@pytest.mark.covers("S0-22")
def test_the_rosters_say_when_the_two_meet_at_a_change_of_shift(cast: Cast) -> None:
    """甲 is at place d of 白白中中夜夜休休 on the d-th day after 1 March, 乙 two places on. In the week of 9 March (place 0 again
    for 甲) 乙 stands 中 on the 9th as 甲 stands 白: 甲 goes at 16:00 and 乙 comes."""
    shifts(cast)
    found = week(standing(cast))
    assert (found.meets, found.state) == (dt.datetime(2026, 3, 9, 16), "open")


@pytest.mark.covers("S0-22")
def test_a_week_in_which_the_rosters_keep_them_apart_needs_no_reason(cast: Cast) -> None:
    """甲 has 白 on the 9th, 10th and 中 on the 11th, 12th, 夜 on the 13th, 14th: with a stand-in for each of them nobody is met."""
    shifts(cast)
    row = standing(cast)
    for day, no in ((9, 1), (10, 1), (11, 2), (12, 2), (13, 3), (14, 3)):
        Substitution.objects.create(
            unit=cast.unit["QL-R1"], day=dt.date(2026, 3, day), shift_no=no, absent=cast.person["李班长"],
            standin=cast.person["何组长"],
        )  # fmt: skip
    assert (week(row).meets, week(row).rostered, week(row).state) == (None, True, "apart")


def test_without_rosters_nobody_says_that_they_did_not_meet(cast: Cast) -> None:
    assert (week(standing(cast)).rostered, week(standing(cast, ("李班长", "郑师傅"))).state) == (False, "open")


def test_a_reason_stands_where_there_was_nothing_and_gives_way_to_a_note(cast: Cast) -> None:
    row = standing(cast)
    contacts.nothing(contact=row, reason="我请假", by=cast.account["李班长"], at=AT)
    assert week(row).state == "reason"
    with pytest.raises(BadContact, match="本周已经有记录"):
        contacts.nothing(contact=row, reason="我也请假", by=cast.account["吴师傅"], at=AT)
    contacts.note(contact=row, words="电话里说了炉况", **said(cast, "李班长"))
    assert (week(row).state, [one.words for one in week(row).notes]) == ("noted", ["电话里说了炉况"])


@pytest.mark.covers("S0-22")
def test_the_week_is_counted_by_pairs_and_not_by_people(cast: Cast) -> None:
    noted, silent = standing(cast), standing(cast, ("李班长", "郑师傅"))
    for name in PAIR:
        contacts.note(contact=noted, words="交了一句", **said(cast, name))
    found = queries.weeks_of([noted, silent], [WEEK])
    assert queries.tally(found.values()) == queries.Tally(pairs=2, noted=1, apart=0, reason=0, open=1)


@pytest.mark.covers("S0-22")
def test_the_words_are_for_the_two_and_their_secretaries_only(cast: Cast) -> None:
    row = standing(cast)
    places = Places(cast.plant, ON)
    readers = {name for name in cast.names if row.pk in queries.readers([row], cast.scope(name), places)}
    assert readers == {"李班长", "吴师傅", "王书记"}
    Post.objects.create(person=cast.person["马主任"], role="organiser", body=cast.body["QL-B1"], from_on=SINCE)
    committee = cast.scope("马主任")
    assert list(queries.visible(committee)) == [row] and queries.readers([row], committee, places) == set()
    assert [name for name in cast.names if queries.visible(cast.scope(name)).exists()] == [
        "李班长", "王书记", "马主任", "吴师傅",
    ]  # fmt: skip


def test_both_branches_secretaries_read_a_pair_across_two_branches(cast: Cast) -> None:
    Post.objects.create(person=cast.person["孙干事"], role="secretary", body=cast.body["QL-B2"], from_on=SINCE)
    row, places = standing(cast, ("李班长", "郑师傅")), Places(cast.plant, ON)
    assert [name for name in cast.names if row.pk in queries.readers([row], cast.scope(name), places)] == [
        "李班长", "王书记", "孙干事", "郑师傅",
    ]  # fmt: skip


@pytest.mark.covers("S0-22")
def test_the_pair_is_asked_from_friday_on_and_only_while_the_week_has_nothing(cast: Cast) -> None:
    row = proposed(cast)
    assert [one.kind for one in waiting_contacts(cast.scope("吴师傅"))] == ["contact_agree"]
    for name in PAIR:
        row = contacts.agree(contact=row, by=cast.account[name], at=AT)
    assert list(waiting_contacts(cast.scope("吴师傅"))) == []
    on_friday = cast.scope("吴师傅", FRIDAY)
    assert [(one.kind, one.count) for one in waiting_contacts(on_friday)] == [("contact_note", 1)]
    contacts.note(contact=row, words="交了一句", **said(cast, "李班长"))
    assert list(waiting_contacts(on_friday)) == []
    assert list(waiting_contacts(cast.scope("王书记", FRIDAY))) == []


def test_strangers_write_nothing_for_the_pair(cast: Cast) -> None:
    row = standing(cast)
    with pytest.raises(BadContact, match="他们两人"):
        contacts.note(contact=row, words="我来写", **said(cast, "王书记"))
    with pytest.raises(BadContact, match="由两人中的一人"):
        contacts.end(contact=row, reason="不要了", **said(cast, "何组长"))
