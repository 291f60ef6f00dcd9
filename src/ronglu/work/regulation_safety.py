"""Hazards and workshops as the regulations see them: from the cases of the hazard loop, the rounds of the zones, the bulletins
and the risk list, nothing typed twice.

Only hazards that are still open: what was put right late stands in its own record, and there is nothing left to clear.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from ronglu.kernel.org.kinds import PLANT, WORKSHOP
from ronglu.kernel.org.tree import View
from ronglu.kernel.regulation.facts import HazardFacts, SiteFacts
from ronglu.kernel.time.period import Grain
from ronglu.store.history import unit_tree
from ronglu.store.models import Case, CaseRow, Round
from ronglu.store.pauses import unit_pauses
from ronglu.store.reasons import Reasons
from ronglu.work.queries import bulletins
from ronglu.work.queries import risks as risk_list
from ronglu.work.regulation_facts import Ground

OPEN = ("open", "working", "verifying")
PLAN = ("goal", "method", "means", "people", "time", "emergency")
SETTLED = (("funds", "funds"), ("time", "fix_by"), ("fallback", "fallback"))


def hazards(found: Ground, why: Reasons) -> Iterator[HazardFacts]:
    """Under their number, not their words. Confidential ones, and those copied from an old ledger, are left out."""
    rows = Case.objects.filter(plant=found.plant, loop="hazard", phase__in=OPEN, secrecy="open", batch=None)
    lines: dict[int, list[dt.date | None]] = defaultdict(list)
    open_rows = CaseRow.objects.filter(case__in=rows, kind="measure").exclude(state="dropped")
    for case, done in open_rows.values_list("case", "done_at"):
        lines[case].append(done.date() if done else None)
    told, view = bulletins.published(found.plant), unit_tree(found.plant).at(found.on)
    for row in rows.order_by("raised_at"):
        staff = bulletins.told_on(told, unit=row.unit_id, raised_at=row.raised_at, view=view)
        yield _hazard(row, lines.get(row.pk, []), staff, why)


def _hazard(row: Case, measures: list[dt.date | None], staff: dt.date | None, why: Reasons) -> HazardFacts:
    data = row.data
    done = [day for day in measures if day is not None]
    return HazardFacts(
        id=row.pk,
        name=row.number,
        from_on=row.raised_at.date(),
        reasons=why.get(f"hazard:{row.pk}", {}),
        grade=str(data.get("grade") or ""),
        fixed_on=max(done) if done and len(done) == len(measures) else None,
        # the loop asks for the whole 治理方案 in one field
        plan=PLAN if data.get("plan") else (),
        settled=(*(("duty", "measure") if measures else ()), *(word for word, field in SETTLED if data.get(field))),
        told_staff_on=staff,
        told_authority_on=_day(data.get("told_authority")),
        told_congress_on=_day(data.get("told_staff")),
        control=bool(data.get("control")),
    )


def sites(found: Ground, why: Reasons) -> Iterator[SiteFacts]:
    """The plant itself, for its reminders, and each workshop whose zones are walked here, from the month the first round was due,
    or whose risks are listed here."""
    tree = unit_tree(found.plant)
    view, still = tree.at(found.on), unit_pauses(plant=found.plant, tree=tree, first=found.first, last=found.last)
    since, done = _rounds(found, view)
    risks = risk_list.counts(plant=found.plant, on=found.on)
    listed: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for unit, (all_, bare) in risks.items():
        key = _site(view, unit)
        listed[key] = (listed[key][0] + all_, listed[key][1] + bare)
    told = [one for one in bulletins.published(found.plant) if one.whole]
    for state in view.of_kind(PLANT, WORKSHOP):
        key = int(state.id)
        if state.kind == WORKSHOP and key not in since and key not in listed:
            continue
        above = {int(one.id) for one in view.path(key)}
        filed = [one.period for one in told if one.unit in above]
        yield SiteFacts(
            id=key, name=state.name, kind=state.kind, from_on=min(one.span.from_on for one in tree.history(key)), kept_from=since.get(key, dt.date.max),
            rounds=tuple(done.get(key, ())), reasons=why.get(f"site:{key}", {}), pauses=still.get(key, ()),
            quarter_statistics=tuple(one.first for one in filed if one.grain is Grain.QUARTER),
            year_statistics=tuple(one.first for one in filed if one.grain is Grain.YEAR),
            risks=listed[key][0] if key in listed else None, ungraded_risks=listed[key][1] if key in listed else 0,
            risks_on=found.on,
        )  # fmt: skip


def _rounds(found: Ground, view: View) -> tuple[dict[int, dt.date], dict[int, list[dt.date]]]:
    """By workshop: the month in which its first safety round was due, and the days of those that were done."""
    since: dict[int, dt.date] = {}
    done: dict[int, list[dt.date]] = defaultdict(list)
    rows = Round.objects.filter(zone__plant=found.plant, work_class="safety").exclude(state="cancelled")
    for unit, due, when in rows.order_by("due_on").values_list("zone__unit", "due_on", "done_at"):
        above = view.nearest(unit, WORKSHOP) if unit in view else None
        if above is not None:
            since.setdefault(int(above.id), due.replace(day=1))
            done[int(above.id)] += [when.date()] if when else []
    return since, done


def _site(view: View, unit: int) -> int:
    """The workshop of a unit; what stands in none is the plant's own."""
    above = view.nearest(unit, WORKSHOP, PLANT) if unit in view else None
    return int(above.id if above else view.roots[0].id)


def _day(value: object) -> dt.date | None:
    return dt.date.fromisoformat(value) if isinstance(value, str) and value else None
