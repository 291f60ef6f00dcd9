"""What of the year's plan counts for which branch, where bodies move or are abolished during the year."""

import datetime as dt

import pytest

from ronglu.config.plant import pack_of
from ronglu.store.models import BodyState, ProgrammeTask
from ronglu.work import programmes
from ronglu.work.queries import branch_plan
from ronglu.work.queries.places import Places
from tests.cast import Cast, cast  # noqa: F401
from tests.work.planned import key_task, programme, said, task_of

pytestmark = pytest.mark.django_db
JUNE, LATER = dt.date(2026, 6, 1), dt.date(2026, 7, 1)


def sums(cast: Cast, on: dt.date = LATER) -> dict[str, tuple[int, int, int]]:
    found = branch_plan.sums(places=Places(cast.plant, on), year=2026, on=on)
    return {one.name: (one.given, one.done, one.missed) for one in found}


def told(cast: Cast, body: str, on: dt.date = LATER) -> list[tuple[str, dt.date]]:
    places, known = Places(cast.plant, on), pack_of(cast.plant.code).indicators
    found = branch_plan.lines(
        places=places, body=cast.body[body].pk, year=2026, scope=cast.scope("孙干事", on), on=on, known=known
    )
    return [(one.body, one.due_on) for one in found if one.sort == "programme"]


def given(cast: Cast, *bodies: str) -> list[dt.date]:
    """A programme in four stages; the first was reported by each. The days on which they fall due: 3 May is before June."""
    row = programme(cast, bodies=bodies)
    for body in bodies:
        done = said(cast, "孙干事", dt.datetime(2026, 5, 2, 9))
        programmes.report(task=task_of(row, cast, body), words="学了", **done)
    return list(
        ProgrammeTask.objects.filter(body=cast.body[bodies[0]]).order_by("due_on").values_list("due_on", flat=True)
    )


def test_what_a_branch_did_before_it_was_abolished_stays_with_it(cast: Cast) -> None:
    days = given(cast, "QL-B2")
    assert sums(cast)["精炼党支部"] == (4, 1, 1)
    BodyState.objects.filter(body=cast.body["QL-B2"]).update(until_on=JUNE)
    assert sums(cast)["精炼党支部"] == (4, 1, 1)
    assert told(cast, "QL-B2") == [("精炼党支部", day) for day in days]


def test_an_abolished_branch_that_was_given_nothing_is_not_listed(cast: Cast) -> None:
    assert "精炼党支部" in sums(cast)
    BodyState.objects.filter(body=cast.body["QL-B2"]).update(until_on=JUNE)
    assert "精炼党支部" not in sums(cast)


def test_what_an_abolished_group_did_counts_for_the_branch_it_stood_under(cast: Cast) -> None:
    days = given(cast, "QL-B1-甲")
    key_task(cast, "QL-B1-甲")
    before = sums(cast)["转炉党支部"]
    assert before[0] == 4 + 8
    BodyState.objects.filter(body=cast.body["QL-B1-甲"]).update(until_on=JUNE)
    assert sums(cast)["转炉党支部"] == before
    assert [day for _body, day in told(cast, "QL-B1")] == days


def test_what_a_group_did_before_it_moved_counts_where_it_was_done(cast: Cast) -> None:
    """The first stage is of May, done there; the second and what is to come belong to the branch that the group went to in June."""
    first, *rest = given(cast, "QL-B1-甲")
    old = BodyState.objects.get(body=cast.body["QL-B1-甲"])
    BodyState.objects.filter(pk=old.pk).update(until_on=JUNE)
    BodyState.objects.create(body=old.body, name=old.name, kind=old.kind, parent=cast.body["QL-B2"], from_on=JUNE)
    found = sums(cast)
    assert (found["转炉党支部"], found["精炼党支部"]) == ((1, 1, 0), (3, 0, 1))
    assert told(cast, "QL-B1") == [(old.name, first)]
    assert told(cast, "QL-B2") == [(old.name, day) for day in rest]
    # as it stood at the end of May, all of it is the converter branch's
    assert sums(cast, JUNE - dt.timedelta(days=1))["转炉党支部"] == (4, 1, 0)
