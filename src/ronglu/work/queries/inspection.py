"""台账 of a branch and a month: what its records already say, sheet by sheet; nobody writes anything for the inspection.

A sheet is rows of plain values. Of people it names those who convened, own a resolution or were elected to a post; who was away,
who was talked to and whose paper is missing are numbers here.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, Q

from ronglu.kernel.annual.joint import Joint
from ronglu.kernel.loops.loop import Loop
from ronglu.kernel.org.facts import COMMITTEE, SEATS
from ronglu.kernel.org.kinds import BRANCHES
from ronglu.kernel.regulation.facts import TALKS
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.homes import Homes
from ronglu.store.models import (
    AgendaRow,
    Body,
    BodyState,
    Case,
    Commitment,
    Finding,
    Gathering,
    KeyTaskStage,
    Membership,
    PlatformUse,
    Post,
    ProgrammeTask,
    QuarterPoint,
    Relay,
    Resolution,
    Round,
    SelfInspection,
    ServeRecord,
    TalkRecord,
)
from ronglu.store.models import Mapping as Mapped
from ronglu.work import life_findings, wording
from ronglu.work.queries.cases import visible
from ronglu.work.queries.commitments import FEW
from ronglu.work.queries.org_findings import OF_A_PERSON
from ronglu.work.queries.places import Places
from ronglu.work.queries.within import covers
from ronglu.work.scope import Scope

ONE = dt.timedelta(days=1)
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Asked:
    """Whose book, of which month, and for whom it is printed; `on` is the day up to which things are told."""

    body: Body
    month: Period
    on: dt.date
    scope: Scope
    places: Places
    loops: Mapping[str, Loop]

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        return self.month.first, self.month.last

    @property
    def until(self) -> dt.date:
        return min(self.month.last, self.on)

    @property
    def moments(self) -> tuple[dt.datetime, dt.datetime]:
        """[first, after) of the month."""
        return dt.datetime.combine(self.month.first, dt.time.min), dt.datetime.combine(
            self.month.last + ONE, dt.time.min
        )

    @cached_property
    def names(self) -> dict[int, str]:
        """The branch and its groups of the month, by their names in it."""
        mine = Q(body=self.body) | Q(parent=self.body, kind="group")
        states = BodyState.objects.filter(mine, body__plant=self.body.plant_id).within(*self.days)
        rows = states.order_by("body__position", "body__code", "from_on").values_list("body", "name")
        return dict(sorted(rows, key=lambda row: row[0] != self.body.pk))

    @cached_property
    def meetings(self) -> list[Gathering]:
        """Of the branch and its groups, held or called off in the month."""
        rows = Gathering.objects.filter(
            body__in=self.names, starts_at__gte=self.moments[0], starts_at__lt=self.moments[1]
        )
        told = rows.exclude(state__in=("planned", "called")).annotate(decided=Count("resolutions"))
        return list(told.select_related("convener", "recorder", "team", "makeup_of").order_by("starts_at", "pk"))


def read(asked: Asked) -> dict[str, list[Row]]:
    """The sheets the reader may see, by their codes, in the order of the book; an empty one says the records hold nothing."""
    may = {code for code, (verb, _make) in SHEETS.items() if asked.scope.may(verb, asked.body) is None}
    return {code: list(make(asked)) for code, (_verb, make) in SHEETS.items() if code in may}


def _known(asked: Asked) -> Iterator[Row]:
    """What the branch is: its seats, groups, members, lines, term."""
    state = (
        BodyState.objects.filter(body=asked.body)
        .within(*asked.days)
        .order_by("-from_on")
        .select_related("parent")
        .first()
    )
    yield "name", asked.names[asked.body.pk]
    yield "above", asked.places.body_name(state.parent_id if state else None)
    posts = Post.objects.filter(body=asked.body, role__in=COMMITTEE).on(asked.until).select_related("person")
    for seat in COMMITTEE:
        if held := [post.person.name for post in posts if post.role == seat]:
            yield f"seat:{SEATS[seat]}", "、".join(held)
    yield "groups", "、".join(name for key, name in asked.names.items() if key != asked.body.pk)
    members = Membership.objects.filter(body__in=asked.names).on(asked.until).order_by()
    counts = Counter(dict(members.values_list("status").annotate(Count("person", distinct=True))))
    yield "members", (sum(counts.values()), counts["full"], counts["probationary"])
    lines = Mapped.objects.filter(body=asked.body).on(asked.until).order_by("pk").values_list("unit", flat=True)
    yield "lines", "、".join(asked.places.unit_name(unit) for unit in lines)
    yield "term", state.term_ends_on if state else None


def _duties(asked: Asked) -> Iterator[Row]:
    """Meetings that the regulations ask for in a window that ends in the month, as they stand."""
    found = life_findings.judge(
        plant=asked.body.plant, on=asked.on, bodies=frozenset(asked.names), year=asked.month.first.year
    )
    for one in found:
        window = one.window
        if one.subject.kind != "body" or window is None or window.period is None:
            continue
        if asked.month.first <= window.last <= asked.month.last:
            name = asked.names.get(int(one.subject.id), "")
            yield name, one.rule, one.detail, one.state.label, one.reason, one.source


def _meetings(asked: Asked) -> Iterator[Row]:
    for one in asked.meetings:
        told = [one.get_state_display()] if one.state != "closed" else []
        told += [one.reason] if one.reason else []
        told += ["补课"] if one.makeup_of_id else []
        held = one.state == "closed"
        yield (
            one.starts_at, asked.names[one.body_id], one.kind, one.title, one.place, one.convener.name if one.convener else "",
            one.due if held else None, one.present if held else None, one.decided, "；".join(told), one.pk,
        )  # fmt: skip


def _resolutions(asked: Asked) -> Iterator[Row]:
    """Decided in the month, or due in it."""
    rows = Resolution.objects.filter(gathering__body__in=asked.names, gathering__state="closed")
    mine = Q(gathering__in=[one.pk for one in asked.meetings]) | Q(due_on__range=asked.days)
    for one in rows.filter(mine).select_related("gathering", "owner", "case").order_by("gathering__starts_at", "no"):
        closed = one.case.closed_at.date() if one.case and one.case.closed_at else None
        yield (
            one.gathering.starts_at.date(), asked.names[one.gathering.body_id], one.text, one.owner.name if one.owner else "",
            one.due_on, one.case.number if one.case else "", _state(asked, one.case), closed,
        )  # fmt: skip


def _studied(asked: Asked) -> Iterator[Row]:
    """Documents that a meeting of the month dealt with."""
    rows = AgendaRow.objects.filter(gathering__in=[m.pk for m in asked.meetings if m.state == "closed"]).exclude(
        document=None
    )
    for one in rows.select_related("gathering", "document").order_by("gathering__starts_at", "no"):
        held = one.gathering
        yield (
            held.starts_at.date(),
            asked.names[held.body_id],
            held.kind,
            one.document.number,
            one.document.title,
            held.present,
        )


def _relays(asked: Asked) -> Iterator[Row]:
    """Asked for, due or told in the month. Coverage is two numbers."""
    near = Q(asked_on__range=asked.days) | Q(due_on__range=asked.days) | Q(told_on__range=asked.days)
    rows = Relay.objects.filter(near, body__in=asked.names).exclude(state="withdrawn")
    for one in rows.select_related("document").order_by("due_on", "pk"):
        paper = one.document
        yield paper.number, paper.title, one.due_on, one.told_on, one.due, one.told, one.get_state_display()


def _cases(asked: Asked) -> Iterator[Row]:
    """Open to all readers of the branch, raised, due or closed in the month; resolutions stand on their own sheet."""
    first, after = asked.moments
    near = Q(raised_at__gte=first, raised_at__lt=after) | Q(closed_at__gte=first, closed_at__lt=after)
    near |= Q(due_at__gt=first, due_at__lte=after)
    mine = visible(asked.scope, asked.loops).filter(near, body__in=asked.names, secrecy="open")
    rows = mine.exclude(pk__in=Resolution.objects.exclude(case=None).values("case")).distinct()
    for one in rows.order_by("loop", "raised_at", "pk"):
        closed = one.closed_at.date() if one.closed_at else None
        yield one.number, asked.loops[one.loop], one.title, one.raised_at.date(), _state(asked, one), closed


def _rounds(asked: Asked) -> Iterator[Row]:
    """By zone and class: how many were due by the day, how many walked in time, how many findings."""
    homes = Homes.of(asked.body.plant)
    rows = Round.objects.filter(zone__plant=asked.body.plant, due_on__range=(asked.month.first, asked.until))
    found: dict[tuple[str, str], list[int]] = {}
    walked = rows.exclude(state="cancelled").select_related("zone").annotate(
        found=Count("answers", filter=Q(answers__answer="finding"))
    )  # fmt: skip
    for one in walked.order_by("zone__code", "work_class"):
        if homes.branch(one.zone.unit_id, one.due_on) != asked.body.pk:
            continue
        sums = found.setdefault((one.zone.name, one.get_work_class_display()), [0, 0, 0])
        sums[0] += 1
        sums[1] += int(one.done_at is not None and one.done_at.date() <= one.due_on)
        sums[2] += one.found
    yield from ((*spot, *sums) for spot, sums in found.items())


def _stages(asked: Asked) -> Iterator[Row]:
    """Stages of key tasks (八同) and tasks of programmes that fell due in the month."""
    stages = KeyTaskStage.objects.filter(task__body__in=asked.names, dropped=False, due_on__range=asked.days)
    for one in stages.select_related("task").order_by("due_on", "pk"):
        done = max(one.party_on, one.line_on) if one.party_on and one.line_on else None
        yield one.task.title, Joint(one.stage).label, one.due_on, done, ""
    tasks = ProgrammeTask.objects.filter(body__in=asked.names, due_on__range=asked.days)
    for task in tasks.select_related("stage__programme").order_by("due_on", "pk"):
        yield task.stage.programme.title, task.title, task.due_on, task.done_on, task.words


def _talks(asked: Asked) -> Iterator[Row]:
    """That talks took place, by day; nobody's name and no word of what was said."""
    headings = _words(asked, "headings")
    for one in TalkRecord.objects.filter(body__in=asked.names, held_on__range=asked.days).order_by("held_on", "pk"):
        about = TALKS.get(one.pair, "") or "、".join(headings.get(code, code) for code in one.headings)
        yield one.held_on, asked.names[one.body_id], one.get_kind_display(), about, one.people


