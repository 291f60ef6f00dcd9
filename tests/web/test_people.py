"""People in the browser: whom one finds, what one may know of them, and what is arranged for them from a day on."""

import datetime as dt
from io import BytesIO
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from ronglu.store.models import Engagement, Membership, Partition, Person, Post
from ronglu.work.queries.people_list import Row
from tests.cast import ON, SINCE, Cast, cast  # noqa: F401

CREW = {"李班长", "何组长"}
ALL = CREW | {"王书记", "赵安全员", "周统计员", "陈技术员", "马主任", "孙干事", "冯主席", "吴师傅", "郑师傅", "高书记"}


@pytest.fixture(autouse=True)
def the_10th_of_march(settings: Any) -> None:
    settings.TODAY = "2026-03-10"


def text(response: HttpResponse) -> str:
    return response.content.decode()


def rows(cast: Cast, name: str, **query: str) -> list[Row]:
    response = cast.login(Client(), name).get(reverse("people"), query)
    assert response.status_code == 200
    return response.context["rows"]  # type: ignore[no-any-return]


def listed(cast: Cast, name: str, **query: str) -> set[str]:
    """The names of the rows that `name` gets to see."""
    return {row.person.name for row in rows(cast, name, **query)}


def page(cast: Cast, name: str, staff_no: str, **query: str) -> str:
    response = cast.login(Client(), name).get(reverse("person", args=[staff_no]), query)
    assert response.status_code == 200
    return text(response)


def arrange(cast: Cast, staff_no: str, deed: str, by: str = "孙干事", **said: Any) -> HttpResponse:
    address = reverse("person_deed", args=[staff_no, deed])
    return cast.login(Client(), by).post(address, {"on": "2026-03-10"} | said, follow=True)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("李班长", CREW),
        ("何组长", CREW),
        ("吴师傅", {"吴师傅"}),
        ("赵安全员", {"赵安全员"}),
        ("王书记", CREW | {"王书记", "马主任", "吴师傅"}),
        ("孙干事", ALL),
        ("高书记", ALL),
        ("邻厂书记", {"邻厂书记"}),
    ],
)
def test_each_sees_the_people_of_his_scope_and_nobody_else(cast: Cast, name: str, seen: set[str]) -> None:
    assert listed(cast, name) == seen


@pytest.mark.parametrize("name", ["外人", "系统管理员", "安全管理员", "审计员", "集团"])
def test_outsiders_administrators_and_the_group_see_no_person(cast: Cast, client: Client, name: str) -> None:
    cast.login(client, name)
    expected = 404 if name == "外人" else 403
    for address in (reverse("people"), reverse("people_xlsx"), reverse("person", args=["20101"])):
        assert client.get(address).status_code == expected, address


@pytest.mark.parametrize("q", ["李班长", "班长", "libanzhang", "li ban", "banzhang", "lbz", "20101"])
def test_a_person_is_found_by_name_pinyin_initials_and_number(cast: Cast, q: str) -> None:
    assert "李班长" in listed(cast, "孙干事", q=q)
    assert listed(cast, "吴师傅", q=q) == set()


def test_the_list_is_narrowed_by_unit_work_and_standing(cast: Cast) -> None:
    line = str(cast.unit["QL-R1"].pk)
    assert listed(cast, "孙干事", unit=line) == CREW | {"吴师傅"}
    Engagement.objects.filter(person=cast.person["吴师傅"]).update(kind="contractor")
    assert listed(cast, "孙干事", kind="contractor") == {"吴师傅"}
    assert "吴师傅" in listed(cast, "孙干事", standing="none") and "李班长" not in listed(
        cast, "孙干事", standing="none"
    )
    Membership.objects.filter(person=cast.person["郑师傅"]).update(status="probationary")
    assert listed(cast, "孙干事", standing="probationary") == {"郑师傅"}
    for nonsense in ("x", "-1", "9" * 40, "٣"):
        assert listed(cast, "孙干事", unit=nonsense) <= ALL


