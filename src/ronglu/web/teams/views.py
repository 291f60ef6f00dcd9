"""The pages of teams: the register of a day, one team, and what may be arranged for it."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ronglu.web.access import asked, page, require, scope_of_request
from ronglu.web.deeds import Deed, chosen, known, on, within
from ronglu.web.teams import forms
from ronglu.web.teams.frame import MARKS, SEE, bar, deed_page
from ronglu.web.where import Here, here
from ronglu.work import teams as verbs
from ronglu.work.queries import teams as queries
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import Team

EDIT = "teams.edit"
RECENT = 20

NEW = Deed(label=_("组建队伍"), icon="plus", form=forms.NewTeam, run=on(verbs.found, "plant"), done=_("队伍已组建。"))
LEAVE = Deed(label=_("离队"), icon="x", form=forms.OnDay, run=on(verbs.leave, "member"), done=_("已登记离队。"))
DEEDS = {
    "join": Deed(
        label=_("编入队员"), icon="plus", form=forms.Joined, run=on(verbs.join, "team"), done=_("已编入。"),
        says=_("队员不限党员；分工写清楚，调用时才知道找谁。"),
    ),
    "correct": Deed(label=_("更正"), form=forms.Named, run=on(verbs.correct, "team"), done=_("已更正。")),
    "disband": Deed(
        label=_("解散"), icon="x", form=forms.OnDay, run=on(verbs.disband, "team"), done=_("已解散。"),
        says=_("从所选的那天起没有队员、不再调用；以前的出动都在。"),
    ),
}  # fmt: skip


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, SEE), scope_of_request(request)
    places = Places(where.plant, where.on)
    recent = queries.shown(queries.missions(plant=where.plant)[:RECENT], places=places)
    context = {
        "bar": bar(request, where, "teams"),
        "teams": queries.listed(plant=where.plant, places=places),
        "missions": [(row, MARKS[row.mission.state]) for row in recent],
        "may_edit": scope.has(EDIT),
        "may_call": scope.has("missions.call"),
        "tail": where.tail,
    }
    return render(request, "teams/list.html", context)


@page(verb=SEE)
def show(request: HttpRequest, code: str) -> HttpResponse:
    team, where = team_here(request, code)
    scope, places = scope_of_request(request), Places(where.plant, where.on)
    members = queries.members(team=team, on=where.on)
    may_edit = scope.may(EDIT, team.body) is None
    sees = queries.names_seen(scope=scope, team=team, members=members)
    found = queries.shown(queries.missions(plant=where.plant, team=team)[:RECENT], places=places)
    context = {
        "team": team,
        "here": where,
        "body": places.body_name(team.body_id),
        "members": members if sees else [one for one in members if one.role == "leader"],
        "hidden": 0 if sees else sum(one.role != "leader" for one in members),
        "missions": [(row, MARKS[row.mission.state]) for row in found],
        "deeds": list(DEEDS.items()) if may_edit and team.holds(where.on) else [],
        "may_edit": may_edit,
        "may_call": scope.has("missions.call") and team.holds(where.on),
        "crumbs": [(_("队伍与劳动"), reverse("teams") + where.tail), (team.name, "")],
    }
    return render(request, "teams/team.html", context)


@page(verb=EDIT)
def new(request: HttpRequest) -> HttpResponse:
    where = here(request, EDIT)
    up = (str(_("队伍")), reverse("teams") + where.tail)
    return deed_page(
        request,
        NEW,
        subject=where.plant,
        title=where.plant.name,
        where=where,
        up=up,
        places=within(request, where, bodies=EDIT),
        landing=lambda team: reverse("team", args=[team.code]) + where.tail,
    )


@page(verb=EDIT)
def do(request: HttpRequest, code: str, deed: str) -> HttpResponse:
    team, where = team_here(request, code)
    require(request, EDIT, team.body)
    initial = {"name": team.name, "purpose": team.purpose}
    return deed_page(
        request,
        chosen(DEEDS, deed),
        subject=team,
        title=team.name,
        where=where,
        up=up_to(team, where),
        initial=initial,
    )


@page(verb=EDIT)
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    member = known(queries.member_of(pk=pk))
    require(request, EDIT, member.team.body)
    where = here(request, EDIT, of=member.team.plant)
    title = f"{member.person.name} · {member.team.name}"
    return deed_page(request, LEAVE, subject=member, title=title, where=where, up=up_to(member.team, where))


def team_here(request: HttpRequest, code: str) -> "tuple[Team, Here]":
    team = known(queries.team_of(scope=scope_of_request(request), code=code, plant=asked(request, "plant")))
    return team, here(request, SEE, of=team.plant)


def up_to(team: "Team", where: Here) -> tuple[str, str]:
    return team.name, reverse("team", args=[team.code]) + where.tail
