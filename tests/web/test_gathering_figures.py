"""亮进度·亮差距: whose figures a meeting is shown. Those of its crew and line; an office, which has none, those of its plant."""

import datetime as dt

from ronglu.store.models import IndicatorRow, Mapping
from ronglu.web.gatherings.figures import figures
from tests.cast import SINCE, Cast
from tests.cast import cast as cast
from tests.work.effected import calendar
from tests.work.gathered import arranged


def row(cast: Cast, unit: str, grain: str, period: str, value: str) -> IndicatorRow:
    return IndicatorRow(
        plant=cast.plant, unit=cast.unit[unit], indicator="SM-01", grain=grain, period=period, month=202603, value=value,
        numerator=value, denominator="1", plan="1000", covered=9, expected=9,
    )  # fmt: skip


def test_an_office_is_shown_the_figures_of_what_it_belongs_to(cast: Cast) -> None:
    calendar(cast)
    Mapping.objects.create(body=cast.body["QL-B3"], unit=cast.unit["QL-PO"], from_on=SINCE)
    IndicatorRow.objects.bulk_create(
        row(cast, unit, *when, value)
        for unit, value in (("QL", "900"), ("QL-R1", "400"))
        for when in (("month", "2026-03"), ("day", "2026-03-09"))
    )
    office = figures(arranged(cast, "committee", "QL-B3", name="孙干事"))
    line = figures(arranged(cast, "committee", "QL-B1", name="王书记", starts_at=dt.datetime(2026, 3, 11, 16)))
    assert [one.unit for one in office] == [cast.unit["QL"].pk]
    assert [one.unit for one in line] == [cast.unit["QL-R1"].pk]
