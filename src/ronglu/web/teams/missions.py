"""Call-outs in the browser: called, reported by the team, judged by somebody outside it; and their list to take away."""

from typing import TYPE_CHECKING, Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ronglu.config import plant
from ronglu.web.access import page, require, scope_of_request
from ronglu.web.book import Sheet, workbook_of
from ronglu.web.deeds import Deed, chosen, judged, known, on, within
from ronglu.web.teams import forms
from ronglu.web.teams.frame import MARKS, SEE, deed_page, file_name
from ronglu.web.teams.views import team_here, up_to
from ronglu.web.where import Here, here
from ronglu.web.words import named, pack_of
from ronglu.work import missions as verbs
from ronglu.work.queries import teams as queries
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import Mission, Team

CALL, REPORT, VERIFY = "missions.call", "missions.report", "missions.verify"
READY = ("called", "under_way", "rejected")


def _call(team: "Team", **said: Any) -> "Mission":
    return verbs.call(team=team, loops=plant.pack_of(team.plant.code).loops, **said)


CALLED = Deed(
    label=_("调用"), icon="alarm", form=forms.Called, run=_call, done=_("已下出动令。"),
    says=_("队长和队员在待办和这一页看到任务。"),
)  # fmt: skip
STEPS = {
    "start": Deed(
        label=_("到位"), icon="check", form=forms.Nothing, run=on(verbs.start, "mission"), done=_("已记到位时间。"),
        says=_("记下现在的时间。"), shown=lambda mission: mission.state == "called",
    ),
    "report": Deed(
        label=_("报告"), form=forms.Reported, run=on(verbs.report, "mission"), done=_("已报告，等队外的人核实。"),
        shown=lambda mission: mission.state in READY,
    ),
}  # fmt: skip
JUDGE = Deed(
    label=_("核实"), icon="audited", form=forms.Judged, run=judged(verbs.verify, "mission"), done=_("已核实。"),
    says=_("看现场、看记录、看指标；报告的人和队员不能核实。"),
)  # fmt: skip


@page(verb=SEE)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    mission, where = _here(request, pk)
    scope, places = scope_of_request(request), Places(where.plant, where.on)
    members = queries.members(team=mission.team, on=where.on)
    inside = scope.person_id in {one.person_id for one in members}
    indicator = pack_of(where.plant.code).indicators.get(mission.indicator)
    context = {
        "mission": mission,
        "mark": MARKS[mission.state],
        "here": where,
        "place": places.unit_path(mission.unit_id),
        "indicator": f"{mission.indicator} {named(indicator)}" if indicator else mission.indicator,
        "sees": queries.names_seen(scope=scope, team=mission.team, members=members),
        "steps": [(word, one) for word, one in STEPS.items() if inside and one.shown(mission)],
        "may_verify": not inside and mission.state == "reported" and scope.may(VERIFY, mission.unit) is None,
        "crumbs": [
            (gettext("队伍与劳动"), reverse("teams") + where.tail),
            up_to(mission.team, where),
            (gettext("出动"), ""),
        ],
    }
    return render(request, "teams/mission.html", context)


@page(verb=CALL)
def call(request: HttpRequest, code: str) -> HttpResponse:
    team, where = team_here(request, code)
    require(request, CALL, team.plant)
    return deed_page(
        request,
        CALLED,
        subject=team,
        title=team.name,
        where=where,
        up=up_to(team, where),
        places=within(request, where, units=CALL),
        landing=lambda mission: reverse("mission", args=[mission.pk]) + where.tail,
    )


@page(verb=REPORT)
def report(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """Whether he is of the team, the verb asks: here it is enough to be of the plant."""
    mission, where = _here(request, pk)
    return deed_page(
        request, chosen(STEPS, deed), subject=mission, title=mission.team.name, where=where, up=_up(mission, where)
    )


@page(verb=VERIFY)
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    mission, where = _here(request, pk)
    require(request, VERIFY, mission.unit)
    return deed_page(request, JUDGE, subject=mission, title=mission.team.name, where=where, up=_up(mission, where))


@page(verb=SEE)
def xlsx(request: HttpRequest) -> FileResponse:
    where = here(request, SEE)
    rows = queries.shown(queries.missions(plant=where.plant), places=Places(where.plant, where.on))
    heads = [
        gettext("队伍"), gettext("类型"), gettext("地点"), gettext("调用时间"), gettext("任务"), gettext("事项编号"),
        gettext("状态"), gettext("做了什么"), gettext("自报成效"), gettext("指标"), gettext("之前"), gettext("之后"),
        gettext("核实意见"),
    ]  # fmt: skip
    lines = [_line(row) for row in rows]
    name = gettext("出动")
    return workbook_of([Sheet(name, heads, lines)], name=file_name(where.plant, name, where))


def _line(row: queries.MissionRow) -> list[str]:
    one = row.mission
    return [
        one.team.name, named(one.team.get_kind_display()), row.place, f"{one.called_at:%Y-%m-%d %H:%M}", one.why,
        one.case.number if one.case else "", named(one.get_state_display()), one.report, one.effect, one.indicator,
        one.before, one.after, one.verdict,
    ]  # fmt: skip


def _here(request: HttpRequest, pk: int) -> "tuple[Mission, Here]":
    mission = known(queries.mission_of(scope=scope_of_request(request), pk=pk))
    return mission, here(request, SEE, of=mission.team.plant)


def _up(mission: "Mission", where: Here) -> tuple[str, str]:
    return gettext("出动"), reverse("mission", args=[mission.pk]) + where.tail
