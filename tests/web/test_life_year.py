"""The year at a glance in the browser, findings by place and by rule, the reason beside them, and the rules as the party office edits them."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ronglu.store.models import BodyState, Finding, Gathering, Person, Training
from ronglu.work import findings, life_findings, people
from tests.cast import AT, SINCE, Cast, cast  # noqa: F401
from tests.web.taken_away import cells as cells_of
from tests.work.lived import held

TODAY = dt.date(2026, 6, 20)
NOON = dt.datetime(2026, 6, 20, 12)


@pytest.fixture(autouse=True)
def the_20th_of_june(settings: Any) -> None:
    settings.TODAY = str(TODAY)


def lived(cast: Cast) -> Gathering:
    """甲班党小组 met in March and not in April and May; the branch began with it."""
    held(cast, "QL-B1", "monthly_life", dt.date(2026, 1, 15), hours=4, came=("何组长",))
    row = held(cast, "QL-B1-甲", "group_meeting", dt.date(2026, 3, 12), convened_as="leader")
    life_findings.refresh(plant=cast.plant, on=TODAY, at=AT)
    return row


def see(cast: Cast, name: str, page: str, args: list[str] | None = None, **query: str) -> str:
    response = cast.login(Client(), name).get(reverse(page, args=args), query)
    assert response.status_code == 200, response.content.decode()[:400]
    return response.content.decode()


def do(cast: Cast, name: str, page: str, args: list[Any], said: dict[str, Any]) -> HttpResponse:
    return cast.login(Client(), name).post(reverse(page, args=args), said, follow=True)  # type: ignore[return-value]


def cells(cast: Cast, rule: str, body: str, name: str = "王书记") -> list[tuple[str, str]]:
    """Word and reason of each cell of one line."""
    client = cast.login(Client(), name)
    groups = client.get(reverse("org_year", args=["QL-B1"])).context["groups"]
    (row,) = [r for g in groups for r in g["monthly"] if r["line"].rule.id == rule and r["line"].name == body]
    return [(one.word, one.reason) for one in row["cells"]]


def test_the_secretary_sees_what_is_due_done_missed_and_why_on_what_it_rests_and_what_clears_it(cast: Cast) -> None:
    row = lived(cast)
    april = Finding.objects.get(rule="R-LIFE-03", subject__endswith="2026-04")
    answer = do(cast, "孙干事", "org_reason", [april.pk], {"reason": "全组抢修三周"})
    assert answer.status_code == 200
    unseen, done, why, missed, due = (
        ("无记录", ""),
        ("已做", ""),
        ("有理由", "全组抢修三周"),
        ("未做到", ""),
        ("待做", ""),
    )
    assert cells(cast, "R-LIFE-03", "转炉甲班党小组") == [unseen, unseen, done, why, missed, due, *[("", "")] * 6]
    page = see(cast, "王书记", "org_year", ["QL-B1"])
    assert "03-12" in page and reverse("gathering", args=[row.pk]) in page
    assert "《中国共产党支部工作条例（试行）》第13条（待本单位核对原文）" in page
    assert "2026年5月已经过去：开过没有登记的，补登记；没有开的，补开并注明补哪一次；不能补的，登记理由" in page
    assert "全组抢修三周" in page


def test_hours_of_32_and_56_terms_within_six_months_and_vacant_seats_stand_beside_it(cast: Cast) -> None:
    lived(cast)
    row = Training.objects.create(
        plant=cast.plant,
        title="集中轮训",
        first_on="2026-03-02",
        last_on="2026-03-09",
        half_days=14,
        by=cast.account["孙干事"],
        at=AT,
    )
    row.people.add(cast.person["王书记"])
    BodyState.objects.filter(body=cast.body["QL-B1"]).update(term_ends_on="2026-12-20")
    view = cast.login(Client(), "王书记").get(reverse("org_year", args=["QL-B1"])).context["view"]
    assert {(h.name, h.hours, h.asked, h.state.value) for h in view.hours} >= {
        ("王书记", 56, 56, "ok"), ("何组长", 4, 32, "due"), ("李班长", 0, 32, "due"),
    }  # fmt: skip
    assert [(one.name, one.on, one.over) for one in view.endings] == [("转炉党支部", dt.date(2026, 12, 20), False)]
    assert [(one.name, one.seat, one.since) for one in view.vacant] == [("转炉乙班党小组", "组长", None)]
    BodyState.objects.filter(body=cast.body["QL-B1"]).update(term_ends_on="2026-12-21")
    again = cast.login(Client(), "王书记").get(reverse("org_year", args=["QL-B1"])).context["view"]
    assert again.endings == ()


@pytest.mark.parametrize(
    ("today", "ends", "over"),
    [
        ("2026-02-28", dt.date(2026, 8, 31), [False]),
        ("2026-02-27", dt.date(2026, 8, 31), []),
        ("2026-08-31", dt.date(2026, 8, 31), [False]),
        ("2026-09-01", dt.date(2026, 8, 31), [True]),
    ],
)
def test_the_year_and_the_reminder_agree_on_the_day_a_term_comes_near_and_on_its_last(
    cast: Cast, settings: Any, today: str, ends: dt.date, over: list[bool]
) -> None:
    settings.TODAY = today
    BodyState.objects.filter(body=cast.body["QL-B1"]).update(term_ends_on=ends)
    findings.refresh_findings(plant=cast.plant, on=dt.date.fromisoformat(today), at=AT)
    view = cast.login(Client(), "王书记").get(reverse("org_year", args=["QL-B1"])).context["view"]
    assert [one.over for one in view.endings] == over
    rules = set(
        Finding.objects.filter(body=cast.body["QL-B1"], rule__in=("R-ORG-10", "R-ORG-11")).values_list(
            "rule", flat=True
        )
    )
    assert rules == {"R-ORG-10" if late else "R-ORG-11" for late in over}


def test_a_seat_that_was_left_is_vacant_from_that_day(cast: Cast) -> None:
    lived(cast)
    people.relieve(post=cast.person["何组长"].posts.get(), on=dt.date(2026, 6, 1), by=cast.account["孙干事"], at=AT)
    view = cast.login(Client(), "王书记").get(reverse("org_year", args=["QL-B1"])).context["view"]
    assert ("转炉甲班党小组", "组长", dt.date(2026, 6, 1)) in {(one.name, one.seat, one.since) for one in view.vacant}


def test_names_with_their_hours_are_for_those_who_know_who_is_in_the_party(cast: Cast) -> None:
    lived(cast)
    for name, sees in (("王书记", True), ("李班长", False), ("马主任", False), ("集团", False)):
        page = see(cast, name, "org_year", ["QL-B1"])
        assert ("何组长" in page) is sees and "人已够" in page, name
    findings = see(cast, "李班长", "org_findings", chapter="study")
    assert "R-EDU" not in findings


def test_an_outsider_and_the_next_branch_see_nothing_of_it(cast: Cast) -> None:
    lived(cast)
    for name in ("外人", "邻厂书记", "郑师傅"):
        assert cast.login(Client(), name).get(reverse("org_year", args=["QL-B1"])).status_code == 404
    assert "转炉" not in see(cast, "郑师傅", "org_years")


def test_the_list_counts_windows_and_says_of_a_branch_without_records_that_it_is_not_asked(cast: Cast) -> None:
    lived(cast)
    rows = {one.name: one for one in cast.login(Client(), "孙干事").get(reverse("org_years")).context["rows"]}
    assert rows["转炉党支部"].missed >= 2 and not rows["精炼党支部"].asked
    assert "还没有登记会议，不核对" in see(cast, "孙干事", "org_years")
    assert "还没有在这里登记会议的：" in see(cast, "王书记", "org_year", ["QL-B1"])  # 乙班党小组


def test_a_motive_given_when_the_meeting_was_called_off_is_there_when_the_reason_is_asked(cast: Cast) -> None:
    lived(cast)
    held(cast, "QL-B1-甲", "group_meeting", dt.date(2026, 5, 7), state="cancelled", reason="转炉抢修")
    may = Finding.objects.get(rule="R-LIFE-03", subject__endswith="2026-05")
    assert "转炉抢修" in see(cast, "孙干事", "org_reason", [str(may.pk)])
    april = Finding.objects.get(rule="R-LIFE-03", subject__endswith="2026-04")
    assert "转炉抢修" not in see(cast, "孙干事", "org_reason", [str(april.pk)])


def test_a_branch_does_not_excuse_itself(cast: Cast) -> None:
    lived(cast)
    april = Finding.objects.get(rule="R-LIFE-03", subject__endswith="2026-04")
    assert do(cast, "王书记", "org_reason", [april.pk], {"reason": "忙"}).status_code in (403, 404)
    assert "/reason/" not in see(cast, "王书记", "org_year", ["QL-B1"])
    assert "/reason/" in see(cast, "孙干事", "org_year", ["QL-B1"])
    assert Finding.objects.get(pk=april.pk).reason == ""


def test_findings_are_summed_by_place_in_the_order_of_the_tree_and_by_rule(cast: Cast) -> None:
    lived(cast)
    client = cast.login(Client(), "孙干事")
    places = client.get(reverse("org_findings"), {"by": "place", "chapter": "life"}).context["sums"]
    assert [one.name for one in places] == ["转炉党支部", "转炉甲班党小组"]
    assert places[1].norm == 2 and places[1].since == dt.date(2026, 5, 6)
    rules = client.get(reverse("org_findings"), {"by": "rule", "chapter": "life"}).context["sums"]
    assert ("R-LIFE-03", 2) in [(one.code, one.norm) for one in rules]
    only = client.get(reverse("org_findings"), {"rule": "R-LIFE-03"}).context["rows"]
    assert {one.rule for one in only} == {"R-LIFE-03"} and len(only) == 2
    assert not any(one.counts for one in only)  # B1 charges for these, not B7


def test_the_party_office_switches_a_local_rule_on_and_it_is_checked_at_once(cast: Cast) -> None:
    lived(cast)
    assert "关着" in see(cast, "孙干事", "org_rule_about", ["R-LIFE-05"])
    done = do(cast, "孙干事", "org_rule_switch", ["R-LIFE-05"], {"from_on": "2026-01-01", "enabled": "yes"})
    assert "已改。" in done.content.decode()
    assert Finding.objects.filter(rule="R-LIFE-05", body=cast.body["QL-B1"], cleared_on=None).exists()
    do(cast, "孙干事", "org_rule_switch", ["R-LIFE-05"], {"from_on": "2026-01-01", "enabled": "no"})
    assert not Finding.objects.filter(rule="R-LIFE-05", cleared_on=None).exists()


def test_what_the_text_asks_is_not_switched_off(cast: Cast) -> None:
    said = {"from_on": "2026-06-01", "enabled": "no", "side": "held"}
    refused = do(cast, "孙干事", "org_rule_switch", ["R-LIFE-06"], said)
    assert refused.status_code == 422 and "是“应当”类规定，不能关闭" in refused.content.decode()
    assert cast.login(Client(), "王书记").get(reverse("org_rule_switch", args=["R-LIFE-05"])).status_code == 403


def test_a_rule_that_was_compared_is_quoted_with_its_article_and_by_whom(cast: Cast) -> None:
    said = {"text_url": "中发〔2018〕00号", "article": "16", "on": "2026-06-20"}
    assert "待本单位核对" in see(cast, "孙干事", "org_rule_about", ["R-LIFE-06"])
    page = do(cast, "孙干事", "org_rule_compare", ["R-LIFE-06"], said).content.decode()
    assert "《中国共产党支部工作条例（试行）》第16条" in page and "待本单位核对" not in page
    assert "孙干事 2026-06-20" in page and "中发〔2018〕00号" in page
    empty = do(cast, "孙干事", "org_rule_compare", ["R-LIFE-06"], said | {"text_url": " "})
    assert empty.status_code == 422


def test_what_is_told_to_a_secretary_alone_says_so_on_the_rule(cast: Cast) -> None:
    assert "只有该支部的书记本人" in see(cast, "孙干事", "org_rule_about", ["R-EDU-08"])
    assert "本系统不登记" not in see(cast, "李班长", "org_rules", chapter="study")
    assert "R-ORG-14" not in see(cast, "李班长", "org_rules", chapter="study")


def test_the_day_from_which_all_bodies_are_asked_is_the_party_office_s(cast: Cast) -> None:
    lived(cast)
    assert not Finding.objects.filter(body=cast.body["QL-B2"], rule__startswith="R-LIFE").exists()
    done = do(cast, "孙干事", "org_start", [], {"from_on": "2026-05-01"})
    assert "全厂自 2026-05-01 起。" in done.content.decode()
    assert Finding.objects.filter(body=cast.body["QL-B2"], rule="R-LIFE-06", cleared_on=None).exists()
    late = do(cast, "孙干事", "org_start", [], {"from_on": "2026-07-01"})
    assert late.status_code == 422 and "还没有到" in late.content.decode()
    do(cast, "孙干事", "org_start", [], {"from_on": ""})
    assert not Finding.objects.filter(body=cast.body["QL-B2"], rule="R-LIFE-06", cleared_on=None).exists()


def more(cast: Cast, number: int) -> None:
    """One more group with a member, a meeting and what it missed."""
    from ronglu.store.models import Body, Membership

    body = Body.objects.create(plant=cast.plant, code=f"XG{number}", position=50 + number)
    body.states.create(name=f"新组{number}", kind="group", parent=cast.body["QL-B1"], from_on=SINCE)
    cast.body[body.code] = body
    person = Person.objects.create(plant=cast.plant, staff_no=f"5{number:04}", name=f"新人{number}")
    Membership.objects.create(person=person, body=body, status="full", from_on=SINCE)
    held(cast, body.code, "group_meeting", dt.date(2026, 3, 5 + number), convened_as="leader")
    life_findings.refresh(plant=cast.plant, on=TODAY, at=AT)


@pytest.mark.parametrize(
    ("page", "args", "query"),
    [("org_years", [], {}), ("org_year", ["QL-B1"], {}), ("org_findings", [], {"by": "place"}),
     ("org_findings", [], {"by": "rule"}), ("org_findings", [], {}), ("org_rule_about", ["R-LIFE-03"], {}), ("org_rules", [], {})],
)  # fmt: skip
def test_a_page_costs_as_many_queries_with_three_groups_more_as_with_one(
    cast: Cast, django_assert_num_queries: Any, page: str, args: list[str], query: dict[str, str]
) -> None:
    client = cast.login(Client(), "孙干事")
    more(cast, 1)
    client.get(reverse(page, args=args), query)
    with CaptureQueriesContext(connection) as one:
        client.get(reverse(page, args=args), query)
    more(cast, 2)
    more(cast, 3)
    with django_assert_num_queries(len(one)):
        client.get(reverse(page, args=args), query)


def test_the_year_comes_as_one_sheet_with_what_was_found_what_was_asked_and_what_would_clear_it(cast: Cast) -> None:
    lived(cast)
    april = Finding.objects.get(rule="R-LIFE-03", subject__endswith="2026-04")
    do(cast, "孙干事", "org_reason", [april.pk], {"reason": "全组抢修三周"})
    found = cells_of(cast.login(Client(), "王书记").get(reverse("org_year_xlsx", args=["QL-B1"])))
    (heads, *rows) = found["全年一览"]
    assert heads == ["党组织", "规则", "核对什么", "期间", "情况", "记录到的", "应有", "理由", "出处", "怎样消除"]
    source = "《中国共产党支部工作条例（试行）》第13条（待本单位核对原文）"
    mine = {row[3]: row for row in rows if row[0] == "转炉甲班党小组" and row[1] == "R-LIFE-03"}
    assert mine["2026 年 3 月"][4:] == ["已做", 1, "≥ 1", None, source, None]
    assert mine["2026 年 4 月"][4:8] == ["有理由", 0, "≥ 1", "全组抢修三周"]
    assert mine["2026 年 5 月"][4:] == [
        "未做到", 0, "≥ 1", None, source,
        "2026年5月已经过去：开过没有登记的，补登记；没有开的，补开并注明补哪一次；不能补的，登记理由",
    ]  # fmt: skip
    assert mine["2026 年 6 月"][4] == "待做" and "2026-07-05 前完成记录" in mine["2026 年 6 月"][9]
    assert "2026 年 7 月" not in mine
    assert {row[0] for row in rows} == {"转炉党支部", "转炉甲班党小组"}


def test_the_sheet_of_all_holds_the_bodies_one_may_see_and_is_that_of_each(cast: Cast) -> None:
    lived(cast)
    held(cast, "QL-B2", "assembly", dt.date(2026, 2, 3))

    def rows(name: str, page: str, *args: str) -> list[list[Any]]:
        return cells_of(cast.login(Client(), name).get(reverse(page, args=args)))["全年一览"][1:]

    everything = rows("孙干事", "org_years_xlsx")
    assert {row[0] for row in everything} == {"转炉党支部", "转炉甲班党小组", "精炼党支部"}
    assert [row for row in everything if row[0] != "精炼党支部"] == rows("孙干事", "org_year_xlsx", "QL-B1")
    assert {row[0] for row in rows("王书记", "org_years_xlsx")} == {"转炉党支部", "转炉甲班党小组"}
    assert cast.login(Client(), "郑师傅").get(reverse("org_year_xlsx", args=["QL-B1"])).status_code == 404


@pytest.mark.parametrize(("page", "args"), [("org_years_xlsx", []), ("org_year_xlsx", ["QL-B1"])])
def test_the_sheet_costs_as_many_queries_with_three_groups_more_as_with_one(
    cast: Cast, django_assert_num_queries: Any, page: str, args: list[str]
) -> None:
    client = cast.login(Client(), "孙干事")
    more(cast, 1)
    client.get(reverse(page, args=args))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse(page, args=args))
    more(cast, 2)
    more(cast, 3)
    with django_assert_num_queries(len(one)):
        client.get(reverse(page, args=args))
