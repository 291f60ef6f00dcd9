"""The map of the two trees in the tables, the picture of both side by side, and item B5 by days."""

import datetime as dt
from typing import Any

import pytest

from ronglu.facts.basis import coverage_rows
from ronglu.store.models import Finding, Mapping
from ronglu.work import mappings
from ronglu.work.mappings import BadMapping
from ronglu.work.queries import org
from tests.work.plant import ON, SINCE, THE_14TH, Story, story  # noqa: F401


@pytest.mark.covers("S1-01", "S1-02")
def test_gaps_are_the_lines_crews_and_members_left_out(story: Story) -> None:
    story.add_person("新党员", unit="甲班", body="一支部")  # in a divided branch, in none of its groups
    gaps = org.gaps_of(plant=story.plant, on=ON)
    assert [line.name for line in gaps.lines] == ["二线"] and gaps.crews == ()
    assert [person.name for person in gaps.members] == ["新党员"]
    assert (gaps.mapped, gaps.all) == (3, 4)


def test_a_member_by_his_own_record_who_is_in_no_body_is_found(story: Story) -> None:
    person = story.person["外人"]
    person.joined_on = dt.date(2015, 7, 1)
    person.save()
    assert org.gaps_of(plant=story.plant, on=ON).members == (person,)


@pytest.mark.covers("S1-01")
def test_mapping_a_line_closes_its_gap_from_that_day(story: Story) -> None:
    mappings.link(body=story.body["二支部"], unit=story.unit["二线"], on=THE_14TH, **story.who)
    assert len(org.gaps_of(plant=story.plant, on=dt.date(2026, 3, 13)).lines) == 1
    assert org.gaps_of(plant=story.plant, on=THE_14TH).lines == ()


def test_mapping_twice_changes_nothing_and_an_earlier_day_draws_the_link_forward(story: Story) -> None:
    body, unit = story.body["二支部"], story.unit["二线"]
    first = mappings.link(body=body, unit=unit, on=THE_14TH, **story.who)
    assert mappings.link(body=body, unit=unit, on=ON, **story.who) == first
    mappings.link(body=body, unit=unit, on=SINCE, **story.who)
    assert [(row.from_on, row.until_on) for row in Mapping.objects.filter(body=body)] == [(SINCE, None)]


def test_a_group_on_a_line_and_a_branch_on_a_crew_are_refused_in_words(story: Story) -> None:
    with pytest.raises(BadMapping, match="党小组只能对应横大班、科室，二线是产线"):
        mappings.link(body=story.body["乙组"], unit=story.unit["二线"], on=ON, **story.who)
    with pytest.raises(BadMapping, match="乙班是横大班"):
        mappings.link(body=story.body["二支部"], unit=story.unit["乙班"], on=ON, **story.who)


@pytest.mark.covers("S1-01")
def test_b5_of_march_counts_the_days_of_lines_and_crews(story: Story) -> None:
    """一线 and its two crews: line 31, 甲班 31, 乙班 only until the 14th = 13; of 93 unit-days."""
    mappings.unlink(body=story.body["乙组"], unit=story.unit["乙班"], on=THE_14TH, **story.who)
    (found,) = coverage_rows(plant=story.plant, first=dt.date(2026, 3, 1), last=dt.date(2026, 3, 31))
    assert (found["branch"], found["item"]) == (story.body["一支部"].pk, "B5")
    assert (found["num"], found["den"]) == (31 + 31 + 13, 93)


def test_both_trees_are_drawn_with_their_map(story: Story) -> None:
    Finding.objects.create(
        plant=story.plant,
        rule="R-ORG-08",
        body=story.body["甲组"],
        subject="x",
        detail="x",
        severity="MUST",
        opened_on=ON,
    )
    seen = org.two_trees(plant=story.plant, on=ON)
    bodies, units = {node.name: node for node in seen.bodies}, {node.name: node for node in seen.units}
    assert [(n.name, n.depth) for n in seen.bodies] == [
        ("厂党委", 0), ("一支部", 1), ("乙组", 2), ("甲组", 2), ("二支部", 1),
    ]  # fmt: skip
    assert (bodies["厂党委"].people, bodies["一支部"].people, bodies["甲组"].people) == (3, 2, 2)
    assert (units["青岚厂"].people, units["甲班"].people) == (4, 1)
    assert bodies["甲组"].mapped == (units["甲班"].id,) and units["甲班"].mapped == (bodies["甲组"].id,)
    assert [node.name for node in seen.units if node.gap] == ["二线"]
    assert (seen.mapped, seen.all) == (3, 4)
    assert bodies["甲组"].findings == 1 and bodies["一支部"].findings == 0


def test_the_picture_costs_the_same_number_of_queries_however_large_the_plant(
    story: Story, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(6):
        org.two_trees(plant=story.plant, on=ON)
    for number in range(3):
        story.add_unit(f"{number}线", "line", "熔炼车间")
        story.add_body(f"{number}支部", "branch", "厂党委")
        story.add_person(f"党员{number}", unit="甲班", body=f"{number}支部")
    with django_assert_num_queries(6):
        org.two_trees(plant=story.plant, on=ON)
