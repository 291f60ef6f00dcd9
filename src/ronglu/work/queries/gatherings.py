"""Meetings as pages show them: which a reader may see and run, what one of them lacks, and how the weekly ones go on."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from ronglu.kernel.gathering.guide import Guide
from ronglu.kernel.gathering.musts import WORDS
from ronglu.kernel.gathering.weekly import Streak, streak
from ronglu.kernel.loops.loop import RUNNING
from ronglu.store import studied
from ronglu.store.models import AgendaRow, Gathering, GatheringPerson, MeetingVote, Plant, Resolution, Team
from ronglu.work import gatherings_votes
from ronglu.work.gatherings_due import DELEGATED, HEADS
from ronglu.work.scope import Scope

SEE, RUN = "meetings.see", "meetings.run"
AHEAD = ("planned", "called", "open")
WEEKLY = "tackle_meeting"


def visible(scope: Scope) -> QuerySet[Gathering]:
    """Of the bodies one belongs to or looks after, and those one is due at oneself."""
    reach = scope.reach(SEE)
    if reach.everywhere:
        return Gathering.objects.all()
    found = Q(body__in=reach.bodies) | Q(plant__in=reach.plants)
    if scope.person_id is not None:
        mine = GatheringPerson.objects.filter(person=scope.person_id).values("gathering")
        found |= Q(convener=scope.person_id) | Q(recorder=scope.person_id) | Q(pk__in=mine)
    return Gathering.objects.filter(found)


def may_run(scope: Scope, row: Gathering) -> bool:
    """Who looks after the body, and who convenes or writes this one: the leader of a tackling team holds no seat."""
    own = scope.person_id is not None and scope.person_id in (row.convener_id, row.recorder_id)
    return own or scope.may(RUN, row.body) is None


def listed(scope: Scope, plant: Plant, *, kind: str = "") -> QuerySet[Gathering]:
    rows = visible(scope).filter(plant=plant).select_related("body", "team")
    rows = rows.filter(kind=kind) if kind else rows
    return rows.annotate(
        decided=Count("resolutions", distinct=True),
        unsettled=Count("resolutions", filter=Q(resolutions__case__phase__in=RUNNING), distinct=True),
    )


def ahead(rows: QuerySet[Gathering]) -> QuerySet[Gathering]:
    """Not over yet, also those whose day has passed: they wait to be written down or cancelled."""
    return rows.filter(state__in=AHEAD).order_by("starts_at", "pk")


def over(rows: QuerySet[Gathering]) -> QuerySet[Gathering]:
    return rows.exclude(state__in=AHEAD).order_by("-starts_at", "-pk")


def late(scope: Scope) -> list[dt.date]:
    """Days of meetings of the bodies one looks after that are over and were neither closed nor cancelled; the oldest first."""
    reach, today = scope.reach(RUN), dt.datetime.combine(scope.on, dt.time.min)
    rows = Gathering.objects.filter(state__in=AHEAD, ends_at__lt=today)
    if not reach.everywhere:
        rows = rows.filter(Q(body__in=reach.bodies) | Q(plant__in=reach.plants))
    return [moment.date() for moment in rows.order_by("starts_at").values_list("starts_at", flat=True)]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One meeting with all its rows; six queries."""

    row: Gathering
    people: list[GatheringPerson]
    agenda: list[AgendaRow]
    resolutions: list[Resolution]
    votes: list[MeetingVote]

    def of(self, block: str) -> list[AgendaRow]:
        return [one for one in self.agenda if one.block == block]

    def beside(self, guide: Guide) -> list[AgendaRow]:
        """Lines in no block of the guide: put there by hand or by another page."""
        known = {block.code for block in guide.blocks}
        return [one for one in self.agenda if one.block not in known]

    @property
    def away(self) -> list[GatheringPerson]:
        return [one for one in self.people if one.mark == "away"]


def sheet(row: Gathering) -> Sheet:
    return Sheet(
        row=row,
        people=list(row.people.filter(due=True).select_related("person").order_by("person__staff_no")),
        agenda=list(row.agenda.select_related("case", "document", "about").order_by("no", "pk")),
        resolutions=list(row.resolutions.select_related("owner", "case", "about")),
        votes=list(row.votes.select_related("discussed_in")),
    )


def warnings(found: Sheet, guide: Guide) -> list[str]:
    """What is worth a look before closing; none of it forbids to close. Three queries where study is tied to work."""
    row, told = found.row, list[str]()
    titles = {one.pk: one.title for one in found.agenda}
    chains = studied.of_meeting(row.pk) if guide.ties else {}
    told += [f"“{titles[pk]}”{WORDS[link]}" for pk, chain in chains.items() for link in chain.missing if pk in titles]
    told += [f"“{one.title}”还没有写措施" for one in _without_measure(found.agenda)]
    wanted = (guide.convener, DELEGATED) if guide.convener == "secretary" else (guide.convener,)
    if guide.convener in HEADS and row.convened_as not in wanted:
        told.append(f"{guide.label}应由{HEADS[guide.convener]}召集，请核对召集人")
    return told


def _without_measure(agenda: Sequence[AgendaRow]) -> list[AgendaRow]:
    """Figures behind their plan to which nothing was said; where none is behind, the first as long as none has a measure."""
    figures = [one for one in agenda if one.source == "indicator"]
    silent = [one for one in figures if not one.said]
    behind = [one for one in silent if one.figures.get("behind")]
    return behind or (silent[:1] if len(silent) == len(figures) else [])


def outcomes(found: Sheet) -> list[tuple[MeetingVote, bool]]:
    """Each vote with whether it passed, by the rules of its day."""
    if not found.votes:
        return []
    shares = gatherings_votes.limits(found.row.plant, found.row.starts_at.date())
    return [(one, gatherings_votes.outcome(one, shares)) for one in found.votes]


def makeups(row: Gathering) -> list[Gathering]:
    return list(row.makeups.exclude(state="cancelled").order_by("starts_at"))


def teams(scope: Scope, plant: Plant, on: dt.date) -> list[Team]:
    """Those for which the reader may arrange a meeting."""
    reach = scope.reach(RUN)
    rows = Team.objects.on(on).filter(plant=plant).select_related("body")
    if not (reach.everywhere or plant.pk in reach.plants):
        rows = rows.filter(body__in=reach.bodies)
    return list(rows)


def weekly(scope: Scope, plant: Plant, on: dt.date) -> list[tuple[Team, Streak]]:
    """“雷打不动”: each team that ever met weekly, from its first such meeting on. Two queries."""
    reach = scope.reach(SEE)
    teams = Team.objects.on(on).filter(plant=plant)
    if not (reach.everywhere or plant.pk in reach.plants):
        teams = teams.filter(Q(body__in=reach.bodies) | Q(members__person=scope.person_id or 0)).distinct()
    rows = Gathering.objects.filter(team__in=teams, kind=WEEKLY).exclude(state="cancelled")
    first: dict[int, dt.date] = {}
    held: dict[int, list[dt.date]] = defaultdict(list)
    for team, starts_at, state in rows.order_by("starts_at").values_list("team_id", "starts_at", "state"):
        if team is not None:
            first.setdefault(team, starts_at.date())
            held[team] += [starts_at.date()] if state == "closed" else []
    named: Sequence[Team] = list(teams.filter(pk__in=first)) if first else []
    return [(one, streak(held[one.pk], since=first[one.pk], on=on)) for one in named]
