"""The annual plan in the browser: the tree, a branch's year, key tasks side by side, programmes, platforms, themes."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ronglu.config.plant import packs
from ronglu.kernel.annual.errors import AnnualTrouble
from ronglu.kernel.annual.joint import Joint
from ronglu.store.models import (
    AgendaRow,
    BodyState,
    Case,
    Goal,
    IndicatorRow,
    KeyTask,
    Plan,
    Platform,
    Programme,
    Theme,
)
from ronglu.work import cases, goals, programmes
from tests.cast import AT, Cast, cast, make_cast
from tests.web.pages import WIDTHS, Look, check
from tests.web.test_teams import get, lines, post, text, the_10th_of_march
from tests.work import planned
from tests.work.planned import FIRST, confirm, goal, key_task, meeting, platform, programme, said, task_of, theme
from tests.work.test_platforms import used

__all__ = ["cast", "the_10th_of_march"]
GOAL = {"grip": "benefit", "due_on": "2026-12-31"}


@pytest.mark.covers("S0-03", "S4-02")
def test_the_tree_grows_from_the_plant_to_a_member_in_the_browser(cast: Cast) -> None:
    post(cast, "孙干事", "goal_new", body=cast.body["QL-C"].pk, title="全厂产量", **GOAL)
    top = Goal.objects.get()
    assert "还没有分解到支部" in text(cast, "孙干事", "goals")
    given = {"parent": top.pk, "weight": "100", **GOAL}
    assert post(cast, "王书记", "goal_new", body=cast.body["QL-B1"].pk, title="转炉线产量", **given).status_code == 302
    branch = Goal.objects.get(code="1.1")
    own = {"parent": branch.pk, "person": "20101", **GOAL}
    assert post(cast, "何组长", "goal_new", body=cast.body["QL-B1-甲"].pk, title="盯住配料", **own).status_code == 302
    page = text(cast, "李班长", "goals")
    for words in ("1 全厂产量", "1.1 转炉线产量", "1.1.1 盯住配料", "我的职责"):
        assert words in page
    assert "盯住配料" not in text(cast, "郑师傅", "goals")
    assert "还没有分解到支部" not in text(cast, "孙干事", "goals")


def test_a_secretary_is_offered_his_own_bodies_alone_and_refusals_keep_the_draft(cast: Cast) -> None:
    form = get(cast, "王书记", "goal_new").context["form"]
    assert [label.split("（")[0] for _key, label in form.fields["body"].choices][1:] == [
        "转炉党支部",
        "转炉甲班党小组",
        "转炉乙班党小组",
    ]
    answer = post(cast, "王书记", "goal_new", body=cast.body["QL-B1"].pk, title="转炉线产量", weight="30", **GOAL)
    assert answer.status_code == 422 and "最上层的目标不填权重" in answer.content.decode()
    assert "转炉线产量" in answer.content.decode()


def figured(cast: Cast) -> Goal:
    line = cast.unit["QL-R1"]
    Plan.objects.create(unit=line, indicator="SM-01", period="2026", value="435000")
    IndicatorRow.objects.create(
        plant=cast.plant, unit=line, indicator="SM-01", grain="year", period="2026", month=202603, value="80000", plan="81000",
        covered=200, expected=204,
    )  # fmt: skip
    return goal(cast, "QL-B1", "转炉线产量", unit=line, indicator="SM-01")


@pytest.mark.covers("S0-10")
def test_the_years_plan_and_actual_stand_on_the_goal_and_go_to_the_lecture(cast: Cast) -> None:
    one, class_ = figured(cast), meeting(cast, state="planned")
    page = text(cast, "王书记", "goal", one.pk)
    for words in ("435,000.00", "落后计划", "200 / 204", "还没有会讲过"):
        assert words in page, words
    assert post(cast, "王书记", "goal_deed", one.pk, "lay", gathering=class_.pk).status_code == 302
    assert AgendaRow.objects.get().figures == {
        "plan": "435000.00",
        "due": "81000.00",
        "actual": "80000.00",
        "unit": "t",
    }
    assert "形势任务党课" in text(cast, "吴师傅", "goal", one.pk)
    told = get(cast, "王书记", "goal_deed", one.pk, "tell").context["form"]["words"].value()
    assert "实际" in told and "应完成" in told  # nothing typed that the records hold


def test_a_result_is_judged_from_above_and_by_another_hand(cast: Cast) -> None:
    top = goal(cast)
    one = goal(cast, "QL-B1", "支部目标", parent=top)
    post(cast, "王书记", "goal_deed", one.pk, "tell", words="做到了")
    assert get(cast, "王书记", "goal_deed", one.pk, "judge").status_code == 404
    assert "1 个目标报了结果" in get(cast, "孙干事", "inbox_others").content.decode()
    assert "报了结果" not in get(cast, "王书记", "inbox_others").content.decode()
    assert post(cast, "孙干事", "goal_deed", one.pk, "judge", verdict="reached").status_code == 302
    one.refresh_from_db()
    assert one.state == "reached"


@pytest.mark.covers("S0-01", "S0-36", "S0-43", "S3-41")
def test_themes_are_taken_renamed_and_the_plan_is_looked_at_by_one(cast: Cast) -> None:
    assert "系统默认，可修改" in text(cast, "孙干事", "themes")
    post(cast, "孙干事", "theme_take", "again", name="再深入、再抓实", year="2026")
    post(
        cast,
        "孙干事",
        "theme_new",
        name="纪律作风建设年",
        kind="year",
        level="company",
        first_year="2026",
        last_year="2026",
    )
    again = Theme.objects.get(code="again")
    goal(cast, theme=again)
    goal(cast, title="别的目标")
    page = text(cast, "王书记", "goals", theme=str(again.pk))
    assert "粗铜产量" in page and "别的目标" not in page
    assert [row[5] for row in lines(get(cast, "王书记", "goals_export", theme=str(again.pk)))[1:]] == [
        "粗铜产量完成全年计划"
    ]
    listed = text(cast, "王书记", "themes")
    assert "专项主题" in listed and "再深入、再抓实" in listed and "集团公司" in listed
    assert "可以取用的" not in listed


@pytest.mark.covers("S1-11")
def test_two_sides_confirm_and_the_page_says_what_is_missing(cast: Cast, settings: Any) -> None:
    settings.TODAY = "2026-03-10"
    given = {
        "title": "降低吨铜煤耗",
        "body": cast.body["QL-B1"].pk,
        "party": "20102",
        "line": "20107",
        "grip": "benefit",
    }
    assert post(cast, "王书记", "key_task_new", first="2026-03-10", last="2026-06-18", **given).status_code == 302
    task = KeyTask.objects.get()
    stage = planned.stage(task)
    assert "共同环节等您这一边确认" in get(cast, "马主任", "inbox_others").content.decode()
    assert "等我确认" not in text(cast, "马主任", "key_tasks")  # not due today yet: in the inbox, not on the list
    assert post(cast, "王书记", "key_task_stage", stage.pk, "confirm", yes="1").status_code == 302
    assert get(cast, "王书记", "key_task_stage", stage.pk, "confirm").status_code == 404
    settings.TODAY = "2026-03-16"
    page = text(cast, "李班长", "key_task", task.pk)
    assert "到期还缺" in page and "同谋划：行政（马主任）" in page
    assert "缺 1 个环节" in text(cast, "李班长", "key_tasks")
    head, first, *_rest = lines(get(cast, "孙干事", "key_tasks_export"))
    assert head[:4] == ["重点任务", "党组织", "环节", "期限"] and first[2] == "同谋划" and first[-1] == "到期没办"


@pytest.mark.covers("S0-35", "S1-08", "S2-03", "S0-34")
def test_a_programme_is_opened_reported_by_the_branch_and_checked(cast: Cast) -> None:
    chosen = {
        "title": "主题教育",
        "body": cast.body["QL-C"].pk,
        "bodies": [cast.body["QL-B1"].pk],
        "first": "2026-03-10",
    }
    assert post(cast, "孙干事", "programme_new", "themed_education", **chosen).status_code == 302
    row, held = Programme.objects.get(), meeting(cast)
    task = task_of(row, cast)
    shown = [
        label
        for _key, label in get(cast, "王书记", "programme_task", task.pk, "report")
        .context["form"]
        .fields["gathering"]
        .choices
    ]
    assert shown == ["不指会议", "03-10 15:00 形势任务党课"]
    assert post(cast, "王书记", "programme_task", task.pk, "report", gathering=held.pk).status_code == 302
    assert "1 项任务办完等检查" in get(cast, "孙干事", "inbox_others").content.decode()
    assert post(cast, "王书记", "programme_task", task.pk, "check", yes="1").status_code == 422
    assert post(cast, "孙干事", "programme_task", task.pk, "check", yes="1").status_code == 302
    assert "形势任务党课" in text(cast, "王书记", "programme", row.pk)
    mine = text(cast, "王书记", "branch_plan", cast.body["QL-B1"].pk)
    assert "主题教育 · 集中学习并研讨，定下联系本支部的一件事" in mine and "按期" in mine
    assert "主题教育" not in text(cast, "王书记", "branch_plan", cast.body["QL-B2"].pk)


def test_the_year_of_a_branch_that_is_no_more_still_opens(cast: Cast) -> None:
    programme(cast, title="主题教育")
    branch = cast.body["QL-B2"]
    BodyState.objects.filter(body=branch).update(until_on=FIRST)
    assert reverse("branch_plan", args=[branch.pk]) in text(cast, "王书记", "goals")
    page = text(cast, "王书记", "branch_plan", branch.pk)
    assert "精炼党支部" in page and "主题教育 · 集中学习并研讨" in page


def raised(cast: Cast, what: str, name: str = "王书记", unit: str = "QL-R1", body: str | None = "QL-B1") -> Case:
    given = {"what": what, "source": "meeting", "finish_by": dt.date(2026, 3, 25)}
    return cases.raise_case(
        loop=packs().loops["action"], plant=cast.plant, unit=cast.unit[unit], body=cast.body[body] if body else None,
        given=given, at=AT, by=cast.account[name], scope=cast.scope(name),
    ).case  # fmt: skip


def offers(cast: Cast, name: str, page: str, *args: Any) -> list[str]:
    return [title for _number, title in get(cast, name, page, *args).context["form"].fields["case"].widget.offers]


def test_a_case_of_the_own_branch_is_picked_as_evidence_by_its_number_or_from_the_list(cast: Cast) -> None:
    row = programme(cast)
    task = task_of(row, cast)
    mine, at_the_unit = raised(cast, "换炉口护板"), raised(cast, "补测温枪", name="马主任", body=None)
    other = raised(cast, "精炼线的事", name="孙干事", unit="QL-F1", body="QL-B2")
    assert offers(cast, "王书记", "programme_task", task.pk, "report") == [at_the_unit.title, mine.title]
    wrong = post(cast, "王书记", "programme_task", task.pk, "report", case=other.number)
    assert wrong.status_code == 422 and "不是本支部的" in wrong.content.decode()
    said = f"{mine.number} {mine.title}"
    assert post(cast, "王书记", "programme_task", task.pk, "report", case=said).status_code == 302
    task.refresh_from_db()
    assert task.case == mine and task.words == ""
    page = text(cast, "王书记", "programme", row.pk)
    assert reverse("case", args=[mine.pk]) in page and mine.title in page
    beside = text(cast, "吴师傅", "programme", row.pk)
    assert mine.number in beside and reverse("case", args=[mine.pk]) not in beside


def test_a_platform_and_a_joint_stage_take_a_case_as_evidence_too(cast: Cast, settings: Any) -> None:
    settings.TODAY = "2026-03-10"
    mine = raised(cast, "换炉口护板")
    given = {
        "title": "降低吨铜煤耗",
        "body": cast.body["QL-B1"].pk,
        "party": "20102",
        "line": "20107",
        "grip": "benefit",
    }
    assert post(cast, "王书记", "key_task_new", first="2026-03-10", last="2026-06-18", **given).status_code == 302
    stage = planned.stage(KeyTask.objects.get())
    assert post(cast, "王书记", "key_task_stage", stage.pk, "confirm", case=mine.number).status_code == 302
    stage.refresh_from_db()
    assert stage.case == mine and stage.party_on is not None
    assert mine.title in text(cast, "李班长", "key_task", stage.task_id)
    place = platform(cast)
    used = {"body": cast.body["QL-B1"].pk, "day": "2026-03-10", "case": mine.number}
    assert post(cast, "王书记", "platform_deed", place.pk, "use", **used).status_code == 302
    use = place.uses.get()
    assert (use.case, use.output) == (mine, mine.title)
    assert reverse("case", args=[mine.pk]) in text(cast, "王书记", "platform", place.pk)


def test_what_was_raised_in_confidence_or_dropped_is_no_evidence(cast: Cast) -> None:
    task = task_of(programme(cast), cast)
    for change in ({"secrecy": "confidential"}, {"phase": "dropped"}):
        case = raised(cast, f"不作依据{len(change)}")
        Case.objects.filter(pk=case.pk).update(**change)
        assert offers(cast, "王书记", "programme_task", task.pk, "report") == []
        assert post(cast, "王书记", "programme_task", task.pk, "report", case=case.number).status_code == 422
        case.refresh_from_db()
        with pytest.raises(AnnualTrouble, match="不能作依据"):
            programmes.report(task=task, case=case, by=cast.account["王书记"], at=AT)


@pytest.mark.covers("S1-25")
def test_a_platform_is_taken_used_and_its_reach_shown(cast: Cast) -> None:
    form = get(cast, "孙干事", "platform_new", **{"from": "project"}).context["form"]
    said = {name: form[name].value() for name in ("name", "category", "rule", "output", "rhythm", "posts", "grip")}
    assert said["name"] == "项目经理制"
    assert post(cast, "孙干事", "platform_new", owner="20102", on="2026-01-01", **said).status_code == 302
    row = Platform.objects.get()
    page = text(cast, "王书记", "platforms")
    assert "上一期没有用" in page and "服务岗位" in page and "一个平台也没有的" in page
    answer = post(
        cast,
        "王书记",
        "platform_deed",
        row.pk,
        "use",
        body=cast.body["QL-B1"].pk,
        day="2026-03-09",
        output="炉温波动降下来",
    )
    assert answer.status_code == 302
    assert "炉温波动降下来" in text(cast, "吴师傅", "platform", row.pk)
    assert "上一期没有用" not in text(cast, "王书记", "platforms")
    assert lines(get(cast, "孙干事", "platforms_export"))[1][:3] == ["创新解难", "项目经理制", "王书记"]


@pytest.mark.covers("S1-10")
def test_the_year_stands_under_the_three_and_the_export_is_read_back(cast: Cast) -> None:
    goal(cast)
    programme(cast)
    page = get(cast, "王书记", "goals").context["grips"]
    assert page == [
        ("抓基础要战斗力", [0, 0, 1, 0, 0, 0]),
        ("抓创效要生产力", [1, 0, 0, 0, 0, 0]),
        ("抓人心要凝聚力", [0] * 6),
    ]
    head, row = lines(get(cast, "孙干事", "goals_export"))
    assert head[:6] == ["年度", "编号", "上级编号", "党组织", "工号", "目标"]
    assert row[1] == "1" and row[5] == "粗铜产量完成全年计划"


def test_what_was_set_is_changed_moved_and_ended_in_the_browser(cast: Cast) -> None:
    one, task, row, place, name = goal(cast, "QL-B1"), key_task(cast), programme(cast), platform(cast), theme(cast)
    why = {"reason": "生产安排变了"}
    done = [
        post(cast, "王书记", "goal_deed", one.pk, "change", title="改过的目标", **GOAL),
        post(cast, "王书记", "key_task_stage", planned.stage(task).pk, "move", due_on="2026-03-18", **why),
        post(cast, "王书记", "key_task_deed", task.pk, "give", party="20112", line="20107"),
        post(cast, "王书记", "key_task_deed", task.pk, "drop", **why),
        post(cast, "王书记", "goal_deed", one.pk, "drop", **why),
        post(
            cast,
            "孙干事",
            "programme_add",
            row.stages.all()[0].pk,
            title="加一项",
            bodies=[cast.body["QL-B2"].pk],
            due_on="2026-04-01",
        ),
        post(cast, "孙干事", "programme_task", task_of(row, cast).pk, "drop", **why),
        post(cast, "孙干事", "platform_deed", place.pk, "end", on="2026-03-10", **why),
        post(cast, "孙干事", "theme_change", name.pk, name="党建推进年", last_year="2027"),
    ]
    assert [answer.status_code for answer in done] == [302] * 9
    for found in (one, task, place, name):
        found.refresh_from_db()
    assert (one.title, one.state, task.party, task.state) == ("改过的目标", "dropped", cast.person["高书记"], "dropped")
    assert (str(place.until_on), name.name, name.last_year) == ("2026-03-10", "党建推进年", 2027)
    assert "加一项" in text(cast, "王书记", "branch_plan", cast.body["QL-B2"].pk)


def fill(cast: Cast, n: int) -> None:
    """`n` of everything the pages list, the goals with figures."""
    line = cast.unit["QL-R1"]
    top = Goal.objects.filter(parent=None).first() or goal(cast)
    for no in range(n):
        row = goal(
            cast, "QL-B1", f"目标{no}", parent=top, unit=line, indicator="SM-01", theme=theme(cast, name=f"主题{no}")
        )
        task = key_task(cast, title=f"任务{no}", goal=row)
        confirm(cast, task, Joint.PLAN, "王书记", FIRST)
        used(cast, platform(cast, name=f"平台{no}", code=""))
        programme(cast, title=f"专题{no}")


PAGES = ["goals", "key_tasks", "programmes", "platforms", "themes"]


@pytest.mark.parametrize("page", [*PAGES, "branch_plan", "programme", "goal", "key_task", "platform"])
def test_three_cost_no_more_queries_than_one(cast: Cast, page: str) -> None:
    def cost() -> int:
        first = {
            "branch_plan": [cast.body["QL-B1"].pk], "programme": [Programme.objects.order_by("pk")[0].pk], "goal": [Goal.objects.get(code="1").pk],
            "key_task": [KeyTask.objects.order_by("pk")[0].pk], "platform": [Platform.objects.order_by("pk")[0].pk],
        } if page not in PAGES else {}  # fmt: skip
        client = cast.login(Client(), "孙干事")
        client.get(reverse(page, args=first.get(page, [])))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(page, args=first.get(page, []))).status_code == 200
        return len(asked)

    fill(cast, 1)
    one = cost()
    grow(cast)
    assert cost() == one


def grow(cast: Cast) -> None:
    """Two more of everything, below what is there."""
    top, line = Goal.objects.get(code="1"), cast.unit["QL-R1"]
    for no in (8, 9):
        goal(cast, "QL-B1", f"目标{no}", parent=top, unit=line, indicator="SM-01", theme=theme(cast, name=f"主题{no}"))
        confirm(cast, key_task(cast, title=f"任务{no}"), Joint.PLAN, "王书记", FIRST)
        used(cast, platform(cast, name=f"平台{no}", code=""))
        used(cast, Platform.objects.order_by("pk")[0])
        row = programme(cast, title=f"专题{no}")
        programmes.report(task=task_of(row, cast), words="办了", **said(cast, "王书记"))


@pytest.fixture
def house(transactional_db: None, settings: Any) -> Cast:
    settings.TODAY = "2026-03-16"
    cast = make_cast()
    one = figured(cast)
    goals.change(goal=one, parent=goal(cast, theme=theme(cast)), weight=60, **said(cast, "孙干事"))
    fill(cast, 1)
    return cast


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "page", ["goals", "goal", "branch_plan", "key_tasks", "key_task", "programmes", "programme", "platforms", "themes"]
)
def test_the_pages_fit_the_screen(house: Cast, look: Look, client: Client, page: str, width: int) -> None:
    args = {
        "goal": [Goal.objects.get(indicator="SM-01", title="转炉线产量").pk], "branch_plan": [house.body["QL-B1"].pk],
        "key_task": [KeyTask.objects.get().pk], "programme": [Programme.objects.get().pk],
    }.get(page, []) if page in ("goal", "branch_plan", "key_task", "programme") else []  # fmt: skip
    house.login(client, "孙干事")
    check(look(reverse(page, args=args), width=width, cookies=client.cookies), f"annual-{page}-{width}")
