"""A member's own page and his committee's: what they show, whose it is, what is asked of it, and how it looks."""

import datetime as dt
import json
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ronglu.kernel.time.period import Period
from ronglu.store.models import AuditEntry, Case, LiftPlan, PointEntry
from ronglu.work import lifts
from tests.cast import Cast, cast
from tests.web.pages import WIDTHS, Look, check, look
from tests.work.membered import MARCH, by, computed, entry, proposed, record, seat

__all__ = ["cast", "look"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_10th_of_march(settings: Any) -> None:
    settings.TODAY = "2026-03-10"


def get(cast: Cast, who: str, name: str, *args: Any, **query: str) -> HttpResponse:
    return cast.login(Client(), who).get(reverse(name, args=args), query)  # type: ignore[return-value]


def post(cast: Cast, who: str, name: str, *args: Any, **said: Any) -> HttpResponse:
    return cast.login(Client(), who).post(reverse(name, args=args), said | {"csrfmiddlewaretoken": "x"})  # type: ignore[return-value]


def text(cast: Cast, who: str, name: str, *args: Any) -> str:
    response = get(cast, who, name, *args)
    assert response.status_code == 200
    return response.content.decode().split("<main", 1)[1].split("</main>")[0]


def played(cast: Cast) -> None:
    """李班长: five months of figures, a plan, a booked entry and one that is told."""
    person = cast.person["李班长"]
    person.grades = ["高级工"]
    person.save()
    for n, work in enumerate([(2, 4), (3, 4), (4, 4), (3, 4), (4, 4)]):
        month = Period.month(2025, 10) + n
        computed(cast, month, work=work, at=dt.datetime.combine(month.last, dt.time(9)))
    lifts.promise(
        person=person,
        year=2026,
        ability="考过技师",
        results="甲班达到计划",
        mentor=cast.person["何组长"],
        **by(cast, "李班长"),
    )
    entry(cast, state="entered")
    entry(cast, state="told", key="case:2:1", label="合理化建议 JY-2 采纳后按期实施")


@pytest.mark.covers("S1-45", "S3-23")
def test_a_member_reads_his_axes_his_points_and_the_record_behind_each(cast: Cast) -> None:
    """Results 75 in January and 100 in February against a baseline of 75: up on one axis, level on the other."""
    played(cast)
    page = text(cast, "李班长", "me")
    assert "指标组成为系统默认" in page and "单升" in page and "+25.00" in page
    assert "考过技师" in page and "待商定" in page
    assert "合理化建议 JY-2 采纳后按期实施" in page and "03-15 前可提异议" in page
    assert page.count("提异议</a>") + page.count("提异议<span") == 2
    assert "3.00 / 25" in page
    # of others there is nothing, not even that they have any
    assert "何组长" in page and "郑师傅" not in page and "名次" not in page


def test_a_member_objects_and_finds_what_became_of_it_beside_the_entry(cast: Cast) -> None:
    played(cast)
    told = PointEntry.objects.get(state="told")
    assert post(cast, "何组长", "me_object", told.pk, ground="不对").status_code == 404
    assert post(cast, "李班长", "me_object", told.pk, ground="").status_code == 422
    assert post(cast, "李班长", "me_object", told.pk, ground="两件只记一件").status_code == 302
    case = Case.objects.get()
    assert case.number in text(cast, "李班长", "me")
    again = post(cast, "李班长", "me_object", told.pk, ground="再提")
    assert again.status_code == 422 and "正在办理" in again.content.decode()


def test_what_is_stored_about_oneself_can_be_read_and_taken_away(cast: Cast) -> None:
    played(cast)
    page = text(cast, "李班长", "me_data")
    assert "20101" in page and "火法" not in page and "三年" in page
    found = json.loads(get(cast, "李班长", "me_take", "json").content)
    assert found["person"]["rows"][0]["工号"] == "20101"
    assert [row["分值（百分之一）"] for row in found["points"]["rows"]] == [300, 300]
    book = openpyxl.load_workbook(BytesIO(b"".join(get(cast, "李班长", "me_take", "excel"))))  # type: ignore[arg-type]
    assert book["登记"]["A2"].value == "20101" and book["积分"].max_row == 3
    assert [cell.value for cell in book["积分"]["D"]] == ["分值", 3, 3]
    assert get(cast, "李班长", "me_take", "xml").status_code == 404
    other = json.loads(get(cast, "郑师傅", "me_take", "json").content)
    assert other["points"]["rows"] == [] and "李班长" not in json.dumps(other, ensure_ascii=False)


def test_what_is_stored_about_oneself_is_said_in_words_and_not_in_codes(cast: Cast) -> None:
    played(cast)
    page = text(cast, "李班长", "me_data")
    assert "班长（横大班）" in page and "正式" in page and "2026-03" in page and "3.00" in page
    for code in ("crew_leader", "full", "202603", "verified", "told", "百分之一"):
        assert f">{code}<" not in page and not (code == "百分之一" and code in page), code


def test_who_is_no_member_has_a_page_without_points(cast: Cast) -> None:
    page = text(cast, "吴师傅", "me")
    assert "存了我哪些数据" in page and "积分" not in page.split("存了我哪些数据")[0].split("</header>")[-1]


def test_the_committee_settles_its_own_branch_and_nobody_elses(cast: Cast) -> None:
    seat(cast)
    proposed(cast, record(cast), record(cast, who="郑师傅", key="case:9:1", label="别的支部"))
    one = PointEntry.objects.get(person=cast.person["李班长"])
    page = text(cast, "王书记", "me_branch")
    assert "李班长" in page and "郑师傅" not in page and "别的支部" not in page
    assert post(cast, "王书记", "me_point", one.pk, "verify").status_code == 302
    one.refresh_from_db()
    assert one.state == "verified"
    other = PointEntry.objects.get(person=cast.person["郑师傅"])
    assert post(cast, "王书记", "me_point", other.pk, "verify").status_code == 404
    assert post(cast, "王书记", "me_point", one.pk, "confirm").status_code == 404


def test_several_points_are_verified_at_once_and_each_is_checked_by_itself(cast: Cast) -> None:
    seat(cast)
    proposed(
        cast, record(cast), record(cast, key="case:8:1", label="第二件"), record(cast, key="case:7:1", label="第三件"),
        record(cast, who="王书记", key="case:6:1", label="书记自己的"), record(cast, who="郑师傅", key="case:9:1", label="别的支部"),
    )  # fmt: skip
    keys = dict(PointEntry.objects.values_list("label", "pk"))
    left = PointEntry.objects.get(label="第三件")
    page = text(cast, "王书记", "me_branch")
    assert f'value="{left.pk}"' in page and f'value="{keys["书记自己的"]}"' not in page
    client = cast.login(Client(), "王书记")
    picked = [str(pk) for label, pk in keys.items() if label != "第三件"] + ["x", "9" * 30]
    answer = client.post(reverse("me_verify"), {"pk": picked}, follow=True).content.decode()
    assert "已核实 2 条" in answer and "书记自己的" not in answer
    assert dict(PointEntry.objects.values_list("label", "state")) == {
        label: "verified" if label not in ("第三件", "书记自己的", "别的支部") else "declared" for label in keys
    }
    assert "没有选" in client.post(reverse("me_verify"), {}, follow=True).content.decode()
    assert cast.login(Client(), "孙干事").post(reverse("me_verify"), {"pk": [left.pk]}).status_code in (403, 404)


@pytest.mark.parametrize("name", ["马主任", "孙干事", "高书记", "郑师傅", "赵安全员"])
def test_workshop_office_and_plant_meet_no_points_of_persons(cast: Cast, name: str) -> None:
    entry(cast, state="entered")
    before = AuditEntry.objects.filter(outcome="refused").count()
    assert get(cast, name, "me_branch").status_code in (403, 404)
    assert "建议实施见效" not in get(cast, name, "me").content.decode().split("<main", 1)[1]
    assert AuditEntry.objects.filter(outcome="refused").count() >= before


def test_a_look_at_another_branch_is_refused_and_written_down(cast: Cast) -> None:
    assert get(cast, "王书记", "me_branch", body="QL-B2").status_code == 404
    found = AuditEntry.objects.get(verb="scores_of_persons.see", outcome="refused")
    assert found.account == cast.account["王书记"]


def test_a_group_leader_agrees_to_goals_and_meets_no_figure(cast: Cast) -> None:
    played(cast)
    PointEntry.objects.all()
    from ronglu.store.models import Post

    Post.objects.filter(person=cast.person["何组长"], role="organiser").delete()
    page = text(cast, "何组长", "me_branch")
    assert "考过技师" in page and "待核实的积分" not in page and "建议实施见效" not in page
    assert post(cast, "何组长", "me_plan", LiftPlan.objects.get().pk, "agree").status_code == 302
    assert LiftPlan.objects.get().state == "agreed"


def test_goals_claims_and_deductions_are_written_by_those_who_may(cast: Cast) -> None:
    assert post(cast, "郑师傅", "me_goals", ability="考过中级工", results="精炼线合格率", mentor="").status_code == 302
    assert LiftPlan.objects.get().person.name == "郑师傅"
    said = {"source": "pair_goal", "on": "2026-03-06", "ground": "徒弟出师，车间认定"}
    assert post(cast, "李班长", "me_claim", **said).status_code == 302
    assert post(cast, "李班长", "me_claim", **(said | {"source": "idea_implemented"})).status_code == 422
    charged = {"person": "20101", "source": "violation", "on": "2026-03-06", "ground": "安环通报 11 号"}
    assert post(cast, "王书记", "me_charge", **charged).status_code == 302
    assert sorted(PointEntry.objects.values_list("source", "points_h")) == [("pair_goal", 150), ("violation", -200)]


def test_an_assessed_skill_is_entered_by_one_and_signed_by_another_in_the_browser(cast: Cast) -> None:
    said = {"person": "20101", "dimension": "skill", "month": "2026-03", "figure": "88", "ground": "岗位考评"}
    assert post(cast, "何组长", "me_figure", **said).status_code == 302
    row = cast.person["李班长"].lift_months.get()
    assert (row.figure_h, row.state) == (8800, "entered")
    assert "岗位考评" in text(cast, "王书记", "me_branch")
    assert post(cast, "王书记", "me_sign", row.pk).status_code == 302
    row.refresh_from_db()
    assert row.state == "signed"


def test_the_pages_ask_the_same_number_of_questions_at_three_rows_as_at_one(cast: Cast) -> None:
    seat(cast)

    def asked(who: str, name: str) -> int:
        client = cast.login(Client(), who)
        client.get(reverse(name))
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(reverse(name)).status_code == 200
        return len(found)

    computed(cast, MARCH - 1, work=(3, 4))
    proposed(cast, record(cast))
    one = asked("李班长", "me"), asked("王书记", "me_branch"), asked("李班长", "me_data")
    computed(cast, MARCH, work=(3, 4))
    proposed(cast, *(record(cast, who=who, key=f"case:{n}:1") for n in (2, 3) for who in ("李班长", "马主任")))
    assert (asked("李班长", "me"), asked("王书记", "me_branch"), asked("李班长", "me_data")) == one


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    ("who", "name"), [("李班长", "me"), ("李班长", "me_how"), ("李班长", "me_data"), ("王书记", "me_branch")]
)
def test_the_pages_look_right(look: Look, cast: Cast, width: int, who: str, name: str) -> None:
    played(cast)
    proposed(cast, record(cast, key="case:3:1", label="合理化建议 JY-3 采纳后按期实施"))
    page = look(reverse(name), width=width, cookies=cast.login(Client(), who).cookies)
    check(page, f"{name}-{width}")