def _visits(asked: Asked) -> Iterator[Row]:
    """三联系三服务, and platforms that were used."""
    links, serves = _words(asked, "links"), _words(asked, "serves")
    rows = ServeRecord.objects.filter(body__in=asked.names, held_on__range=asked.days).select_related("person", "case")
    for one in rows.order_by("held_on", "pk"):
        served = "、".join(serves.get(code, code) for code in one.serves)
        yield (
            one.held_on,
            links.get(one.link, one.link),
            served,
            one.person.name,
            one.case.number if one.case else one.heard,
        )
    uses = PlatformUse.objects.filter(body__in=asked.names, day__range=asked.days).select_related("platform", "case")
    for use in uses.order_by("day", "pk"):
        yield use.day, use.platform.name, use.output, "", use.case.number if use.case else ""


def _papers(asked: Asked) -> Iterator[Row]:
    """责任书 and 承诺书 of the year as counts: who has not signed stands nowhere here, nor can it be told from a number of so few."""
    kinds = _words(asked, "commitments")
    papers = Commitment.objects.filter(body__in=asked.names, year=asked.month.first.year)
    counts = papers.exclude(state="dropped").order_by("kind").values("kind").annotate(
        asked=Count("pk"), signed=Count("pk", filter=~Q(state="asked")), checked=Count("pk", filter=Q(state="confirmed"))
    )  # fmt: skip
    for row in counts:
        told = (row["signed"], row["checked"]) if row["asked"] >= FEW else ("—", "—")
        yield kinds.get(row["kind"], row["kind"]), row["asked"], *told


