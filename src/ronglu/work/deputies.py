"""Deputies: who stands in for whom, for named days; it ends by itself, no one has to take anything back."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet

from ronglu.store.models import Account, Deputy, Person
from ronglu.work import audits
from ronglu.work.holdings import Holding, holdings_of
from ronglu.work.roles import roles
from ronglu.work.scope import scope_of
from ronglu.work.trees import Trees, trees_on

LONGEST = dt.timedelta(days=92)


class DeputyProblem(ValueError):
    """代理不成立。"""


@transaction.atomic
def name(
    *,
    absent: Person,
    deputy: Person,
    from_on: dt.date,
    until_on: dt.date,
    by: Account,
    at: dt.datetime,
    reason: str = "",
) -> Deputy:
    """`until_on` is the day he is back (not included). By the absent person himself or one who stands above him."""
    _check(absent=absent, deputy=deputy, from_on=from_on, until_on=until_on, at=at)
    if not may_name(absent=absent, by=by, on=at.date()):
        raise DeputyProblem(f"代理由{absent.name}本人或其上级指定，您不是")
    made = Deputy.objects.create(
        absent=absent, deputy=deputy, from_on=from_on, until_on=until_on, reason=reason[:80], named_by=by
    )
    audits.record(
        verb="deputies.name",
        by=by,
        at=at,
        plant=absent.plant,
        subject=absent.staff_no,
        detail={"deputy": deputy.staff_no, "from_on": from_on.isoformat(), "until_on": until_on.isoformat()},
    )
    return made


@transaction.atomic
def end(*, deputy: Deputy, by: Account, at: dt.datetime) -> None:
    """Back early: from today the posts are his alone again; a standing-in that has not begun is dropped."""
    today = at.date()
    if not may_name(absent=deputy.absent, by=by, on=today):
        raise DeputyProblem(f"代理由{deputy.absent.name}本人或其上级结束，您不是")
    if deputy.until_on is not None and deputy.until_on <= today:
        raise DeputyProblem("这次代理已经结束")
    audits.record(
        verb="deputies.end",
        by=by,
        at=at,
        plant=deputy.absent.plant,
        subject=deputy.absent.staff_no,
        detail={"deputy": deputy.deputy.staff_no, "from_on": deputy.from_on.isoformat()},
    )
    if deputy.from_on >= today:
        deputy.delete()
        return
    deputy.until_on = today
    deputy.save(update_fields=["until_on"])


def may_name(*, absent: Person, by: Account, on: dt.date) -> bool:
    """Himself, or a superior: one whose own posts, not lent ones, stand above every post of the absent.

    Every post: else a workshop head could hand the secretary's view of members to whom he likes.
    """
    if by.person_id == absent.pk:
        return scope_of(by, on=on).has("deputies.name")
    account = getattr(absent, "account", None) or Account(person=absent, roles=[])
    held = [h for h in holdings_of(account, on=on) if h.kind == "post" and h.for_person is None]
    above = [h for h in holdings_of(by, on=on) if h.kind == "post" and h.for_person is None]
    if not held or not above:
        return False
    trees = trees_on([*held, *above], on=on)
    return all(any(_is_above(trees, one, his) for one in above) for his in held)


def person_of(*, staff_no: str, plant_ids: Collection[int]) -> Person:
    """A person of one's own plants, named by staff number; names of other plants are not given away."""
    found = Person.objects.filter(staff_no=staff_no.strip(), plant__in=plant_ids).first()
    if found is None:
        raise DeputyProblem(f"本厂没有工号 {staff_no.strip() or '（空）'}；请核对工号")
    return found


def concerning(*, person: Person, on: dt.date) -> QuerySet[Deputy]:
    """Whom he named and for whom he stands in, from today on."""
    rows = Deputy.objects.filter(absent=person) | Deputy.objects.filter(deputy=person)
    return rows.exclude(until_on__lte=on).select_related("absent", "deputy").order_by("from_on")


def _check(*, absent: Person, deputy: Person, from_on: dt.date, until_on: dt.date, at: dt.datetime) -> None:
    if absent.pk == deputy.pk:
        raise DeputyProblem("不能由本人代理本人")
    if absent.plant_id != deputy.plant_id:
        raise DeputyProblem(f"{deputy.name}不在本厂，不能代理")
    if until_on <= from_on:
        raise DeputyProblem(f"回岗日 {until_on} 必须晚于起始日 {from_on}")
    if from_on < at.date():
        raise DeputyProblem(f"起始日 {from_on} 已经过去；代理不能倒签")
    if until_on - from_on > LONGEST:
        raise DeputyProblem(f"一次代理最长 {LONGEST.days} 天；更久的请调整任职")
    both = Deputy.objects.within(from_on, until_on - dt.timedelta(days=1))
    if both.filter(absent=absent).exists():
        raise DeputyProblem(f"{absent.name}在这几天已经指定过代理，先结束那一次")
    if both.filter(absent=deputy).exists():
        raise DeputyProblem(f"{deputy.name}自己这几天也由人代理，不能再代理别人")


def _is_above(trees: Trees, one: Holding, his: Holding) -> bool:
    """A head over everything below his place, and over the posts at it that head nothing (its statistician, its office)."""
    if one.what not in roles().heads:
        return False
    side, place, below = (
        (trees.units, one.unit_id, his.unit_id) if one.unit_id is not None else (trees.bodies, one.body_id, his.body_id)
    )
    if place is None or below is None:
        return False
    return (below != place or his.what not in roles().heads) and below in side.subtree([place])
