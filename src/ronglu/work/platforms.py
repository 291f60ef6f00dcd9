"""Platforms: registered with owner, rule, output and cadence, changed or ended with a day, and each use of them written once."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q

from ronglu.kernel.annual.errors import AnnualTrouble
from ronglu.kernel.annual.platform import PostKind, Rhythm
from ronglu.kernel.labour import written
from ronglu.store.history import party_tree
from ronglu.store.models import Account, Body, Case, Gathering, Person, Plant, Platform, PlatformUse
from ronglu.work import audits
from ronglu.work.evidence import witness


@transaction.atomic
def register(
    *, plant: Plant, category: str, name: str, owner: Person, rule: str, output: str, rhythm: str, posts: Iterable[str],
    grip: str, on: dt.date, by: Account, at: dt.datetime, code: str = "",
) -> Platform:  # fmt: skip
    """`code`: the entry of the list it was taken from, whatever the plant calls it."""
    platform = Platform(plant=plant, code=code, from_on=on, by=by, at=at)
    if code and Platform.objects.on(on).filter(plant=plant, code=code).exists():
        raise AnnualTrouble("这个平台已经登记，请改那一个")
    _fill(
        platform,
        category=category,
        name=name,
        owner=owner,
        rule=rule,
        output=output,
        rhythm=rhythm,
        posts=posts,
        grip=grip,
    )
    _note("register", platform, by=by, at=at, owner=owner.staff_no)
    return platform


@transaction.atomic
def change(*, platform: Platform, by: Account, at: dt.datetime, **fields: Any) -> Platform:
    """Any of category, name, owner, rule, output, rhythm, posts, grip."""
    platform.refresh_from_db(from_queryset=Platform.objects.select_for_update())
    if platform.until_on is not None:
        raise AnnualTrouble("这个平台已经停用")
    before = {name: str(getattr(platform, name)) for name in fields}
    kept = {
        name: getattr(platform, name)
        for name in ("category", "name", "owner", "rule", "output", "rhythm", "posts", "grip")
    }
    _fill(platform, **(kept | fields))
    _note("change", platform, by=by, at=at, before=before)
    return platform


@transaction.atomic
def end(*, platform: Platform, on: dt.date, reason: str, by: Account, at: dt.datetime) -> Platform:
    """From that day on it is no more; what it was used for stays."""
    why = written(reason, what="停用的理由", longest=200)
    last = platform.uses.order_by("-day").values_list("day", flat=True).first()
    if on <= platform.from_on or (last is not None and on <= last):
        raise AnnualTrouble(f"停用日应晚于启用日 {platform.from_on}，也晚于最近一次活动{f' {last}' if last else ''}")
    if not Platform.objects.filter(pk=platform.pk, until_on=None).update(until_on=on):
        raise AnnualTrouble("这个平台已经停用")
    platform.refresh_from_db()
    _note("end", platform, by=by, at=at, until_on=str(on), reason=why)
    return platform


@transaction.atomic
def use(
    *, platform: Platform, body: Body, day: dt.date, by: Account, at: dt.datetime, output: str = "",
    gathering: Gathering | None = None, case: Case | None = None,
) -> PlatformUse:  # fmt: skip
    """A meeting or a case says by itself what came out; without either one line of it is written."""
    if not platform.holds(day) or day > at.date():
        raise AnnualTrouble(f"日期应在平台启用（{platform.from_on}）以后，且不晚于今天（{at.date()}）")
    if case is not None:
        witness(case, body)
    if gathering is not None:
        _held_by(gathering, body)
    said = output.strip()[:160] or (gathering.title if gathering else "") or (case.title if case else "")
    row = PlatformUse.objects.create(
        platform=platform, body=body, day=day, output=written(said, what="产出（或选一次会议、一件事项）", longest=160),
        gathering=gathering, case=case, by=by, at=at,
    )  # fmt: skip
    _note("use", platform, by=by, at=at, body=body.code, day=str(day))
    return row


def _fill(
    platform: Platform, *, category: str, name: str, owner: Person, rule: str, output: str, rhythm: str, posts: Iterable[str],
    grip: str,
) -> None:  # fmt: skip
    chosen = [one.value for one in PostKind if one.value in set(posts)]
    if not chosen:
        raise AnnualTrouble("请选这个平台覆盖哪几类岗位：生产、服务、设备，至少一类")
    platform.category, platform.owner, platform.grip, platform.posts = category, owner, grip, chosen
    platform.name = written(name, what="平台名称", longest=60)
    platform.rule, platform.output = written(rule, what="规则", longest=300), written(output, what="产出", longest=160)
    platform.rhythm = Rhythm(rhythm)
    Plant.objects.select_for_update().get(pk=platform.plant_id)
    later = Q(until_on=None) | Q(until_on__gt=platform.from_on)
    if Platform.objects.filter(later, plant=platform.plant_id, name=platform.name).exclude(pk=platform.pk).exists():
        raise AnnualTrouble(f"已有平台“{platform.name}”")
    platform.save()


def _held_by(gathering: Gathering, body: Body) -> None:
    view = party_tree(body.plant).at(gathering.starts_at.date())
    if body.pk not in {state.id for state in view.path(gathering.body_id)}:
        name = view.nodes[body.pk].name if body.pk in view else body.code
        raise AnnualTrouble(f"依据的会议应是{name}或它的党小组开的")


def _note(verb: str, platform: Platform, *, by: Account, at: dt.datetime, **detail: object) -> None:
    audits.record(verb=f"platforms.{verb}", by=by, at=at, subject=platform.name, plant=platform.plant, detail=detail)
