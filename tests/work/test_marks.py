"""Marks of a panel: who may give them, what is refused and why, and that an earlier one is never lost."""

import datetime as dt

import pytest

from ronglu.config.plant import pack_of
from ronglu.kernel.rules.load import digest
from ronglu.kernel.time.period import Period
from ronglu.store.models import AuditEntry, Closing, PanelMark, Partition, Run, SheetVersion
from ronglu.store.models.append import OnlyAdded
from ronglu.work import marks, missions, teams
from ronglu.work.closings import Closed
from ronglu.work.marks import MarkProblem
from ronglu.work.queries import marks as queries
from tests.cast import AT, SINCE, Cast, cast  # noqa: F401  (the fixture)
from tests.work.judged import LATER, MARCH, PANEL, give, named, verified

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sheet(cast: Cast) -> SheetVersion:
    declared = pack_of(cast.plant.code).sheet.declaration
    return SheetVersion.objects.create(
        plant=cast.plant, version=1, from_month=202501, declaration=dict(declared), digest=digest(declared), published_at=AT
    )  # fmt: skip


def test_a_mark_given_anew_stands_and_the_earlier_one_stays(cast: Cast) -> None:
    mission = verified(cast)
    named(cast, *PANEL)
    give(cast, mission, "赵安全员", 3, "成效核实")
    give(cast, mission, "赵安全员", 4, "复查仍保持")
    rows = PanelMark.objects.filter(by=cast.account["赵安全员"]).order_by("number")
    assert [(row.number, row.step, row.reason) for row in rows] == [(1, 3, "成效核实"), (2, 4, "复查仍保持")]
    assert AuditEntry.objects.filter(verb="marks.mark").order_by("-pk").values_list("detail", flat=True)[0] == {
        "step": 4, "before": 3,
    }  # fmt: skip
    with pytest.raises(OnlyAdded):
        rows.update(step=5)
    with pytest.raises(OnlyAdded):
        rows.delete()


def test_every_mark_makes_the_month_be_counted_again(cast: Cast) -> None:
    mission = verified(cast)
    named(cast, "赵安全员")
    before = Partition.objects.get(plant=cast.plant, fact="missions", month=202603).wanted
    give(cast, mission, "赵安全员", 3)
    assert Partition.objects.get(plant=cast.plant, fact="missions", month=202603).wanted == before + 1


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("马主任", "这是您所在的支部"),  # a member of the converter branch
        ("王书记", "这是您所在的支部"),  # sits on its committee
        ("李班长", "这是您所在的支部"),
        ("吴师傅", "这是您所在的支部"),  # no member, but he works for its line
    ],
)
def test_nobody_judges_his_own_branch(cast: Cast, name: str, why: str) -> None:
    mission = verified(cast)
    named(cast, name)
    with pytest.raises(MarkProblem, match=why):
        give(cast, mission, name, 5)
    assert not PanelMark.objects.exists()


def test_nobody_judges_what_he_verified_called_or_took_part_in(cast: Cast) -> None:
    seen = verified(cast, by="陈技术员")
    named(cast, "陈技术员", "赵安全员", "高书记")
    with pytest.raises(MarkProblem, match="这次出动由您核实，不能评"):
        give(cast, seen, "陈技术员", 5)
    # a team that a man of another branch goes out with, and that the safety officer called
    team = teams.found(
        plant=cast.plant, code="TJ9", name="联合突击队", kind="shock_tech", purpose="攻关", body=cast.body["QL-B1"], on=SINCE,
        by=cast.account["王书记"], at=AT,
    )  # fmt: skip
    for name, role in (("李班长", "leader"), ("高书记", "member")):
        teams.join(
            team=team, person=cast.person[name], role=role, duties="", on=SINCE, by=cast.account["王书记"], at=AT
        )
    out = missions.call(team=team, unit=cast.unit["QL-R1"], why="攻关", by=cast.account["赵安全员"], at=AT)
    missions.report(mission=out, report="改了", effect="好了", by=cast.account["李班长"], at=AT)
    missions.verify(mission=out, holds=True, verdict="属实", by=cast.account["陈技术员"], at=AT)
    with pytest.raises(MarkProblem, match="您是联合突击队的队员，不能评"):
        give(cast, out, "高书记", 5)
    with pytest.raises(MarkProblem, match="这次出动由您调用，不能评"):
        give(cast, out, "赵安全员", 5)
    give(cast, seen, "高书记", 5)


