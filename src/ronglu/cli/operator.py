"""Who the person at the command line is: he stands at the machine, reads everything of a plant, and writes as someone named."""

from ronglu.cli.shell import Refusal
from ronglu.config.clock import today
from ronglu.store.models import Account, Plant
from ronglu.work.roles import roles
from ronglu.work.scope import Reach, Scope, scope_of

READS = ("sheet.see", "boards.see", "readings.see", "org.see")


def scope(plant: Plant) -> Scope:
    """Reads the whole plant, no persons."""
    whole = Reach(plants=frozenset({plant.pk}))
    return Scope(
        on=today(), roles=frozenset({"operator"}), plant_ids=frozenset({plant.pk}),
        plant_names={plant.code: plant.name}, grants=dict.fromkeys(READS, whole),
    )  # fmt: skip


def writer(plant: Plant, verb: str, units: frozenset[str], staff_no: str = "") -> Account:
    """The account in whose name is written: the one named, else the first of the plant who may touch all of `units`."""
    if staff_no:
        found = Account.objects.filter(staff_no=staff_no, is_active=True).first()
        if found is None:
            raise Refusal(f"没有可用的账号 {staff_no}")
        return found
    posts = sorted({post for role in roles().can(verb) for post in role.posts})
    able = Account.objects.filter(is_active=True, person__plant=plant, person__posts__role__in=posts)
    for account in able.distinct().order_by("staff_no"):
        mine = set(scope_of(account, on=today()).units(verb).values_list("code", flat=True))
        if units <= mine:
            return account
    label = roles().verbs[verb]
    raise Refusal(f"{plant.name}没有人可以在这些单位“{label}”：{'、'.join(sorted(units))}；请用 --by 指明账号")
