"""The organisation in the browser: two trees on a day, what is uncovered, what the rules find, and every deed on it."""

from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ronglu.store.models import (
    Body,
    Engagement,
    Finding,
    Mapping,
    Membership,
    Partition,
    Person,
    Post,
    Succession,
    Unit,
)
from ronglu.work.findings import refresh_findings
from tests.cast import AT, ON, SINCE, Cast, cast  # noqa: F401

BEFORE = "2026-03-09"


@pytest.fixture(autouse=True)
def the_10th_of_march(settings: Any) -> None:
    settings.TODAY = "2026-03-10"


def text(response: HttpResponse) -> str:
    return response.content.decode()


def do(cast: Cast, name: str, page: str, args: list[str], said: dict[str, Any]) -> HttpResponse:
    """What `name` fills in and sends; the address follows to where he lands."""
    return cast.login(Client(), name).post(reverse(page, args=args), said, follow=True)  # type: ignore[return-value]


def see(cast: Cast, name: str, page: str, args: list[str] | None = None, **query: str) -> str:
    response = cast.login(Client(), name).get(reverse(page, args=args), query)
    assert response.status_code == 200, response.content.decode()[:400]
    return text(response)


@pytest.mark.parametrize("page", ["org", "org_coverage", "org_rules", "org_posts", "org_coverage_xlsx", "org_findings"])
def test_an_outsider_sees_nothing_not_even_that_the_pages_exist(cast: Cast, client: Client, page: str) -> None:
    assert cast.login(client, "外人").get(reverse(page)).status_code == 404


def test_the_neighbour_sees_his_own_plant_and_of_this_one_nothing(cast: Cast) -> None:
    seen = see(cast, "邻厂书记", "org")
    assert "浮选党支部" in seen and "转炉" not in seen
    client = cast.login(Client(), "邻厂书记")
    assert client.get(reverse("org"), {"plant": "qinglan"}).status_code == 404
    assert client.get(reverse("body", args=["QL-B1"])).status_code == 404
    assert client.get(reverse("unit", args=["QL-R1"]), {"plant": "qinglan"}).status_code == 404


@pytest.mark.covers("S1-01", "S1-02")
def test_both_trees_stand_side_by_side_with_the_map_between_and_the_gaps_named(cast: Cast) -> None:
    seen = see(cast, "李班长", "org")
    assert seen.count("无党小组") == 2  # 丙班 and 丁班 have none
    assert '<tr><th scope="row">转炉党支部</th><td>转炉线</td></tr>' in seen
    assert '<tr><th scope="row">转炉甲班党小组</th><td>转炉甲班</td></tr>' in seen
    assert "已对应 5，共 7" in seen


def test_the_trees_are_those_of_the_day_asked_for(cast: Cast) -> None:
    do(cast, "孙干事", "unit_deed", ["QL-F1", "rename"], {"name": "精炼一线", "on": "2026-03-10"})
    assert "精炼一线" in see(cast, "吴师傅", "org")
    before = see(cast, "吴师傅", "org", on=BEFORE)
    assert "精炼线" in before and "精炼一线" not in before
    assert "这一天还没有组织" in see(cast, "吴师傅", "org", on="2024-12-31")
    assert "转炉线" in see(cast, "吴师傅", "org", on="不是日期")


def test_findings_are_counted_only_where_one_sees_the_sheet(cast: Cast) -> None:
    refresh_findings(plant=cast.plant, on=ON, at=AT)
    assert "项</span>" in see(cast, "孙干事", "org") and "项</span>" not in see(cast, "赵安全员", "org")
    assert "精炼党支部" in see(cast, "孙干事", "org_findings")
    assert "精炼党支部" not in see(cast, "王书记", "org_findings")


@pytest.mark.covers("S1-01")
def test_a_line_loses_its_branch_and_gets_two_and_the_coverage_follows_from_that_day(cast: Cast) -> None:
    on_line = {"unit": cast.unit["QL-F1"].pk, "on": "2026-03-10"}
    do(cast, "孙干事", "body_deed", ["QL-B2", "unmap"], on_line)
    assert "精炼车间 · 精炼线" in see(cast, "孙干事", "org_coverage")
    assert "精炼车间 · 精炼线" not in see(cast, "孙干事", "org_coverage", on=BEFORE)
    for branch in ("QL-B2", "QL-B1"):
        assert "对应已建立。" in text(do(cast, "孙干事", "body_deed", [branch, "map"], on_line))
    assert "每条产线都有党支部" in see(cast, "孙干事", "org_coverage")
    standing = Mapping.objects.on(ON).filter(unit=cast.unit["QL-F1"])
    assert {one.body.code for one in standing} == {"QL-B1", "QL-B2"}