def test_who_moved_away_since_still_stands_back_for_the_month_he_was_there(cast: Cast) -> None:
    mission = verified(cast)
    named(cast, "何组长")
    member = cast.person["何组长"].memberships.get()
    member.until_on = dt.date(2026, 3, 20)
    member.save()
    cast.person["何组长"].posts.update(until_on=dt.date(2026, 3, 20))
    cast.person["何组长"].engagements.update(until_on=dt.date(2026, 3, 20))
    with pytest.raises(MarkProblem, match="这是您所在的支部"):
        give(cast, mission, "何组长", 3)


def test_only_who_was_named_marks_and_only_while_he_is(cast: Cast) -> None:
    mission = verified(cast)
    with pytest.raises(MarkProblem, match="您现在不是 C4 的评审人"):
        give(cast, mission, "高书记", 5)
    [reviewer] = named(cast, "高书记")
    give(cast, mission, "高书记", 4)
    marks.end_reviewer(reviewer=reviewer, on=dt.date(2026, 4, 1), by=cast.account["孙干事"], at=LATER)
    with pytest.raises(MarkProblem, match="您现在不是 C4 的评审人"):
        give(cast, mission, "高书记", 5)
    assert PanelMark.objects.get().step == 4, "what he gave stands"


def test_nobody_names_himself_nor_for_an_item_without_a_panel(cast: Cast) -> None:
    with pytest.raises(MarkProblem, match="不能自己指定自己"):
        named(cast, "孙干事")
    with pytest.raises(MarkProblem, match="“D1”不由评审人评"):
        named(cast, "高书记", item="D1")
    with pytest.raises(MarkProblem, match="应是本厂有账号的人"):
        named(cast, "邻厂书记")
    named(cast, "高书记")
    with pytest.raises(MarkProblem, match="已经是 C4 的评审人"):
        named(cast, "高书记")


def test_a_reason_a_step_of_the_five_and_a_record_of_the_month_are_needed(cast: Cast) -> None:
    mission = verified(cast)
    named(cast, "高书记")
    for rest, why in (
        ({"step": 6}, "1 到 5 档"),
        ({"step": 0}, "1 到 5 档"),
        ({"step": 3, "reason": "  "}, "请写明理由"),
        ({"step": 3, "record": "999"}, "没有这一件待评"),
        ({"step": 3, "month": Period.month(2026, 4)}, "没有这一件待评"),
        ({"step": 3, "item": "D1"}, "D1 不是评审项"),
    ):
        with pytest.raises(MarkProblem, match=why):
            give(cast, mission, "高书记", **rest)  # type: ignore[arg-type]
    assert not PanelMark.objects.exists()


def test_a_closed_month_takes_no_more_marks(cast: Cast, sheet: SheetVersion) -> None:
    mission = verified(cast)
    named(cast, "高书记")
    run = Run.objects.create(plant=cast.plant, sheet=sheet, month=202603, number=1, at=AT, digest="d" * 64)
    Closing.objects.create(
        plant=cast.plant, month=202603, state="closed", run=run, proposed_by=cast.account["孙干事"], proposed_at=AT
    )
    with pytest.raises(Closed, match="2026-03 已关账"):
        give(cast, mission, "高书记", 5)


def test_a_reviewer_is_asked_for_what_he_may_judge_and_told_why_he_stands_back(cast: Cast) -> None:
    mission = verified(cast)
    named(cast, "高书记", "马主任")
    on = dt.date(2026, 4, 2)
    [asked] = queries.waiting(scope=cast.scope("高书记", on), on=on)
    assert (asked.subject.record, asked.branch, asked.open) == (str(mission.pk), "转炉党支部", True)
    assert dict(asked.subject.evidence)["核实"] == "现场看过，水套已换"
    [back] = queries.waiting(scope=cast.scope("马主任", on), on=on)
    assert not back.open and "您所在的支部" in back.stake
    give(cast, mission, "高书记", 4)
    [done] = queries.waiting(scope=cast.scope("高书记", on), on=on)
    assert done.mine is not None and not done.open
    assert queries.waiting(scope=cast.scope("赵安全员", on), on=on) == []
    [told] = queries.progress(plant=cast.plant, item="C4", month=MARCH, needed=3)
    assert (told.given, told.needed) == (1, 3)
