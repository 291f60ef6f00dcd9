"""Which months a change of the organisation marks: those that were built and may hold its day or a later one."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from ronglu.store.models import Partition
from ronglu.work import bodies, mappings, partitions, people, units
from tests.work.plant import Story, story  # noqa: F401

MONTHS = (202601, 202602, 202603, 202604)


def built(story: Story) -> None:
    for fact in ("readings", "coverage"):
        for month in MONTHS:
            Partition.objects.create(plant=story.plant, fact=fact, month=month, wanted=1, built=1)


def marked(story: Story, fact: str = "readings") -> list[int]:
    return [one.month for one in partitions.dirty(plant=story.plant, fact=fact)]


@pytest.mark.parametrize(
    ("day", "first"),
    [
        ((2026, 3, 20), 202603),
        (
            (2026, 3, 31),
            202603,
        ),  # in a calendar that closes on the 25th this is April already: one month too many is safe
        ((2026, 3, 16), 202603),
        ((2026, 3, 14), 202602),  # a statistical month may begin as late as the 15th: the 14th is then in February
        ((2025, 6, 1), 202601),
    ],
)
def test_a_change_marks_its_own_month_and_all_after_it(story: Story, day: tuple[int, int, int], first: int) -> None:
    built(story)
    partitions.touch_since(plant=story.plant, on=dt.date(*day))
    assert marked(story) == marked(story, "coverage") == [month for month in MONTHS if month >= first]


def test_what_was_never_built_needs_no_mark(story: Story) -> None:
    partitions.touch_since(plant=story.plant, on=dt.date(2026, 3, 20))
    assert not Partition.objects.exists()


ON = dt.date(2026, 3, 20)
DEEDS: dict[str, Callable[[Story, dict[str, Any]], object]] = {
    "link": lambda s, w: mappings.link(body=s.body["二支部"], unit=s.unit["二线"], on=ON, **w),
    "unlink": lambda s, w: mappings.unlink(body=s.body["一支部"], unit=s.unit["一线"], on=ON, **w),
    "new body": lambda s, w: bodies.create(
        plant=s.plant, code="N", name="新支部", kind="branch", parent=s.body["厂党委"], on=ON, **w
    ),
    "moved body": lambda s, w: bodies.move(body=s.body["乙组"], parent=s.body["二支部"], on=ON, **w),
    "dissolved body": lambda s, w: bodies.dissolve(body=s.body["乙组"], on=ON, **w),
    "merged bodies": lambda s, w: bodies.merge(
        bodies=[s.body["甲组"], s.body["乙组"]], code="M", name="合组", on=ON, **w
    ),
    "new unit": lambda s, w: units.create(plant=s.plant, code="X", name="丙班", kind="crew", parent=s.unit["一线"], on=ON, **w),
    "moved unit": lambda s, w: units.move(unit=s.unit["甲班"], parent=s.unit["二线"], on=ON, **w),
    "closed unit": lambda s, w: units.close(unit=s.unit["二线"], on=ON, **w),
    "transfer": lambda s, w: people.transfer(person=s.person["李班长"], unit=s.unit["乙班"], on=ON, **w),
    "loan": lambda s, w: people.second(
        person=s.person["李班长"], unit=s.unit["乙班"], on=ON, until=dt.date(2026, 4, 1), **w
    ),
    "leave": lambda s, w: people.leave(person=s.person["李班长"], on=ON, **w),
    "membership": lambda s, w: people.admit(person=s.person["李班长"], body=s.body["乙组"], on=ON, **w),
    "post": lambda s, w: people.appoint(person=s.person["李班长"], role="leader", body=s.body["甲组"], on=ON, **w),
}  # fmt: skip


@pytest.mark.parametrize("deed", DEEDS)
def test_every_deed_on_the_organisation_marks_the_months_it_reaches(story: Story, deed: str) -> None:
    built(story)
    DEEDS[deed](story, story.who)
    assert marked(story) == [202603, 202604]


def test_a_new_name_marks_nothing_of_a_unit(story: Story) -> None:
    built(story)
    units.rename(unit=story.unit["一线"], name="一系列", on=ON, **story.who)
    assert marked(story) == []
