"""Findings of the organisation rules as rows: opened, cleared, and left with a recorded reason where the rule allows."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction

from ronglu.kernel.org.checks import findings
from ronglu.kernel.org.errors import OrgTrouble
from ronglu.kernel.regulation.book import RuleBook
from ronglu.kernel.regulation.finding import Finding as Found
from ronglu.store.history import history_of
from ronglu.store.models import Account, Case, Finding, Plant
from ronglu.store.rulebook import regulations
from ronglu.work import audits, closings, gathering_facts

REASONABLE = ("NORM", "LOCAL")
"""What may be left with a reason: the text itself says 一般, or it is the plant's own practice."""
SAID = ("detail", "clear_by", "severity", "body", "unit")
"""What follows the facts while a finding stands."""
Places = Mapping[str, tuple[int | None, int | None]]


class BadFinding(OrgTrouble):
    """这条检查发现不能这样处理。"""


@dataclass(frozen=True, slots=True)
class Refreshed:
    opened: tuple[int, ...]
    cleared: tuple[int, ...]
    standing: int


def rulebook(plant: Plant) -> RuleBook:
    """Those on the organisation itself, which `refresh_findings` runs."""
    return regulations(plant).chapter("organisation")


def locked(plant: Plant) -> Plant:
    """The plant, for one run of the rules at a time: two clicks must not open the same finding twice."""
    return Plant.objects.select_for_update().get(pk=plant.pk)


@transaction.atomic
def refresh_findings(*, plant: Plant, on: dt.date, at: dt.datetime, by: Account | None = None) -> Refreshed:
    """Runs the rules for a day: opens what is new (dated from the change that brought it), clears what is gone.

    A finding that was cleared and is now seen to have lasted all the time (a paper that came late) is opened again.
    """
    plant = locked(plant)
    book = rulebook(plant)
    seen = {one.key: one for one in findings(book, history_of(plant), on=on)}
    places = _of_projects({int(one.subject.id) for one in seen.values() if one.subject.kind == "project"})
    return settle(plant=plant, seen=seen, rules={rule.id for rule in book.rules}, places=places, on=on, at=at, by=by)


def _of_projects(keys: Collection[int]) -> Places:
    """A project without a party body belongs to the unit it is at; no branch is charged for it."""
    rows = Case.objects.filter(pk__in=keys).values_list("pk", "unit") if keys else ()
    return {f"project:{key}": (None, unit) for key, unit in rows}


def settle(
    *,
    plant: Plant,
    seen: Mapping[tuple[str, str], Found],
    rules: Collection[str],
    places: Places,
    on: dt.date,
    at: dt.datetime,
    by: Account | None,
) -> Refreshed:
    """What these rules see now against the rows that stand. `places`: where a person or a hazard belongs, as (body, unit); a row
    goes with him when he moves, so that his old branch reads of him no more."""
    rows = Finding.objects.filter(plant=plant, cleared_on=None, rule__in=rules)
    standing = {(row.rule, row.subject): row for row in rows}
    gone = [row for key, row in standing.items() if key not in seen]
    for row in gone:
        row.cleared_on = on
    kept = [_told(standing[key], one, places) for key, one in seen.items() if key in standing]
    opened = _open(plant, [one for key, one in seen.items() if key not in standing], places)
    Finding.objects.bulk_update(gone, ["cleared_on"])
    Finding.objects.bulk_update(kept, SAID)
    done = Refreshed(tuple(row.pk for row in opened), tuple(row.pk for row in gone), len(kept))
    if opened or gone:
        detail = {"on": str(on), "opened": len(opened), "cleared": len(gone)}
        audits.record(verb="findings.refresh", by=by, at=at, subject=plant.code, plant=plant, detail=detail)
    return done


@transaction.atomic
def give_reason(*, finding: Finding, reason: str, by: Account, at: dt.datetime) -> Finding:
    """一般 rules may be left with a recorded reason, which costs nothing then; 应当 rules are put right."""
    if finding.severity not in REASONABLE:
        raise BadFinding(f"{finding.rule} 是“应当”类规定，不能只登记理由；消除办法：{finding.clear_by}")
    if not reason.strip():
        raise BadFinding("请填写理由")
    if (month := gathering_facts.window_ends(finding)) is not None:
        closings.refuse_closed(plant=finding.plant, month=month)
    finding.reason = reason.strip()[:300]
    finding.save(update_fields=["reason"])
    gathering_facts.touch_finding(finding)
    audits.record(verb="findings.give_reason", by=by, at=at, subject=finding.subject, plant=finding.plant)
    return finding


def _open(plant: Plant, found: list[Found], places: Places) -> list[Finding]:
    before = {
        (row.rule, row.subject, row.opened_on): row
        for row in Finding.objects.filter(plant=plant, rule__in={one.rule for one in found})
    }
    again = [_told(before[key], one, places) for one in found if (key := (*one.key, one.since)) in before]
    new = [_row(plant, one, places) for one in found if (*one.key, one.since) not in before]
    for row in again:
        row.cleared_on = None
    Finding.objects.bulk_update(again, ["cleared_on", *SAID])
    return [*again, *Finding.objects.bulk_create(new)]


def _row(plant: Plant, one: Found, places: Places) -> Finding:
    return _told(Finding(plant=plant, rule=one.rule, subject=one.subject.key, opened_on=one.since), one, places)


def _told(row: Finding, one: Found, places: Places) -> Finding:
    """The words follow the facts: 51 members yesterday, 53 today. So does the place."""
    kind, key = one.subject.kind, one.subject.id
    body, unit = places.get(f"{kind}:{key}", (None, None))
    row.body_id = int(key) if kind == "body" else body
    row.unit_id = int(key) if kind in ("unit", "site") else unit
    row.detail, row.clear_by, row.severity = one.detail[:300], one.clear_by[:300], one.severity
    return row
