"""The goal tree: one below the other, figures from the records, told by one and judged by another, laid before a meeting."""

import datetime as dt
from typing import Any

import pytest

from ronglu.config.plant import pack_of
from ronglu.kernel.annual.errors import AnnualTrouble
from ronglu.kernel.table import Row, TableFaults
from ronglu.store.models import AgendaRow, AuditEntry, BodyState, Gathering, Goal, IndicatorRow, Membership, Plan
from ronglu.work import goals, themes
from ronglu.work.queries import goals as queries
from ronglu.work.queries import themes as theme_queries
from ronglu.work.queries.places import Places
from ronglu.work.tables import goals as table
from tests.cast import AT, ON, Cast, cast  # noqa: F401
from tests.work.planned import goal, key_task, meeting, programme, said, theme

pytestmark = pytest.mark.django_db


def tree(cast: Cast, name: str = "孙干事", **only: Any) -> queries.GoalTree:
    known = pack_of(cast.plant.code).indicators
    return queries.tree(places=Places(cast.plant, ON), year=2026, scope=cast.scope(name), known=known, **only)


def drawn(found: queries.GoalTree) -> list[str]:
    def walk(rows: list[queries.GoalRow], depth: int) -> list[str]:
        return [line for row in rows for line in ["." * depth + row.goal.code, *walk(row.parts, depth + 1)]]

    return walk(found.roots, 0)


def down(cast: Cast) -> list[Goal]:
    """厂 → 支部 → 党小组 → 党员."""
    top = goal(cast)
    branch = goal(cast, "QL-B1", "转炉线产量完成全年计划", parent=top, weight=60)
    group = goal(cast, "QL-B1-甲", "甲班产量不欠", by="王书记", parent=branch)
    duty = goal(cast, "QL-B1-甲", "盯住炉前配料", by="何组长", parent=group, person=cast.person["李班长"])
    return [top, branch, group, duty]


@pytest.mark.covers("S0-03", "S4-02")
def test_the_years_goals_go_from_the_plant_to_a_members_duty(cast: Cast) -> None:
    down(cast)
    assert drawn(tree(cast)) == ["1", ".1.1", "..1.1.1", "...1.1.1.1"]
    assert [row.level for row in tree(cast).rows.values()] == ["committee", "branch", "group", "member"]


def test_a_duty_is_seen_by_its_member_and_those_who_look_after_him_alone(cast: Cast) -> None:
    duty = down(cast)[-1]
    see = {
        name
        for name in ("李班长", "何组长", "王书记", "孙干事", "郑师傅", "周统计员")
        if duty.pk in tree(cast, name).rows
    }
    assert see == {"李班长", "何组长", "王书记", "孙干事"}
    assert queries.goal_of(scope=cast.scope("郑师傅"), pk=duty.pk) is None


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"body": "QL-B2-甲", "parent": 1}, "另一个党组织"),
        ({"body": "QL-C", "parent": 1}, "一级挂一级"),
        ({"body": "QL-B1-甲", "parent": 1, "weight": 0}, "1 到 100 之间"),
        ({"body": "QL-B1-甲", "parent": 1, "person": "郑师傅"}, "不在这个党组织"),
        ({"body": "QL-B1", "weight": 50}, "最上层的目标不填权重"),
        ({"body": "QL-B1", "indicator": "SM-01"}, "要么都填"),
        ({"body": "QL-B1", "code": "1"}, "已有编号 1"),
        ({"body": "QL-B1", "due_on": dt.date(2027, 1, 1)}, "期限应在 2026 年内"),
        ({"body": "QL-B1", "title": " "}, "请填写目标"),
    ],
)  # fmt: skip
def test_a_goal_that_does_not_fit_is_refused_in_words(cast: Cast, more: dict[str, Any], words: str) -> None:
    made = [goal(cast), goal(cast, "QL-B1", "支部目标")]
    if "parent" in more:
        more = more | {"parent": made[more["parent"]]}
    if "person" in more:
        more = more | {"person": cast.person[more["person"]]}
    with pytest.raises(Exception, match=words):
        goal(cast, **more)
    assert Goal.objects.count() == 2


