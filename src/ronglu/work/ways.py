"""Ways out for a plant's digests: chat groups and mail boxes, opened, tried, switched off. Addresses are secrets and stand in no trail."""

import datetime as dt

from django.db import transaction

from ronglu.kernel.org.errors import OrgTrouble
from ronglu.store.models import Account, Digest, NoticeChannel, Plant, Unit
from ronglu.work import audits

STATES = {"on": "启用", "off": "停用"}


class BadWay(OrgTrouble):
    """通知渠道不能这样设。"""


@transaction.atomic
def open_one(
    *, plant: Plant, kind: str, label: str, address: str, by: Account, at: dt.datetime, unit: Unit | None = None
) -> NoticeChannel:
    """The address was looked at by whoever calls. Without a unit it serves the whole plant."""
    name = label.strip()
    if not name:
        raise BadWay("请写名称，如“转炉车间安全群”")
    if unit is not None and unit.plant_id != plant.pk:
        raise BadWay("选定的单位不在本厂")
    if NoticeChannel.objects.filter(plant=plant, label=name).exists():
        raise BadWay(f"已有叫“{name}”的渠道")
    made = NoticeChannel.objects.create(plant=plant, unit=unit, kind=kind, label=name, address=address.strip())
    _note("open", made, by=by, at=at)
    return made


@transaction.atomic
def switch(*, way: NoticeChannel, state: str, by: Account, at: dt.datetime) -> None:
    """on or off; what waits for one that is off is not sent."""
    if not NoticeChannel.objects.filter(pk=way.pk).exclude(state=state).update(state=state):
        raise BadWay(f"“{way.label}”已经{STATES[state]}")
    _note(state, way, by=by, at=at)


@transaction.atomic
def try_out(*, way: NoticeChannel, by: Account, at: dt.datetime) -> Digest:
    """A message that says nothing of the plant; the clock sends it within a minute, and what came of it stands beside the way."""
    if way.state != "on":
        raise BadWay(f"“{way.label}”已停用，先启用再试")
    waiting = Digest.objects.filter(channel=way, state__in=("waiting", "taken"), key__contains=":try:")
    if waiting.exists():
        raise BadWay(f"“{way.label}”的上一次试发还没有结果，请等一分钟")
    key = f"channel:{way.pk}:try:{at:%Y-%m-%dT%H:%M:%S}:{Digest.objects.filter(channel=way).count()}"
    _note("try", way, by=by, at=at)
    return Digest.objects.create(plant=way.plant, channel=way, key=key, title="试发：这个渠道接通了", at=at, next_at=at)


def _note(verb: str, way: NoticeChannel, *, by: Account, at: dt.datetime) -> None:
    detail = {"kind": way.kind, "unit": way.unit.code if way.unit else ""}
    audits.record(verb=f"ways.{verb}", by=by, at=at, subject=way.label, plant=way.plant, detail=detail)
