"""The ledger in the browser: counted by kind and body once verified, listed, judged by another, taken away."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ronglu.store.models import Achievement
from ronglu.work import achievements as verbs
from tests.cast import Cast, cast, make_cast
from tests.web import labour
from tests.web.pages import WIDTHS, Look, check
from tests.web.test_teams import get, lines, post, text, the_10th_of_march

__all__ = ["cast", "the_10th_of_march"]


def verified(cast: Cast, title: str, kind: str) -> Achievement:
    row = labour.achievement(cast, title, kind)
    return verbs.verify(achievement=row, holds=True, verdict="查数据", **labour.by(cast, "马主任"))


@pytest.mark.covers("S3-35", "S4-11")
def test_the_ledger_counts_what_is_verified_by_kind_and_body_in_a_period(cast: Cast) -> None:
    for title, kind in (("点子一", "idea"), ("点子二", "idea"), ("装置", "innovation"), ("举措", "lean")):
        verified(cast, title, kind)
    labour.achievement(cast, "未核实", "patent")
    old = verified(cast, "去年的", "patent")
    Achievement.objects.filter(pk=old.pk).update(day="2025-12-31")
    found = get(cast, "吴师傅", "achievements").context["counts"]
    assert found.kinds[:5] == ("金点子", "技术创新成果", "科研孵化", "攻关立题", "专利")
    assert found.rows == (("转炉党支部", (2, 1, 0, 0, 0, 0, 1, 0)),)
    assert found.total == (2, 1, 0, 0, 0, 0, 1, 0)
    before = get(cast, "吴师傅", "achievements", first="2025-01-01", last="2025-12-31").context["counts"]
    assert before.total == (0, 0, 0, 0, 1, 0, 0, 0)


def test_the_list_is_narrowed_by_kind_and_state_and_has_the_unverified_too(cast: Cast) -> None:
    verified(cast, "点子", "idea")
    labour.achievement(cast, "专利申请", "patent")

    def titles(**query: str) -> list[str]:
        return [row.achievement.title for row, _mark in get(cast, "吴师傅", "achievements", **query).context["rows"]]

    assert set(titles()) == {"点子", "专利申请"}
    assert (titles(kind="patent"), titles(state="verified")) == (["专利申请"], ["点子"])


@pytest.mark.covers("S1-51")
def test_an_outcome_is_recorded_judged_and_then_stays_as_it_is(cast: Cast) -> None:
    said: dict[str, Any] = {
        "kind": "innovation", "title": "高密封性自抑结渣装置", "body": cast.body["QL-B1"].pk, "day": "2026-03-01",
        "unit": cast.unit["QL-R1"].pk, "problem": "低空污染", "solution": "密封", "application": "炉口", "effect": "达标",
    }  # fmt: skip
    assert post(cast, "陈技术员", "achievement_new", **said).status_code == 302
    row = Achievement.objects.get()
    own = post(cast, "陈技术员", "achievement_verify", row.pk, holds="yes", verdict="好")
    assert own.status_code == 422 and "登记的人不能自己核实" in own.content.decode()
    post(cast, "马主任", "achievement_verify", row.pk, holds="no", verdict="数据没变")
    assert "数据没变" in text(cast, "吴师傅", "achievement", row.pk)
    words = {name: said[name] for name in verbs.WORDS} | {"effect": "粉尘下降"}
    post(cast, "陈技术员", "achievement_correct", row.pk, **words)
    post(cast, "马主任", "achievement_verify", row.pk, holds="yes", verdict="查在线数据")
    row.refresh_from_db()
    assert (row.state, row.effect) == ("verified", "粉尘下降")
    assert not get(cast, "陈技术员", "achievement", row.pk).context["may_correct"]


def test_the_neighbour_sees_neither_ledger_nor_outcome(cast: Cast) -> None:
    row = labour.achievement(cast)
    assert "自抑结渣装置" not in text(cast, "邻厂书记", "achievements")
    assert get(cast, "邻厂书记", "achievement", row.pk).status_code == 404
    assert get(cast, "邻厂书记", "achievements", plant="qinglan").status_code == 404


def test_the_ledger_goes_out_with_its_counts(cast: Cast) -> None:
    verified(cast, "点子", "idea")
    response = get(cast, "吴师傅", "achievements_xlsx")
    head, line = lines(response)
    found = dict(zip(head, line, strict=True))
    assert (found["类型"], found["名称"], found["状态"], found["效果"]) == (
        "金点子",
        "点子",
        "已核实",
        "无组织排放下降",
    )
    kinds, first, total = lines(get(cast, "吴师傅", "achievements_xlsx"), 1)
    assert (kinds[:2], first[:2], total[:2]) == (["党组织", "金点子"], ["转炉党支部", 1], ["合计", 1])


def test_a_typed_formula_stays_text(cast: Cast) -> None:
    labour.achievement(cast, '=HYPERLINK("http://x")')
    assert lines(get(cast, "吴师傅", "achievements_xlsx"))[1][1] == '=HYPERLINK("http://x")'
    assert reverse("achievements") in text(cast, "吴师傅", "achievement", Achievement.objects.get().pk)


GIVEN = {"level": "province", "prize": "science", "organ": "省人民政府", "paper": "2025-J-3-041", "day": "2026-03-01"}


@pytest.mark.covers("S1-53")
def test_an_award_is_claimed_seen_by_another_counted_and_taken_away(cast: Cast) -> None:
    team = labour.team(cast)
    places = {"body": cast.body["QL-B1"].pk, "unit": cast.unit["QL-R1"].pk, "team": team.pk}
    assert post(cast, "陈技术员", "award_new", title="余热利用", **GIVEN, **places).status_code == 302
    row = Achievement.objects.get()
    assert (row.kind, row.team, row.state) == ("award", team, "recorded")
    page = text(cast, "马主任", "achievement", row.pk)
    assert "省部级" in page and "2025-J-3-041" in page and team.name in page and "解决什么问题" not in page
    assert reverse("award_correct", args=[row.pk]) in page
    assert get(cast, "吴师傅", "awards").context["counts"].rows == ()
    post(cast, "马主任", "achievement_verify", row.pk, holds="yes", verdict="看了文件")
    found = get(cast, "吴师傅", "awards", year="2026").context
    assert found["counts"].rows == ((2026, (0, 0, 1, 0)),) and len(found["rows"]) == 1
    assert get(cast, "吴师傅", "awards", year="2025").context["rows"] == []
    head, line = lines(get(cast, "吴师傅", "awards_export"))
    assert dict(zip(head, line, strict=True))["文号或证书号"] == "2025-J-3-041"
    assert lines(get(cast, "吴师傅", "awards_export"), 1)[1] == [2026, 0, 0, 1, 0]


def test_an_award_is_put_right_on_its_own_form(cast: Cast) -> None:
    row = labour.award(cast)
    form = text(cast, "马主任", "award_correct", row.pk)
    assert 'value="2025-J-3-041"' in form and "解决什么问题" not in form
    post(cast, "马主任", "award_correct", row.pk, **(GIVEN | {"level": "nation"}))
    row.refresh_from_db()
    assert (row.level, row.recorded_by) == ("nation", cast.account["马主任"])
    # the form of outcomes is none for it, and the list of kinds offers it nowhere
    assert get_status(cast, "马主任", "award_correct", labour.achievement(cast).pk) == 404
    assert 'value="award"' not in text(cast, "马主任", "achievement_new")


def get_status(cast: Cast, name: str, page: str, *args: Any) -> int:
    return cast.login(Client(), name).get(reverse(page, args=args)).status_code


def test_the_register_costs_the_same_for_three_and_the_neighbour_sees_none(cast: Cast) -> None:
    client = cast.login(Client(), "吴师傅")

    def cost() -> int:
        client.get(reverse("awards"))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("awards")).status_code == 200
        return len(queries)

    labour.award(cast, team=labour.team(cast))
    one = cost()
    labour.award(cast, "另一项", "plant", team=labour.team(cast))
    labour.award(cast, "第三项", "nation")
    assert cost() == one
    assert "转炉烟气余热利用" not in text(cast, "邻厂书记", "awards")


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("page", ["awards", "award_new"])
def test_pages_of_awards_hold_on_a_phone_and_on_a_desk(
    transactional_db: None, look: Look, page: str, width: int
) -> None:
    made = make_cast()
    verbs.verify(achievement=labour.award(made), holds=True, verdict="看文件", **labour.by(made, "马主任"))
    labour.award(made, "另一项", "plant", team=labour.team(made))
    client = made.login(Client(), "陈技术员")
    check(look(reverse(page), width=width, cookies=client.cookies), page)
