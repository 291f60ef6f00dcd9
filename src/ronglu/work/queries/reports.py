"""What the page behind a zone's QR code shows, and what is said after a report; nothing of any person."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count

from ronglu.kernel.loops.due import last_day
from ronglu.kernel.loops.loop import RUNNING, Loop, Party, State
from ronglu.store.models import Case, UnitState, Zone
from ronglu.work.roles import Role, roles


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is, by post and place: `who` is a party or a role, never a name."""

    who: Party | Role | None
    unit: str
    state: State
    due_on: dt.date | None


def zone_of(token: str) -> Zone | None:
    """The zone whose label was scanned, while it is in use."""
    return Zone.objects.select_related("plant", "unit").filter(token=token, state="active").first()


def unit_name(unit: int | None, on: dt.date) -> str:
    row = UnitState.objects.on(on).filter(unit=unit).first() if unit else None
    return row.name if row else ""


def open_here(zone: Zone, loop: Loop) -> Mapping[str, int]:
    """How many cases of the loop are not over at this zone, by the value of the first field that is asked for."""
    rows = Case.objects.filter(zone=zone, loop=loop.code, phase__in=RUNNING, secrecy="open").order_by()
    counted = rows.values_list(f"data__{loop.raising.needs[0]}").annotate(Count("pk"))
    return {str(kind): count for kind, count in counted}


def turn_of(loop: Loop, case: Case, on: dt.date) -> Turn:
    who = loop.party(case.turn) or roles().roles.get(case.turn)
    return Turn(
        who, unit_name(case.unit_id, on), loop.state(case.state), last_day(case.due_at) if case.due_at else None
    )