def test_a_mapping_that_makes_no_sense_is_refused_in_words_and_nothing_is_kept(cast: Cast) -> None:
    rows = Mapping.objects.count()
    answer = do(cast, "孙干事", "body_deed", ["QL-B1-甲", "map"], {"unit": cast.unit["QL-F1"].pk, "on": "2026-03-10"})
    assert answer.status_code == 422
    assert "党小组只能对应横大班、科室，精炼线是产线" in text(answer)
    assert Mapping.objects.count() == rows


def test_a_unit_of_another_plant_cannot_be_slipped_into_a_form(cast: Cast) -> None:
    said = {"unit": cast.unit["BS-F1"].pk, "on": "2026-03-10"}
    answer = do(cast, "孙干事", "body_deed", ["QL-B1", "map"], said)
    assert answer.status_code == 422 and not Mapping.objects.filter(unit=cast.unit["BS-F1"], body__plant=cast.plant)


@pytest.mark.covers("S0-04")
def test_a_general_branch_is_set_up_and_a_branch_goes_under_it_from_a_day_on(cast: Cast) -> None:
    committee = cast.body["QL-C"].pk
    do(cast, "孙干事", "body_new", [], {
        "name": "熔炼党总支", "code": "QL-G1", "kind": "general", "parent": committee, "kindred": "line",
        "on": "2026-03-01",
    })  # fmt: skip
    general = Body.objects.get(code="QL-G1")
    do(cast, "孙干事", "body_deed", ["QL-B1", "move"], {"parent": general.pk, "on": "2026-03-10"})
    page = see(cast, "孙干事", "body", ["QL-B1"])
    assert page.index("青岚冶炼厂党委") < page.index("熔炼党总支") < page.index("转炉党支部（党支部） · 熔炼党总支")
    assert "转炉党支部（党支部） · 青岚冶炼厂党委" in page  # what it was before stays in its history
    assert "熔炼党总支" not in see(cast, "孙干事", "body", ["QL-B1"], on=BEFORE).partition("沿革")[0]
    below = do(cast, "孙干事", "body_deed", ["QL-G1", "move"], {"parent": cast.body["QL-B1"].pk, "on": "2026-03-11"})
    assert below.status_code == 422  # a general branch under its own branch


def test_branches_are_merged_and_the_old_ones_stay_in_the_history(cast: Cast) -> None:
    answer = do(cast, "孙干事", "body_deed", ["QL-B1", "merge"], {
        "others": [cast.body["QL-B2"].pk], "code": "QL-B9", "name": "冶炼党支部", "on": "2026-03-10",
    })  # fmt: skip
    assert "已合并。" in text(answer) and "冶炼党支部" in text(answer)
    after = Body.objects.get(code="QL-B9")
    assert {one.before.code for one in Succession.objects.filter(after=after, kind="merge")} == {"QL-B1", "QL-B2"}
    assert set(Mapping.objects.on(ON).filter(body=after).values_list("unit__code", flat=True)) == {"QL-R1", "QL-F1"}
    old = see(cast, "孙干事", "body", ["QL-B1"])
    assert "这一天它不存在" in old and "合并 · 冶炼党支部" in old


