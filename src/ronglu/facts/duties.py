"""What fell due for the persons who answer for a branch, from the clocks that the loops keep anyway: one row a person and duty."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ronglu.facts import cases, persons
from ronglu.kernel.loops.loop import Clock, Loop
from ronglu.kernel.org.facts import COMMITTEE
from ronglu.kernel.org.kinds import BRANCHES
from ronglu.kernel.time.period import Period
from ronglu.store.models import BodyState, Plant, Post

Row = dict[str, Any]
HELD = {"action": "held_action", "project_milestone": "held_action", "request": "request_answer"}
"""Facts of persons → the fact of the sheet."""
STAGES = {
    "monthly": Clock(
        code="self_check", label="月审核自查", en="Self-check", states=("self_check",), fact="review_stage"
    ),
    "quarterly": Clock(code="answer", label="季点评回应", en="Answer", states=("answering",), fact="review_stage"),
}
"""Stages of the review that a branch's secretary answers for; they score no branch, so their loops declare no clock."""


@dataclass(frozen=True)
class Seats:
    """Who sits on which branch's committee in the month, with the days."""

    posts: tuple[Post, ...]

    @classmethod
    def of(cls, plant: Plant, month: Period) -> Seats:
        states = BodyState.objects.filter(body__plant=plant, kind__in=BRANCHES).within(month.first, month.last)  # type: ignore[attr-defined]
        rows = Post.objects.filter(body__in=states.values("body"), role__in=COMMITTEE).within(month.first, month.last)  # type: ignore[attr-defined]
        return cls(tuple(rows.order_by("person", "from_on", "pk")))

    @property
    def people(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(post.person_id for post in self.posts))

    def secretaries(self, branch: int, on: dt.date) -> list[int]:
        """Who answers for the branch that day: its secretary, else its deputy."""
        held = [post for post in self.posts if post.body_id == branch and post.holds(on)]
        for role in ("secretary", "deputy"):
            if found := [post.person_id for post in held if post.role == role]:
                return found
        return []


def rows(*, plant: Plant, month: Period, loops: Mapping[str, Loop], until: dt.date, seats: Seats) -> list[Row]:
    """What fell due in the month by `until`; of persons with a seat only, each with `subject`."""
    mine = set(seats.people)
    found = [*_held(plant, month, loops), *_branch(plant, month, loops, seats)]
    return [row for row in found if row["subject"] in mine and row["day"] <= until]


def _held(plant: Plant, month: Period, loops: Mapping[str, Loop]) -> Iterator[Row]:
    for one in persons.records(plant=plant, month=month, loops=loops):
        if one.fact in HELD:
            yield _row(
                one.person, HELD[one.fact], kept=one.kept, label=one.label, day=one.on, done=None, record=one.record
            )


def _branch(plant: Plant, month: Period, loops: Mapping[str, Loop], seats: Seats) -> Iterator[Row]:
    watched = dict(loops) | {
        code: replace(loops[code], clocks=(clock,)) for code, clock in STAGES.items() if code in loops
    }
    for row in cases.rows(plant=plant, month=month, loops=watched):
        fact = "major_lapse" if row["state"] == "lapsed" else row["fact"]
        if fact in ("major_lapse", "review_stage") and row["branch"] is not None:
            for person in seats.secretaries(row["branch"], row["day"]):
                yield _row(
                    person, fact, kept=row["state"] == "kept", label=f"{row['label']} {row['record']}", day=row["day"],
                    done=row["done"], record=row["record"],
                )  # fmt: skip


def _row(person: int, fact: str, *, kept: bool, label: str, day: dt.date, done: dt.date | None, record: str) -> Row:
    return {
        "subject": person, "fact": fact, "item": "", "type": fact, "state": "kept" if kept else "broken", "part": "", "key": "missed",
        "record": record, "no": 0, "label": label, "num": int(not kept), "den": 1, "day": day, "done": done, "raised_on": day,
        "shift_no": None,
    }  # fmt: skip