def _integrity(asked: Asked) -> Iterator[Row]:
    """The five pairs of the quarter, self-inspections of the month."""
    points = _words(asked, "points")
    quarter = str(asked.month.up(Grain.QUARTER))
    for point in QuarterPoint.objects.filter(body__in=asked.names, quarter=quarter).order_by("pk"):
        yield "五抓五促", points.get(point.point, point.point), f"{point.get_state_display()}：{point.words}"
    near = Q(due_on__range=asked.days) | Q(held_on__range=asked.days)
    for one in SelfInspection.objects.filter(near, body__in=asked.names).exclude(state="dropped").order_by("due_on"):
        yield "专项自查", one.title, one.result or one.get_state_display()


def _findings(asked: Asked) -> Iterator[Row]:
    """What the rules found and nobody has put right by the day, each with how; what they found on one person is for no book."""
    rows = Finding.objects.filter(body__in=asked.names, opened_on__lte=asked.until).exclude(severity="NOTE")
    open_ = rows.exclude(cleared_on__lte=asked.until).exclude(OF_A_PERSON)
    for one in open_.order_by("rule", "opened_on"):
        yield one.rule, one.detail, one.opened_on, one.clear_by, one.reason


def _state(asked: Asked, case: Case | None) -> str:
    return asked.loops[case.loop].state(case.state).label if case and case.loop in asked.loops else ""