def test_a_split_asks_for_everybody_and_gives_each_a_new_place(cast: Cast) -> None:
    said = {
        "first_name": "转炉一支部", "first_code": "QL-B11", "second_name": "转炉二支部", "second_code": "QL-B12",
        "on": "2026-03-10",
        f"group-{cast.body['QL-B1-甲'].pk}": "first", f"group-{cast.body['QL-B1-乙'].pk}": "second",
        f"person-{cast.person['王书记'].pk}": "first",
    }  # fmt: skip
    forgotten = do(cast, "孙干事", "body_deed", ["QL-B1", "split"], said)
    assert forgotten.status_code == 422 and not Body.objects.filter(code="QL-B11").exists()
    done = do(cast, "孙干事", "body_deed", ["QL-B1", "split"], said | {f"person-{cast.person['马主任'].pk}": "second"})
    assert "已拆分。" in text(done)
    now = Membership.objects.on(ON)
    assert now.get(person=cast.person["王书记"]).body.code == "QL-B11"
    assert now.get(person=cast.person["马主任"]).body.code == "QL-B12"
    assert now.get(person=cast.person["李班长"]).body.code == "QL-B1-甲"


def test_a_branch_with_members_is_not_dissolved_and_a_unit_with_people_is_not_closed(cast: Cast) -> None:
    refused = do(cast, "孙干事", "body_deed", ["QL-B1", "dissolve"], {"on": "2026-03-10"})
    assert refused.status_code == 422 and "转炉党支部仍有党员，请先转出组织关系" in text(refused)
    refused = do(cast, "孙干事", "unit_deed", ["QL-R1-甲", "close"], {"on": "2026-03-10"})
    assert refused.status_code == 422 and "转炉甲班仍有在岗人员，请先调离" in text(refused)
    assert "已停用。" in text(do(cast, "孙干事", "unit_deed", ["QL-R1-丁", "close"], {"on": "2026-03-10"}))
    assert "这一天它不存在" in see(cast, "孙干事", "unit", ["QL-R1-丁"])


def test_a_new_crew_is_set_up_with_its_letter_and_a_used_code_is_refused(cast: Cast) -> None:
    said = {"name": "精炼乙班", "code": "QL-F1-乙", "kind": "crew", "parent": cast.unit["QL-F1"].pk, "letter": "乙",
            "module": "", "on": "2026-03-10"}  # fmt: skip
    assert "单位已设立。" in text(do(cast, "孙干事", "unit_new", [], said))
    assert Unit.objects.get(code="QL-F1-乙").letter == "乙"
    again = do(cast, "孙干事", "unit_new", [], said)
    assert again.status_code == 422 and "编码 QL-F1-乙 已被另一个单位使用，请换一个编码" in text(again)


def test_the_money_of_a_year_is_entered_found_too_little_put_right_and_taken_back(cast: Cast) -> None:
    said = {"year": "2026", "wages_last_year": "10000000", "budget": "90000", "carried_over": "0"}
    page = text(do(cast, "孙干事", "body_deed", ["QL-C", "budget"], said))
    assert "工作经费已更新。" in page and "应为 100,000.00 元" in page and "10,000,000.00" in page
    form = see(cast, "孙干事", "body_deed", ["QL-C", "budget"])
    assert 'value="90000.00"' in form  # what stands is there to be corrected
    page = text(do(cast, "孙干事", "body_deed", ["QL-C", "budget"], said | {"budget": "100000"}))
    assert "应为 100,000.00 元" not in page
    assert "10,000,000.00" not in see(cast, "王书记", "body", ["QL-C"])  # who only looks reads no sum of wages
    half = do(cast, "孙干事", "body_deed", ["QL-C", "budget"], said | {"carried_over": ""})
    assert half.status_code == 422 and "三个数要么都填，要么都留空" in text(half) and 'value="90000"' in text(half)
    gone = text(do(cast, "孙干事", "body_deed", ["QL-C", "budget"], {"year": "2026"}))
    assert "工作经费已更新。" in gone and "10,000,000.00" not in gone
    assert "登记工作经费" not in see(cast, "孙干事", "body", ["QL-B1-甲"])  # a group has no money of its own


@pytest.mark.parametrize("name", ["李班长", "王书记", "马主任", "高书记", "集团"])
def test_who_may_only_look_finds_no_deed_on_the_page_and_none_behind_it(cast: Cast, name: str) -> None:
    page = see(cast, name, "body", ["QL-B1"])
    assert "更名" not in page and "解除" not in page
    answer = do(cast, name, "body_deed", ["QL-B1", "rename"], {"name": "改名", "on": "2026-03-10"})
    assert answer.status_code == 403
    assert "转炉党支部" in see(cast, name, "body", ["QL-B1"])


