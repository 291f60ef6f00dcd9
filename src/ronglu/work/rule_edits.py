"""What the party office changes in the rules: numbers, switches, and that a text was compared. Each is a row from a day on, none is lost."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction

from ronglu.kernel.regulation.amend import amended
from ronglu.kernel.regulation.book import RuleBook
from ronglu.kernel.regulation.errors import RuleProblem
from ronglu.store.models import Account, Plant
from ronglu.store.rulebook import EDITED, regulations, whole_book
from ronglu.work import audits


@transaction.atomic
def set_threshold(
    *, plant: Plant, rule: str, values: dict[str, Decimal], from_on: dt.date, by: Account | None, at: dt.datetime
) -> RuleBook:
    """The plant's own numbers from a day on, beside what else it changed from that very day; unknown rules and names, and what
    a number cannot be, are refused before anything is kept."""
    known = regulations(plant).get(rule, on=from_on)
    for name, value in values.items():
        number = known.thresholds.get(name) if known else None
        if number and (why := number.refuses(value)):
            raise RuleProblem(f"{rule} {number.label}{why}，写的是 {value.normalize():f}")
    said = {"rule": rule, "values": {name: str(value) for name, value in values.items()}, "from_on": str(from_on)}
    return _kept(plant, said, "values", verb="findings.set_threshold", by=by, at=at)


@transaction.atomic
def switch(
    *, plant: Plant, rule: str, enabled: bool, from_on: dt.date, by: Account, at: dt.datetime, side: str = ""
) -> RuleBook:
    """A rule, or one side of it, on or off from a day on; what the text asks (应当) stays on."""
    said = {"rule": rule, "enabled": enabled, "side": side, "from_on": str(from_on)}
    return _kept(plant, said, "enabled", verb="findings.switch", by=by, at=at)


@transaction.atomic
def compare(
    *, plant: Plant, rule: str, text_url: str, on: dt.date, by: Account, at: dt.datetime, article: str | None = None
) -> RuleBook:
    """Somebody has held the rule against the official text: from then on it is quoted as what it is."""
    if on > at.date():
        raise RuleProblem(f"核对日期 {on} 还没有到")
    name = by.person.name if by.person else str(by)
    said: dict[str, Any] = {"rule": rule, "text_url": text_url.strip(), "by": name, "from_on": str(on)}
    said |= {"article": article.strip()} if article is not None else {}
    return _kept(plant, said, "text_url", verb="findings.compare", by=by, at=at)


def _kept(plant: Plant, said: dict[str, Any], sort: str, *, verb: str, by: Account | None, at: dt.datetime) -> RuleBook:
    """A row of the same sort for the same side and day is replaced, numbers one by one; the whole book must still read before it
    is kept."""
    stored = Plant.objects.select_for_update().get(pk=plant.pk)
    told = stored.settings.get(EDITED, [])
    same = [row for row in told if sort in row and _place(row) == _place(said)]
    kept = (
        said
        if sort != "values"
        else said | {"values": {k: v for row in (*same, said) for k, v in row["values"].items()}}
    )
    rows = [*(row for row in told if row not in same), kept]
    amended(whole_book(), rows)
    stored.settings[EDITED] = plant.settings[EDITED] = rows
    stored.save(update_fields=["settings"])
    detail = {name: value for name, value in said.items() if name != "rule"}
    audits.record(verb=verb, by=by, at=at, subject=said["rule"], plant=stored, detail=detail)
    return regulations(stored)


def _place(row: Mapping[str, Any]) -> tuple[str, str, str]:
    return row["rule"], row.get("side", ""), row["from_on"]
