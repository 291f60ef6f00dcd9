"""What may be done about a meeting besides writing its sheet: arranged, called, opened, moved, cancelled, voted in, corrected."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from ronglu.config import clock, plant
from ronglu.kernel.gathering.guide import Guide
from ronglu.kernel.keys import key_of
from ronglu.web.access import asked, me, page, require, scope_of_request
from ronglu.web.deeds import TROUBLES, Deed, known, on, within
from ronglu.web.gatherings import forms
from ronglu.web.gatherings.figures import figures
from ronglu.web.gatherings.frame import RUN, SEE, crumbs, deed_page, run_by, to
from ronglu.web.where import Here, here
from ronglu.work import gatherings as verbs
from ronglu.work import gatherings_fill, gatherings_guests, gatherings_room, gatherings_votes, guides
from ronglu.work.queries import gatherings as queries
from ronglu.work.scope import Scope

if TYPE_CHECKING:
    from ronglu.store.models import Gathering

CALL = Deed(
    label=_("通知到人"), icon="inbox", form=forms.Agreed, run=on(verbs.call, "gathering"), done=_("已通知到每个应到的人。"),
    says=_("应到的人在“待办”里看到时间、地点；改时间会再通知一次。"),
)  # fmt: skip
OPEN = Deed(
    label=_("开会"), icon="check", form=forms.Agreed, run=verbs.open, done=_("已开会：登记到会、记要点、定决议。"),
    says=_("议程按指导书和现在的记录排好，指标是此刻的数。"),
)  # fmt: skip
CHANGE = Deed(
    label=_("改时间地点"), icon="edit", form=forms.Changed, run=on(verbs.change, "gathering"), done=_("已改。"),
)  # fmt: skip
CANCEL = Deed(
    label=_("没有召开"), icon="x", form=forms.Cancelled, run=on(verbs.cancel, "gathering"), done=_("已登记未召开的理由。"),
    says=_("会议留在记录里，写明理由；规定要开的，另排一次。"),
)  # fmt: skip
REOPEN = Deed(
    label=_("更正记录"), icon="edit", form=forms.Reopened, run=on(verbs.reopen, "gathering"), done=_("可以更正了，改完再办结。"),
    says=_("到会、要点、票数记错的在这里更正。已经转成行动项的决议照常办，责任人、期限到行动项里改。"),
)  # fmt: skip
ADD = Deed(
    label=_("加一条议程"), icon="plus", form=forms.Added, run=on(gatherings_room.add_line, "gathering"), done=_("已加上。"),
)  # fmt: skip
GUEST = Deed(
    label=_("加列席"), icon="plus", form=forms.Guest, run=on(gatherings_guests.invite, "gathering"), done=_("已加上。"),
    says=_("列席的不算应到，没有表决权；纪要和支部手册里写上。"),
)  # fmt: skip
VOTE = Deed(
    label=_("记一次表决"), icon="check", form=forms.Voted, run=on(gatherings_votes.vote, "gathering"), done=_("票数已记下。"),
    says=_("只记票数。先登记到会；人数不够时不能表决、选举。无记名的写计票结果。"),
)  # fmt: skip
POLL = Deed(
    label=_("带入无记名推选结果"), icon="import", form=forms.Brought, run=on(gatherings_votes.take_poll, "gathering"),
    done=_("结果已带入。"),
)  # fmt: skip
SETTLE = Deed(
    label=_("改决议"), icon="edit", form=forms.Settled, run=on(gatherings_room.amend, "resolution"), done=_("已改。")
)  # fmt: skip
DEEDS = {
    "call": (CALL, ("planned",)), "open": (OPEN, ("planned", "called")), "change": (CHANGE, ("planned", "called")),
    "cancel": (CANCEL, ("planned", "called", "open")), "guest": (GUEST, ("planned", "called", "open")), "add": (ADD, ("planned", "called", "open")),
    "reopen": (REOPEN, ("closed",)), "vote": (VOTE, ("open",)), "poll": (POLL, ("open",)),
}  # fmt: skip
DROPPED = {
    "line": ("agenda", gatherings_room.drop_line, "line"),
    "resolution": ("resolutions", gatherings_room.withdraw, "resolution"),
    "vote": ("votes", gatherings_votes.strike, "vote"),
}


@page(verb=RUN)
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """One's own body, today and the guide's length are filled in; `makeup` names the meeting that is made up for."""
    where = here(request, RUN)
    guide = guides.in_force(plant=where.plant, on=where.on).get(kind)
    if guide is None:
        raise Http404("没有这一类会议")
    first = _makeup(request)
    places = within(request, where, bodies=RUN)
    deed = Deed(
        label=_("排一次会"), icon="plus", done=_("已排定。"), run=partial(_arrange, request, guide, first),
        form=_form(guide, where, scope_of_request(request)), says=_("应到的人、召集人和议程由系统带出来，不用填。"),
    )  # fmt: skip
    bodies = places.bodies(*guide.held_by)
    initial = {
        "day": where.on,
        "minutes": guide.minutes,
        "body": first.body_id if first else bodies[0][0] if len(bodies) == 1 else None,
    }
    return deed_page(
        request, deed, subject=guide, title=guide.label, where=where, up=crumbs(where)[0], places=places, initial=initial,
        landing=lambda row: to(row, where),
    )  # fmt: skip


@page(verb=SEE)
def do(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    row, where = run_by(request, pk)
    found, states = DEEDS.get(deed, (None, ()))
    if found is None or row.state not in states:
        raise Http404("没有这件事可办")
    guide = verbs.guide_of(row)
    extra = _offered(row, guide, deed)
    form = partial(found.form, **extra) if extra else found.form
    run = {"open": _opened, "add": _added}.get(deed, found.run)
    shown = Deed(label=found.label, icon=found.icon, form=form, run=run, done=found.done, says=found.says)  # type: ignore[arg-type]
    initial = {"day": row.starts_at.date(), "clock": f"{row.starts_at:%H:%M}", "place": row.place,
               "minutes": (row.ends_at - row.starts_at).seconds // 60}  # fmt: skip
    return deed_page(
        request, shown, subject=row, title=row.title, where=where, up=(row.title, to(row, where)),
        initial=initial if deed == "change" else None,
    )  # fmt: skip


@page(verb=SEE)
def settle(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """A resolution said earlier in the meeting gets its owner and date."""
    row, where = run_by(request, pk)
    one = known(row.resolutions.filter(pk=key).select_related("owner").first())
    people = [(p.person.staff_no, p.person.name) for p in row.people.filter(due=True).select_related("person")]
    owner = one.owner.staff_no if one.owner else ""
    there = owner in dict(people)
    initial = {"text": one.text, "owner": owner if there else "", "staff": "" if there else owner, "due_on": one.due_on}
    return deed_page(
        request, replace(SETTLE, form=partial(forms.Settled, people=people)), subject=one, title=row.title, where=where, up=(row.title, to(row, where)), initial=initial
    )  # fmt: skip


@page(verb=SEE)
@require_POST
def drop(request: HttpRequest, pk: int, what: str, key: int) -> HttpResponse:
    row, where = run_by(request, pk)
    if what not in DROPPED:
        raise Http404("没有这件事可办")
    rows, verb, name = DROPPED[what]
    one = known(getattr(row, rows).filter(pk=key).first())
    try:
        verb(**{name: one}, by=me(request), at=clock.now())
    except TROUBLES as trouble:
        messages.error(request, str(trouble))
    else:
        messages.success(request, _("已去掉。"))
    return redirect(to(row, where))


@page(verb=SEE)
@require_POST
def dismiss(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    row, where = run_by(request, pk)
    try:
        gatherings_guests.dismiss(gathering=row, key=key, by=me(request), at=clock.now())
    except TROUBLES as trouble:
        messages.error(request, str(trouble))
    else:
        messages.success(request, _("已去掉。"))
    return redirect(to(row, where))


def _form(guide: Guide, where: Here, scope: Scope) -> Any:
    if "team" in guide.held_by:
        return partial(forms.TeamArranged, teams=queries.teams(scope, where.plant, where.on))
    return partial(forms.Arranged, guide=guide)


def _arrange(request: HttpRequest, guide: Guide, first: "Gathering | None", subject: Any, **said: Any) -> "Gathering":
    team = said.get("team")
    if team is None:
        require(request, RUN, said["body"])
        return verbs.arrange(kind=guide.kind, makeup_of=first, **said)
    require(request, RUN, team.body)
    return verbs.arrange_weekly(body=team.body, kind=guide.kind, **said)[0]


def _makeup(request: HttpRequest) -> "Gathering | None":
    key = key_of(asked(request, "makeup"))
    return run_by(request, key)[0] if key is not None else None


def _offered(row: "Gathering", guide: Guide, deed: str) -> dict[str, Any]:
    """What the form of a deed lets one choose from."""
    if deed == "poll":
        return {"guide": guide, "polls": gatherings_votes.polls(row)}
    if deed == "vote":
        return {"guide": guide, "earlier": _earlier(row)}
    return {"guide": guide} if deed == "add" else {}


def _earlier(row: "Gathering") -> list[Any]:
    return gatherings_votes.discussed(row) if row.kind == "assembly" else []


def _opened(row: "Gathering", **said: Any) -> Any:
    lines = gatherings_fill.lines(row, guide=verbs.guide_of(row), loops=plant.packs().loops, figures=figures(row))
    return verbs.open(gathering=row, lines=lines, **said)


def _added(row: "Gathering", *, number: str, **said: Any) -> Any:
    case = gatherings_room.case_of(row, number) if number.strip() else None
    return gatherings_room.add_line(gathering=row, case=case, **said)