def test_the_standing_of_others_cannot_be_asked_out_of_the_filter(cast: Cast) -> None:
    """马主任 knows who works for him, not who of them is in the Party."""
    everybody = listed(cast, "马主任")
    assert listed(cast, "马主任", standing="full") == everybody == listed(cast, "马主任", standing="none")
    page = text(cast.login(Client(), "马主任").get(reverse("people"))).partition("<main")[2]
    assert "党员类别" not in page and "何组长" in page
    assert {row.posts for row in rows(cast, "马主任") if row.person.name == "何组长"} == {()}
    assert {row.posts for row in rows(cast, "王书记") if row.person.name == "何组长"} == {("组长",)}


def test_a_persons_page_keeps_party_standing_seats_and_the_date_of_joining_from_the_workshop_head(cast: Cast) -> None:
    Person.objects.filter(staff_no="20103").update(joined_on=dt.date(2011, 7, 1), contact="内线 8103")
    open_page = page(cast, "王书记", "20103")
    assert "组织关系" in open_page and "2011-07-01" in open_page and "组长" in open_page.partition("<main")[2]
    shut = page(cast, "马主任", "20103").partition("<main")[2]
    assert "内线 8103" in shut and "转炉甲班" in shut
    assert "组织关系" not in shut and "2011-07-01" not in shut and "组长</th>" not in shut and "党小组" not in shut


@pytest.mark.parametrize(("name", "staff_no"), [("李班长", "20110"), ("吴师傅", "20101"), ("邻厂书记", "20101"),
                                                ("何组长", "20111"), ("周统计员", "20101")])  # fmt: skip
def test_a_person_outside_ones_scope_does_not_exist(cast: Cast, client: Client, name: str, staff_no: str) -> None:
    answer = cast.login(client, name).get(reverse("person", args=[staff_no]))
    assert answer.status_code == 404
    nobody = client.get(reverse("person", args=["没有的"]))
    card = '<div class="card">'
    told, known = (text(one).partition(card)[2].partition("</div>")[0] for one in (answer, nobody))
    assert told == known != ""


def test_everybody_finds_himself(cast: Cast) -> None:
    assert "非党员" in page(cast, "吴师傅", "20110")
    assert "更正" not in page(cast, "吴师傅", "20110")


@pytest.mark.covers("S1-02")
def test_a_crew_transfer_splits_the_period_and_asks_a_human_about_the_group(cast: Cast) -> None:
    answer = arrange(cast, "20101", "transfer", unit=cast.unit["QL-R1-乙"].pk, kind="", on="2026-03-14")
    works = Engagement.objects.filter(person=cast.person["李班长"]).order_by("from_on")
    assert [(one.unit.code, one.from_on, one.until_on) for one in works] == [
        ("QL-R1-甲", SINCE, dt.date(2026, 3, 14)),
        ("QL-R1-乙", dt.date(2026, 3, 14), None),
    ]
    group = cast.body["QL-B1-乙"]
    assert "已调入该横大班，建议编入转炉乙班党小组" in text(answer)
    assert f'<option value="{group.pk}" selected>' in text(answer)
    # nothing moved by itself, and the proposal waits on the coverage page too
    assert Membership.objects.get(person=cast.person["李班长"]).body == cast.body["QL-B1-甲"]
    waiting = cast.login(Client(), "孙干事").get(reverse("org_coverage"), {"on": "2026-03-14"})
    assert f"?body={group.pk}" in text(waiting)
    done = arrange(cast, "20101", "admit", body=group.pk, status="", basis="crew", on="2026-03-14")
    assert "组织关系已登记。" in text(done)
    belongs = Membership.objects.filter(person=cast.person["李班长"]).order_by("from_on")
    assert [(one.body.code, one.status, one.from_on) for one in belongs] == [
        ("QL-B1-甲", "full", SINCE),
        ("QL-B1-乙", "full", dt.date(2026, 3, 14)),
    ]