def test_the_parts_of_a_goal_never_weigh_more_than_the_whole(cast: Cast) -> None:
    top = goal(cast)
    goal(cast, "QL-B1", parent=top, weight=60)
    with pytest.raises(AnnualTrouble, match="1 到 40 之间"):
        goal(cast, "QL-B2", parent=top, weight=50)
    goal(cast, "QL-B2", parent=top, weight=40)
    assert tree(cast).gaps.weights == ()


def test_a_goal_cannot_be_hung_under_itself(cast: Cast) -> None:
    top, *_rest = down(cast)
    second = goal(cast, title="第二个")
    goals.change(goal=second, parent=top, **said(cast, "孙干事"))
    with pytest.raises(AnnualTrouble, match="挂在自己下面"):
        goals.change(goal=Goal.objects.get(pk=top.pk), parent=Goal.objects.get(pk=second.pk), **said(cast, "孙干事"))


@pytest.mark.covers("S0-10", "S4-02")
def test_plan_and_actual_come_from_the_records(cast: Cast) -> None:
    line = cast.unit["QL-R1"]
    one = goal(cast, "QL-B1", unit=line, indicator="SM-01")
    assert tree(cast).rows[one.pk].figure.state == "missing"  # type: ignore[union-attr]
    Plan.objects.create(unit=line, indicator="SM-01", period="2026", value="435000")
    row = IndicatorRow.objects.create(
        plant=cast.plant, unit=line, indicator="SM-01", grain="year", period="2026", month=202603, value="80000", plan="81000",
        covered=200, expected=204,
    )  # fmt: skip
    found = tree(cast).rows[one.pk].figure
    assert found is not None
    assert [str(one) for one in (found.whole, found.due, found.actual)] == ["435000.00", "81000.00", "80000.00"]
    assert found.state == "behind"
    IndicatorRow.objects.filter(pk=row.pk).update(value="81000")
    assert tree(cast).rows[one.pk].figure.state == "good"  # type: ignore[union-attr]


@pytest.mark.covers("S0-10")
def test_a_lecture_is_tied_to_the_goal_and_its_row_of_the_plan(cast: Cast) -> None:
    one = goal(cast, "QL-B1", unit=cast.unit["QL-R1"], indicator="SM-01")
    class_ = meeting(cast, state="planned")
    goals.lay_before(goal=one, gathering=class_, figures={"actual": "80000", "unit": "t"}, **said(cast, "王书记"))
    row = AgendaRow.objects.get()
    assert (row.unit, row.indicator, row.source, row.figures["actual"]) == (
        cast.unit["QL-R1"],
        "SM-01",
        "indicator",
        "80000",
    )
    assert [told.gathering for told in queries.told_in(one)] == [class_]
    with pytest.raises(AnnualTrouble, match="已有这个目标"):
        goals.lay_before(goal=one, gathering=class_, figures={}, **said(cast, "王书记"))
    with pytest.raises(AnnualTrouble, match="没有挂指标"):
        goals.lay_before(goal=goal(cast), gathering=class_, figures={}, **said(cast, "王书记"))
    with pytest.raises(AnnualTrouble, match="不能再加议程"):
        goals.lay_before(goal=one, gathering=meeting(cast), figures={}, **said(cast, "王书记"))


def test_who_tells_a_result_does_not_judge_it_nor_does_whose_duty_it_is(cast: Cast) -> None:
    duty = down(cast)[-1]
    goals.tell(goal=duty, words="每班核一次，配料偏差没有超", **said(cast, "何组长"))
    for name in ("何组长", "李班长"):
        with pytest.raises(AnnualTrouble, match="另一人核"):
            goals.judge(goal=duty, verdict="reached", reason="", **said(cast, name))
    with pytest.raises(AnnualTrouble, match="退回请写明理由"):
        goals.judge(goal=duty, verdict="back", reason=" ", **said(cast, "王书记"))
    goals.judge(goal=duty, verdict="reached", reason="", **said(cast, "王书记"))
    assert (duty.state, duty.judged_by) == ("reached", cast.account["王书记"])
    with pytest.raises(AnnualTrouble, match="已达到，不能再改"):
        goals.change(goal=duty, title="改", **said(cast, "何组长"))


def test_a_goal_with_parts_is_not_dropped_before_them(cast: Cast) -> None:
    *_rest, group, duty = down(cast)
    with pytest.raises(AnnualTrouble, match="先撤下面的"):
        goals.drop(goal=group, reason="并入另一项", **said(cast, "王书记"))
    goals.drop(goal=duty, reason="岗位调整", **said(cast, "王书记"))
    goals.drop(goal=group, reason="并入另一项", **said(cast, "王书记"))
    assert group.state == "dropped" and group.reason == "并入另一项"
    assert set(AuditEntry.objects.values_list("verb", flat=True)) == {"goals.set", "goals.drop"}