def test_the_office_of_the_neighbour_does_not_touch_this_plant_though_he_also_works_here(cast: Cast) -> None:
    neighbour = cast.person["邻厂书记"]
    Post.objects.create(person=neighbour, role="party_office", body=cast.body["BS-B1"], from_on=SINCE)
    Post.objects.create(person=neighbour, role="technician", unit=cast.unit["QL-R"], from_on=SINCE)
    assert "转炉党支部" in see(cast, "邻厂书记", "org", plant="qinglan")
    for page, args in (("body_deed", ["QL-B1", "rename"]), ("unit_deed", ["QL-R1", "rename"])):
        answer = do(cast, "邻厂书记", page, args, {"name": "改名", "on": "2026-03-10"})
        assert answer.status_code == 404
    client = cast.login(Client(), "邻厂书记")
    for page in ("body_new", "unit_new", "person_new"):
        assert client.get(reverse(page), {"plant": "qinglan"}).status_code == 404
        assert client.get(reverse(page), {"plant": "baishi"}).status_code == 200
    assert client.get(reverse("person_deed", args=["20101", "leave"])).status_code == 404
    assert client.get(reverse("post_end", args=[cast.person["李班长"].posts.get().pk])).status_code == 404
    finding = Finding.objects.create(
        plant=cast.plant, rule="R-ORG-02", body=cast.body["QL-B2"], subject="body:2", severity="NORM", opened_on=SINCE
    )
    assert client.get(reverse("org_reason", args=[finding.pk])).status_code == 404
    assert client.post(reverse("org_check") + "?plant=qinglan").status_code == 404
    done = do(cast, "邻厂书记", "body_deed", ["BS-B1", "rename"], {"name": "浮选一支部", "on": "2026-03-10"})
    assert "已更名。" in text(done)


def test_members_are_named_on_a_bodys_page_only_for_those_who_may_know(cast: Cast) -> None:
    assert "郑师傅" in see(cast, "孙干事", "body", ["QL-B2-甲"])
    for name in ("李班长", "马主任", "赵安全员", "集团"):
        assert "郑师傅" not in see(cast, name, "body", ["QL-B2-甲"])
    assert "李班长" in see(cast, "何组长", "body", ["QL-B1-甲"])


def test_the_crew_leader_sees_his_own_crew_and_not_the_next(cast: Cast) -> None:
    assert "何组长" in see(cast, "李班长", "unit", ["QL-R1-甲"])
    assert "吴师傅" not in see(cast, "李班长", "unit", ["QL-R1-乙"])
    assert "吴师傅" in see(cast, "马主任", "unit", ["QL-R1-乙"])


@pytest.mark.covers("S1-05")
def test_who_holds_a_party_seat_and_an_administrative_post_stands_in_the_register(cast: Cast) -> None:
    appoint = {"person": "20103", "role": "technician", "on": "2026-03-10", "term_ends_on": ""}
    assert "任职已登记。" in text(do(cast, "孙干事", "unit_deed", ["QL-R1", "appoint"], appoint))
    register = see(cast, "孙干事", "org_posts")
    assert "何组长" in register and "组长" in register and "技术员" in register
    assert "何组长" not in see(cast, "孙干事", "org_posts", on=BEFORE)
    assert "何组长" not in see(cast, "郑师傅", "org_posts")
    both = see(cast, "孙干事", "person", ["20103"])
    assert "双向任职" in both


def test_a_seat_is_given_to_a_staff_number_of_this_plant_only(cast: Cast) -> None:
    for number in ("30101", "99999"):
        said = {"person": number, "role": "organiser", "on": "2026-03-10", "term_ends_on": ""}
        answer = do(cast, "孙干事", "body_deed", ["QL-B1", "appoint"], said)
        assert answer.status_code == 422 and f"青岚冶炼厂没有工号或姓名“{number}”，请核对" in text(answer)


