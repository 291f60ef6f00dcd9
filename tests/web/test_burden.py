"""The burden meter: a form tells when it was opened, a save is counted by role and form, and by nothing else."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ronglu.kernel.time.period import Period
from ronglu.store.models import Burden
from ronglu.web.burden import stamp
from ronglu.work import burdens
from tests.cast import Cast, cast  # noqa: F401  (the fixture)
from tests.web.pages import WIDTHS, check

pytestmark = pytest.mark.django_db
MARCH = Period.month(2026, 3)
FORM = "/teams/help/ask/"
WORDS = {"topic": "炉口清渣", "question": "怎么清得快？", "asked": "20101"}


@pytest.fixture(autouse=True)
def march(settings: Any) -> None:
    settings.TODAY = "2026-03-10"


@pytest.fixture
def clock_of_forms(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds that a test lets pass between opening and saving."""
    now = [1_800_000_000.0]
    monkeypatch.setattr(stamp, "_now", lambda: int(now[0]))
    return now


def opened(client: Client, path: str) -> str:
    found = re.search(r'name="_opened" value="([^"]+)"', client.get(path).content.decode())
    assert found, "every form that changes something says when it was opened"
    return found.group(1).replace("&amp;", "&")


def save(client: Client, cast: Cast, name: str, **more: str) -> Any:
    return cast.login(client, name).post(FORM, WORDS | more)


def test_a_save_counts_the_seconds_since_its_form_was_opened(
    cast: Cast, client: Client, clock_of_forms: list[float]
) -> None:
    told = opened(cast.login(client, "吴师傅"), FORM)
    clock_of_forms[0] += 45
    assert save(client, cast, "吴师傅", _opened=told).status_code == 302
    one = Burden.objects.get()
    assert (one.plant, one.month, one.role, one.form) == (cast.plant, 202603, "staff", "help_ask")
    assert (one.saves, one.fields, one.seconds) == (1, 3, 45)


def test_a_page_that_lay_open_counts_what_its_boxes_can_take(
    cast: Cast, client: Client, clock_of_forms: list[float]
) -> None:
    """60 seconds and 90 for each of three boxes: 330, not the three hours that the page lay there."""
    told = opened(cast.login(client, "吴师傅"), FORM)
    clock_of_forms[0] += 3 * 3600
    save(client, cast, "吴师傅", _opened=told)
    assert Burden.objects.get().seconds == 330


@pytest.mark.parametrize("told", ["", "1800000000", "1800000000:forged"], ids=["none", "unsigned", "forged"])
def test_a_form_without_our_stamp_is_not_counted_and_saves_all_the_same(cast: Cast, client: Client, told: str) -> None:
    assert save(client, cast, "吴师傅", _opened=told).status_code == 302
    assert not Burden.objects.exists()


def test_a_refused_form_keeps_the_time_of_its_first_opening(
    cast: Cast, client: Client, clock_of_forms: list[float]
) -> None:
    told = opened(cast.login(client, "吴师傅"), FORM)
    clock_of_forms[0] += 30
    answer = client.post(FORM, WORDS | {"question": "", "_opened": told})
    assert told in answer.content.decode().replace("&amp;", "&")
    assert not Burden.objects.exists(), "nothing was saved yet"
    clock_of_forms[0] += 20
    save(client, cast, "吴师傅", _opened=told)
    assert Burden.objects.get().seconds == 50


def test_one_statement_a_save_and_none_for_opening(cast: Cast, client: Client) -> None:
    cast.login(client, "吴师傅")
    told = opened(client, FORM)
    save(client, cast, "吴师傅", _opened=told)  # the first of the month makes the counter
    with CaptureQueriesContext(
        connection,
    ) as plain:
        save(client, cast, "吴师傅")
    with CaptureQueriesContext(connection) as counted:
        save(client, cast, "吴师傅", _opened=told)
    assert len(counted) - len(plain) == 1
    with CaptureQueriesContext(connection) as looked:
        client.get(FORM)
    assert not [one for one in looked if "store_burden" in one["sql"]]
    assert Burden.objects.get().saves == 2


def test_log_in_ballots_and_what_may_be_said_without_a_name_are_never_counted(cast: Cast, client: Client) -> None:
    """A counter by role beside an anonymous word would say what kind of person wrote it."""
    told = opened(cast.login(client, "吴师傅"), FORM)
    assert client.post("/feedback/", {"text": "报表太多", "_opened": told}).status_code == 302
    client.post("/language/", {"language": "en", "_opened": told})
    client.post("/logout/", {"_opened": told})
    assert not Burden.objects.exists()


def test_nothing_ties_a_counter_to_a_person() -> None:
    """No column for a person, an account, a session or an instant, and no table that points at a counter."""
    columns = {field.name for field in Burden._meta.get_fields()}
    assert columns == {"id", "plant", "month", "role", "form", "saves", "fields", "seconds"}
    assert [field.related_model.__name__ for field in Burden._meta.fields if field.related_model] == ["Plant"]
    assert not Burden._meta.related_objects


def test_two_people_of_one_role_raise_the_same_counter(cast: Cast, client: Client, clock_of_forms: list[float]) -> None:
    told = opened(cast.login(client, "吴师傅"), FORM)
    clock_of_forms[0] += 10
    for name in ("吴师傅", "郑师傅"):
        save(client, cast, name, _opened=told)
    one = Burden.objects.get()
    assert (one.saves, one.seconds) == (2, 20)


