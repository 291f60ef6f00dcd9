"""S2-24 优质保供: a task given, made, inspected by another person and delivered; on time or late; FG-07 from the sums."""

import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ronglu.store.models import Case, Post
from ronglu.work.queries.case_delivery import Sum, sums, tasks
from tests.cast import AT, Cast, cast
from tests.web.machines import fixed_day
from tests.web.pages import WIDTHS, check
from tests.work.loops_cast import LOOPS, report, step

__all__ = ["cast", "fixed_day"]
SUPPLY = LOOPS["supply"]
DELIVERY = SUPPLY.delivery
URL = "/cases/supply/delivery/"


def task(cast: Cast, due: str, product: str = "大锻环", customer: str = "space", line: str = "QL-R1") -> Case:
    """The technician gives it a fortnight before the day."""
    given = {"product": product, "customer": customer, "pieces": "12", "deliver_by": due}
    at = dt.datetime.combine(dt.date.fromisoformat(due), dt.time(9)) - dt.timedelta(days=14)
    return report(cast, "陈技术员", loop=SUPPLY, unit=cast.unit[line], given=given, at=at).case


def deliver(cast: Cast, case: Case, on: str, quality: str = "passed") -> Case:
    at = dt.datetime.combine(dt.date.fromisoformat(on), dt.time(15))
    step(cast, case, "马主任", "take", loop=SUPPLY, at=at - dt.timedelta(days=2))
    step(cast, case, "马主任", "hand_in", loop=SUPPLY, at=at - dt.timedelta(days=1), handed="12")
    step(cast, case, "陈技术员", "deliver", loop=SUPPLY, at=at, first="11", quality=quality)
    case.refresh_from_db()
    return case


@pytest.mark.covers("S2-24")
def test_a_task_goes_from_its_giver_to_the_figure_and_its_result_is_anothers_word(cast: Cast, client: Client) -> None:
    """Four of 大锻环 fall due by 10 March: two on time, one of them not good; one late; one not delivered. 2 ÷ 4 and 1 ÷ 4."""
    one = task(cast, "2026-03-05")
    with pytest.raises(Exception, match="另一人"):  # who hands in does not inspect
        _own_word(cast, one)
    one = deliver(cast, task(cast, "2026-03-04"), "2026-03-04")
    deliver(cast, task(cast, "2026-03-06"), "2026-03-05", "failed")
    deliver(cast, task(cast, "2026-03-07", "型材", "rail"), "2026-03-09")
    task(cast, "2026-03-25")  # not due yet: no figure knows of it
    text = cast.login(client, "陈技术员").get(URL).content.decode()
    assert one.number in text and "50.00" in text and "25.00" in text and "2026-03" in text
    found = tasks(cases=Case.objects.filter(loop="supply"), delivery=DELIVERY, year=2026)
    by_product = sums(found, [(str(t.case.data["product"]),) for t in found], delivery=DELIVERY, on=AT.date())
    assert {key[0]: (s.due, s.on_time, s.done) for key, s in by_product.items()} == {
        "大锻环": (3, 2, 1),
        "型材": (1, 0, 0),
    }


def _own_word(cast: Cast, case: Case) -> None:
    """He is a technician beside, so that nothing but his own hand stands in the way."""
    Post.objects.create(
        person=cast.person["马主任"], role="technician", unit=cast.unit["QL-R"], from_on=dt.date(2025, 1, 1)
    )
    at = dt.datetime(2026, 3, 4, 9)
    step(cast, case, "马主任", "take", loop=SUPPLY, at=at)
    step(cast, case, "马主任", "hand_in", loop=SUPPLY, at=at, handed="12")
    step(cast, case, "马主任", "deliver", loop=SUPPLY, at=at, first="12", quality="passed")


def test_rates_are_sums_divided_and_nothing_due_is_no_rate() -> None:
    assert Sum().punctual is None and Sum().complete is None
    whole = Sum(due=3 + 1, on_time=1 + 1, done=1)  # 33.33 % and 100 % are no 66.67 %
    assert (whole.punctual, whole.complete) == (Decimal("50.00"), Decimal("25.00"))


def test_a_day_that_was_moved_keeps_the_first_promise_beside_it(cast: Cast, client: Client) -> None:
    case = task(cast, "2026-03-05")
    step(cast, case, "马主任", "take", loop=SUPPLY, at=AT)
    boss = _plant_head(cast)
    step(cast, case, boss, "move_day", loop=SUPPLY, at=AT, reason="用户推迟", deliver_by="2026-03-20")
    [found] = tasks(cases=Case.objects.filter(loop="supply"), delivery=DELIVERY, year=2026)
    assert (found.due, found.promised, found.moved) == (dt.date(2026, 3, 20), dt.date(2026, 3, 5), 1)
    assert "原定 03-05，改期 1 次" in cast.login(client, "陈技术员").get(URL).content.decode()


def _plant_head(cast: Cast) -> str:
    Post.objects.create(
        person=cast.person["高书记"], role="plant_head", unit=cast.unit["QL"], from_on=dt.date(2025, 1, 1)
    )
    return "高书记"


def test_what_was_called_off_was_never_due(cast: Cast) -> None:
    case = task(cast, "2026-03-05")
    step(cast, case, _plant_head(cast), "cancel", loop=SUPPLY, at=AT, reason="用户撤单")
    assert tasks(cases=Case.objects.filter(loop="supply"), delivery=DELIVERY, year=2026) == []


def test_the_workbook_holds_the_same_figures(cast: Cast, client: Client) -> None:
    from python_calamine import CalamineWorkbook

    deliver(cast, task(cast, "2026-03-04"), "2026-03-04")
    task(cast, "2026-03-06")
    answer = cast.login(client, "陈技术员").get("/cases/supply/delivery.xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    rows = book.get_sheet_by_name("按月和单位").to_python()
    assert rows[1] == ["2026-03", "转炉线", 2.0, 1.0, 1.0, 50.0, 50.0]
    assert len(book.get_sheet_by_name("任务").to_python()) == 3


def test_others_see_none_of_it_and_other_loops_have_no_tracker(cast: Cast, client: Client) -> None:
    case = task(cast, "2026-03-05")
    assert case.number not in cast.login(client, "郑师傅").get(URL).content.decode()
    assert cast.login(client, "外人").get(URL).status_code == 404
    assert cast.login(client, "陈技术员").get("/cases/hazard/delivery/").status_code == 404


def test_three_tasks_cost_as_many_queries_as_one(cast: Cast, client: Client) -> None:
    task(cast, "2026-03-05")
    page = cast.login(client, "陈技术员")

    def cost() -> int:
        with CaptureQueriesContext(connection) as found:
            assert page.get(URL).status_code == 200
        return len(found)

    cost()
    one = cost()
    deliver(cast, task(cast, "2026-03-06", "型材"), "2026-03-06")
    task(cast, "2026-03-07", line="QL-R1-甲")
    assert cost() == one


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.django_db(transaction=True)
def test_the_tracker_looks_right(cast: Cast, client: Client, look: Callable[..., Any], width: int) -> None:
    deliver(cast, task(cast, "2026-03-04"), "2026-03-04")
    deliver(cast, task(cast, "2026-03-06", "五米大锻环"), "2026-03-09", "conceded")
    task(cast, "2026-03-25", "型材", "rail")
    cast.login(client, "陈技术员")
    check(look(URL, width=width, cookies=client.cookies), f"delivery-{width}")
