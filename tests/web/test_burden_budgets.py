"""The party office sets how many minutes forms may ask of a role, from a month on; everybody reads it, nothing past moves."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ronglu.kernel.time.period import Period
from ronglu.packs import burden
from ronglu.store.models import AuditEntry, Burden, BurdenBudget
from ronglu.work import burden_budgets as verbs
from ronglu.work.burden_budgets import BadBudget
from tests.cast import Cast, cast  # noqa: F401  (the fixture)
from tests.web.pages import WIDTHS, check

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 3, 10, 9)
MARCH, APRIL, MAY, JUNE = (Period.month(2026, n) for n in (3, 4, 5, 6))
KNOWN = {"staff": "职工", "member": "党员"}
PAGE = "/burden/?month=2026-03"


@pytest.fixture(autouse=True)
def march(settings: Any) -> None:
    settings.TODAY = "2026-03-10"


def put(cast: Cast, minutes: int, month: Period, role: str = "member") -> BurdenBudget:
    return verbs.set_budget(
        plant=cast.plant, role=role, minutes=minutes, month=month, known=KNOWN, by=cast.account["孙干事"], at=AT
    )


def usual(cast: Cast, month: Period) -> None:
    verbs.back_to_default(plant=cast.plant, role="member", month=month, known=KNOWN, by=cast.account["孙干事"], at=AT)


def said(cast: Cast, *months: Period) -> list[int]:
    """Of a member, 20 as shipped."""
    rows = verbs.rows(plant=cast.plant)
    return [verbs.in_force(burden.load(), rows, on=month.first).budgets["member"] for month in months]


def words(client: Client, path: str = PAGE) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(path).content.decode()))


def test_a_budget_holds_from_its_month_until_the_next_one(cast: Cast) -> None:
    put(cast, 45, MAY)
    put(cast, 30, APRIL)
    assert said(cast, MARCH, APRIL, MAY, JUNE) == [20, 30, 45, 45]
    put(cast, 25, MAY)
    assert said(cast, MARCH, APRIL, MAY, JUNE) == [20, 30, 25, 25]
    assert [(one.from_on.month, one.until_on and one.until_on.month) for one in verbs.rows(plant=cast.plant)] == [
        (4, 5), (5, None),
    ]  # fmt: skip


def test_back_to_default_takes_what_was_set_for_later_along(cast: Cast) -> None:
    put(cast, 30, MARCH)
    put(cast, 45, JUNE)
    usual(cast, MAY)
    assert said(cast, MARCH, APRIL, MAY, JUNE) == [30, 30, 20, 20]
    with pytest.raises(BadBudget, match="党员从 2026-05 起本来就是系统默认"):
        usual(cast, MAY)


@pytest.mark.parametrize(
    ("role", "minutes", "month", "why"),
    [
        ("member", 0, MARCH, "党员的预算是 1 到 10000 分钟，写的是 0"),
        ("member", 30, MARCH - 1, "2026-02 已经过去，预算从本月 2026-03 或以后的月份起"),
        ("auditor", 30, MARCH, "没有“auditor”这个角色，应为职工、党员之一"),
    ],
)
def test_what_cannot_be_says_what_would_be_right(cast: Cast, role: str, minutes: int, month: Period, why: str) -> None:
    with pytest.raises(BadBudget) as refused:
        put(cast, minutes, month, role)
    assert str(refused.value) == why
    assert not BurdenBudget.objects.exists() and not AuditEntry.objects.filter(verb="burden.set").exists()


def test_the_office_sets_it_and_every_worker_reads_it_with_its_source(cast: Cast, client: Client) -> None:
    Burden.objects.create(
        plant=cast.plant, month=202603, role="member", form="case_move", saves=9, fields=9, seconds=8 * 25 * 60
    )
    member = next(one for one in cast.login(client, "吴师傅").get(PAGE).context["told"].lines if one.role)
    assert (member.role.code, member.budget, member.load) == ("member", 20, "over")
    assert "党员 20 系统默认，可修改 —" in words(client)
    office = cast.login(client, "孙干事")
    form = {"role": "member", "minutes": "40", "month": "2026-03"}
    assert office.post(reverse("burden_budget"), form)["Location"] == reverse("burden")
    office.post(reverse("burden_budget"), form | {"month": "2026-05", "minutes": "35"})
    member = next(one for one in cast.login(client, "吴师傅").get(PAGE).context["told"].lines if one.role)
    assert (member.budget, member.load) == (40, "within")
    page = words(client)
    assert "党员 40 本厂定，2026 年 3 月起 2026 年 5 月起 35" in page and "定预算" not in page
    assert "党员 20 系统默认，可修改 2026 年 3 月起 40 2026 年 5 月起 35" in words(client, "/burden/?month=2026-02")
    office = cast.login(client, "孙干事")
    office.post(reverse("burden_usual"), {"role": "member", "month": "2026-04"})
    assert "2026 年 4 月起恢复默认" in words(client)
    assert AuditEntry.objects.filter(verb__startswith="burden.").count() == 3
    refused = office.post(reverse("burden_budget"), form | {"month": "2026-02"})
    assert refused.status_code == 422 and "2026-02 已经过去" in refused.content.decode()


def test_the_price_of_a_new_form_is_held_against_the_plants_own_budget(cast: Cast, client: Client) -> None:
    put(cast, 1, MARCH, "staff")
    price = cast.login(client, "吴师傅").get(PAGE + "&fields_=12&people=40&times=1&role=staff").context["price"]
    assert (price.budget, price.over) == (1, True)


@pytest.mark.parametrize("name", ["高书记", "王书记", "冯主席", "吴师傅", "邻厂书记", "系统管理员"])
def test_nobody_else_sets_it(cast: Cast, client: Client, name: str) -> None:
    form = {"role": "member", "minutes": "400", "month": "2026-03"}
    for address in ("burden_budget", "burden_usual"):
        assert cast.login(client, name).post(reverse(address), form).status_code == 403
    assert not BurdenBudget.objects.exists()


def test_the_neighbour_plant_keeps_its_own(cast: Cast, client: Client) -> None:
    put(cast, 99, MARCH)
    assert "99 本厂定" not in words(cast.login(client, "邻厂书记"))


def test_three_budgets_cost_what_one_costs(cast: Cast, client: Client) -> None:
    put(cast, 30, MARCH)
    ask = cast.login(client, "吴师傅").get
    ask(PAGE)
    with CaptureQueriesContext(connection) as one:
        ask(PAGE)
    put(cast, 35, MAY)
    put(cast, 35, MAY, "staff")
    with CaptureQueriesContext(connection) as three:
        ask(PAGE)
    assert len(three) == len(one)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", WIDTHS)
def test_it_looks_right(look: Any, client: Client, cast: Cast, width: int) -> None:
    put(cast, 40, MARCH)
    put(cast, 35, JUNE)
    cast.login(client, "孙干事")
    check(look(PAGE, width=width, cookies=client.cookies), f"budgets-{width}")
    check(look(reverse("burden_budget"), width=width, cookies=client.cookies), f"budget-form-{width}")
