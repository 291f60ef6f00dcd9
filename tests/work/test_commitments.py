"""责任书·承诺书: asked of people, signed by them, looked at by another; how complete the list is, and what it costs (A7)."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ronglu.store.models import AuditEntry, Closing, Commitment, Membership, Run, SheetVersion
from ronglu.tasks.assess import assess_month
from ronglu.work import commitments
from ronglu.work.commitments import BadCommitment
from ronglu.work.queries import commitments as queries
from ronglu.work.queries.places import Places
from tests.cast import AT, ON, Cast, cast  # noqa: F401  (the fixture)
from tests.facts.plant_month import AT as APRIL
from tests.facts.plant_month import MARCH, make_march
from tests.facts.scored import lines, result, same_in_the_kernel
from tests.work.sworn import DUE, asked, confirmed, crowd, discipline_member, officer, signed

pytestmark = pytest.mark.django_db


def told(cast: Cast, name: str) -> list[queries.Tally]:
    return queries.tallies(scope=cast.scope(name), places=Places(cast.plant, ON), year=2026)


@pytest.mark.covers("S2-32")
def test_a_paper_counts_once_another_has_looked_at_it(cast: Cast) -> None:
    row = signed(cast, asked(cast, "王书记")[0])
    assert (row.state, row.signed_on, row.kept) == ("signed", ON, "第 3 盒")
    with pytest.raises(BadCommitment, match="须由另一人核对"):
        commitments.confirm(commitment=row, holds=True, reason="", by=cast.account["王书记"], at=AT)
    row = commitments.confirm(commitment=row, holds=True, reason="", by=officer(cast), at=AT)
    assert (row.state, row.confirmed_by) == ("confirmed", officer(cast))
    with pytest.raises(BadCommitment, match="现在是“已核对”"):
        commitments.drop(commitment=row, reason="调离", by=officer(cast), at=AT)


def test_who_entered_it_for_somebody_does_not_confirm_it(cast: Cast) -> None:
    row = asked(cast, "王书记")[0]
    row = commitments.sign(commitment=row, on=ON, kept="", by=officer(cast), at=AT)
    with pytest.raises(BadCommitment, match="须由另一人核对"):
        commitments.confirm(commitment=row, holds=True, reason="", by=officer(cast), at=AT)
    assert (
        commitments.confirm(commitment=row, holds=True, reason="", by=discipline_member(cast), at=AT).state
        == "confirmed"
    )


def test_what_is_not_there_goes_back_with_a_reason(cast: Cast) -> None:
    row = signed(cast, asked(cast, "王书记")[0])
    with pytest.raises(BadCommitment, match="退回请写明缺什么"):
        commitments.confirm(commitment=row, holds=False, reason=" ", by=officer(cast), at=AT)
    row = commitments.confirm(commitment=row, holds=False, reason="没有签名", by=officer(cast), at=AT)
    assert (row.state, row.signed_on, row.reason) == ("asked", None, "没有签名")


@pytest.mark.parametrize(
    ("on", "said"), [(dt.date(2026, 3, 11), "还没有到"), (dt.date(2025, 12, 30), "不在当年")], ids=["ahead", "year"]
)
def test_a_day_that_cannot_be_is_named(cast: Cast, on: dt.date, said: str) -> None:
    with pytest.raises(BadCommitment, match=said):
        signed(cast, asked(cast, "王书记")[0], on=on)


def test_nobody_takes_himself_off_the_list_and_who_comes_back_is_asked_again(cast: Cast) -> None:
    discipline_member(cast)
    row = asked(cast, "何组长")[0]
    with pytest.raises(BadCommitment, match="须由另一人取消"):
        commitments.drop(commitment=row, reason="不用", by=cast.account["何组长"], at=AT)
    commitments.drop(commitment=row, reason="调离", by=officer(cast), at=AT)
    assert [(one.pk, one.state) for one in asked(cast, "何组长")] == [(row.pk, "asked")]
    assert Commitment.objects.count() == 1


def test_asked_of_a_committee_or_of_every_member(cast: Cast) -> None:
    """转炉党支部: 王书记 alone has a seat; its members are 王书记 and 马主任, with 李班长 and 何组长 of its first group."""
    body = cast.body["QL-B1"]
    assert [one.name for one in commitments.people_of(body=body, whom="committee", on=ON)] == ["王书记"]
    listed = commitments.people_of(body=body, whom="members", on=ON)
    assert [one.name for one in listed] == ["李班长", "王书记", "何组长", "马主任"]


@pytest.mark.covers("S2-32")
def test_av_13_thirty_two_of_thirty_four_is_94_12_percent_and_two_are_to_be_asked(cast: Cast) -> None:
    names = crowd(cast, cast.body["QL-B2"], 34)
    rows = asked(cast, *names, body="QL-B2")
    for row in rows[2:]:
        signed(cast, row)
    one = told(cast, "高书记")[0]
    assert one.shown is not None
    assert (one.required, one.shown.there, one.shown.percent) == (34, 32, Decimal("94.12"))
    assert (one.rows, one.missing, one.shown.missing) == ((), [], ())
    officer(cast)
    kept = told(cast, "钱纪检")[0]
    assert [row.person.name for row in kept.missing] == ["签约人00", "签约人01"]


@pytest.mark.covers("S2-32")
def test_names_are_for_the_discipline_roles_alone(cast: Cast) -> None:
    asked(cast, "王书记", "马主任", "李班长")
    discipline_member(cast)
    for name in ("王书记", "孙干事", "高书记"):
        assert [one.rows for one in told(cast, name)] == [()]
    assert [len(one.rows) for one in told(cast, "何组长")] == [3]
    # of another branch he is not the discipline member
    asked(cast, "郑师傅", body="QL-B2")
    assert [one.code for one in told(cast, "何组长")] == ["QL-B1"]
    assert told(cast, "马主任") == told(cast, "邻厂书记") == told(cast, "李班长") == []


def test_of_fewer_than_three_papers_no_number_gives_the_signer_away(cast: Cast) -> None:
    signed(cast, asked(cast, "王书记", "马主任")[0])
    found = told(cast, "高书记")
    assert [(one.required, one.shown) for one in found] == [(2, None)]
    assert queries.whole(found, plant=cast.plant, year=2026) is None
    officer(cast)
    assert [one.shown.there for one in told(cast, "钱纪检") if one.shown] == [1]


def test_a_paper_exists_for_its_signer_and_who_keeps_the_register(cast: Cast) -> None:
    row = asked(cast, "李班长")[0]
    discipline_member(cast)
    seen = {name for name in cast.names if queries.readable(scope=cast.scope(name), pk=row.pk) is not None}
    assert seen == {"李班长", "何组长", "钱纪检"}
    assert (queries.to_sign(cast.scope("李班长"), on=ON), queries.to_sign(cast.scope("王书记"), on=ON)) == (1, 0)


def test_the_trail_names_no_signer(cast: Cast) -> None:
    confirmed(cast, asked(cast, "李班长")[0])
    text = str(list(AuditEntry.objects.values_list("verb", "subject", "detail")))
    assert "commitments.confirm" in text and "李班长" not in text and "20101" not in text


@pytest.fixture
def march(cast: Cast, settings: Any, tmp_path: Path) -> Any:
    settings.HOME, settings.TODAY = tmp_path, "2026-04-03"
    line = cast.unit["QL-R1"]
    return make_march(plant=line.plant, line=line, by=cast.account["周统计员"])


@pytest.mark.covers("S2-32")
def test_each_paper_that_is_missing_at_the_quarters_end_costs_a_point(cast: Cast, march: Any) -> None:
    """Four were due by 31 March: one confirmed, one signed and not looked at, one signed in April, one dropped: 3 − 2."""
    rows = asked(cast, "王书记", "马主任", "李班长", "何组长")
    confirmed(cast, rows[0])
    signed(cast, rows[1])
    confirmed(cast, rows[2], on=dt.date(2026, 4, 1), at=APRIL)
    commitments.drop(commitment=rows[3], reason="调离", by=officer(cast), at=AT)
    run = assess_month(plant=cast.plant, month=MARCH, at=APRIL)
    found = result(run, "A7")
    assert (found.state, found.won) == ("scored", 100)
    assert same_in_the_kernel(found)
    assert lines(found) == [("missing_doc", 2, 3)]
    assert "李班长" not in str(found.basis) and "20101" not in str(found.basis) and "records" not in found.basis
    # a branch of which nothing was asked has the full points
    assert result(run, "A7", "QL-B2").won == 300


def test_what_is_due_later_in_the_year_is_not_missing_yet_and_a_plant_without_lists_is_not_wired(
    cast: Cast, march: Any
) -> None:
    assert result(assess_month(plant=cast.plant, month=MARCH, at=APRIL), "A7").state == "not_wired"
    asked(cast, "马主任", due_on=dt.date(2026, 6, 30))
    assert result(assess_month(plant=cast.plant, month=MARCH, at=APRIL), "A7").state == "not_wired"
    confirmed(cast, asked(cast, "王书记")[0])
    assert result(assess_month(plant=cast.plant, month=MARCH, at=APRIL), "A7").won == 300


def test_a_paper_that_stays_unsigned_is_missed_each_quarter_anew(cast: Cast, march: Any, settings: Any) -> None:
    settings.TODAY = "2026-10-05"
    asked(cast, "王书记")
    made = assess_month(plant=cast.plant, month=MARCH + 6, at=dt.datetime(2026, 10, 5, 9))
    assert (result(made, "A7").state, result(made, "A7").won) == ("scored", 200)


def closed(cast: Cast) -> None:
    """March, and with it the first quarter."""
    who = cast.account["孙干事"]
    version = SheetVersion.objects.create(
        plant=cast.plant, version=1, from_month=202501, declaration={}, digest="x", published_at=AT
    )
    run = Run.objects.create(plant=cast.plant, sheet=version, month=202603, number=1, at=APRIL, digest="x")
    Closing.objects.create(plant=cast.plant, month=202603, run=run, state="closed", proposed_by=who, proposed_at=APRIL)


def test_a_closed_quarter_is_not_changed_from_behind_and_the_register_can_still_be_put_right(cast: Cast) -> None:
    """What is looked at, or taken off the list, after the first quarter was closed counts from that day on."""
    late, gone, early = asked(cast, "王书记", "马主任", "李班长")
    signed(cast, late)
    assert confirmed(cast, early).counts_on == ON
    closed(cast)
    may = {"by": officer(cast), "at": dt.datetime(2026, 5, 6, 9)}
    row = commitments.confirm(commitment=late, holds=True, reason="", **may)
    assert (row.signed_on, row.counts_on) == (ON, dt.date(2026, 5, 6))
    assert commitments.drop(commitment=gone, reason="调离", **may).dropped_on == dt.date(2026, 5, 6)


def test_nobody_is_asked_for_a_day_that_is_over(cast: Cast) -> None:
    with pytest.raises(BadCommitment, match="已经过去"):
        asked(cast, "王书记", due_on=dt.date(2026, 3, 9))


def test_a_committee_is_its_seats_and_not_whoever_holds_an_office_beside_it(cast: Cast) -> None:
    """孙干事 of the party office and 钱纪检 have posts at the committee of the plant, not seats in it."""
    officer(cast)
    listed = commitments.people_of(body=cast.body["QL-C"], whom="committee", on=ON)
    assert [one.name for one in listed] == ["高书记"]


def test_every_member_below_a_committee_is_asked_at_his_own_branch(cast: Cast) -> None:
    """Members of groups two steps below are members too, and what is missing is missing at their branch (A7)."""
    rows = commitments.ask_all(
        body=cast.body["QL-C"], whom="members", kind="pledge", due_on=DUE, by=officer(cast), at=AT
    )
    listed: dict[str, set[str]] = {}
    for one in rows:
        listed.setdefault(one.body.code, set()).add(one.person.name)
    assert listed == {
        "QL-B1": {"李班长", "王书记", "何组长", "马主任"},
        "QL-B2": {"郑师傅"},
        "QL-B3": {"孙干事", "高书记", "钱纪检"},
    }


def test_where_nobody_is_to_be_asked_it_is_said(cast: Cast) -> None:
    with pytest.raises(BadCommitment, match="没有要列入的人"):
        commitments.ask_all(
            body=cast.body["QL-B3"], whom="committee", kind="pledge", due_on=DUE, by=officer(cast), at=AT
        )


def test_what_is_still_to_be_signed_comes_along_to_the_branch_where_somebody_now_belongs(cast: Cast) -> None:
    """李班长 moved to the refining branch: the converter branch lacks nothing any more, what he signed there stays there."""
    asked(cast, "李班长", "何组长")
    signed(cast, asked(cast, "马主任")[0])
    for name in ("李班长", "马主任"):
        Membership.objects.filter(person=cast.person[name]).update(body=cast.body["QL-B2"])
    asked(cast, "李班长", "马主任", "何组长", "郑师傅", body="QL-B2")
    at = {one.person.name: one.body.code for one in Commitment.objects.select_related("person", "body")}
    assert at == {"李班长": "QL-B2", "郑师傅": "QL-B2", "马主任": "QL-B1", "何组长": "QL-B1"}
    assert Commitment.objects.get(person=cast.person["李班长"]).due_on == DUE