@pytest.mark.covers("S0-01", "S0-36", "S3-41")
def test_plan_objects_hang_under_themes_and_are_looked_at_by_theme(cast: Cast) -> None:
    year, again = theme(cast), theme(cast, "again")
    top = goal(cast, theme=year)
    goal(cast, "QL-B1", parent=top, theme=again)
    goal(cast, "QL-B2", title="另一个")
    key_task(cast, theme=again)
    programme(cast, theme=year)
    assert drawn(tree(cast, theme=again.pk)) == ["1", ".1.1"]  # the goal above stays in sight
    assert drawn(tree(cast, theme=year.pk)) == ["1"]
    rows = {
        row.theme: (row.goals, row.key_tasks, row.programmes)
        for row in theme_queries.listed(plant=cast.plant, year=2026)
    }
    assert rows == {year: (1, 0, 1), again: (1, 1, 0)}


@pytest.mark.covers("S0-01", "S0-43", "S3-41")
def test_a_theme_has_its_level_and_years_and_the_plant_may_call_it_otherwise(cast: Cast) -> None:
    field = theme(cast, "lean", name="精益生产")
    assert (field.kind, field.name, field.level, field.first_year, field.last_year) == (
        "field",
        "精益生产",
        "plant",
        2026,
        2030,
    )
    assert theme(cast).level == "group"
    with pytest.raises(AnnualTrouble, match="已有主题“精益生产”"):
        themes.add(
            plant=cast.plant,
            kind="year",
            name="精益生产",
            level="plant",
            first_year=2026,
            last_year=2026,
            **said(cast, "孙干事"),
        )
    with pytest.raises(AnnualTrouble, match="末年应在"):
        themes.change(theme=field, name="精益", last_year=2025, source="", **said(cast, "孙干事"))
    themes.change(theme=field, name="精益管理年", last_year=2027, source="厂发 1 号", **said(cast, "孙干事"))
    assert list(theme_queries.of_year(plant=cast.plant, year=2028)) == []


def rows(*given: dict[str, Any]) -> list[Row]:
    blank = dict.fromkeys(("parent", "person", "theme", "weight", "unit", "indicator", "due_on"))
    return [Row("表", no, blank | {"year": 2026, "grip": "benefit"} | one) for no, one in enumerate(given, 1)]


def take(cast: Cast, *given: dict[str, Any], by: str = "孙干事") -> Any:
    return table.take(plant=cast.plant, pack=pack_of(cast.plant.code), rows=rows(*given), by=cast.account[by], at=AT)


@pytest.mark.covers("S0-03", "S4-02")
def test_a_tree_comes_from_a_workbook_in_any_order_and_a_second_time_changes_nothing(cast: Cast) -> None:
    theme(cast)
    b1, b2, top = cast.body["QL-B1"].pk, cast.body["QL-B2"].pk, cast.body["QL-C"].pk
    given = [
        {
            "code": "1.1",
            "parent": "1",
            "body": b1,
            "title": "转炉线",
            "weight": 50,
            "unit": cast.unit["QL-R1"].pk,
            "indicator": "SM-01",
        },
        {"code": "1.2", "parent": "1", "body": b2, "title": "精炼线", "weight": 50},
        {"code": "1", "body": top, "title": "全厂产量", "theme": "基层党建推进年"},
    ]
    done = take(cast, *given)
    assert (done.new, done.changed, done.unchanged) == (3, 0, 0)
    assert drawn(tree(cast)) == ["1", ".1.1", ".1.2"]
    again = take(cast, *given)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 3)
    given[0]["weight"], given[1]["weight"] = 70, 30
    moved = take(cast, *given)
    assert (moved.changed, moved.unchanged) == (2, 1)
    assert list(Goal.objects.order_by("code").values_list("weight", flat=True)) == [None, 70, 30]


