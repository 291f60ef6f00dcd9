"""一切工作到支部: everything of the year's plan that one branch was given, and how far each of it has come, from the records alone."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from ronglu.kernel.measure.indicator import Indicator
from ronglu.kernel.org.kinds import BRANCHES
from ronglu.kernel.org.tree import State, Tree, View
from ronglu.store.models import CampaignTask, Goal, GoalState, KeyTask, ProgrammeTask
from ronglu.work.queries import goals, key_tasks, platforms, programmes
from ronglu.work.queries.places import Places
from ronglu.work.scope import Scope

DONE = {"reached", "done", "checked", "kept", "late"}
ONE = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class BranchLine:
    """One thing the branch was given: `sort` goal, key_task, programme, campaign or platform; `state` kept, late, missed, open,
    waiting or used."""

    sort: str
    pk: int
    title: str
    body: str
    due_on: dt.date
    state: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class BranchSum:
    """How much of the year's plan a branch was given and what became of it so far."""

    body: int
    name: str
    given: int
    done: int
    missed: int


@dataclass(frozen=True)
class Stood:
    """Where a body stood when something counted: on the day it was done, else the day it fell due, at the latest today; one that
    was no more by then stood where it did on its last day."""

    tree: Tree
    on: dt.date
    _views: dict[dt.date, View] = field(default_factory=dict)

    def path(self, body: int, due_on: dt.date, done_on: dt.date | None = None) -> tuple[State, ...]:
        """From the root down to the body itself."""
        view = self._at(min(done_on or due_on, self.on))
        if body in view:
            return view.path(body)
        spans = [state.span for state in self.tree.history(body)]
        ended = [span.until_on - ONE for span in spans if span.until_on and span.until_on <= view.on]
        days = ended[-1:] or [span.from_on for span in spans[:1]]
        return self._at(days[0]).path(body) if days else ()

    def ever_under(self, body: int) -> list[int]:
        """The body and whatever stood below it at any time."""
        found, rest = {body}, [body]
        while rest:
            top = rest.pop()
            below = {int(state.id) for state in self.tree.states if state.parent == top} - found
            found |= below
            rest += below
        return sorted(found)

    def _at(self, day: dt.date) -> View:
        if day not in self._views:
            self._views[day] = self.tree.at(day)
        return self._views[day]


def lines(
    *, places: Places, body: int, year: int, scope: Scope, on: dt.date, known: Mapping[str, Indicator]
) -> list[BranchLine]:
    """Of the branch and of what was its group at the time, in the order of the days. Eight queries, however much it is."""
    stood, name = Stood(places.party, places.on), places.body_name
    bodies = stood.ever_under(body)

    def mine(of: int, due_on: dt.date, done_on: dt.date | None = None) -> bool:
        return any(state.id == body for state in stood.path(of, due_on, done_on))

    found = [
        BranchLine("goal", one.pk, f"{one.code} {one.title}", name(one.body_id), one.due_on, goal_state(one, on))
        for one in goals.visible(plant=places.plant, year=year, scope=scope)
        if one.body_id in bodies and one.state != GoalState.DROPPED and mine(one.body_id, one.due_on)
    ]
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    tasks = KeyTask.objects.filter(body__in=bodies, first_on__lte=last, last_on__gte=first).exclude(state="dropped")
    for task in tasks.select_related("party", "line").prefetch_related("stages"):
        told = key_tasks.told(task, scope=scope, on=on)
        found += [
            BranchLine("key_task", task.pk, f"{task.title} · {one.stamp.stage.label}", name(task.body_id), one.row.due_on,
                       "open" if one.state == "half" else one.state)
            for one in told.stages
            if first <= one.row.due_on <= last and mine(task.body_id, one.row.due_on, one.stamp.done_on)
        ]  # fmt: skip
    found += [
        BranchLine("programme", one.stage.programme_id, f"{one.stage.programme.title} · {one.title}", name(one.body_id), one.due_on,
                   task_state(one, on))
        for one in programmes.of_body(bodies=bodies, year=year)
        if mine(one.body_id, one.due_on, done_day(one))
    ]  # fmt: skip
    campaigns = CampaignTask.objects.filter(body__in=bodies, due_on__range=(first, last)).exclude(state="dropped")
    found += [
        BranchLine(
            "campaign",
            one.campaign_id,
            f"{one.campaign.title} · {one.title}",
            name(one.body_id),
            one.due_on,
            task_state(one, on),
        )
        for one in campaigns.select_related("campaign")
        if mine(one.body_id, one.due_on, done_day(one))
    ]
    found += [
        BranchLine("platform", one.platform_id, one.platform.name, name(one.body_id), one.day, "used", one.output)
        for one in platforms.of_body(bodies=bodies, year=year)
        if mine(one.body_id, one.day)
    ]
    return sorted(found, key=lambda one: (one.due_on, one.sort, one.title))


def sums(*, places: Places, year: int, on: dt.date) -> list[BranchSum]:
    """Of every branch of the day, and of one that is no more for what it was given; five queries, however many branches. A use of
    a platform was given by nobody and is not counted."""
    stood = Stood(places.party, places.on)
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    told: dict[int, list[str]] = {int(one.id): [] for one in places.party.at(places.on).of_kind(*BRANCHES)}

    def add(body: int, state: str, due_on: dt.date, done_on: dt.date | None = None) -> None:
        path = reversed(stood.path(body, due_on, done_on))
        home = next((int(one.id) for one in path if one.kind in BRANCHES), None)
        if home is not None:
            told.setdefault(home, []).append(state)

    for goal in Goal.objects.filter(plant=places.plant, year=year).exclude(state=GoalState.DROPPED):
        add(goal.body_id, goal_state(goal, on), goal.due_on)
    for sort in (ProgrammeTask, CampaignTask):
        for task in sort.objects.filter(body__plant=places.plant, due_on__range=(first, last)).exclude(state="dropped"):
            add(task.body_id, task_state(task, on), task.due_on, done_day(task))
    running = KeyTask.objects.filter(Q(first_on__lte=last) & Q(last_on__gte=first), plant=places.plant).exclude(
        state="dropped"
    )
    for key_task in running.select_related("party", "line").prefetch_related("stages"):
        for one in key_tasks.told(key_task, scope=NOBODY, on=on).stages:
            if first <= one.row.due_on <= last:
                add(key_task.body_id, one.state, one.row.due_on, one.stamp.done_on)
    return [
        BranchSum(key, places.body_name(key), len(all_), sum(one in DONE for one in all_), all_.count("missed"))
        for key, all_ in told.items()
    ]


NOBODY = Scope(on=dt.date.min)


def goal_state(goal: Goal, on: dt.date) -> str:
    if goal.state == GoalState.REACHED:
        return "kept"
    if goal.state == GoalState.MISSED or (goal.state == GoalState.OPEN and goal.due_on < on):
        return "missed"
    return "waiting" if goal.state == GoalState.TOLD else "open"


def task_state(task: ProgrammeTask | CampaignTask, on: dt.date) -> str:
    """What was done after its day is late; what was never done by its day is missed."""
    if done := done_day(task):
        return "kept" if done <= task.due_on else "late"
    return "missed" if task.due_on < on else "open"


def done_day(task: ProgrammeTask | CampaignTask) -> dt.date | None:
    """None again where what was reported did not hold."""
    return task.done_on if task.state != "open" else None
