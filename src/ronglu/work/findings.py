"""Findings of the organisation rules as rows: opened, cleared, and left with a recorded reason where the rule allows."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml
from django.db import transaction

from ronglu.kernel.org.checks import findings
from ronglu.kernel.org.errors import OrgTrouble
from ronglu.kernel.regulation.amend import amended
from ronglu.kernel.regulation.book import RuleBook
from ronglu.kernel.regulation.finding import Finding as Found
from ronglu.kernel.regulation.load import load
from ronglu.store.history import history_of
from ronglu.store.models import Account, Finding, Plant
from ronglu.work import audits

CHAPTERS = ("organisation", "life", "study", "safety")
EDITED = "org_rules"
"""Where a plant's settings keep its own rows over the rules, as kernel/regulation/amend reads them:
[{"rule": "R-ORG-14", "values": {"days": "30"}, "from_on": "2026-07-01"}]."""


class BadFinding(OrgTrouble):
    """这条检查发现不能这样处理。"""


@dataclass(frozen=True, slots=True)
class Refreshed:
    opened: tuple[int, ...]
    cleared: tuple[int, ...]
    standing: int


@cache
def declared() -> dict[str, Any]:
    """What the base pack says of organisations: the rules of all chapters, and the columns of a roster."""
    base = files("ronglu").joinpath("packs/base")
    chapters = [_read(base.joinpath(f"regulations/{name}.yaml")) for name in CHAPTERS]
    rules = [{"chapter": one["chapter"], **rule} for one in chapters for rule in one["rules"]]
    return {"rules": rules, "roster": _read(base.joinpath("org.yaml"))["roster"]}


def _read(file: Traversable) -> dict[str, Any]:
    return dict(yaml.load(file.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))


@cache
def _book() -> RuleBook:
    return load(declared()["rules"])


def regulations(plant: Plant) -> RuleBook:
    """All rules with the plant's own numbers, switches and comparisons on top."""
    return amended(_book(), plant.settings.get(EDITED, []))


def rulebook(plant: Plant) -> RuleBook:
    """Those on the organisation itself, which `refresh_findings` runs."""
    return regulations(plant).chapter("organisation")


@transaction.atomic
def set_threshold(
    *, plant: Plant, rule: str, values: dict[str, Decimal], from_on: dt.date, by: Account | None, at: dt.datetime
) -> RuleBook:
    """The plant's own numbers from a day on; unknown rules and names are refused before anything is kept."""
    regulations(plant).edited(rule, values=values, from_on=from_on)
    said = {name: str(value) for name, value in values.items()}
    kept = plant.settings.get(EDITED, [])
    rows = [row for row in kept if "values" not in row or (row["rule"], row["from_on"]) != (rule, str(from_on))]
    plant.settings[EDITED] = [*rows, {"rule": rule, "values": said, "from_on": str(from_on)}]
    plant.save(update_fields=["settings"])
    detail = {"values": said, "from_on": str(from_on)}
    audits.record(verb="findings.set_threshold", by=by, at=at, subject=rule, plant=plant, detail=detail)
    return rulebook(plant)


@transaction.atomic
def refresh_findings(*, plant: Plant, on: dt.date, at: dt.datetime, by: Account | None = None) -> Refreshed:
    """Runs the rules for a day: opens what is new (dated from the change that brought it), clears what is gone.

    A finding that was cleared and is now seen to have lasted all the time (a paper that came late) is opened again.
    """
    seen = {one.key: one for one in findings(rulebook(plant), history_of(plant), on=on)}
    standing = {(row.rule, row.subject): row for row in Finding.objects.filter(plant=plant, cleared_on=None)}
    gone = [row for key, row in standing.items() if key not in seen]
    for row in gone:
        row.cleared_on = on
    kept = [_told(standing[key], one) for key, one in seen.items() if key in standing]
    opened = _open(plant, [one for key, one in seen.items() if key not in standing])
    Finding.objects.bulk_update(gone, ["cleared_on"])
    Finding.objects.bulk_update(kept, ["detail", "clear_by", "severity"])
    done = Refreshed(tuple(row.pk for row in opened), tuple(row.pk for row in gone), len(kept))
    if opened or gone:
        detail = {"on": str(on), "opened": len(opened), "cleared": len(gone)}
        audits.record(verb="findings.refresh", by=by, at=at, subject=plant.code, plant=plant, detail=detail)
    return done


@transaction.atomic
def give_reason(*, finding: Finding, reason: str, by: Account, at: dt.datetime) -> Finding:
    """一般 rules may be left with a recorded reason, which B7 does not count; 应当 rules are put right."""
    if finding.severity != "NORM":
        raise BadFinding(f"{finding.rule} 是“应当”类规定，不能只登记理由；消除办法：{finding.clear_by}")
    if not reason.strip():
        raise BadFinding("请填写理由")
    finding.reason = reason.strip()
    finding.save(update_fields=["reason"])
    audits.record(verb="findings.give_reason", by=by, at=at, subject=finding.subject, plant=finding.plant)
    return finding


def _open(plant: Plant, found: list[Found]) -> list[Finding]:
    before = {
        (row.rule, row.subject, row.opened_on): row
        for row in Finding.objects.filter(plant=plant, rule__in={one.rule for one in found})
    }
    again = [before[key] for one in found if (key := (*one.key, one.since)) in before]
    new = [_row(plant, one) for one in found if (*one.key, one.since) not in before]
    for row in again:
        row.cleared_on = None
    Finding.objects.bulk_update(again, ["cleared_on"])
    return [*again, *Finding.objects.bulk_create(new)]


def _row(plant: Plant, one: Found) -> Finding:
    place = int(one.subject.id) if one.subject.kind in ("body", "unit") else None
    row = Finding(
        plant=plant,
        rule=one.rule,
        subject=one.subject.key,
        opened_on=one.since,
        body_id=place if one.subject.kind == "body" else None,
        unit_id=place if one.subject.kind == "unit" else None,
    )
    return _told(row, one)


def _told(row: Finding, one: Found) -> Finding:
    """The words follow the facts: 51 members yesterday, 53 today."""
    row.detail, row.clear_by, row.severity = one.detail[:300], one.clear_by[:300], one.severity
    return row


def counted(*, plant: Plant, on: dt.date, older_than: int = 30) -> Iterable[Finding]:
    """Item B7: findings open for more than so many days on `on`, without notes and without those that gave a reason."""
    latest = on - dt.timedelta(days=older_than + 1)
    rows = Finding.objects.filter(plant=plant, opened_on__lte=latest, reason="").exclude(severity="NOTE")
    return rows.exclude(cleared_on__lte=on).order_by("body_id", "rule", "opened_on")
