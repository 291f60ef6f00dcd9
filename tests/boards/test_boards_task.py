"""The worker builds what changed and leaves the rest alone."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from ronglu.store.models import IndicatorRow, Job, Partition, Plan, PyramidRow
from ronglu.tasks.boards import build_plant
from ronglu.tasks.run import perform
from tests.cast import Cast, cast  # noqa: F401  (the fixture)
from tests.facts.plant_month import AT, March, make_march

pytestmark = pytest.mark.django_db


@pytest.fixture
def march(cast: Cast, settings: Any, tmp_path: Path) -> March:
    settings.HOME, settings.TODAY = tmp_path, "2026-04-03"
    line = cast.unit["QL-R1"]
    return make_march(plant=line.plant, line=line, by=cast.account["周统计员"])


def test_a_month_is_built_once_and_again_only_after_something_it_rests_on_changed(march: March) -> None:
    assert [str(m) for m in build_plant(plant=march.plant, at=AT)] == ["2026-03"]
    assert build_plant(plant=march.plant, at=AT) == []
    march.restate(march.reading("sm_coal", 10, 1), "530", 5_300, audited=True)
    assert [str(m) for m in build_plant(plant=march.plant, at=AT)] == ["2026-03"]
    # 39,990 kg of coal and 100 more, 930 t
    assert IndicatorRow.objects.get(unit=march.line, indicator="SM-02", period="2026-03").value == "43.11"
    Plan.objects.filter(indicator="SM-02").update(value="41")
    assert [str(m) for m in build_plant(plant=march.plant, at=AT)] == ["2026-03"]
    assert IndicatorRow.objects.get(unit=march.line, indicator="SM-02", period="2026-03").plan == "41"


def test_a_month_marked_by_a_change_of_the_organisation_is_built_again(march: March) -> None:
    build_plant(plant=march.plant, at=AT)
    Partition.objects.filter(fact="boards").update(wanted=2)
    assert [str(m) for m in build_plant(plant=march.plant, at=AT)] == ["2026-03"]
    assert build_plant(plant=march.plant, at=AT) == []


def test_boards_that_were_deleted_come_back_as_they_were(march: March) -> None:
    build_plant(plant=march.plant, at=AT)
    columns = [f.name for f in IndicatorRow._meta.fields if f.name != "id"]
    before = set(IndicatorRow.objects.values_list(*columns))
    IndicatorRow.objects.all().delete()
    Partition.objects.filter(fact="boards").delete()
    build_plant(plant=march.plant, at=AT)
    assert set(IndicatorRow.objects.values_list(*columns)) == before


def test_the_job_says_which_months_it_built(march: March) -> None:
    job = Job.objects.create(kind="boards", label="更新指标板", plant=march.plant, created_at=AT)
    assert perform(job) == {"months": {"qinglan": ["2026-03"]}}
    assert perform(job) == {"months": {"qinglan": []}}
    again = Job.objects.create(
        kind="boards", label="更新指标板", plant=march.plant, args={"months": ["2026-03"]}, created_at=AT
    )
    assert perform(again) == {"months": {"qinglan": ["2026-03"]}}


def test_a_plant_without_readings_has_nothing_to_build(cast: Cast) -> None:
    assert build_plant(plant=cast.neighbour, at=dt.datetime(2026, 4, 3, 9)) == []


def test_the_long_course_is_built_with_the_month_and_moves_with_it(march: March) -> None:
    """Every shift 10 t: 30 t a day; the 10th of March corrected by three tonnes is a day of 33."""
    build_plant(plant=march.plant, at=AT)
    feed = PyramidRow.objects.filter(unit=march.line, indicator="SM-01", level=4)
    assert {(row.low, row.high) for row in feed} == {("30.00", "30.00")}
    march.restate(march.reading("sm_feed_dry", 10, 1), "13", 13_000, audited=True)
    build_plant(plant=march.plant, at=AT)
    assert [row.high for row in feed.filter(high="33.00")] == ["33.00"]


def test_a_plant_whose_boards_are_older_than_its_long_courses_has_them_made(march: March) -> None:
    build_plant(plant=march.plant, at=AT)
    columns = [f.name for f in PyramidRow._meta.fields if f.name != "id"]
    before = set(PyramidRow.objects.values_list(*columns))
    PyramidRow.objects.all().delete()
    assert build_plant(plant=march.plant, at=AT) == []
    assert set(PyramidRow.objects.values_list(*columns)) == before
