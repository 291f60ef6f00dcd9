"""模范机关 on the tables: office branches rated by people of the line in three dimensions, and the title that asks for it."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ronglu.config.plant import pack_of
from ronglu.kernel.standing.ballot import Tick
from ronglu.kernel.standing.honour import eligible
from ronglu.store.models import Body, BodyState, Poll
from ronglu.work import polls
from ronglu.work.polls import About, BadPoll
from ronglu.work.queries import branch_year, model_offices
from tests.cast import ON, SINCE, Cast, cast  # noqa: F401  (the fixture)
from tests.work.polled import AFTER, KINDS, by, people, vote

pytestmark = pytest.mark.django_db
SAID = {
    "outward": ("good", "good", "good", "good", "fair", "fair"),
    "inward": ("good", "good", "good", "common", "common", "common"),
    "close": ("good", "good", "fair", "fair", "poor", "unknown"),
}


def rated(cast: Cast, code: str = "QL-B3", *, year: int = 2026, first: int = 41001, voters: int = 6) -> Poll:
    """By six of the converters' line, each with his place in SAID; told."""
    body = cast.body[code]
    raters = people(cast, 6, first=first)
    poll = polls.declare(
        kind=KINDS["office"], body=body, title=f"{year} 年模范机关测评", about=[About(name=code, body=body)], year=year,
        due_on=ON + dt.timedelta(days=5), named={"": [one.person for one in raters if one.person]}, **by(cast, "孙干事"),
    )  # fmt: skip
    polls.start(poll=poll, **by(cast, "孙干事"))
    for number, rater in enumerate(raters[:voters]):
        vote(poll, rater, frozenset(Tick(1, question, said[number]) for question, said in SAID.items()))
    poll = polls.close(poll=poll, **by(cast, "孙干事", AFTER))
    return polls.publish(poll=poll, **by(cast, "孙干事", AFTER))


def another_office(cast: Cast, code: str) -> None:
    body = Body.objects.create(plant=cast.plant, code=code, kindred="office")
    BodyState.objects.create(body=body, name=f"{code}党支部", kind="branch", parent=cast.body["QL-C"], from_on=SINCE)
    cast.body[code] = body


@pytest.mark.covers("S3-40")
def test_each_dimension_has_its_mean_and_the_score_weighs_them_30_30_40(cast: Cast) -> None:
    """好 100, 较好 80, 一般 60, 差 40, 不了解 is left out.

    (4 × 100 + 2 × 80) ÷ 6 = 93.33; (3 × 100 + 3 × 60) ÷ 6 = 80; (2 × 100 + 2 × 80 + 40) ÷ 5 = 80;
    0.3 × 93.33… + 0.3 × 80 + 0.4 × 80 = 28 + 24 + 32 = 84.
    """
    rated(cast)
    told = model_offices.rated(plant=cast.plant, year=2026)
    assert [(name, weight) for name, _, weight in told.dimensions] == [
        ("外在形象好", 30), ("内在素质强", 30), ("贴近生产一线", 40),
    ]  # fmt: skip
    [row] = told.rows
    assert row.means == (Decimal("93.33"), Decimal("80.00"), Decimal("80.00"))
    assert (row.code, row.score, row.before, row.raters) == ("QL-B3", Decimal("84.00"), None, 6)
    # next year it stands beside this one
    assert model_offices.rated(plant=cast.plant, year=2027).rows == ()
    rated(cast, year=2027, first=42001)
    [later] = model_offices.rated(plant=cast.plant, year=2027).rows
    assert later.before == Decimal("84.00")


@pytest.mark.covers("S3-40")
def test_only_a_branch_of_the_offices_is_rated_so(cast: Cast) -> None:
    with pytest.raises(BadPoll, match="模范机关测评只评机关党组织，QL-B1不是"):
        rated(cast, "QL-B1")


def test_what_four_said_is_not_told(cast: Cast) -> None:
    rated(cast, voters=4)
    assert model_offices.rated(plant=cast.plant, year=2026).rows == ()


@pytest.mark.covers("S3-40")
def test_the_title_of_a_model_office_asks_for_the_score(cast: Cast) -> None:
    title = pack_of("qinglan").standing.honour.titles["model_office"]
    nobody = eligible(title, branch_year.figures(body=cast.body["QL-B3"], year=2026, on=ON)).lacking
    assert "模范机关测评（三维）得分不低于 85：没有数据" in nobody
    rated(cast)
    found = eligible(title, branch_year.figures(body=cast.body["QL-B3"], year=2026, on=ON)).lacking
    assert "模范机关测评（三维）得分不低于 85：现为 84" in found


def test_the_page_shows_it_at_the_price_of_one_for_three(cast: Cast, client: Client, settings: object) -> None:
    settings.TODAY = str(AFTER.date())  # type: ignore[attr-defined]
    cast.login(client, "孙干事")
    rated(cast)
    page = client.get(reverse("model_offices")).content.decode()
    assert all(word in page for word in ("QL-B3", "93.33", "84.00", "贴近生产一线"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("model_offices"))
    for number, code in enumerate(("QL-B4", "QL-B5")):
        another_office(cast, code)
        rated(cast, code, first=43001 + 100 * number)
    with CaptureQueriesContext(connection) as three:
        page = client.get(reverse("model_offices")).content.decode()
    assert len(one) == len(three) and page.count("84.00") == 3