def counted(cast: Cast, role: str, form: str, *, saves: int, seconds: int, month: Period = MARCH) -> None:
    Burden.objects.create(
        plant=cast.plant, month=month.yyyymm, role=role, form=form, saves=saves, fields=saves * 4, seconds=seconds
    )


def page(cast: Cast, client: Client, name: str, query: str = "") -> str:
    answer = cast.login(client, name).get(f"/burden/?month=2026-03{query}")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_every_worker_reads_what_was_asked_of_whom(cast: Cast, client: Client) -> None:
    """Twelve people work in the plant: 24 minutes in all are 2 for each, well within 15."""
    counted(cast, "staff", "feedback", saves=30, seconds=24 * 60)
    text = page(cast, client, "吴师傅")
    assert "职工 12 30 24 2.0 15 在预算内" in text
    assert "意见与投诉 30 24" in text


def test_over_the_budget_is_said_in_words(cast: Cast, client: Client) -> None:
    counted(cast, "staff", "feedback", saves=30, seconds=12 * 16 * 60)
    assert "16.0 15 超出预算" in page(cast, client, "吴师傅")


def test_minutes_of_a_role_that_one_person_holds_are_not_told(cast: Cast, client: Client) -> None:
    """One statistician: his minutes would be his own."""
    counted(cast, "statistician", "readings_audit", saves=7, seconds=77 * 60)
    text = page(cast, client, "孙干事")
    assert "不足 5 人" in text
    assert "77" not in text


def test_a_new_form_shows_its_price_before_it_is_added(cast: Cast, client: Client) -> None:
    """N5: twelve boxes a week for forty people, 20 seconds a box where nothing was measured: 4 minutes × 4.3 = 17.2 a head, 11.5 h."""
    text = page(cast, client, "吴师傅", "&fields_=12&people=40&times=4.3&role=staff")
    assert "每月多 11.5 小时，每人每月 17.2 分钟" in text
    assert "超出预算" in text
    assert "先写明停掉哪张表" in text


def test_a_price_rests_on_what_was_measured(cast: Cast) -> None:
    """Two forms saved often: 5 and 15 seconds a box, the median is 10; one that was saved twice does not count."""
    february = MARCH - 1
    counted(cast, "staff", "a", saves=20, seconds=20 * 4 * 5, month=february)
    counted(cast, "staff", "b", saves=20, seconds=20 * 4 * 15, month=february)
    counted(cast, "staff", "c", saves=2, seconds=2 * 4 * 900, month=february)
    from ronglu.packs import burden

    told = burdens.cost(
        plant=cast.plant.pk,
        month=february,
        fields=6,
        people=10,
        times=Decimal(1),
        rules=burden.load(),
        heads={"staff": 10},
    )
    assert told.minutes == 10
    assert told.each == 1


def test_the_page_costs_the_same_for_many_forms(cast: Cast, client: Client) -> None:
    counted(cast, "staff", "feedback", saves=1, seconds=60)
    cast.login(client, "吴师傅").get("/burden/")
    with CaptureQueriesContext(connection) as one:
        client.get("/burden/")
    for form in ("case_new/idea", "case_new/hazard", "case_move"):
        counted(cast, "staff", form, saves=1, seconds=60)
        counted(cast, "member", form, saves=1, seconds=60)
    with CaptureQueriesContext(connection) as three:
        client.get("/burden/")
    assert len(one) == len(three)


def test_it_goes_out_as_a_workbook(cast: Cast, client: Client) -> None:
    counted(cast, "staff", "feedback", saves=30, seconds=24 * 60)
    answer = cast.login(client, "吴师傅").get("/burden/burden.xlsx?month=2026-03")
    assert answer.status_code == 200
    assert "spreadsheet" in answer["Content-Type"]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", WIDTHS)
def test_it_looks_right(look: Any, client: Client, cast: Cast, width: int) -> None:
    counted(cast, "staff", "feedback", saves=30, seconds=24 * 60)
    counted(cast, "staff", "case_new/idea", saves=12, seconds=40 * 60)
    counted(cast, "member", "case_move", saves=8, seconds=150 * 60)
    counted(cast, "statistician", "readings_audit", saves=7, seconds=77 * 60)
    cast.login(client, "吴师傅")
    address = "/burden/?month=2026-03&fields_=12&people=40&times=4.3&role=staff"
    check(look(address, width=width, cookies=client.cookies), f"burden-{width}")


def test_the_red_list_is_open_to_every_worker_with_the_clause_and_its_mark(cast: Cast, client: Client) -> None:
    text = re.sub(r"<[^>]+>", " ", cast.login(client, "吴师傅").get("/sheet/rules/red-list/").content.decode())
    assert "学习时长、阅读时长" in text
    assert "国办函〔2026〕12号" in text
    assert text.count("引用前核对原文") == 4, "the four official ones"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_red_list_looks_right(look: Any, client: Client, cast: Cast, width: int) -> None:
    cast.login(client, "吴师傅")
    check(look("/sheet/rules/red-list/", width=width, cookies=client.cookies), f"redlist-{width}")


def test_months_in_which_nothing_was_measured_yet_are_not_written_as_0(cast: Cast, client: Client) -> None:
    counted(cast, "staff", "feedback", saves=30, seconds=24 * 60)
    assert "前几个月" not in page(cast, client, "吴师傅")
    counted(cast, "staff", "feedback", saves=3, seconds=6 * 60, month=MARCH - 2)
    assert "2026 年 1 月 2026 年 2 月 本月 职工 6 0 24" in page(cast, client, "吴师傅")
