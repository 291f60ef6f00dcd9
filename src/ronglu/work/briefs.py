"""生产简报: made by the worker, issued by one person; made anew it stands beside the old one until it is issued in its place.

And the sentences: the plant changes one at a time, every change is a version, and only briefs made afterwards speak so.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ronglu.kernel.brief.book import BriefRules, BriefTrouble, Sentences, checked
from ronglu.kernel.rules.load import digest
from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import Account, Brief, BriefSentence, BriefState, Job, Plant
from ronglu.work import audits, jobs

KIND = "brief"
GRAINS = (Grain.DAY, Grain.MONTH)
State = BriefState


def sentences_of(plant: Plant, rules: BriefRules) -> Sentences:
    """The words in which the next brief is written; one query."""
    rows = BriefSentence.objects.filter(plant=plant).order_by("version")
    told = rows.values_list("key", "version", "kind", "text")
    return rules.sentences.changed((key, n, text if kind == "own" else None) for key, n, kind, text in told)


@transaction.atomic
def write(*, plant: Plant, key: str, text: str, rules: BriefRules, by: Account, at: dt.datetime) -> BriefSentence:
    """BriefTrouble says all that is wrong with the sentence."""
    said = checked(key, text)
    Plant.objects.select_for_update().get(pk=plant.pk)  # two changes at once must not take one number
    if sentences_of(plant, rules).texts[key] == said:
        raise BriefTrouble("这一句没有改动")
    return _sentence(plant, key, "own", said, by, at)


@transaction.atomic
def restore(*, plant: Plant, key: str, rules: BriefRules, by: Account, at: dt.datetime) -> BriefSentence:
    """Back to the system's default, which is a version too."""
    Plant.objects.select_for_update().get(pk=plant.pk)
    if key not in rules.sentences.texts or not own(plant).get(key):
        raise BriefTrouble("这一句本来就是系统默认")
    return _sentence(plant, key, "default", "", by, at)


def own(plant: Plant) -> dict[str, BriefSentence]:
    """The newest change of each sentence that now stands in the plant's own words."""
    newest = {row.key: row for row in plant.brief_sentences.select_related("by__person").order_by("version")}
    return {key: row for key, row in newest.items() if row.kind == "own"}


def changes(plant: Plant, key: str) -> list[BriefSentence]:
    """All versions of one sentence, the newest first."""
    return list(plant.brief_sentences.filter(key=key).select_related("by__person").order_by("-version"))


@transaction.atomic
def ask(
    *, plant: Plant, period: Period, calendar: Calendar, by: Account | None, at: dt.datetime, cause: str = ""
) -> Job:
    """A brief of a period that is over; one that stands is only made anew for a reason."""
    if period.grain not in GRAINS:
        raise BriefTrouble("简报只有日报和月报")
    ends_at = calendar.bounds(calendar.days_of(period)[1])[1]
    if at < ends_at:
        raise BriefTrouble(f"{period} 到 {ends_at:%Y-%m-%d %H:%M} 才过完，过完以后才能出简报")
    if newest(plant, period) is not None and not cause.strip():
        raise BriefTrouble("这一期已经有简报；重做请写明缘由，如“补报了 3 班读数”")
    args = {"period": str(period), "cause": cause.strip()[:200]}
    return jobs.enqueue(kind=KIND, label=_("出简报 %s") % period, plant=plant, args=args, by=by, at=at)


@transaction.atomic
def keep(
    *, plant: Plant, period: Period, data: dict[str, Any], by: Account | None, at: dt.datetime, cause: str = ""
) -> Brief:
    """A row more, unless it says exactly what the newest one says. A draft it replaces at once, an issued one stays."""
    Plant.objects.select_for_update().get(pk=plant.pk)
    last, seal = newest(plant, period), digest(data)
    if last is not None and last.digest == seal:
        return last
    made = Brief.objects.create(
        plant=plant, grain=period.grain.value, period=str(period), version=(last.version if last else 0) + 1, data=data,
        digest=seal, cause=cause if last else "", made_by=by, made_at=at,
    )  # fmt: skip
    same = Brief.objects.filter(plant=plant, grain=made.grain, period=made.period)
    same.filter(state=State.MADE).exclude(pk=made.pk).update(state=State.REPLACED)
    _note("make", made, by=by, at=at, digest=seal, cause=made.cause)
    return made


@transaction.atomic
def issue(*, brief: Brief, by: Account, at: dt.datetime) -> None:
    """By one person with a name; the one that was issued for the period before is replaced and stays readable."""
    if by.person is None:
        raise BriefTrouble("签发要落到人：这个账号没有对应的人员")
    moved = Brief.objects.filter(pk=brief.pk, state=State.MADE).update(state=State.ISSUED, issued_by=by, issued_at=at)
    brief.refresh_from_db()
    if not moved:
        raise BriefTrouble(f"这份简报{brief.get_state_display()}，不能再签发")
    same = Brief.objects.filter(plant=brief.plant, grain=brief.grain, period=brief.period, state=State.ISSUED)
    same.exclude(pk=brief.pk).update(state=State.REPLACED)
    _note("issue", brief, by=by, at=at, name=by.person.name)


def newest(plant: Plant, period: Period) -> Brief | None:
    rows = Brief.objects.filter(plant=plant, grain=period.grain.value, period=str(period))
    return rows.order_by("-version").first()


def _sentence(plant: Plant, key: str, kind: str, text: str, by: Account, at: dt.datetime) -> BriefSentence:
    last = BriefSentence.objects.filter(plant=plant, key=key).aggregate(n=Max("version"))["n"] or 0
    row = BriefSentence.objects.create(plant=plant, key=key, version=last + 1, kind=kind, text=text, by=by, at=at)
    audits.record(
        verb=f"briefs.{'write' if kind == 'own' else 'restore'}", by=by, at=at, subject=key, plant=plant,
        detail={"version": row.version, "text": text},
    )  # fmt: skip
    return row


def _note(verb: str, brief: Brief, *, by: Account | None, at: dt.datetime, **detail: Any) -> None:
    subject = f"{brief.period} 第 {brief.version} 次"
    audits.record(verb=f"briefs.{verb}", by=by, at=at, subject=subject, plant=brief.plant, detail=detail)
