"""A roster comes in whole or not at all, tells every fault with its cell, and changes nothing the second time."""

import datetime as dt
from typing import Any

import pytest

from ronglu.kernel.org.roster_in import ForbiddenColumns
from ronglu.store.models import AuditEntry, Engagement, Membership, Person, Post
from ronglu.work import rosters_in
from ronglu.work.rosters_in import BadRoster
from tests.work.plant import ON, SINCE, THE_14TH, Story, story  # noqa: F401

HEAD = [
    "工号",
    "姓名",
    "单位",
    "班组",
    "党支部",
    "党小组",
    "党员类别",
    "编入依据",
    "入党时间",
    "党内职务",
    "职务",
    "技能等级",
]
LI = [
    "Q001",
    "李班长",
    "一线",
    "甲班",
    "一支部",
    "甲组",
    "正式",
    "在班",
    dt.date(2015, 7, 1),
    "组长",
    "横大班长",
    "高级工、技师",
]
ZHOU = ["Q101", "周统计员", "机关", "", "二支部", "", "预备党员", "服务对象", "2025.11.3", "", "统计员", ""]
ZHENG = ["Q102", "郑师傅", "一线", "乙班", "", "", "群众", "", "", "", "配料", ""]


def take(story: Story, *rows: list[Any], on: dt.date = ON, **more: Any) -> rosters_in.Plan:
    return rosters_in.take(plant=story.plant, rows=[HEAD, *rows], on=on, **story.who, **more)


def everything() -> list[list[tuple[Any, ...]]]:
    tables = (Person, Engagement, Membership, Post)
    return [list(table.objects.order_by("pk").values_list()) for table in tables]


def test_new_people_come_with_work_membership_and_posts(story: Story) -> None:
    plan = take(story, LI, ZHOU, ZHENG)
    assert (plan.people, plan.new, plan.corrected) == (3, ["Q101", "Q102"], ["Q001"])
    li, zhou = Person.objects.get(staff_no="Q001"), Person.objects.get(staff_no="Q101")
    assert (li.joined_on, li.grades) == (dt.date(2015, 7, 1), ["高级工", "技师"])
    assert (zhou.joined_on, zhou.initials[0]) == (dt.date(2025, 11, 3), "z")
    belongs = Membership.objects.get(person=zhou)
    assert (belongs.body.code, belongs.status, belongs.basis, belongs.from_on) == (
        "B-二支部",
        "probationary",
        "service",
        ON,
    )
    assert Engagement.objects.get(person__staff_no="Q102").unit.code == "U-乙班"
    assert not Membership.objects.filter(person__staff_no="Q102").exists()
    posts = set(Post.objects.values_list("person__staff_no", "role", "body__code", "unit__code"))
    assert posts == {
        ("Q001", "leader", "B-甲组", None), ("Q001", "crew_leader", None, "U-甲班"), ("Q101", "statistician", None, "U-机关"),
    }  # fmt: skip
    assert plan.let_go == ["K4 “配料”"]


def test_the_same_roster_again_changes_no_row(story: Story) -> None:
    take(story, LI, ZHOU, ZHENG)
    before, trail = everything(), AuditEntry.objects.count()
    for day in (ON, ON + dt.timedelta(days=1)):
        assert take(story, LI, ZHOU, ZHENG, on=day).changes == 0
    assert everything() == before and AuditEntry.objects.count() == trail


def test_one_wrong_row_and_nothing_is_stored(story: Story) -> None:
    before = everything()
    with pytest.raises(BadRoster):
        take(story, ZHOU, [*ZHENG[:2], "三线", *ZHENG[3:]])
    assert everything() == before


def test_every_fault_is_told_at_once_with_its_cell(story: Story) -> None:
    rows = [
        ["", "无名", "一线", "甲班", "", "", "", "", "", "", "", ""],
        ["Q201", "", "三线", "", "", "", "", "", "", "", "", ""],
        ["Q202", "甲", "一线", "丙班", "一支部", "丙组", "老党员", "", "七月一日", "", "", ""],
        ["Q202", "乙", "", "", "二支部", "", "群众", "", "2015-02-30", "主席", "", ""],
        ["Q203", "丙", "", "", "二支部", "", "", "", "", "", "", ""],
        ["Q204", "丁", "", "", "", "", "正式", "", "", "", "", ""],
    ]
    with pytest.raises(BadRoster) as caught:
        take(story, *rows)
    assert list(caught.value.problems) == [
        "A2：工号不能为空",
        "B3：姓名不能为空",
        "C3：没有叫“三线”的单位",
        "G4：“老党员”不认识，应为正式、预备、群众之一",
        "I4：“七月一日”不是日期，应写成 2015-07-01 的样子",
        "F4：没有叫“丙组”的党小组",
        "D4：没有叫“丙班”的班组",
        "J5：“主席”不认识，应为书记、副书记、组织委员、宣传委员、纪检委员、委员、组长、无之一",
        "I5：“2015-02-30”不是日期，应写成 2015-07-01 的样子",
        "A5：工号 Q202 与第 4 行重复",
        "E5：乙不是党员，不能编入党组织",
        "E6：丙编入党组织须填写党员类别（正式、预备）",
        "G7：丁是党员，须填写所在党组织",
    ]


