"""Production units through time."""

import datetime as dt

import pytest

from ronglu.store.history import unit_tree
from ronglu.store.models import Unit, UnitState
from ronglu.work import units
from ronglu.work.units import BadUnit
from tests.work.plant import ON, SINCE, THE_14TH, Story, story  # noqa: F401


def test_a_crew_that_goes_to_another_line_is_there_from_that_day(story: Story) -> None:
    units.move(unit=story.unit["乙班"], parent=story.unit["二线"], on=THE_14TH, **story.who)
    tree, crew = unit_tree(story.plant), story.unit["乙班"].pk
    assert [tree.at(day).path(crew)[-2].name for day in (dt.date(2026, 3, 13), THE_14TH)] == ["一线", "二线"]


def test_a_renamed_line_keeps_its_old_name_for_the_days_before(story: Story) -> None:
    units.rename(unit=story.unit["二线"], name="富氧线", on=THE_14TH, **story.who)
    assert [state.name for state in story.unit["二线"].states.order_by("from_on")] == ["二线", "富氧线"]


def test_a_workshop_under_a_line_and_an_unknown_kind_are_refused(story: Story) -> None:
    with pytest.raises(BadUnit, match="不能设在 一线 之下"):
        units.create(
            plant=story.plant, code="U-x", name="车间", kind="workshop", parent=story.unit["一线"], on=ON, **story.who
        )
    with pytest.raises(BadUnit, match="名称和类型"):
        units.create(plant=story.plant, code="U-y", name="甲", kind="team", on=ON, **story.who)
    assert not Unit.objects.filter(code__in=["U-x", "U-y"]).exists()


def test_a_unit_with_people_or_units_in_it_is_not_closed_and_an_empty_one_is(story: Story) -> None:
    with pytest.raises(BadUnit, match="仍有在岗人员"):
        units.close(unit=story.unit["甲班"], on=THE_14TH, **story.who)
    with pytest.raises(BadUnit, match="仍有下级单位"):
        units.close(unit=story.unit["一线"], on=THE_14TH, **story.who)
    units.close(unit=story.unit["二线"], on=THE_14TH, **story.who)
    assert UnitState.objects.get(unit=story.unit["二线"]).until_on == THE_14TH