def _words(asked: Asked, name: str) -> dict[str, str]:
    return {one.code: one.zh for one in wording.listed(asked.body.plant, name)}


SEE = "meetings.see"
SHEETS: Mapping[str, tuple[str, Callable[[Asked], Iterator[Row]]]] = {
    "known": (SEE, _known),
    "duties": (SEE, _duties),
    "meetings": (SEE, _meetings),
    "resolutions": (SEE, _resolutions),
    "studied": (SEE, _studied),
    "relays": (SEE, _relays),
    "cases": ("cases.see", _cases),
    "rounds": (SEE, _rounds),
    "stages": (SEE, _stages),
    "talks": ("talks.see", _talks),
    "visits": ("serving.see", _visits),
    "papers": ("commitments.see", _papers),
    "integrity": ("integrity.see", _integrity),
    "findings": ("sheet.see", _findings),
}
"""Each sheet with the verb that its own pages ask for: the book opens nothing that those keep shut."""


def body_of(*, scope: Scope, code: str, month: Period) -> Body | None:
    """A branch of the month whose book the reader may print."""
    branches = BodyState.objects.filter(kind__in=BRANCHES).within(month.first, month.last)
    mine = scope.bodies(SEE).filter(code=code, pk__in=branches.values("body"))
    return mine.select_related("plant").first()


def branches(*, scope: Scope, places: Places, month: Period) -> list[tuple[str, str, int, int]]:
    """Code, name, meetings held and called off in the month, of every branch whose book the reader may print."""
    view = places.party.at(min(month.last, places.on))
    mine = [one for one in view.of_kind(*BRANCHES) if covers(scope.reach(SEE), body=int(one.id), plant=places.plant.pk)]
    first, after = (dt.datetime.combine(day, dt.time.min) for day in (month.first, month.last + ONE))
    rows = Gathering.objects.filter(plant=places.plant, starts_at__gte=first, starts_at__lt=after)
    found: Counter[tuple[int, str]] = Counter()
    for body, state, count in rows.order_by().values_list("body", "state").annotate(Count("pk")):
        if body in view and (branch := view.nearest(body, *BRANCHES)):
            found[int(branch.id), state] += count
    return [
        (places.body_codes[int(one.id)], one.name, found[int(one.id), "closed"], found[int(one.id), "cancelled"])
        for one in mine
    ]
