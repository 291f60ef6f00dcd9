"""Hazards and workshops as the regulations see them: from the cases of the hazard loop and the rounds of the zones, nothing typed twice.

Only hazards that are still open: what was put right late stands in its own record, and there is nothing left to clear.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from ronglu.kernel.org.kinds import PLANT, WORKSHOP
from ronglu.kernel.regulation.facts import HazardFacts, SiteFacts
from ronglu.store.history import unit_tree
from ronglu.store.models import Case, CaseRow, Round
from ronglu.work.regulation_facts import Ground, Reasons

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
    for row in rows.order_by("raised_at"):
        yield _hazard(row, lines.get(row.pk, []), why)


def _hazard(row: Case, measures: list[dt.date | None], why: Reasons) -> HazardFacts:
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
        told_authority_on=_day(data.get("told_authority")),
        told_congress_on=_day(data.get("told_staff")),
        control=bool(data.get("control")),
    )


def sites(found: Ground, why: Reasons) -> Iterator[SiteFacts]:
    """The plant itself, for its reminders, and each workshop whose zones are walked here, from the month the first round was due."""
    tree = unit_tree(found.plant)
    view = tree.at(found.on)
    for state in view.of_kind(PLANT):
        yield SiteFacts(
            id=int(state.id), name=state.name, kind=PLANT, from_on=state.span.from_on, kept_from=dt.date.max
        )
    planned: dict[int, dt.date] = {}
    done: dict[int, list[dt.date]] = defaultdict(list)
    rows = Round.objects.filter(zone__plant=found.plant, work_class="safety").exclude(state="cancelled")
    for unit, due, when in rows.order_by("due_on").values_list("zone__unit", "due_on", "done_at"):
        above = view.nearest(unit, WORKSHOP) if unit in view else None
        if above is not None:
            planned.setdefault(int(above.id), due.replace(day=1))
            done[int(above.id)] += [when.date()] if when else []
    for key, since in planned.items():
        state = view.nearest(key, WORKSHOP)
        if state is not None:
            yield SiteFacts(
                id=key, name=state.name, kind=WORKSHOP, from_on=state.span.from_on, kept_from=since,
                rounds=tuple(done[key]), reasons=why.get(f"site:{key}", {}),
            )  # fmt: skip


def _day(value: object) -> dt.date | None:
    return dt.date.fromisoformat(value) if isinstance(value, str) and value else None
