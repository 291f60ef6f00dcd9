"""(c): the board page of a line against a bare view behind the same door that runs the same queries and renders nothing."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client, override_settings
from django.urls import path

from bench.line import Line, in_turn
from ronglu.config.plant import pack_of
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import (
    Account,
    CalendarRow,
    Engagement,
    IndicatorRow,
    Person,
    Plant,
    Post,
    Unit,
    UnitState,
)
from ronglu.web.access import page
from ronglu.web.urls import urlpatterns as pages

NAME = "the board page"
LIMIT = 3.0
SINCE, TODAY, MODULE = dt.date(2025, 1, 1), dt.date(2026, 4, 1), "smelting"
TREE = {"QL": ("plant", None), "QL-R": ("workshop", "QL"), "QL-R1": ("line", "QL-R")} | {
    f"QL-R1-{letter}": ("crew", "QL-R1") for letter in "甲乙丙丁"
}
CLOCK = [{"no": 1, "name": "全", "starts": "08:00", "hours": "24"}]
URL = "/board/?unit=QL-R1&period=2026-03"
Query = tuple[str, Any]
replayed: list[Query] = []


@page(verb="boards.see")
def bare(request: HttpRequest) -> HttpResponse:
    """Rows of boards as model instances, as the page gets them; the rest as it comes."""
    table = connection.ops.quote_name(IndicatorRow._meta.db_table)
    for sql, params in replayed:
        if sql.startswith(f'SELECT {table}."id"'):
            list(IndicatorRow.objects.raw(sql, params))
        else:
            with connection.cursor() as cursor:
                cursor.execute(sql, params).fetchall()
    return HttpResponse(engines["django"].from_string("").render({}, request))


urlpatterns = [path("bare/", bare), *pages]


def measure() -> list[Line]:
    account = _plant()
    with override_settings(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], TODAY=str(TODAY)):
        client = Client()
        client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[-1])
        door = len(_queries(client, "/bare/"))
        asked = _queries(client, URL)
        replayed.extend(asked[door:])
        if len(_queries(client, "/bare/")) != len(asked):
            raise AssertionError("the bare view does not run the same queries")
        ours, theirs = in_turn(lambda: _get(client, URL), lambda: _get(client, "/bare/"), rounds=15)
    return [Line(f"(c) board page, {len(asked)} queries: page / bare view with the same queries", ours, theirs, LIMIT)]


def _get(client: Client, url: str) -> HttpResponse:
    response = client.get(url)
    if response.status_code != 200:
        raise AssertionError(f"{url}: {response.status_code}")
    return response  # type: ignore[return-value]


def _queries(client: Client, url: str) -> list[Query]:
    found: list[Query] = []

    def told(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found.append((sql, params))
        return execute(sql, params, many, context)

    _get(client, url)  # what is loaded once is loaded now
    with connection.execute_wrapper(told):
        _get(client, url)
    return found


def _plant() -> Account:
    """A line under a workshop, four crews, a year of rows for every indicator of its module, and its head."""
    plant = Plant.objects.create(code="qinglan", name="青岚冶炼厂")
    CalendarRow.objects.create(plant=plant, from_on=SINCE, day_starts=dt.time(8), shifts=CLOCK)
    units: dict[str, Unit] = {}
    for position, (code, (kind, parent)) in enumerate(TREE.items()):
        module = MODULE if kind == "line" else ""
        units[code] = Unit.objects.create(plant=plant, code=code, kind=kind, position=position, module=module)
        up = units[parent] if parent else None
        UnitState.objects.create(unit=units[code], name=code, parent=up, from_on=SINCE)
    _rows(plant, units)
    head = Person.objects.create(plant=plant, staff_no="1", name="马主任")
    Engagement.objects.create(person=head, unit=units["QL-R"], from_on=SINCE)
    Post.objects.create(person=head, role="workshop_head", unit=units["QL-R"], from_on=SINCE)
    return Account.objects.create(staff_no="1", person=head, must_change=False)


def _rows(plant: Plant, units: dict[str, Unit]) -> None:
    codes = [i.code for i in pack_of(plant.code).indicators.values() if i.module == MODULE]
    days = [Period(Grain.DAY, n) for n in range(dt.date(2025, 4, 1).toordinal(), TODAY.toordinal())]
    periods = sorted({d.up(g) for d in days for g in (Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.YEAR)})
    IndicatorRow.objects.bulk_create(
        IndicatorRow(
            plant=plant, unit=unit, indicator=code, grain=p.grain.value, period=str(p), month=p.last.year * 100 + p.last.month,
            value=f"{100 + (p.index * 7 + n) % 13}.{n:02}", plan="105", covered=p.days * 3 - (p.index % 9 == 0), expected=p.days * 3,
        )
        for unit in units.values()
        for n, code in enumerate(codes)
        for p in periods
        if unit.kind != "crew" or p.grain is not Grain.DAY
    )  # fmt: skip
