"""A person's duty score is for himself, the office and the plant's committee; crews are shown by line, ties inside the noise."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ronglu.store.models import AssessedResult, AssessedTotal, CalendarRow
from ronglu.tasks import assess_others
from ronglu.work.queries.assessed import level
from tests.cast import Cast, cast  # noqa: F401
from tests.facts.plant_month import AT, MARCH, SHIFTS
from tests.work.loops_cast import LOOPS, report, step

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def april(cast: Cast, settings: Any, tmp_path: Any) -> None:
    settings.HOME, settings.TODAY = tmp_path, "2026-04-03"
    CalendarRow.objects.create(
        plant=cast.plant, from_on=dt.date(2025, 1, 1), day_starts=dt.time(8), month_first=1, shifts=SHIFTS
    )
    loop = LOOPS["action"]
    given = {"what": "更新看板", "source": "meeting", "finish_by": "2026-03-20"}
    case = report(cast, "马主任", loop=loop, unit=cast.unit["QL-R1"], given=given).case
    step(cast, case, "马主任", "assign", loop=loop, doer=[cast.person["王书记"].pk])
    assess_others.persons(plant=cast.plant, month=MARCH, at=AT)


WANG = reverse("duty_score", args=["20102"])


@pytest.mark.parametrize("name", ["王书记", "孙干事", "高书记"])
def test_himself_the_office_and_the_committee_see_the_score_with_the_record_behind_it(
    cast: Cast, client: Client, name: str
) -> None:
    page = cast.login(client, name).get(WANG)
    # one action missed: 30 of 40, with 10 of 10: 40 of 50
    assert page.status_code == 200
    assert "80.00" in page.content.decode()
    assert "行动项 XD-2026-0001" in page.content.decode()


@pytest.mark.parametrize("name", ["李班长", "何组长", "马主任", "郑师傅", "邻厂书记"])
def test_to_anybody_else_it_does_not_exist(cast: Cast, client: Client, name: str) -> None:
    assert cast.login(client, name).get(WANG).status_code == 404


@pytest.mark.parametrize("name", ["吴师傅", "赵安全员", "集团", "外人"])
def test_who_is_no_member_has_no_such_page(cast: Cast, client: Client, name: str) -> None:
    assert cast.login(client, name).get(WANG).status_code in (403, 404)


def test_the_list_names_people_and_puts_no_figure_beside_a_name(cast: Cast, client: Client) -> None:
    page = cast.login(client, "孙干事").get(reverse("duty_scores")).content.decode()
    assert "20102" in page
    assert "80.00" not in page
    assert "20102" not in cast.login(client, "李班长").get(reverse("duty_scores")).content.decode()


def made(cast: Cast, **scores: int) -> None:
    run = assess_others.lines(plant=cast.plant, month=MARCH, at=AT)
    for letter, score in scores.items():
        AssessedTotal.objects.filter(run=run, unit=cast.unit[f"QL-R1-{letter}"]).update(converted=score)


def test_crews_within_the_noise_are_level_and_no_place_is_given(cast: Cast, client: Client) -> None:
    """Mean of 92.00, 90.50, 90.00 and 88.50 is 90.25; within one point of it are the second and the third."""
    made(cast, 甲=9200, 乙=9050, 丙=9000, 丁=8850)
    page = cast.login(client, "孙干事").get(reverse("crew_sheet")).content.decode()
    assert (page.count("持平</td>"), page.count("高于平均</td>"), page.count("低于平均</td>")) == (2, 1, 1)
    assert "全线平均 90.25" in page
    assert "名次" not in page.replace("不排名次", "")


@pytest.mark.parametrize(("score", "said"), [(9125, "level"), (9126, "above"), (8924, "below"), (None, "")])
def test_the_edge_of_the_noise_belongs_to_the_tie(score: int | None, said: str) -> None:
    assert level(score, 9025, 100) == said


def test_a_crew_of_another_line_is_not_shown_to_who_may_not_look_there(cast: Cast, client: Client) -> None:
    made(cast)
    page = cast.login(client, "李班长").get(reverse("crew_sheet")).content.decode()
    assert ("转炉甲班" in page, "精炼甲班" in page) == (True, False)


def test_the_pages_cost_the_same_for_more_rows(cast: Cast, client: Client) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    made(cast)
    cast.login(client, "孙干事").get(reverse("crew_sheet"))
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("crew_sheet"))
    only = [cast.unit["QL-R1-甲"].pk]
    AssessedResult.objects.filter(run__code="crew").exclude(unit__in=only).delete()
    AssessedTotal.objects.filter(run__code="crew").exclude(unit__in=only).delete()
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("crew_sheet"))
    # the name of one line less to look up is no query less
    assert len(one) == len(many)
