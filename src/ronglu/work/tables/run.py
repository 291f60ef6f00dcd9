"""One table of one kind taken whole or not at all; a rehearsal does the very same and takes it back."""

import datetime as dt
from collections.abc import Sequence
from copy import copy
from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.db import transaction

from ronglu.kernel.table import Row, Table, TableFaults, Taken
from ronglu.store.models import Account, Import, Plant

if TYPE_CHECKING:
    from ronglu.packs.pack import Pack

KINDS = (
    "plans",
    "plans_day",
    "stops",
    "benchmarks",
    "costs",
    "scores",
    "accounts",
    "holidays",
    "hazards",
    "zones",
    "assays",
    "goals",
    "risks",
)


def declare(kind: str, *, plant: Plant, pack: "Pack", on: dt.date) -> Table:
    """The columns as the plant stands that day: its units, its indicators."""
    table: Table = _module(kind).declare(plant=plant, pack=pack, on=on)
    return table


@transaction.atomic
def take(
    kind: str, *, plant: Plant, pack: "Pack", rows: Sequence[Row], by: Account, at: dt.datetime, batch: Import
) -> Taken:
    """Raises TableFaults with everything that is wrong or not answered yet; then nothing was written."""
    done = _taken(kind, plant=plant, pack=pack, rows=rows, by=by, at=at, batch=batch)
    if done.open:
        raise TableFaults(asks=done.open)
    return done


def rehearse(
    kind: str, *, plant: Plant, pack: "Pack", rows: Sequence[Row], by: Account, at: dt.datetime, batch: Import
) -> Taken:
    """What `take` would change; a reason that locked months ask for is given when it is done in earnest."""
    trial = copy(batch)
    trial.options = batch.options | {"reason": "试读"}
    with transaction.atomic():
        done = _taken(kind, plant=plant, pack=pack, rows=rows, by=by, at=at, batch=trial)
        transaction.set_rollback(True)
    return done


def _taken(kind: str, **what: Any) -> Taken:
    done: Taken = _module(kind).take(**what)
    return done


def _module(kind: str) -> Any:
    if kind not in KINDS:
        raise KeyError(f"没有名为 {kind} 的表格")
    return import_module(f"ronglu.work.tables.{kind}")
