"""What a unit reports: which series, at which grain, from when to when; what is owed, and so what is missing, rests on it."""

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction

from ronglu.kernel.org.errors import OrgTrouble
from ronglu.store.models import Account, Channel, Reading, Unit, UnitState
from ronglu.work import audits, partitions
from ronglu.work.names import name_of
from ronglu.work.shifts import again

if TYPE_CHECKING:
    from ronglu.kernel.measure.series import Series
    from ronglu.packs.pack import Pack

GRAINS: Mapping[str, str] = dict(Channel._meta.get_field("grain").choices or ())
MOST_A_DAY = 2880  # every thirty seconds


class BadChannel(OrgTrouble):
    """测点不能这样设。"""


def offered(*, unit: Unit, pack: "Pack", on: dt.date) -> list["Series"]:
    """What the unit may report: the series of its process module, a workshop's those of its lines, and the plant's own."""
    modules = {unit.module} if unit.module else _modules_below(unit, on)
    return [one for one in pack.series.values() if one.module in modules or one.module == unit.plant.code]


@transaction.atomic
def open_one(
    *, unit: Unit, series: "Series", grain: str, on: dt.date, by: Account | None, at: dt.datetime, per_day: int = 0
) -> Channel:
    """From `on` the unit owes this series. One that was closed goes on where it ended, so that no gap is owed."""
    _check(grain, per_day)
    old = Channel.objects.filter(unit=unit, series=series.code, grain=grain).first()
    said = f"{name_of(unit, on)}的“{series.name}”（{GRAINS[grain]}）"
    if old is not None and (old.until_on is None or on < old.until_on):
        raise BadChannel(f"{said}从 {old.from_on} 起已在上报")
    if old is not None and on > old.until_on:
        raise BadChannel(
            f"{said}上报到 {old.until_on} 前一天为止；只能从 {old.until_on} 起接着上报，中间才不会成为欠数"
        )
    if old is not None:
        old.until_on, old.per_day = None, per_day
        old.save(update_fields=["until_on", "per_day"])
        channel = old
    else:
        channel = Channel.objects.create(unit=unit, series=series.code, grain=grain, from_on=on, per_day=per_day)
    _settle("open", channel, on, by=by, at=at)
    return channel


@transaction.atomic
def close(*, channel: Channel, on: dt.date, by: Account | None, at: dt.datetime) -> None:
    """The last day owed is the day before `on`. A channel that never had a reading and never held is taken out."""
    newest = Reading.objects.filter(channel=channel, day__gte=on).order_by("-day").first()
    if newest is not None:
        raise BadChannel(f"{newest.day} 还有读数，测点最早从 {newest.day + dt.timedelta(days=1)} 起停报")
    if channel.until_on is not None and channel.until_on <= on:
        raise BadChannel(f"这个测点从 {channel.until_on} 起已停报")
    if channel.from_on >= on:
        Channel.objects.filter(pk=channel.pk).delete()
    else:
        channel.until_on = on
        channel.save(update_fields=["until_on"])
    _settle("close", channel, on, by=by, at=at)


@transaction.atomic
def change(*, channel: Channel, from_on: dt.date, per_day: int, by: Account | None, at: dt.datetime) -> Channel:
    """Another first day, or another number of readings a day; readings before the first day may not be left out."""
    _check(channel.grain, per_day)
    oldest = Reading.objects.filter(channel=channel, day__lt=from_on).order_by("day").first()
    if oldest is not None:
        raise BadChannel(f"{oldest.day} 已有读数，起报日不能晚于它")
    if channel.until_on is not None and from_on >= channel.until_on:
        raise BadChannel(f"起报日 {from_on} 应早于停报日 {channel.until_on}")
    first = min(channel.from_on, from_on)
    channel.from_on, channel.per_day = from_on, per_day
    channel.save(update_fields=["from_on", "per_day"])
    _settle("change", channel, first, by=by, at=at)
    return channel


@transaction.atomic
def assign(*, unit: Unit, module: str, pack: "Pack", by: Account | None, at: dt.datetime) -> Unit:
    """The process module that a line runs. Refused while it reports series of another one."""
    if unit.kind != "line":
        raise BadChannel("只有产线有工艺模块")
    if module not in pack.modules:
        raise BadChannel(f"本厂没有选用“{module}”这个工艺模块")
    series = Channel.objects.on(at.date()).filter(unit=unit).values_list("series", flat=True)
    known = [pack.series[code] for code in series if code in pack.series]
    if foreign := [one.name for one in known if one.module not in (module, unit.plant.code)]:
        raise BadChannel(f"还在上报别的模块的数列：{'、'.join(foreign[:5])}。请先停报")
    before, unit.module = unit.module, module
    unit.save(update_fields=["module"])
    partitions.touch_since(plant=unit.plant, on=at.date())
    detail = {"before": before, "after": module}
    audits.record(verb="channels.assign", by=by, at=at, subject=unit.code, plant=unit.plant, detail=detail)
    return unit


def _check(grain: str, per_day: int) -> None:
    if grain not in GRAINS:
        raise BadChannel(f"没有“{grain}”这种粒度，应为 {'、'.join(GRAINS.values())} 之一")
    if not 0 <= per_day <= MOST_A_DAY:
        raise BadChannel(f"每日应有 {per_day} 个读数，应在 0 到 {MOST_A_DAY} 之间")
    if per_day and grain != "instant":
        raise BadChannel(f"按{GRAINS[grain]}上报的测点不填每日应有，只有按时刻上报的才填")


def _modules_below(unit: Unit, on: dt.date) -> set[str]:
    """Process modules of the lines under a workshop or plant."""
    children: dict[int | None, list[UnitState]] = {}
    for state in UnitState.objects.on(on).filter(unit__plant=unit.plant_id).select_related("unit"):
        children.setdefault(state.parent_id, []).append(state)
    found, rest = set[str](), [unit.pk]
    while rest:
        for state in children.get(rest.pop(), ()):
            found.add(state.unit.module)
            rest.append(state.unit_id)
    return found - {""}


def _settle(verb: str, channel: Channel, first: dt.date, *, by: Account | None, at: dt.datetime) -> None:
    """A unit that reports has shifts; what is owed changes in every month that was built since."""
    unit, plant = channel.unit, channel.unit.plant
    again(plant=plant, first=first)
    partitions.touch_since(plant=plant, on=first)
    detail = {"series": channel.series, "grain": channel.grain, "on": str(first), "per_day": channel.per_day}
    audits.record(verb=f"channels.{verb}", by=by, at=at, subject=unit.code, plant=plant, detail=detail)
