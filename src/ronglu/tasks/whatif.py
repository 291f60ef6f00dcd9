"""What past months would have come to under a draft: computed beside the archive, nothing of it is kept but the answer."""

import datetime as dt
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings

from ronglu.config.clock import today
from ronglu.config.plant import pack_of
from ronglu.facts import assess as columns
from ronglu.kernel.rules.arith import div
from ronglu.kernel.rules.edit import supposed
from ronglu.kernel.rules.load import build
from ronglu.kernel.rules.outcome import Outcome
from ronglu.kernel.rules.score import Score
from ronglu.kernel.rules.sheet import Sheet
from ronglu.kernel.rules.state import State
from ronglu.kernel.time.period import Period
from ronglu.store.models import Job, Plant, SheetDraft
from ronglu.store.values import calendar_of
from ronglu.tasks.assess import given_for
from ronglu.tasks.run import Progress
from ronglu.work.runs import last as last_runs
from ronglu.work.sheets import sheet_of

ONE = dt.timedelta(days=1)
Spots = Mapping[tuple[int, str], Any]


def run(job: Job, progress: Progress) -> dict[str, Any]:
    """args: draft, months (how many of the newest scored ones). Result: totals and cells, before and under the draft."""
    assert job.plant is not None
    draft = SheetDraft.objects.get(pk=job.args["draft"], plant=job.plant)
    runs = last_runs(plant=job.plant, months=int(job.args["months"]))
    answer: dict[str, Any] = {"draft": draft.pk, "revision": draft.revision, "months": [], "totals": [], "cells": []}
    if not runs:
        return answer
    sheet = build(supposed(draft.declaration, since=Period.from_yyyymm(runs[0].month)))
    done: dict[Period, Outcome] = {}
    with shadow(Path(settings.HOME), job.plant.code) as home:
        for number, one in enumerate(runs):
            month = Period.from_yyyymm(one.month)
            progress(number, len(runs), str(month))
            was, now = both(plant=job.plant, month=month, before=sheet_of(one.sheet), after=sheet, done=done, home=home)
            done[month] = now
            answer["months"].append(str(month))
            answer["totals"] += _totals(month, was, now)
            answer["cells"] += _cells(month, was, now)
    progress(len(runs), len(runs), "")
    return answer


@contextmanager
def shadow(home: Path, plant: str) -> Iterator[Path]:
    """A folder that reads like `home` and may be written to: every partition is a link, replaced where it is written."""
    with tempfile.TemporaryDirectory(prefix="whatif-", dir=home) as name:
        for path in sorted((home / "facts").glob(f"*/{plant}/*.parquet")):
            link = Path(name) / path.relative_to(home)
            link.parent.mkdir(parents=True, exist_ok=True)
            os.symlink(path.resolve(), link)
        yield Path(name)


def both(
    *, plant: Plant, month: Period, before: Sheet, after: Sheet, done: Mapping[Period, Outcome], home: Path
) -> tuple[Outcome, Outcome]:
    """The month twice from facts that are gathered once: as it was ruled, and under `after` with what that made of earlier months."""
    given = given_for(plant, month)
    ground = columns.gather(
        plant=plant, month=month, sheets=(before, after), pack=pack_of(plant.code), calendar=calendar_of(plant),
        until=today() - ONE, home=home,
    )  # fmt: skip
    was = columns.under(before, ground=ground, given=given)
    return was, columns.under(after, ground=ground, given=_regiven(given, before, after, done))


def _regiven(given: columns.Given, before: Sheet, after: Sheet, done: Mapping[Period, Outcome]) -> columns.Given:
    """Audited figures keep their share of the points; carried scores come from the draft's own earlier months."""
    was = {item.code: item.hundredths for item in before.items}
    full = {item.code: item.hundredths for item in after.items}
    imports = {
        (body, code): (div(won * full[code], was[code]), ground)
        for (body, code), (won, ground) in given.imports.items()
        if code in was and code in full
    }
    past = {spot: [one for one in scores if one[0] not in done] for spot, scores in given.past.items()}
    for month, outcome in done.items():
        for row in outcome.results:
            if row.state != State.CARRIED.value:
                one = Score(
                    item=row.item, full_h=row.points, state=State(row.state), won_h=row.won, share_ppb=row.share
                )
                past.setdefault((row.body, row.item), []).append((month, one))
    return replace(given, imports=imports, past=past)


def _totals(month: Period, was: Outcome, now: Outcome) -> list[list[Any]]:
    """[month, body, scale, converted before, after, grade before, after] of every branch; points in hundredths."""
    old = {(t.body, t.scale): t for t in was.totals}
    return [
        [str(month), t.body, t.scale, old[t.body, t.scale].converted, t.converted, old[t.body, t.scale].grade, t.grade]
        for t in now.totals
    ]


def _cells(month: Period, was: Outcome, now: Outcome) -> list[list[Any]]:
    """[month, body, item, state before, won, state after, won] where something differs; '' where the item is not there."""
    old: Spots = {(r.body, r.item): r for r in was.results}
    new: Spots = {(r.body, r.item): r for r in now.results}
    found = []
    for spot in dict.fromkeys((*old, *new)):
        a, b = old.get(spot), new.get(spot)
        row = [a.state if a else "", a.won if a else None, b.state if b else "", b.won if b else None]
        if row[:2] != row[2:]:
            found.append([str(month), *spot, *row])
    return found