@pytest.mark.covers("S1-03")
def test_who_serves_a_crew_is_put_into_its_group_by_whom_he_serves_and_is_shown_so(cast: Cast) -> None:
    arrange(cast, "20102", "admit", body=cast.body["QL-B1-甲"].pk, status="", basis="service")
    row = Membership.objects.on(ON).get(person=cast.person["王书记"])
    assert (row.body.code, row.basis, row.status) == ("QL-B1-甲", "service", "full")
    shown = cast.login(Client(), "孙干事").get(reverse("body", args=["QL-B1-甲"]))
    assert "正式 · 服务对象" in text(shown) and "正式 · 在班" in text(shown)
    before = cast.login(Client(), "孙干事").get(reverse("body", args=["QL-B1-甲"]), {"on": "2026-03-09"})
    assert "服务对象" not in text(before).partition("<main")[2]


def test_someone_lent_out_comes_back_by_himself(cast: Cast) -> None:
    arrange(cast, "20110", "second", unit=cast.unit["QL-F1-甲"].pk, on="2026-03-10", until="2026-04-01")
    works = Engagement.objects.filter(person=cast.person["吴师傅"]).order_by("from_on")
    assert [(one.unit.code, one.kind, one.from_on) for one in works] == [
        ("QL-R1-乙", "regular", SINCE),
        ("QL-F1-甲", "seconded", ON),
        ("QL-R1-乙", "regular", dt.date(2026, 4, 1)),
    ]
    refused = arrange(cast, "20111", "second", unit=cast.unit["QL-R1-甲"].pk, on="2026-03-10", until="2026-03-10")
    assert refused.status_code == 422 and "借调须在 2026-03-10 之后" in text(refused)


def test_a_contractor_is_taken_on_and_a_number_is_given_once(cast: Cast) -> None:
    said = {"staff_no": "W0007", "name": "单师傅", "unit": cast.unit["QL-R1-甲"].pk, "kind": "contractor",
            "on": "2026-03-10", "contact": ""}  # fmt: skip
    client = cast.login(Client(), "孙干事")
    done = client.post(reverse("person_new"), said, follow=True)
    assert "单师傅" in text(done) and "外委" in text(done)
    assert Person.objects.get(staff_no="W0007").pinyin == "shan shi fu"
    again = client.post(reverse("person_new"), said | {"name": "另一人"})
    assert again.status_code == 422 and "工号 W0007 已登记" in text(again)
    nobody = client.post(reverse("person_new"), said | {"staff_no": "W0008", "on": "2024-01-01"})
    assert nobody.status_code == 422 and not Person.objects.filter(staff_no="W0008").exists()


def test_who_leaves_has_no_work_no_place_and_no_post_and_his_past_stays(cast: Cast) -> None:
    arrange(cast, "20101", "leave")
    assert "李班长" not in listed(cast, "孙干事") and "李班长" in listed(cast, "孙干事", on="2026-03-09")
    assert "李班长" in listed(cast, "孙干事", kind="away")
    for dated in (Engagement, Membership, Post):
        assert dated.objects.get(person=cast.person["李班长"]).until_on == ON
    shown = page(cast, "孙干事", "20101")
    assert "2026-03-09" in shown and "到岗" in shown and "调动" not in shown.partition("<main")[2]


def test_a_post_is_given_and_taken_and_must_stand_somewhere(cast: Cast) -> None:
    nowhere = arrange(cast, "20110", "appoint", role="technician", body="", unit="", term_ends_on="")
    assert nowhere.status_code == 422 and "职务要么设在党组织，要么设在生产单位" in text(nowhere)
    wrong = arrange(cast, "20101", "appoint", role="secretary", body=cast.body["QL-B1-甲"].pk, unit="", term_ends_on="")
    assert wrong.status_code == 422 and "党小组设组长，其他党组织设书记和委员" in text(wrong)
    arrange(cast, "20110", "appoint", role="technician", body="", unit=cast.unit["QL-R1"].pk, term_ends_on="")
    post = Post.objects.get(person=cast.person["吴师傅"])
    client = cast.login(Client(), "孙干事")
    client.post(reverse("post_end", args=[post.pk]), {"on": "2026-03-20"})
    post.refresh_from_db()
    assert post.until_on == dt.date(2026, 3, 20)


def test_a_probationary_member_becomes_a_full_one_once(cast: Cast) -> None:
    Membership.objects.filter(person=cast.person["郑师傅"]).update(status="probationary")
    assert "已转正。" in text(arrange(cast, "20111", "confirm"))
    again = arrange(cast, "20111", "confirm", on="2026-03-11")
    assert again.status_code == 422 and "已是正式党员" in text(again)


