"""One way for every form that does one thing to one subject: show it, do it, say so, or say what was wrong."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ronglu.config import clock
from ronglu.kernel.loops.errors import LoopTrouble
from ronglu.kernel.org.errors import OrgTrouble
from ronglu.kernel.standing.errors import StandingTrouble
from ronglu.kernel.time.errors import TimeTrouble
from ronglu.web.access import me, scope_of_request
from ronglu.web.fields import DeedForm
from ronglu.web.where import Here
from ronglu.work.closings import Closed
from ronglu.work.queries.places import Places
from ronglu.work.queries.within import Within
from ronglu.work.scope import ACTING

T = TypeVar("T")
Words = str | Promise
TROUBLES = (LoopTrouble, OrgTrouble, StandingTrouble, TimeTrouble, Closed)
"""What verbs raise in words for the person who tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """`run(subject, by=, at=, **rows)` calls one verb; `says` tells what will happen before it does."""

    label: Words
    form: type[DeedForm]
    run: Callable[..., Any]
    done: Words
    says: Words = ""
    yes: Words = ""
    icon: str = "edit"
    shown: Callable[[Any], bool] = field(default=lambda page: True)
    """Whether the deed makes sense for this subject as it stands."""


def perform(
    request: HttpRequest,
    deed: Deed,
    *,
    subject: Any,
    title: str,
    back: str,
    places: Places,
    initial: Mapping[str, Any] | None = None,
    crumbs: list[tuple[str, str]] | None = None,
    landing: Callable[[Any], str] | None = None,
    template: str = "deed.html",
) -> HttpResponse:
    """GET shows the form, POST does it; what was refused stands above the form, and nothing was changed."""
    form = deed.form(request.POST or None, places=places, initial={"on": places.on} | dict(initial or {}))
    if scope_of_request(request).has(ACTING):
        form.suggest()
    if request.method == "POST" and form.is_valid():
        try:
            result = deed.run(subject, by=me(request), at=clock.now(), **form.rows())
        except TROUBLES as trouble:
            for line in str(trouble).splitlines() or [""]:
                form.add_error(None, line)
        else:
            messages.success(request, _said(deed, form.cleaned_data.get("on")))
            return redirect(landing(result) if landing else back)
    context = {"deed": deed, "form": form, "title": title, "back": back, "crumbs": crumbs or []}
    return render(request, template, context, status=422 if form.errors else 200)


def _said(deed: Deed, on: dt.date | None) -> str:
    """Who arranged something ahead is told when it begins: the page he lands on still shows today."""
    later = on is not None and on > clock.today()
    return str(deed.done) + (_("自 %s 起。") % on if later else "")


def page_of_deed(
    first: tuple[Words, str],
    request: HttpRequest,
    deed: Deed,
    *,
    subject: Any,
    title: str,
    where: Here,
    up: tuple[str, str],
    places: Places | None = None,
    initial: Mapping[str, Any] | None = None,
    landing: Callable[[Any], str] | None = None,
) -> HttpResponse:
    """`first`: label and url name where a module's pages begin, bound once by its frame; `up`: label and address one came from."""
    label, begins = first
    return perform(
        request, deed, subject=subject, title=title, back=up[1], places=places or Places(where.plant, where.on),
        initial=initial, landing=landing, crumbs=[(str(label), reverse(begins) + where.tail), up, (str(deed.label), "")],
    )  # fmt: skip


def back_to(label: Words, name: str, where: Here, *args: Any) -> tuple[str, str]:
    """The page of this name as `page_of_deed` takes it for `up`."""
    return str(label), reverse(name, args=args) + where.tail


def known(found: T | None) -> T:
    """What an address names; one that is not there and one that is another's are told apart for nobody."""
    if found is None:
        raise Http404("没有这一项，或不在您的范围内")
    return found


def chosen(deeds: Mapping[str, Deed], word: str, subject: Any = None) -> Deed:
    """The deed behind the last word of an address, where it makes sense for the subject as it stands."""
    if word not in deeds or (subject is not None and not deeds[word].shown(subject)):
        raise Http404("没有这件事可办")
    return deeds[word]


def within(request: HttpRequest, where: Here, *, bodies: str = "", units: str = "") -> Places:
    """The places of a form: only those over which the reader holds the verb named for them."""
    scope = scope_of_request(request)
    return Within(
        where.plant,
        where.on,
        bodies_of=scope.reach(bodies) if bodies else None,
        units_of=scope.reach(units) if units else None,
    )


def on(verb: Callable[..., Any], name: str) -> Callable[..., Any]:
    """The verb with the page's subject as its argument `name`."""
    return lambda subject, **said: verb(**{name: subject}, **said)


def judged(verb: Callable[..., Any], name: str) -> Callable[..., Any]:
    """A form's yes or no as the verb's `holds`."""
    return lambda subject, holds, **said: verb(**{name: subject}, holds=holds == "yes", **said)
