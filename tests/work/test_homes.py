"""Which branch answers for a place: a committee that stands on a unit is none and is passed by; what names a body is its own."""

import datetime as dt

import pytest

from ronglu.store.homes import Homes
from ronglu.store.models import Body, BodyState, Mapping, Membership
from ronglu.work.cases_new import Place, home_of
from tests.cast import ON, SINCE, Cast, cast
from tests.work.loops_cast import HAZARD, LOOPS

__all__ = ["cast"]


def stands(cast: Cast, body: str, unit: str, since: dt.date = SINCE) -> None:
    Mapping.objects.create(body=cast.body[body], unit=cast.unit[unit], from_on=since)


def branch(cast: Cast, unit: str, on: dt.date = ON) -> str | None:
    key = Homes.of(cast.plant).branch(cast.unit[unit].pk, on)
    return Body.objects.get(pk=key).code if key else None


@pytest.fixture
def general(cast: Cast) -> Cast:
    """A 党总支 stands on the workshop between the lines and the plant, and a branch of the offices on the plant itself."""
    body = Body.objects.create(plant=cast.plant, code="QL-G", position=99, kindred="line")
    BodyState.objects.create(body=body, name="熔炼党总支", kind="general", parent=cast.body["QL-C"], from_on=SINCE)
    cast.body["QL-G"] = body
    stands(cast, "QL-G", "QL-R")
    stands(cast, "QL-C", "QL")
    return cast


def test_a_crew_answers_to_the_branch_of_its_group_and_an_unmapped_one_to_that_of_its_line(cast: Cast) -> None:
    assert [branch(cast, unit) for unit in ("QL-R1-甲", "QL-R1-丙", "QL-R1", "QL-F1-甲")] == [
        "QL-B1", "QL-B1", "QL-B1", "QL-B2",
    ]  # fmt: skip
    assert [branch(cast, unit) for unit in ("QL-R", "QL", "QL-PO")] == [None, None, None]


def test_a_committee_on_a_unit_is_passed_by_to_the_branch_further_up(general: Cast) -> None:
    """The workshop has a 党总支, the plant its 党委: neither is a branch, so nobody's score moves by what happens there."""
    assert (branch(general, "QL-R"), branch(general, "QL"), branch(general, "QL-PO")) == (None, None, None)
    stands(general, "QL-B3", "QL")
    assert (branch(general, "QL-R"), branch(general, "QL"), branch(general, "QL-PO")) == ("QL-B3", "QL-B3", "QL-B3")
    # the line keeps its own
    assert branch(general, "QL-R1") == "QL-B1"


def test_a_case_at_a_unit_under_a_committee_has_the_branch_further_up_for_its_home(general: Cast) -> None:
    place = Place(unit=general.unit["QL-R"])
    assert home_of(HAZARD, plant=general.plant, place=place, by=None, on=ON) is None
    stands(general, "QL-B3", "QL")
    assert home_of(HAZARD, plant=general.plant, place=place, by=None, on=ON) == general.body["QL-B3"].pk


def test_what_a_body_raises_itself_is_its_own_be_it_a_committee_or_a_group_of_a_branch(general: Cast) -> None:
    homes = {
        code: home_of(HAZARD, plant=general.plant, place=Place(body=general.body[code]), by=None, on=ON)
        for code in ("QL-C", "QL-G", "QL-B1", "QL-B1-甲")
    }
    keys = {code: general.body[code].pk for code in ("QL-C", "QL-G", "QL-B1")}
    assert homes == {"QL-C": keys["QL-C"], "QL-G": keys["QL-G"], "QL-B1": keys["QL-B1"], "QL-B1-甲": keys["QL-B1"]}
    assert Homes.of(general.plant).of_body(general.body["QL-C"].pk, ON) is None


def test_an_idea_goes_to_the_raisers_branch_and_one_kept_in_a_committee_has_that(general: Cast) -> None:
    idea, place = LOOPS["idea"], Place(unit=general.unit["QL-F1"])

    def home(name: str) -> int | None:
        return home_of(idea, plant=general.plant, place=place, by=general.account[name], on=ON)

    assert (home("李班长"), home("吴师傅")) == (general.body["QL-B1"].pk, general.body["QL-B2"].pk)
    Membership.objects.filter(person=general.person["高书记"]).update(body=general.body["QL-C"])
    assert home("高书记") == general.body["QL-C"].pk


def test_a_place_is_asked_about_on_its_day(cast: Cast) -> None:
    stands(cast, "QL-B2", "QL-R1-丙", since=ON)
    assert (branch(cast, "QL-R1-丙", ON - dt.timedelta(days=1)), branch(cast, "QL-R1-丙")) == ("QL-B1", "QL-B2")
    assert branch(cast, "QL-R1-丙", SINCE - dt.timedelta(days=1)) is None
