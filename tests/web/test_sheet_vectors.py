"""The acceptance vectors of domain/08 that show on the sheet's pages."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ronglu.kernel.time.calendar import Calendar
from ronglu.store.models import CalendarRow, Channel, Reading, ShiftRow
from ronglu.store.values import calendar_of
from tests.boards.assessed import AT, March, assess, cast, march  # noqa: F401
from tests.cast import Cast
from tests.web.scored import scored

pytestmark = pytest.mark.django_db

NIGHT_AT_23 = [
    {"no": 1, "name": "白", "starts": "07:00", "hours": "8"},
    {"no": 2, "name": "中", "starts": "15:00", "hours": "8"},
    {"no": 3, "name": "夜", "starts": "23:00", "hours": "8"},
]


def html(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return str(response.content.decode())


def words(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


@pytest.mark.covers("S1-40", "S1-43")
def test_av_12_the_template_shows_five_categories_33_items_and_two_hundreds(cast: Cast, client: Client) -> None:
    scored(cast)
    cast.login(client, "孙干事")
    grid = html(client, reverse("sheet"))
    assert grid.count('<tr class="group">') == 5
    assert sorted(set(re.findall(r'<span class="code">([A-E]\d)</span>', grid))) == [
        *(f"A{n}" for n in range(1, 8)), *(f"B{n}" for n in range(1, 9)), *(f"C{n}" for n in range(1, 6)),
        *(f"D{n}" for n in range(1, 9)), *(f"E{n}" for n in range(1, 6)),
    ]  # fmt: skip
    said = words(grid)
    assert "党建百分 100" in said and "生产融合百分 100" in said
    for category in ("7 项 30 分", "8 项 40 分", "5 项 30 分", "8 项 60 分", "5 项 40 分"):
        assert category in said


@pytest.mark.parametrize(
    ("starts", "shifts", "at", "shown"),
    [
        # 07/15/23 with the day from 07:00: 23:40 is the night shift of that day
        (dt.time(7), NIGHT_AT_23, dt.datetime(2026, 3, 12, 23, 40), ("03-12", "夜")),
        # the same night goes on after midnight and stays with the day it began on
        (dt.time(7), NIGHT_AT_23, dt.datetime(2026, 3, 13, 3, 10), ("03-12", "夜")),
        # the default clock: 23:40 is still the middle shift
        (dt.time(8), None, dt.datetime(2026, 3, 12, 23, 40), ("03-12", "中")),
        (dt.time(8), None, dt.datetime(2026, 3, 13, 3, 10), ("03-12", "夜")),
    ],
)
def test_av_14_a_reading_stands_under_the_production_day_its_shift_began_on(
    cast: Cast, march: March, client: Client, starts: dt.time, shifts: Any, at: dt.datetime, shown: tuple[str, str]
) -> None:
    if shifts:
        CalendarRow.objects.filter(plant=cast.plant).update(day_starts=starts, shifts=shifts)
    clock: Calendar = calendar_of(cast.plant)
    day, no = clock.shift_of(at)
    begins, ends = clock.bounds(day, no)
    Reading.objects.all().delete()
    ShiftRow.objects.all().delete()
    for series, text, value in (("sm_feed_dry", "10", 10_000), ("sm_coal", "430", 4_300)):
        ShiftRow.objects.get_or_create(
            unit=march.line, day=day, shift_no=no, starts_at=begins, ends_at=ends, month=202603, letter="甲"
        )
        Reading.objects.create(
            channel=Channel.objects.get(unit=march.line, series=series), starts_at=begins, ends_at=ends, day=day,
            shift_no=no, month=202603, letter="甲", text=text, value=value, state="audited", known_at=AT,
            entered_by=march.by,
        )  # fmt: skip
    assess(march)
    cast.login(client, "孙干事")
    told = html(client, reverse("sheet_item", args=["2026-03", "QL-B1", "D3"]))
    row = words(told[told.index('id="readings"') :].split("<tbody>")[1].split("</tr>")[0])
    assert row.split()[:3] == [*shown, "甲"]