def test_a_finding_says_its_source_and_how_to_clear_it_and_goes_when_it_is_cleared(cast: Cast) -> None:
    """R-ORG-08: 乙班党小组 has nobody at its head until 吴师傅 … 李班长 is appointed there."""
    cast.login(client := Client(), "孙干事").post(reverse("org_check"))
    page = see(cast, "孙干事", "org_findings", rule="R-ORG-08")
    assert "转炉乙班党小组</a></b>没有组长" in page and "应当" in page
    assert "《中国共产党支部工作条例（试行）》第13条（待本单位核对原文）" in page
    assert "划分党小组并编入党员，为每个党小组明确组长" in page
    said = {"person": "20101", "role": "leader", "on": "2026-03-10", "term_ends_on": ""}
    do(cast, "孙干事", "body_deed", ["QL-B1-乙", "appoint"], said)
    assert "转炉乙班党小组</a></b>没有组长" not in text(client.get(reverse("org_findings"), {"rule": "R-ORG-08"}))


def test_a_reason_is_taken_for_a_norm_and_refused_for_a_duty(cast: Cast) -> None:
    refresh_findings(plant=cast.plant, on=ON, at=AT)
    norm = Finding.objects.get(rule="R-ORG-02", body=cast.body["QL-B2"])
    duty = Finding.objects.get(rule="R-ORG-08", body=cast.body["QL-B1-乙"])
    done = do(cast, "孙干事", "org_reason", [str(norm.pk)], {"reason": "新线投产，暂不联合"})
    assert "新线投产，暂不联合" in text(done)
    refused = do(cast, "孙干事", "org_reason", [str(duty.pk)], {"reason": "人手不够"})
    assert refused.status_code == 422 and "是“应当”类规定，不能只登记理由" in text(refused)
    assert Finding.objects.get(pk=duty.pk).reason == ""


@pytest.mark.covers("S0-18")
def test_a_branch_of_thirty_has_its_headcount_and_is_told_to_elect_a_committee(cast: Cast) -> None:
    branch = cast.body["QL-B3"]  # 高书记 and 孙干事 are in it already
    for number in range(28):
        person = Person.objects.create(plant=cast.plant, staff_no=f"4{number:04}", name=f"党员{number}")
        Membership.objects.create(person=person, body=branch, status="full", from_on=SINCE)
    cast.login(Client(), "孙干事").post(reverse("org_check"))
    page = see(cast, "孙干事", "body", ["QL-B3"])
    members = page[page.index("<h2>党员</h2>") :]
    assert '<span class="aside">30</span>' in members[:200]
    assert "有正式党员 30 名" in page and "R-ORG-07" in page
    assert "R-ORG-03" not in page  # 30 is within 50


def test_a_plants_own_number_holds_from_its_day_and_is_marked(cast: Cast) -> None:
    assert "系统默认" in see(cast, "李班长", "org_rules")
    said = {"from_on": "2026-03-10", "days": "30", "full_members": "7"}
    done = do(cast, "孙干事", "org_rule", ["R-ORG-14"], said)
    assert "数值已改。" in text(done)
    assert "本厂自 2026-03-10 改" in see(cast, "李班长", "org_rules")
    assert "本厂自 2026-03-10 改" not in see(cast, "李班长", "org_rules", on=BEFORE)
    assert cast.login(Client(), "李班长").get(reverse("org_rule", args=["R-ORG-14"])).status_code == 403


def book_of(response: HttpResponse) -> dict[str, list[tuple[Any, ...]]]:
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_the_coverage_workbook_names_every_line_and_crew_and_members_to_those_who_may_know(cast: Cast) -> None:
    Membership.objects.filter(person=cast.person["李班长"]).update(body=cast.body["QL-B1"])
    sun = book_of(cast.login(Client(), "孙干事").get(reverse("org_coverage_xlsx")))
    assert ("产线", "转炉线", "熔炼车间", "转炉党支部", "已对应") in sun["对应"]
    assert ("横大班", "转炉丙班", "转炉线", None, "缺") in sun["对应"]
    assert ("20101", "李班长") in sun["没有去处的党员"]
    wu = book_of(cast.login(Client(), "吴师傅").get(reverse("org_coverage_xlsx")))
    assert wu["没有去处的党员"] == [("工号", "姓名")]


