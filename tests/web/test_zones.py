"""Zones in the browser: laid out, owned, drawn, walked, labelled, and the accident-free board."""

import datetime as dt
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from ronglu.store.models import (
    Checklist,
    FloorPlan,
    Job,
    KeyWork,
    Round,
    RoundAnswer,
    SafetyEvent,
    Zone,
    ZoneArea,
    ZoneOwner,
)
from ronglu.tasks.run import perform
from ronglu.work import events, floor_plans, key_works, rounds, zones
from tests.cast import AT, ON, SINCE, Cast, cast
from tests.work.zoned import Ground, grounded

__all__ = ["cast"]
THE_15TH = dt.date(2026, 3, 15)


@pytest.fixture(autouse=True)
def the_10th_of_march(settings: Any) -> None:
    settings.TODAY = "2026-03-10"


@pytest.fixture
def ground(cast: Cast) -> Ground:
    return grounded(cast)


def get(ground: Ground, name: str, page: str, /, *args: Any, **query: Any) -> str:
    response = ground.cast.login(Client(), name).get(reverse(page, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def post(ground: Ground, name: str, page: str, /, *args: Any, **said: Any) -> HttpResponse:
    return ground.cast.login(Client(), name).post(reverse(page, args=args), said, follow=True)


def text(response: HttpResponse) -> str:
    return response.content.decode()


def cost(ground: Ground, name: str, page: str, *args: Any) -> int:
    client = ground.cast.login(Client(), name)
    client.get(reverse(page, args=args))
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse(page, args=args)).status_code == 200
    return len(asked)


def png(colour: str = "white") -> bytes:
    out = BytesIO()
    Image.new("RGB", (80, 60), colour).save(out, "PNG")
    return out.getvalue()


def due(ground: Ground, zone: str = "Z1") -> Round:
    if not Checklist.objects.exists():
        ground.publish()
    made: Round = Round.objects.create(
        zone=ground.zone[zone], checklist=Checklist.objects.get(), work_class="safety", due_on=THE_15TH
    )
    return made


def test_a_workshop_head_lays_out_a_zone_of_his_own_workshop_and_of_no_other(ground: Ground) -> None:
    said = {
        "code": "Z7",
        "name": "烟道",
        "kind": "own",
        "unit": ground.unit["QL-R1"].pk,
        "on": "2026-03-10",
        "size": "12.5",
    }
    assert "责任区已划出" in text(post(ground, "马主任", "zone_new", **said))
    assert (Zone.objects.get(code="Z7").size, Zone.objects.get(code="Z7").state) == (1250, "active")
    elsewhere = said | {"code": "Z8", "unit": ground.unit["QL-F1"].pk}
    assert post(ground, "马主任", "zone_new", **elsewhere).status_code == 422
    assert not Zone.objects.filter(code="Z8").exists()


@pytest.mark.covers("S3-11")
def test_av_16_the_form_says_why_and_nothing_is_written(ground: Ground) -> None:
    said = {"person": "20101", "on": "2026-03-10"}
    assert "责任人已登记" in text(post(ground, "王书记", "zone_assign", ground.zone["Z1"].pk, duty="own", **said))
    refused = post(ground, "王书记", "zone_assign", ground.zone["Z1"].pk, duty="care", **said)
    assert refused.status_code == 422
    assert "就是本人的岗位责任区：协管区不能与本人岗位责任区重叠，请换一处" in text(refused)
    assert ZoneOwner.objects.count() == 1


def test_an_owner_ends_on_a_day(ground: Ground) -> None:
    row = ground.give("李班长", "Z1", on=SINCE)
    assert "已结束" in text(post(ground, "王书记", "zone_owner_end", row.pk, on="2026-03-10"))
    row.refresh_from_db()
    assert row.until_on == ON


def test_what_stands_in_a_zone_is_added_and_taken_out(ground: Ground) -> None:
    zone = ground.zone["Z1"]
    post(ground, "马主任", "zone_deed", zone.pk, "item", name="1# 风机", kind="equipment", work_class="equipment")
    assert "1# 风机" in get(ground, "李班长", "zone", zone.pk)
    post(ground, "马主任", "zone_item_remove", zone.items.get().pk)
    assert not zone.items.exists()
    assert post(ground, "王书记", "zone_deed", zone.pk, "rename", name="x").status_code == 403


@pytest.mark.covers("S3-13", "S3-17")
def test_the_three_coverages_stand_above_the_list_with_their_fractions(ground: Ground) -> None:
    """As in tests/work/test_zones.py: one of seven members; 40 of 320 m²; no key work."""
    ground.give("李班长", "Z1")
    shown = get(ground, "赵安全员", "zones")
    assert "有责任区的党员" in shown and "14.3" in shown
    assert "有责任人的面积" in shown and "12.5" in shown
    assert "责任区 1 / 4 个有责任人；1 个没有量面积" in shown.replace("\n", "")
    # names of members are for those who may see membership
    assert "王书记" not in shown
    assert "还没有责任区的党员 6 人" in get(ground, "孙干事", "zones")
    assert "三个全覆盖" in get(ground, "王书记", "zones")


def test_the_list_is_narrowed_by_kind_unit_and_want_of_an_owner(ground: Ground) -> None:
    ground.give("李班长", "Z1")
    wanted = {
        "kind": {"kind": "area"},
        "unit": {"unit": ground.unit["QL-F"].pk},
        "unowned": {"state": "unowned", "kind": "own"},
    }
    names = {zone.name for zone in ground.zone.values()}
    found = {
        key: {n for n in names if f">{n}</a>" in get(ground, "赵安全员", "zones", **q)} for key, q in wanted.items()
    }
    assert found == {"kind": {"料场"}, "unit": {"精炼炉台"}, "unowned": {"加料平台"}}
    # 炉口 lies in 炉前
    assert "随“炉前”" in get(ground, "赵安全员", "zones")


@pytest.mark.covers("S3-18")
def test_a_member_sees_his_duties_tasks_and_what_is_due(ground: Ground) -> None:
    ground.give("李班长", "Z1")
    ground.give("李班长", "Z4")
    due(ground)
    shown = get(ground, "李班长", "zones_mine")
    assert all(word in shown for word in ("炉前", "岗位责任区", "料场整治", "去巡查", "2026-03-15"))
    assert "还没有派给您责任区" in get(ground, "郑师傅", "zones_mine")


@pytest.mark.covers("S3-12")
def test_nothing_in_a_round_is_answered_beforehand(ground: Ground) -> None:
    ground.give("李班长", "Z1")
    row = due(ground)
    assert "checked" not in get(ground, "李班长", "zone_round", row.pk)
    refused = post(ground, "李班长", "zone_round", row.pk, a2="ok")
    assert "第 1、3 项还没有答" in text(refused)
    assert text(refused).count("checked") == 1
    answers = {f"a{n}": "ok" for n in (1, 2, 3)}
    assert "一切正常" in text(post(ground, "李班长", "zone_round", row.pk, **answers))
    assert Round.objects.get().state == "done"


def test_a_finding_without_words_keeps_what_was_answered(ground: Ground) -> None:
    ground.give("李班长", "Z1")
    row = due(ground)
    refused = post(ground, "李班长", "zone_round", row.pk, a1="ok", a2="finding", a3="not_applicable", w3="没有灯")
    assert refused.status_code == 422
    assert "第 2 项有问题，请写明是什么问题" in text(refused)
    assert 'value="finding" checked' in text(refused)
    assert "没有灯" in text(refused)
    assert Round.objects.get().state == "due"


def test_a_finding_becomes_a_hazard_at_the_zone(ground: Ground) -> None:
    ground.give("李班长", "Z1")
    row = due(ground)
    post(ground, "李班长", "zone_round", row.pk, a1="ok", a2="finding", w2="堆放电极", a3="ok")
    case = ground.zone["Z1"].cases.get()
    assert (case.loop, case.data["what"], case.raised_by) == (
        "hazard", "通道无杂物：堆放电极", ground.cast.person["李班长"],
    )  # fmt: skip
    assert RoundAnswer.objects.get(line=2).raised == case.number
    assert case.number in get(ground, "李班长", "zone_round", row.pk)
    assert case.number in get(ground, "李班长", "zone", ground.zone["Z1"].pk)


def test_who_neither_owns_nor_leads_walks_no_round(ground: Ground) -> None:
    ground.give("李班长", "Z1")
    row = due(ground)
    assert ground.cast.login(Client(), "吴师傅").get(reverse("zone_round", args=[row.pk])).status_code == 404
    assert post(ground, "吴师傅", "zone_round", row.pk, a1="ok").status_code == 404


def test_the_safety_officer_plans_the_month_and_calls_one_off(ground: Ground) -> None:
    ground.give("李班长", "Z1")
    ground.publish()
    assert "排出 3 次巡查" in text(post(ground, "赵安全员", "zone_rounds_plan"))
    assert "该排的都排了" in text(post(ground, "赵安全员", "zone_rounds_plan"))
    assert post(ground, "马主任", "zone_rounds_plan").status_code == 404
    one = Round.objects.order_by("due_on")[0]
    assert "请写明取消的原因" in text(post(ground, "马主任", "zone_round_cancel", one.pk))
    assert "已取消" in text(post(ground, "马主任", "zone_round_cancel", one.pk, reason="停炉"))
    assert "停炉" not in get(ground, "李班长", "zone_rounds")


def test_a_checklist_is_published_for_the_whole_plant(ground: Ground) -> None:
    said = {"cadence": "month", "lines": "一\n二\n\n三", "on": "2026-03-10"}
    assert "检查表已发布" in text(post(ground, "赵安全员", "zone_checklist", "clean", **said))
    assert Checklist.objects.get().lines == ["一", "二", "三"]
    assert "第 1 版" in get(ground, "李班长", "zone_checklists")
    assert post(ground, "马主任", "zone_checklist", "clean", **said).status_code == 404


@pytest.mark.covers("S0-12")
def test_a_plan_is_brought_drawn_and_shown_with_its_table(ground: Ground) -> None:
    picture = SimpleUploadedFile("厂房.png", png())
    said = {"name": "一层", "unit": ground.unit["QL-R1"].pk, "picture": picture}
    post(ground, "马主任", "zone_plan_new", **said)
    plan = FloorPlan.objects.get()
    assert (plan.width, plan.height, plan.path) == (80, 60, f"pictures/{plan.digest}.png")
    post(ground, "马主任", "zone_draw", plan.pk, ground.zone["Z1"].pk, points="0,0 500,0 500,500")
    assert ZoneArea.objects.get().points == [[0, 0], [500, 0], [500, 500]]
    shown = get(ground, "李班长", "zone_plan", plan.pk)
    # three quarters as high as wide: 500 of 1000 is 375 of 750
    assert 'viewBox="0 0 1000 750"' in shown and 'points="0,0 500,0 500,375"' in shown
    assert "0,0 500,0 500,500" in shown
    served = ground.cast.login(Client(), "李班长").get(reverse("zone_plan_picture", args=[plan.pk]))
    assert (served["Content-Type"], b"".join(served.streaming_content)[:4]) == ("image/png", b"\x89PNG")  # type: ignore[attr-defined]
    post(ground, "马主任", "zone_erase", plan.pk, ground.zone["Z1"].pk)
    assert not ZoneArea.objects.exists()


def test_corners_that_make_no_polygon_stay_in_the_form(ground: Ground) -> None:
    plan = floor_plans.add(
        plant=ground.cast.plant, unit=ground.unit["QL-R1"], name="一层", data=png(), suffix=".png", width=80, height=60,
        **ground.who,
    )  # fmt: skip
    refused = post(ground, "马主任", "zone_draw", plan.pk, ground.zone["Z1"].pk, points="0,0 500,0")
    assert refused.status_code == 422
    assert "写了 2 个" in text(refused) and "0,0 500,0" in text(refused)


def test_what_is_no_picture_is_refused_in_words(ground: Ground) -> None:
    said = {"name": "一层", "unit": ground.unit["QL-R1"].pk, "picture": SimpleUploadedFile("x.png", b"%PDF-1.7")}
    assert "这是PDF 文件，不是照片" in text(post(ground, "马主任", "zone_plan_new", **said))
    assert not FloorPlan.objects.exists()


def test_labels_are_set_by_the_worker_and_taken_away_by_who_asked(ground: Ground) -> None:
    ground.give("李班长", "Z1")
    chosen = [ground.zone["Z1"].pk, ground.zone["Z3"].pk]
    post(ground, "马主任", "zone_labels_make", zone=chosen)  # the refining floor is not his
    job = Job.objects.get(kind="zones.labels")
    assert (job.args["zones"], job.args["site"]) == ([ground.zone["Z1"].pk], "http://testserver")
    result = perform(job)
    Job.objects.update(state="done", result=result)
    served = ground.cast.login(Client(), "马主任").get(reverse("zone_labels_file", args=[job.pk]))
    assert b"".join(served.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert ground.cast.login(Client(), "赵安全员").get(reverse("zone_labels_file", args=[job.pk])).status_code == 404


def test_no_label_for_nothing(ground: Ground) -> None:
    assert "请至少选一个责任区" in text(post(ground, "马主任", "zone_labels_make"))
    assert not Job.objects.exists()


def test_key_work_is_listed_given_and_ended(ground: Ground) -> None:
    said = {"title": "炉衬", "unit": ground.unit["QL-R1"].pk, "on": "2026-03-01"}
    post(ground, "王书记", "key_work_new", **said)
    assert "还没有" in get(ground, "李班长", "key_works")
    post(ground, "王书记", "key_work_deed", KeyWork.objects.get().pk, "give", owner="20107", on="2026-03-10")
    assert "马主任" in get(ground, "李班长", "key_works")
    open_row = KeyWork.objects.get(until_on=None)
    post(ground, "王书记", "key_work_deed", open_row.pk, "finish", on="2026-03-10")
    assert "没有列重点难点" in get(ground, "李班长", "key_works")


@pytest.mark.covers("S4-21")
def test_an_event_is_told_by_one_and_confirmed_by_another(ground: Ground) -> None:
    said = {
        "day": "2026-03-08", "kind": "minor", "unit": ground.unit["QL-R1-甲"].pk, "zone": ground.zone["Z1"].pk,
        "words": "擦伤",
    }  # fmt: skip
    assert "等待另一人确认" in text(post(ground, "赵安全员", "safety_event_new", **said))
    row = SafetyEvent.objects.get()
    assert "须由另一人确认" in text(post(ground, "赵安全员", "safety_event_decide", row.pk, "confirm", kind="minor"))
    SafetyEvent.objects.update(reported_by=ground.cast.account["李班长"])
    assert "已确认" in text(post(ground, "赵安全员", "safety_event_decide", row.pk, "confirm", kind="minor"))
    shown = get(ground, "李班长", "safety_events")
    assert '转炉甲班</th><td class="num">2</td>' in shown
    assert '转炉乙班</th><td class="num">433</td>' in shown
    assert "擦伤" not in get(ground, "郑师傅", "safety_events")


def test_lists_cost_the_same_at_three_as_at_one(ground: Ground) -> None:
    li, plant = ground.cast.person["李班长"], ground.cast.plant
    ground.publish()

    def add(number: int) -> None:
        zone = zones.create(
            plant=plant, code=f"N{number}", name=f"区{number}", kind="own", unit=ground.unit["QL-R1"], on=SINCE,
            parent=ground.zone["Z2"], **ground.who,
        )  # fmt: skip
        ZoneOwner.objects.create(zone=zone, person=li, duty="own", from_on=SINCE)
        zones.add_item(
            zone=ground.zone["Z1"], name=f"风机 {number}", kind="equipment", work_class="safety", **ground.who
        )
        ground.zone[f"N{number}"] = zone
        due(ground, f"N{number}")
        Round.objects.create(
            zone=ground.zone["Z1"], checklist=Checklist.objects.get(), work_class="safety",
            due_on=ON + dt.timedelta(days=number),
        )  # fmt: skip
        ground.give("李班长", "Z1", on=ON)
        key_works.name(
            plant=plant,
            unit=ground.unit["QL-R1"],
            title=f"难点{number}",
            zone=ground.zone["Z1"],
            owner=li,
            on=ON,
            **ground.who,
        )
        events.report(
            plant=plant, unit=ground.unit["QL-R1-甲"], zone=zone, day=ON, kind="near_miss", words=f"滑倒 {number}",
            by=ground.cast.account["李班长"], at=AT,
        )  # fmt: skip

    pages = [
        ("赵安全员", "zones"), ("李班长", "zones_mine"), ("赵安全员", "zone_rounds"), ("赵安全员", "key_works"),
        ("赵安全员", "safety_events"), ("赵安全员", "zone_labels"), ("赵安全员", "zone_checklists"),
        ("赵安全员", "zone", ground.zone["Z1"].pk),
    ]  # fmt: skip
    add(1)
    one = [cost(ground, *page) for page in pages]
    add(2)
    add(3)
    assert [cost(ground, *page) for page in pages] == one


def test_a_round_planned_by_the_clock_needs_no_person(ground: Ground) -> None:
    ground.give("李班长", "Z1")
    ground.publish()
    assert rounds.plan(plant=ground.cast.plant, first=ON, last=THE_15TH, by=None, at=AT) == 1
