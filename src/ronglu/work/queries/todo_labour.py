"""What waits for one reader in teams and labour: call-outs of his team, pieces of his group, what he may check or review."""

from collections.abc import Iterator

from django.db.models import Count, Min, Q

from ronglu.store.models import Mission, ModelPost, TeamMember
from ronglu.work.help import asked_me
from ronglu.work.queries.seasons import own_pieces, pieces_to_check
from ronglu.work.queries.todo_item import Todo
from ronglu.work.scope import Scope

LISTED = 5
RUNNING = ("called", "under_way", "rejected")


def labour(scope: Scope) -> Iterator[Todo]:
    """Nothing for whoever belongs to no plant."""
    if not scope.has("teams.see") or scope.person_id is None:
        return
    yield from _missions(scope)
    yield from _shares(scope)
    yield from _posts(scope)
    if asked_me(scope=scope):
        yield Todo("help")


def _missions(scope: Scope) -> Iterator[Todo]:
    teams = list(TeamMember.objects.on(scope.on).filter(person_id=scope.person_id).values_list("team_id", flat=True))
    for row in Mission.objects.filter(team__in=teams, state__in=RUNNING).select_related("team")[:LISTED]:
        yield Todo("mission", place=row.team.name, key=str(row.pk), since=row.called_at.date())
    if scope.has("missions.verify"):
        rows = Mission.objects.filter(state="reported", unit__in=scope.units("missions.verify"))
        told = rows.exclude(team__in=teams).aggregate(n=Count("pk"), since=Min("reported_at"))
        if told["n"]:
            yield Todo("mission_verify", told["n"], since=told["since"].date())


def _shares(scope: Scope) -> Iterator[Todo]:
    if scope.has("shares.do"):
        told = own_pieces(scope=scope).aggregate(n=Count("pk"), since=Min("due_on"))
        if told["n"]:
            yield Todo("share", told["n"], since=told["since"])
    if scope.has("shares.check"):
        told = pieces_to_check(scope=scope).aggregate(n=Count("pk"), since=Min("done_at"))
        if told["n"]:
            yield Todo("share_check", told["n"], since=told["since"].date())


def _posts(scope: Scope) -> Iterator[Todo]:
    """Model posts whose day of review has come, for those who set them up; not the ones he stands at himself."""
    if not scope.has("teams.edit"):
        return
    reach = scope.reach("teams.edit")
    rows = ModelPost.objects.filter(Q(body__in=reach.bodies) | Q(plant__in=reach.plants), review_on__lte=scope.on)
    told = rows.exclude(state="ended").exclude(people=scope.person_id).aggregate(n=Count("pk"), since=Min("review_on"))
    if told["n"]:
        yield Todo("post_review", told["n"], since=told["since"])
