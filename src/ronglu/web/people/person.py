"""The page of one person, and everything that can be arranged for him from a day on."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ronglu.web.access import asked, page, require, scope_of_request
from ronglu.web.deeds import Deed, perform
from ronglu.web.org.frame import checked, recheck
from ronglu.web.people import forms
from ronglu.web.where import here
from ronglu.work import deputies
from ronglu.work import people as verbs
from ronglu.work.queries.org import person_page, role_label
from ronglu.work.queries.people_list import by_number, post_of
from ronglu.work.queries.places import Places
from ronglu.work.queries.teams import SEE as TEAMS
from ronglu.work.queries.teams import teams_of
from ronglu.work.queries.zones import SEE as ZONES
from ronglu.work.queries.zones import duties_of

if TYPE_CHECKING:
    from ronglu.store.models import Person, Post

Now = dict[str, Any]
"""What holds for the person on the day: engagement, membership."""


def _at_work(now: Now) -> bool:
    return now["work"] is not None


def _member(now: Now) -> bool:
    return now["party"] is not None


def _correct(person: "Person", **rows: Any) -> "Person":
    return verbs.correct(person=person, **rows)


def _relieve(post: "Post", **rows: Any) -> None:
    verbs.relieve(post=post, **rows)
    recheck(post.person.plant, rows)


DEEDS = {
    "engage": Deed(
        label=_("到岗"), icon="plus", form=forms.Engaged, run=checked(verbs.engage, "person"), done=_("已登记到岗。"),
        shown=lambda now: not _at_work(now),
    ),
    "transfer": Deed(
        label=_("调动"), icon="swap", form=forms.Transferred, run=checked(verbs.transfer, "person"),
        done=_("已调动。"), says=_("从所选的那天起在新单位，之前的月份仍算在原单位。党小组不自动跟着走，由人确认。"),
        shown=_at_work,
    ),
    "second": Deed(
        label=_("借调"), icon="clock", form=forms.Lent, run=checked(verbs.second, "person"), done=_("借调已登记。"),
        says=_("借调期满自动回到原单位，不用再办。"), shown=_at_work,
    ),
    "admit": Deed(
        label=_("编入党组织"), icon="link", form=forms.Admitted, run=checked(verbs.admit, "person"),
        done=_("组织关系已登记。"), says=_("一人同一天只在一个支部或党小组，原来的到前一天为止。"),
    ),
    "confirm": Deed(
        label=_("转正"), icon="check", form=forms.OnDay, run=checked(verbs.confirm, "person"), done=_("已转正。"),
        shown=lambda now: _member(now) and now["party"].status == "probationary",
    ),
    "appoint": Deed(
        label=_("任职"), icon="person", form=forms.Appointed, run=checked(verbs.appoint, "person"),
        done=_("任职已登记。"), says=_("一人可以同时有党内和行政职务（双向进入、交叉任职）。"),
    ),
    "correct": Deed(
        label=_("更正"), icon="edit", form=forms.Corrected, run=_correct,
        done=_("已更正。"),
    ),
    "leave": Deed(
        label=_("离开"), icon="x", form=forms.OnDay, run=checked(verbs.leave, "person"), done=_("已登记离开。"),
        says=_("从所选的那天起任职、组织关系和职务都结束，以前的记录都在。"), shown=_at_work,
    ),
}  # fmt: skip
"""By the last word of the address."""

RELIEVE = Deed(
    label=_("免职"), icon="x", form=forms.OnDay, run=_relieve, done=_("已免职。"),
    says=_("所选的那天起不再担任，之前的不变。"),
)  # fmt: skip
NEW = Deed(
    label=_("新增人员"), icon="plus", form=forms.Enrolled, run=checked(verbs.take_on, "plant"), done=_("已登记。")
)


@page(verb="people.see")
def show(request: HttpRequest, staff_no: str) -> HttpResponse:
    person = _person(staff_no)
    require(request, "people.see", person)
    where, scope = here(request, "people.see", of=person.plant), scope_of_request(request)
    with_party = scope.may("membership.see", person) is None
    may_edit = scope.may("org.edit", person) is None
    now = _now(person, where.on)
    context = {
        "page": person_page(person=person, on=where.on, with_party=with_party),
        "with_party": with_party,
        "here": where,
        "crumbs": [(str(_("人员")), reverse("people") + where.tail), (person.name, "")],
        "zones": duties_of(person, scope=scope, places=Places(where.plant, where.on)) if scope.has(ZONES) else [],
        "teams": teams_of(person, scope=scope, on=where.on) if scope.has(TEAMS) else [],
        "deputies": deputies.concerning(person=person, on=where.on),
        "deeds": [(word, one) for word, one in DEEDS.items() if one.shown(now)] if may_edit else [],
        "may_edit": may_edit,
        "may_deputise": scope.has("deputies.name"),
    }
    return render(request, "people/person.html", context)


@page(verb="org.edit")
def do(request: HttpRequest, staff_no: str, deed: str) -> HttpResponse:
    person = _person(staff_no)
    require(request, "org.edit", person)
    if deed not in DEEDS:
        raise Http404("没有这件事可办")
    where = here(request, "org.edit", of=person.plant)
    back = reverse("person", args=[staff_no]) + where.tail
    return perform(
        request,
        DEEDS[deed],
        subject=person,
        title=f"{person.name} · {person.staff_no}",
        back=back,
        places=Places(where.plant, where.on),
        initial=_initial(request, person, where.on),
        crumbs=[(str(_("人员")), reverse("people") + where.tail), (person.name, back), (str(DEEDS[deed].label), "")],
        landing=_after_transfer(request, back) if deed == "transfer" else None,
    )


@page(verb="org.edit")
def new(request: HttpRequest) -> HttpResponse:
    where = here(request, "org.edit")
    require(request, "org.edit", where.plant)
    back = reverse("people") + where.tail
    return perform(
        request,
        NEW,
        subject=where.plant,
        title=where.plant.name,
        back=back,
        places=Places(where.plant, where.on),
        crumbs=[(str(_("人员")), back), (str(NEW.label), "")],
        landing=lambda made: reverse("person", args=[made.staff_no]) + where.tail,
    )


@page(verb="org.edit")
def relieve(request: HttpRequest, pk: int) -> HttpResponse:
    post = post_of(pk)
    if post is None:
        raise Http404("没有这项职务")
    require(request, "org.edit", post.person)
    where = here(request, "org.edit", of=post.person.plant)
    back = reverse("person", args=[post.person.staff_no]) + where.tail
    return perform(
        request,
        RELIEVE,
        subject=post,
        title=f"{post.person.name} · {role_label(post.role)}",
        back=back,
        places=Places(where.plant, where.on),
        crumbs=[(str(_("人员")), reverse("people") + where.tail), (post.person.name, back), (str(RELIEVE.label), "")],
    )


def _person(staff_no: str) -> "Person":
    found = by_number(staff_no)
    if found is None:
        raise Http404("没有这个工号")
    return found


def _now(person: "Person", on: dt.date) -> Now:
    return {"work": person.engagements.on(on).first(), "party": person.memberships.on(on).first()}


def _initial(request: HttpRequest, person: "Person", on: dt.date) -> dict[str, Any]:
    """What stands now, so that only what changes has to be written; a proposed group comes with the address."""
    now = _now(person, on)
    return {
        "body": asked(request, "body"),
        "basis": now["party"].basis if now["party"] else "crew",
        "name": person.name,
        "joined_on": person.joined_on,
        "grades": "、".join(person.grades),
        "contact": person.contact,
    }


def _after_transfer(request: HttpRequest, back: str) -> Callable[[verbs.Transferred], str]:
    """A member who came to a crew is shown its group to confirm (S1-02); nobody is moved by the system."""

    def landing(made: verbs.Transferred) -> str:
        if made.suggestion is None:
            return back
        messages.info(request, made.suggestion.reason)
        if not made.suggestion.groups:
            return back
        person, day = made.engagement.person, made.engagement.from_on
        address = reverse("person_deed", args=[person.staff_no, "admit"])
        return f"{address}?body={made.suggestion.groups[0]}&on={day}&plant={person.plant.code}"

    return landing
