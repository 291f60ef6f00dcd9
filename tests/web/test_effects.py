"""有没有成效 as people open it: who registers and who reads, the sentence, what was chosen afterwards, the case behind it."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from ronglu.config.plant import pack_of
from ronglu.store.models import Case, Effect
from ronglu.tasks.run import perform
from ronglu.work import effect_floors, effects
from tests.cast import Cast, make_cast
from tests.web.pages import Look, check
from tests.web.taken_away import cells, words
from tests.work.contested import overhaul, plain
from tests.work.effected import AFTER, asked, board, calendar, coal
from tests.work.loops_played import go, raised

FORM = {
    "title": "吹炼改用富氧", "indicator": "SM-02", "first": "2026-02-01", "last": "2026-03-02", "weekday": "no", "smallest": "",
}  # fmt: skip


@pytest.fixture
def cast(db: None, settings: Any, tmp_path: Path) -> Cast:
    settings.HOME, settings.TODAY = tmp_path, "2026-04-03"
    return make_cast()


@pytest.fixture
def judged(cast: Cast) -> Effect:
    """Three kilos less coal: proven."""
    board(cast.unit["QL-R1"], coal("3"))
    one = asked(cast)
    perform(effects.ask(effect=one, by=one.registered_by, at=AFTER))
    return Effect.objects.get(pk=one.pk)


def text(response: Any) -> str:
    return response.content.decode()  # type: ignore[no-any-return]


def test_the_answer_is_a_sentence_and_says_how_it_was_judged(judged: Effect, cast: Cast, client: Client) -> None:
    page = text(cast.login(client, "李班长").get(f"/effects/{judged.pk}/"))
    for shown in (
        "有把握有成效",
        "煤耗降低",
        "事先登记",
        "据此判",
        "前后对比（中断时间序列）",
        "Newey–West",
        "个假想窗口",
        "粗线是这段时间的平均",
    ):
        assert shown in page, shown
    assert "现在判" not in page and "重判" not in page  # a crew leader reads


def test_what_is_registered_afterwards_says_so(cast: Cast, client: Client) -> None:
    calendar(cast)
    client = cast.login(client, "陈技术员")
    answer = client.post("/effects/new/", FORM | {"unit": cast.unit["QL-R1"].pk}, follow=True)
    assert "已登记为事后选定" in text(answer) and "结论只能作参考" in text(answer)
    one = Effect.objects.get()
    assert (one.state, one.beforehand, str(one.until_on)) == ("queued", False, "2026-03-03")


def test_who_may_not_register_is_refused_and_other_plants_see_nothing(
    judged: Effect, cast: Cast, client: Client
) -> None:
    assert cast.login(client, "李班长").get("/effects/new/").status_code == 403
    assert cast.login(client, "李班长").post(f"/effects/{judged.pk}/judge/").status_code == 403
    for name in ("邻厂书记", "郑师傅", "外人"):
        found = cast.login(client, name)
        assert found.get(f"/effects/{judged.pk}/").status_code in (403, 404), name
        assert "吹炼改用富氧" not in text(found.get("/effects/")), name


def test_a_technician_cannot_register_for_a_unit_that_is_not_his(cast: Cast, client: Client) -> None:
    calendar(cast)
    answer = cast.login(client, "陈技术员").post("/effects/new/", FORM | {"unit": cast.unit["BS-F1"].pk})
    assert answer.status_code == 422
    assert Effect.objects.count() == 0


def test_a_window_too_short_is_refused_in_words(cast: Cast, client: Client) -> None:
    calendar(cast)
    wrong = FORM | {"unit": cast.unit["QL-R1"].pk, "last": "2026-02-04"}
    answer = cast.login(client, "陈技术员").post("/effects/new/", wrong)
    assert answer.status_code == 422
    assert "起止要有 7 天以上，现在是 4 天" in text(answer)


def test_the_list_filters_by_word_and_leaves_as_a_workbook(judged: Effect, cast: Cast, client: Client) -> None:
    found = cast.login(client, "王书记")
    assert "吹炼改用富氧" in text(found.get("/effects/", {"word": "proven"}))
    assert "吹炼改用富氧" not in text(found.get("/effects/", {"word": "none"}))
    book = b"".join(found.get("/effects/effects.xlsx").streaming_content)
    assert book.startswith(b"PK")


def test_three_questions_cost_what_one_does(
    judged: Effect, cast: Cast, client: Client, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    found = cast.login(client, "王书记")
    found.get("/effects/")
    with django_assert_max_num_queries(60) as one:
        found.get("/effects/")
    for title in ("二", "三"):
        asked(cast, title=title)
    with django_assert_num_queries(len(one.captured_queries)):
        found.get("/effects/")


def test_list_and_answer_leave_as_workbook_and_as_word(judged: Effect, cast: Cast, client: Client) -> None:
    """What the page says stands in both; the days of the answer are all there."""
    found = cast.login(client, "王书记")
    listed = cells(found.get("/effects/effects.xlsx"))
    assert listed["成效判断"][1][:3] == ["吹炼改用富氧", "转炉线", "煤耗"]
    assert listed["成效判断"][1][-2] == "有把握有成效"
    book = cells(found.get(f"/effects/{judged.pk}/effect.xlsx"))
    assert list(book) == ["结论", "算法", "日值"]
    assert any("煤耗降低" in str(row[1]) for row in book["结论"])
    assert len(book["日值"]) == 1 + len(judged.result["days"])
    for address in ("/effects/effects.xlsx", f"/effects/{judged.pk}/effect.xlsx"):
        paper = found.get(address, {"form": "word"})
        assert paper["Content-Disposition"].endswith(".docx") or "docx" in paper["Content-Disposition"]
        assert "吹炼改用富氧" in words(paper)


def test_what_is_worth_a_word_is_set_by_the_office_and_read_by_all(cast: Cast, client: Client) -> None:
    calendar(cast)
    assert cast.login(client, "陈技术员").get("/effects/floors/new/").status_code == 200
    given = {"code": "SM-02", "change": "0.6", "from_on": "2026-04-04", "reason": "化验误差"}
    early = client.post("/effects/floors/new/", given | {"from_on": "2026-04-03"})
    assert early.status_code == 422 and "只能从明天或以后起用" in text(early)
    client.post("/effects/floors/new/", given)
    page = text(cast.login(client, "李班长").get("/effects/floors/"))
    assert "±0.6" in page and "还没有起用" in page and "没有另定的，用平常水平的 2\u00a0%" in page
    assert cast.login(client, "李班长").post("/effects/floors/new/", given).status_code == 403


def test_contest_and_campaign_lead_to_their_questions_and_back(cast: Cast, client: Client) -> None:
    calendar(cast)
    contest, campaign = plain(cast, "draft"), overhaul(cast)
    client = cast.login(client, "马主任")
    for kind, one in (("contest", contest), ("campaign", campaign)):
        home = f"/{kind}s/{one.pk}/"
        assert f"/effects/new/?plant=qinglan&amp;{kind}={one.pk}" in text(client.get(home))
        form = text(client.get("/effects/new/", {kind: one.pk}))
        assert 'value="2026-03-01"' in form and 'value="2026-03-31"' in form
        given = FORM | {"unit": cast.unit["QL-R1"].pk, "title": f"看{one.title}"}
        client.post(f"/effects/new/?plant=qinglan&{kind}={one.pk}", given)
        made = Effect.objects.get(kind=kind)
        assert made.subject == str(one.pk)
        assert f'<a href="{home}">{one.title}</a>' in text(client.get(f"/effects/{made.pk}/"))
        back = text(client.get(home))
        assert f'<a href="/effects/{made.pk}/">{made.title}</a>' in back
    assert client.get("/effects/new/", {"contest": 999}).status_code == 404


def test_three_questions_on_a_contest_cost_its_page_what_one_does(
    cast: Cast, client: Client, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    calendar(cast)
    contest = plain(cast, "draft")
    found = cast.login(client, "王书记")
    asked(cast, kind="contest", subject=str(contest.pk))
    found.get(f"/contests/{contest.pk}/")
    with django_assert_max_num_queries(60) as one:
        found.get(f"/contests/{contest.pk}/")
    for title in ("二", "三"):
        asked(cast, title=title, kind="contest", subject=str(contest.pk))
    with django_assert_num_queries(len(one.captured_queries)):
        assert text(found.get(f"/contests/{contest.pk}/")).count("/effects/") > 3


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [360, 1366])
def test_the_pages_look_right(judged: Effect, cast: Cast, client: Client, look: Look, width: int) -> None:
    cast.login(client, "陈技术员")
    put = effect_floors.put
    put(
        plant=cast.plant, indicator=pack_of(cast.plant.code).indicators["SM-02"], change="0.6", reason="化验误差的两倍",
        from_on=AFTER.date(), by=cast.account["周统计员"], at=AFTER - dt.timedelta(days=3),
    )  # fmt: skip
    pages = {
        f"/effects/{judged.pk}/": "effect",
        "/effects/": "effects",
        "/effects/new/": "effect-new",
        "/effects/floors/": "effect-floors",
    }
    for path, name in pages.items():
        check(look(path, width=width, cookies=client.cookies), f"{name}-{width}")


def test_a_parameter_change_leads_to_its_question_prefilled(cast: Cast, client: Client) -> None:
    """The case names parameter, indicator and days; what is registered from it hangs on it, for those who may open it."""
    calendar(cast)
    case = raised(
        cast,
        "parameter",
        "陈技术员",
        what="送风量",
        before="1",
        after="2",
        why="试",
        indicator="SM-02",
        unit=cast.unit["QL-R1"],
    )
    go(cast, case, "马主任", "approve", bounds="1–3", watch_until="2026-03-02", setter="李班长")
    go(cast, case, "李班长", "report", set_on="2026-02-01", seen_before="43", seen_after="40")
    client = cast.login(client, "陈技术员")
    assert f"/effects/?plant=qinglan&amp;case={case.number}" in text(client.get(f"/cases/{case.pk}/"))
    page = text(client.get("/effects/new/", {"case": case.number}))
    for shown in (
        'value="2026-02-01"',
        'value="2026-03-02"',
        f'value="{cast.unit["QL-R1"].pk}" selected',
        'value="SM-02" selected',
    ):
        assert shown in page, shown
    client.post(f"/effects/new/?case={case.number}", FORM | {"unit": cast.unit["QL-R1"].pk})
    one = Effect.objects.get()
    assert (one.kind, one.subject) == ("case", case.number)
    assert f'<a href="/cases/{case.pk}/">' in text(client.get(f"/effects/{one.pk}/"))
    assert "吹炼改用富氧" in text(client.get("/effects/", {"case": case.number}))
    assert "吹炼改用富氧" not in text(client.get("/effects/", {"case": "CS-2026-9999"}))


def test_a_confidential_case_never_reaches_the_page_a_line_reads(cast: Cast, client: Client) -> None:
    calendar(cast)
    case = raised(
        cast, "parameter", "陈技术员", what="送风量", before="1", after="2", why="试", unit=cast.unit["QL-R1"]
    )
    Case.objects.filter(pk=case.pk).update(secrecy="confidential")
    client = cast.login(client, "陈技术员")
    assert "/effects/?" not in text(client.get(f"/cases/{case.pk}/"))
    assert client.get("/effects/new/", {"case": case.number}).status_code == 404
