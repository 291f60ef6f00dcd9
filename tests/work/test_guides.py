"""Guides in force: the default, and from a day on the plant's own words, version by version."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from ronglu.kernel.gathering.errors import GatheringTrouble
from ronglu.store.models import AuditEntry, Guide
from ronglu.work import guides
from tests.cast import AT, ON, Cast, cast

__all__ = ["cast"]
DAY = dt.timedelta(days=1)


def publish(cast: Cast, *, from_on: dt.date = ON, note: str = "改叫法", **words: Any) -> Guide:
    return guides.publish(
        plant=cast.plant,
        kind="group_meeting",
        from_on=from_on,
        words=words,
        note=note,
        by=cast.account["孙干事"],
        at=AT,
    )


def label(cast: Cast, on: dt.date) -> str:
    return guides.for_kind(plant=cast.plant, kind="group_meeting", on=on).label


@pytest.mark.covers("S1-14")
def test_a_version_holds_from_its_day_on_and_the_default_before(cast: Cast) -> None:
    publish(cast, from_on=ON + DAY, label="小组会")
    publish(cast, from_on=ON + 5 * DAY, label="班组党员会")
    assert [label(cast, ON + n * DAY) for n in (0, 1, 4, 5)] == ["党小组会", "小组会", "小组会", "班组党员会"]
    assert guides.of_version(plant=cast.plant, kind="group_meeting", version=1).label == "小组会"
    assert [one.version for one in guides.history(plant=cast.plant, kind="group_meeting")] == [2, 1]
    assert AuditEntry.objects.filter(verb="guides.publish").count() == 2


def test_another_plant_keeps_the_default(cast: Cast) -> None:
    publish(cast, label="小组会")
    assert guides.for_kind(plant=cast.neighbour, kind="group_meeting", on=ON).label == "党小组会"


def test_what_a_plant_worded_itself_is_not_called_the_systems_default(cast: Cast) -> None:
    publish(cast, minutes=30)
    found = guides.for_kind(plant=cast.plant, kind="group_meeting", on=ON)
    assert (found.minutes, found.version, found.status) == (30, 1, "本厂修订")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"from_on": ON - DAY, "label": "小组会"}, "已经过去"),
        ({"note": " ", "label": "小组会"}, "请写明改了什么"),
        ({"label": "党小组会"}, "没有不同"),
        ({"minutes": 0}, "时长 0 分钟不合理"),
        ({"votes": True}, "不由本厂改：votes"),
    ],
)
def test_a_version_is_refused_with_the_reason(cast: Cast, given: dict[str, Any], says: str) -> None:
    with pytest.raises(GatheringTrouble, match=says):
        publish(cast, **given)
    assert not Guide.objects.exists()


def test_a_later_version_does_not_begin_before_an_earlier_one(cast: Cast) -> None:
    publish(cast, from_on=ON + 5 * DAY, label="小组会")
    with pytest.raises(GatheringTrouble, match="不能早于它"):
        publish(cast, label="班组会")


def test_what_the_rules_read_comes_from_the_declaration_whatever_was_stored(cast: Cast) -> None:
    row = publish(cast, label="小组会")
    row.declaration["due"], row.declaration["inputs"] = "open", []
    row.save()
    shipped = guides.declared()["group_meeting"]
    assert guides.for_kind(plant=cast.plant, kind="group_meeting", on=ON) == replace(
        shipped, label="小组会", version=1, status="本厂修订"
    )