def test_the_findings_go_by_weight_or_age_and_into_a_workbook_as_they_are_shown(cast: Cast) -> None:
    """The committee's lack of a 批复 is the oldest duty; a norm that is older still comes first by age."""
    refresh_findings(plant=cast.plant, on=ON, at=AT)
    Finding.objects.filter(rule="R-ORG-02", body=cast.body["QL-B2"]).update(opened_on="2024-06-01")
    client = cast.login(Client(), "孙干事")
    weighed = [one.rule for one in client.get(reverse("org_findings")).context["rows"]]
    aged = [one.rule for one in client.get(reverse("org_findings"), {"order": "age"}).context["rows"]]
    assert weighed[0] == "R-ORG-05" and aged[0] == "R-ORG-02"
    rows = book_of(client.get(reverse("org_findings_xlsx"), {"rule": "R-ORG-02"}))["检查发现"]
    assert {row[0] for row in rows[1:]} == {"R-ORG-02"} and len(rows) > 1
    assert ("一般", "精炼党支部", "正式党员 1 名，不足 3 名，宜与邻近单位联合建支部") in {row[1:4] for row in rows}
    his = book_of(cast.login(Client(), "王书记").get(reverse("org_findings_xlsx")))["检查发现"]
    assert "精炼党支部" not in {row[2] for row in his}


def more_of_everything(cast: Cast, number: int) -> None:
    """One more crew with a group, a member, a post at both, a finding each."""
    unit = Unit.objects.create(plant=cast.plant, code=f"X{number}", kind="crew")
    unit.states.create(name=f"新班{number}", parent=cast.unit["QL-R1"], from_on=SINCE)
    body = Body.objects.create(plant=cast.plant, code=f"XG{number}")
    body.states.create(name=f"新组{number}", kind="group", parent=cast.body["QL-B1"], from_on=SINCE)
    Mapping.objects.create(body=body, unit=unit, from_on=SINCE)
    person = Person.objects.create(plant=cast.plant, staff_no=f"5{number:04}", name=f"新人{number}")
    Engagement.objects.create(person=person, unit=unit, from_on=SINCE)
    Membership.objects.create(person=person, body=body, status="full", from_on=SINCE)
    Post.objects.create(person=person, role="leader", body=body, from_on=SINCE)
    Post.objects.create(person=person, role="crew_leader", unit=unit, from_on=SINCE)
    for rule in ("R-ORG-02", "R-ORG-08"):
        Finding.objects.create(plant=cast.plant, rule=rule, body=body, subject=f"body:{body.pk}", detail="…",
                               severity="NORM", opened_on=SINCE)  # fmt: skip


@pytest.mark.parametrize(
    ("page", "args"),
    [("org", []), ("org_coverage", []), ("org_findings", []), ("org_posts", []), ("org_rules", []), ("people", []),
     ("body", ["QL-B1"]), ("unit", ["QL-R1"])],
)  # fmt: skip
def test_a_page_costs_as_many_queries_with_three_rows_more_as_with_one(
    cast: Cast, django_assert_num_queries: Any, page: str, args: list[str]
) -> None:
    client = cast.login(Client(), "孙干事")
    more_of_everything(cast, 1)
    client.get(reverse(page, args=args))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse(page, args=args))
    more_of_everything(cast, 2)
    more_of_everything(cast, 3)
    with django_assert_num_queries(len(one)):
        client.get(reverse(page, args=args))


def test_a_change_of_the_map_marks_the_months_it_reaches_for_a_new_assessment(cast: Cast) -> None:
    for month in (202601, 202602, 202603, 202604):
        Partition.objects.create(plant=cast.plant, fact="readings", month=month, wanted=1, built=1)
    other = Partition.objects.create(plant=cast.neighbour, fact="readings", month=202603, wanted=1, built=1)
    do(cast, "孙干事", "body_deed", ["QL-B2", "unmap"], {"unit": cast.unit["QL-F1"].pk, "on": "2026-03-20"})
    dirty = [
        one.month for one in Partition.objects.filter(plant=cast.plant).order_by("month") if one.wanted > one.built
    ]
    assert dirty == [202603, 202604]
    assert Partition.objects.get(pk=other.pk).wanted == 1


def test_the_day_of_a_deed_must_be_a_day(cast: Cast) -> None:
    for day in ("", "明天", "20260310", "0001-01-01", "9999-12-31"):
        answer = do(cast, "孙干事", "body_deed", ["QL-B1", "rename"], {"name": "新名", "on": day})
        assert answer.status_code == 422, day
