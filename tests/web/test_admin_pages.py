"""How the plant's settings look: on a phone and on a desk, with a swap, a gap, a stop that waits and forms refused."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from ronglu.config.plant import pack_of
from ronglu.kernel.time.period import Period
from ronglu.store.models import Channel, CrewSwap, Import, ImportedScore
from ronglu.work import holidays, plans, stops
from ronglu.work.plans import Figure
from tests.cast import AT, SINCE, Cast, make_cast
from tests.web.pages import WIDTHS, Look, check
from tests.work.clock import four, set_clock, set_roster

pytestmark = pytest.mark.browser
ON = dt.date(2026, 3, 10)

PAGES = [
    ("周统计员", "admin", []),
    ("周统计员", "clock_new", []),
    ("周统计员", "holidays", []),
    ("李班长", "holidays", []),
    ("周统计员", "holiday_new", []),
    ("周统计员", "rosters", []),
    ("周统计员", "roster", ["QL-R1"]),
    ("李班长", "roster", ["QL-F1"]),
    ("周统计员", "roster_deed", ["QL-R1", "declare"]),
    ("周统计员", "roster_deed", ["QL-R1", "exchange"]),
    ("系统管理员", "channels", []),
    ("系统管理员", "channel_unit", ["QL-R1"]),
    ("周统计员", "channel_open", ["QL-R1"]),
    ("周统计员", "plans", []),
    ("周统计员", "plan", ["QL-R1", "SM-01", 2026]),
    ("周统计员", "plan_new", ["QL-R1"]),
    ("马主任", "stops", []),
    ("马主任", "stop_new", ["QL-R1"]),
    ("高书记", "scores_waiting", []),
    ("孙干事", "scores_waiting", []),
]


@pytest.fixture
def house(transactional_db: None, settings: "object") -> Cast:
    settings.TODAY = "2026-03-10"  # type: ignore[attr-defined]
    cast = make_cast()
    set_clock(cast.plant)
    line, zhou, sun = cast.unit["QL-R1"], cast.account["周统计员"], cast.account["孙干事"]
    set_roster(line, four(cast.plant))
    CrewSwap.objects.create(unit=line, day=ON, shift_no=1, letter="丁", reason="检修配合")
    Channel.objects.create(unit=line, series="sm_coal", grain="shift", from_on=SINCE)
    stops.propose(unit=line, first=ON, last=ON, reason="检修", by=zhou, at=AT)
    holidays.declare(plant=cast.plant, day=dt.date(2026, 4, 6), works=False, name="清明节", by=zhou, at=AT)
    plans.put(plant=cast.plant, figures=[Figure(line.pk, "SM-01", Period.year(2026), Decimal(3650))], by=zhou, at=AT)
    plans.split_year(unit=line, indicator=pack_of("qinglan").indicators["SM-01"], year=2026, by=zhou, at=AT)
    batch = Import.objects.create(
        plant=cast.plant,
        kind="scores",
        file_name="往期分.xlsx",
        digest="x",
        size=1,
        path="x",
        created_by=sun,
        created_at=AT,
    )
    body = cast.body["QL-B1"]
    ImportedScore.objects.create(
        plant=cast.plant, body=body, subject=f"body:{body.pk}", kind="party", period="2025-Q4", value=9250, batch=batch
    )
    return cast


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_are_sound_at_every_width(house: Cast, look: Look, width: int) -> None:
    for number, (name, page, args) in enumerate(PAGES):
        client = house.login(Client(), name)
        check(look(reverse(page, args=args), width=width, cookies=client.cookies), f"admin-{page}-{number}")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_plant_without_clock_rosters_and_holidays_is_sound_too(house: Cast, look: Look, width: int) -> None:
    for page in ("admin", "holidays", "rosters"):
        client = house.login(Client(), "邻厂书记")
        check(look(reverse(page), width=width, cookies=client.cookies), f"admin-{page}-empty")