def test_everything_wrong_in_a_table_is_told_by_its_cell(cast: Cast) -> None:
    b1 = cast.body["QL-B1"].pk
    given = [
        {"code": "1", "body": b1, "title": "甲", "theme": "没有的主题"},
        {"code": "2", "parent": "9", "body": b1, "title": "乙"},
        {"code": "3", "body": b1, "title": "丙", "person": "00000"},
        {"code": "4", "body": b1, "title": "丁", "indicator": "SM-01"},
    ]
    with pytest.raises(TableFaults) as told:
        take(cast, *given)
    assert [(one.row.number, one.column) for one in told.value.faults] == [
        (1, "theme"),
        (2, "parent"),
        (3, "person"),
        (4, "code"),
    ]


def test_a_secretary_brings_no_goals_of_another_branch(cast: Cast) -> None:
    with pytest.raises(TableFaults, match="不由您定"):
        take(cast, {"code": "1", "body": cast.body["QL-B2"].pk, "title": "甲"}, by="王书记")


def test_what_is_written_out_is_read_back_unchanged(cast: Cast) -> None:
    down(cast)
    pack, places = pack_of(cast.plant.code), Places(cast.plant, ON)
    declared = table.declare(plant=cast.plant, pack=pack, on=ON)
    assert tuple(one.label for one in declared.columns) == table.HEADS
    (first, *_rest) = table.cells(
        queries.visible(plant=cast.plant, year=2026, scope=cast.scope("孙干事")), places=places, pack=pack
    )
    assert first == [
        2026,
        "1",
        "",
        "青岚冶炼厂党委",
        "",
        "粗铜产量完成全年计划",
        "抓创效要生产力",
        "",
        None,
        "",
        "",
        dt.date(2026, 12, 31),
    ]


def test_what_was_told_meanwhile_is_not_lost_to_a_change_begun_before(cast: Cast) -> None:
    one = goal(cast, "QL-B1")
    before = Goal.objects.get(pk=one.pk)
    goals.tell(goal=one, words="完成 98%", **said(cast, "王书记"))
    with pytest.raises(AnnualTrouble, match="已报结果，待核，不能再改"):
        goals.change(goal=before, title="改", **said(cast, "孙干事"))
    one.refresh_from_db()
    assert (one.state, one.words) == ("told", "完成 98%")


def test_weights_of_parts_that_the_reader_does_not_see_are_counted_all_the_same(cast: Cast) -> None:
    """郑师傅 sees one duty of two; the group's goal is broken down whole."""
    group = goal(cast, "QL-B2-甲", "精炼甲班不欠产")
    for name, weight in (("郑师傅", 40), ("高书记", 60)):
        person = cast.person[name]
        Membership.objects.filter(person=person).update(body=cast.body["QL-B2-甲"])
        goal(cast, "QL-B2-甲", f"{name}的职责", parent=group, person=person, weight=weight)
    told = tree(cast, "郑师傅")
    assert len(told.rows) == 2 and told.gaps.weights == ()


def test_nothing_is_laid_before_a_meeting_that_closed_meanwhile(cast: Cast) -> None:
    one = goal(cast, "QL-B1", unit=cast.unit["QL-R1"], indicator="SM-01")
    ahead = meeting(cast, state="planned")
    Gathering.objects.filter(pk=ahead.pk).update(state="closed")
    with pytest.raises(AnnualTrouble, match="不能再加议程"):
        goals.lay_before(goal=one, gathering=ahead, figures={}, **said(cast, "王书记"))


def test_a_goal_outlives_a_body_that_moved_and_a_member_who_left(cast: Cast) -> None:
    """The group came under another branch and 李班长 left it: what was set is still put right, and newly hung only where it fits."""
    _top, branch, group, duty = down(cast)
    BodyState.objects.filter(body=cast.body["QL-B1-甲"]).update(parent=cast.body["QL-B2"])
    Membership.objects.filter(person=cast.person["李班长"]).update(body=cast.body["QL-B2"])
    for one in (group, duty):
        assert goals.change(goal=one, title="改过的", **said(cast, "孙干事")).title == "改过的"
    other = goal(cast, "QL-B2", "精炼线产量")
    goals.change(goal=group, parent=other, **said(cast, "孙干事"))
    with pytest.raises(AnnualTrouble, match="是另一个党组织的"):
        goals.change(goal=group, parent=branch, **said(cast, "孙干事"))
    with pytest.raises(AnnualTrouble, match="不在这个党组织里"):
        goal(cast, "QL-B1-甲", "盯住炉后", parent=group, person=cast.person["李班长"])