def test_a_transfer_in_the_roster_cuts_the_stay_on_the_day_and_blank_cells_keep_what_was(story: Story) -> None:
    take(story, ["Q001", "李班长", "", "乙班", "", "", "", "", "", "", "", ""], on=THE_14TH)
    li = story.person["李班长"]
    assert list(Engagement.objects.filter(person=li).order_by("from_on").values_list("unit__code", "until_on")) == [
        ("U-甲班", THE_14TH),
        ("U-乙班", None),
    ]
    assert list(Membership.objects.filter(person=li).values_list("body__code", "until_on")) == [("B-甲组", None)]


def test_a_roster_entered_late_leaves_a_later_transfer_as_it_was(story: Story) -> None:
    take(story, ["Q001", "李班长", "二线", "", "", "", "", "", "", "", "", ""], on=ON)
    take(story, ["Q001", "李班长", "", "乙班", "", "", "", "", "", "", "", ""], on=THE_14TH)
    rows = Engagement.objects.filter(person=story.person["李班长"]).order_by("from_on")
    assert list(rows.values_list("unit__code", "from_on", "until_on")) == [
        ("U-甲班", SINCE, THE_14TH),
        ("U-乙班", THE_14TH, ON),
        ("U-二线", ON, None),
    ]


def test_a_dry_run_says_what_would_happen_and_stores_nothing(story: Story) -> None:
    before = everything()
    plan = rosters_in.dry_run(plant=story.plant, rows=[HEAD, ZHOU], on=ON)
    assert plan.new == ["Q101"] and plan.problems == [] and everything() == before
    wrong = rosters_in.dry_run(plant=story.plant, rows=[[*HEAD, "民族"], [*ZHOU, "某"]], on=ON)
    assert (
        wrong.problems == ["M1 “民族”：民族不保存，与本系统用途无关。请在文件中删去这一列后再导入"]
        and wrong.people == 0
    )


def test_a_forbidden_column_stops_the_roster_before_any_person_is_read(story: Story) -> None:
    before = everything()
    with pytest.raises(ForbiddenColumns, match="身份证"):
        rosters_in.take(plant=story.plant, rows=[[*HEAD, "身份证号"], [*ZHOU, "000"]], on=ON, **story.who)
    assert everything() == before


def test_unknown_columns_are_ignored_only_on_the_user_s_word(story: Story) -> None:
    rows = [[*HEAD, "备注说明"], [*ZHOU, "随手记"]]
    with pytest.raises(BadRoster, match="确认忽略"):
        rosters_in.take(plant=story.plant, rows=rows, on=ON, **story.who)
    rosters_in.take(plant=story.plant, rows=rows, on=ON, ignore={"备注说明"}, **story.who)
    assert "随手记" not in str(everything())


def test_a_staff_number_of_another_plant_is_not_taken_over(story: Story) -> None:
    from ronglu.store.models import Plant

    other = Plant.objects.create(code="yunling", name="云岭厂")
    Person.objects.create(plant=other, staff_no="Q101", name="周统计员")
    with pytest.raises(BadRoster, match="已在另一个厂登记"):
        take(story, ZHOU)


def test_a_committee_seat_of_someone_in_a_group_is_the_seat_of_the_branch(story: Story) -> None:
    take(story, ["Q002", "王书记", "", "", "", "", "", "", "", "书记", "", ""])
    assert list(Post.objects.values_list("role", "body__code")) == [("secretary", "B-一支部")]


def test_a_staff_number_kept_as_a_number_is_read_without_decimals(story: Story) -> None:
    take(story, [10086.0, "周统计员", *ZHOU[2:]])
    assert Person.objects.filter(staff_no="10086").exists()


def test_two_hundred_people_cost_as_many_queries_as_two(story: Story, django_assert_max_num_queries: Any) -> None:
    many = [[f"R{n:04}", f"职工{n}", *ZHOU[2:]] for n in range(200)]
    with django_assert_max_num_queries(24):
        take(story, *many)
