"""The case that a record of labour names by its number: an open one that its writer may see."""

import datetime as dt
from collections.abc import Mapping

from ronglu.kernel.labour import LabourTrouble
from ronglu.kernel.loops.loop import Loop
from ronglu.store.models import Account, Case, Plant
from ronglu.work.queries import cases
from ronglu.work.scope import scope_of


def named(number: str, *, plant: Plant, loops: Mapping[str, Loop], by: Account, at: dt.datetime) -> Case | None:
    """None without a number. What he may not see is answered like what is not there."""
    if not (wanted := number.strip()):
        return None
    found = cases.found(scope=scope_of(by, on=at.date()), loops=loops, plant=plant, number=wanted)
    if found is None or found.secrecy != "open":
        raise LabourTrouble(f"本厂没有编号为 {wanted} 的事项，请核对编号")
    return found