def test_a_correction_stays_out_of_the_trail(cast: Cast) -> None:
    arrange(cast, "20110", "correct", name="吴师傅", joined_on="", grades="高级工、技师", contact="8110")
    person = Person.objects.get(staff_no="20110")
    assert (person.grades, person.contact) == (["高级工", "技师"], "8110")


@pytest.mark.parametrize("name", ["李班长", "王书记", "马主任", "高书记"])
def test_who_may_only_look_arranges_nothing(cast: Cast, name: str) -> None:
    assert "调动" not in page(cast, name, "20101").partition("<main")[2]
    answer = arrange(cast, "20101", "leave", by=name)
    assert answer.status_code == 403 and Engagement.objects.get(person=cast.person["李班长"]).until_on is None


def test_a_person_of_the_neighbour_is_not_moved_from_here(cast: Cast) -> None:
    assert arrange(cast, "30101", "leave").status_code == 404
    into_theirs = arrange(cast, "20110", "transfer", unit=cast.unit["BS-F1"].pk, kind="")
    assert into_theirs.status_code == 422
    assert Engagement.objects.get(person=cast.person["吴师傅"]).unit == cast.unit["QL-R1-乙"]


def test_a_transfer_marks_the_months_it_reaches_for_a_new_assessment(cast: Cast) -> None:
    for month in (202601, 202602, 202603):
        Partition.objects.create(plant=cast.plant, fact="readings", month=month, wanted=1, built=1)
    arrange(cast, "20101", "transfer", unit=cast.unit["QL-R1-乙"].pk, kind="", on="2026-02-20")
    assert [one.month for one in Partition.objects.order_by("month") if one.wanted > one.built] == [202602, 202603]


def roster(cast: Cast, name: str, **query: str) -> list[tuple[Any, ...]]:
    from openpyxl import load_workbook

    answer = cast.login(Client(), name).get(reverse("people_xlsx"), query)
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    return list(book.active.iter_rows(values_only=True))


def test_the_roster_workbook_holds_what_the_list_shows_and_no_more(cast: Cast) -> None:
    lines = roster(cast, "孙干事")
    assert lines[0] == ("工号", "姓名", "单位", "用工", "职务", "党员类别", "党组织", "编入依据")
    assert ("20101", "李班长", "熔炼车间 · 转炉线 · 转炉甲班", "在册", "班长（横大班）", "正式",
            "转炉党支部 · 转炉甲班党小组", "在班") in lines  # fmt: skip
    assert len(lines) == 13
    assert roster(cast, "马主任")[0] == ("工号", "姓名", "单位", "用工", "职务")
    assert [row[1] for row in roster(cast, "李班长")] == ["姓名", "李班长", "何组长"]
    assert [row[1] for row in roster(cast, "孙干事", q="lbz")] == ["姓名", "李班长"]


def test_a_number_that_begins_with_zero_and_a_name_that_looks_like_a_formula_stay_texts(cast: Cast) -> None:
    Person.objects.filter(staff_no="20110").update(staff_no="00110", name="=1+1")
    assert roster(cast, "吴师傅")[1][:2] == ("00110", "=1+1")


def test_the_list_goes_by_number_or_by_the_sound_of_the_name(cast: Cast) -> None:
    assert [row.person.name for row in rows(cast, "王书记")][:3] == ["李班长", "王书记", "何组长"]
    by_name = [row.person.name for row in rows(cast, "王书记", order="name")]
    assert by_name == ["何组长", "李班长", "马主任", "王书记", "吴师傅"]


def test_fifty_to_a_page_and_the_rest_on_the_next(cast: Cast) -> None:
    for number in range(60):
        person = Person.objects.create(plant=cast.plant, staff_no=f"6{number:04}", name=f"职工{number}")
        Engagement.objects.create(person=person, unit=cast.unit["QL-F1-甲"], from_on=SINCE)
    assert len(listed(cast, "孙干事")) == 50
    assert len(listed(cast, "孙干事", page="2")) == 22
    assert len(listed(cast, "孙干事", page="zwei")) == 50
