"""Counters of entry: raised by a save, read for the price of a new form. Nothing here knows whose save it was."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.db.models import F, Sum

from ronglu.kernel.rules.burden import BurdenRules, Timed, Toll, per_field, price
from ronglu.kernel.time.period import Period
from ronglu.store.models import Burden
from ronglu.work.roles import Roles

MONTHS = 3


def worn(*, verb: str, held: frozenset[str], table: Roles, rules: BurdenRules) -> str:
    """The role in which something was filled in: of those held that bring the verb, the most particular one.

    roles.yaml goes from what everybody has to what few have.
    """
    able = [code for code, role in table.roles.items() if code in held and (not verb or verb in role.grants)]
    found = able[-1] if able and verb else (able[0] if able else "staff")
    return rules.counts_as.get(found, found)


def count(*, plant: int, month: Period, role: str, form: str, fields: int, seconds: int) -> None:
    """One statement; three for the first save of a form in a month."""
    key = {"plant_id": plant, "month": month.yyyymm, "role": role, "form": form[:80]}
    raised = {"saves": F("saves") + 1, "fields": F("fields") + fields, "seconds": F("seconds") + seconds}
    if Burden.objects.filter(**key).update(**raised):
        return
    with transaction.atomic():
        Burden.objects.bulk_create([Burden(**key)], ignore_conflicts=True)
        Burden.objects.filter(**key).update(**raised)


def seconds_per_field(*, plant: int, month: Period, rules: BurdenRules) -> int:
    """As measured in the last months up to `month`, over all forms and roles."""
    rows = (
        Burden.objects.filter(plant=plant, month__gt=(month - MONTHS).yyyymm, month__lte=month.yyyymm)
        .values("form")
        .annotate(n=Sum("saves"), boxes=Sum("fields"), time=Sum("seconds"))
    )
    timed = [Timed(row["n"], row["boxes"], row["time"]) for row in rows]
    return per_field(timed, enough=rules.enough, assumed=rules.assumed)


def cost(
    *,
    plant: int,
    month: Period,
    fields: int,
    people: int,
    times: Decimal,
    rules: BurdenRules,
    heads: Mapping[str, int],
    role: str = "staff",
) -> Toll:
    """What a new form would ask: measured seconds a field, on top of what a holder of the role fills in already.

    `month`: the newest whole month; `heads`: how many hold each role.
    """
    spent = Burden.objects.filter(plant=plant, month=month.yyyymm, role=role).aggregate(n=Sum("seconds"))["n"] or 0
    holders = heads.get(role, 0)
    return price(
        fields=fields, people=people, times=times, budget=rules.budgets.get(role, 0),
        seconds=seconds_per_field(plant=plant, month=month, rules=rules),
        used=Decimal(spent) / 60 / holders if holders else Decimal(0),
    )  # fmt: skip
