"""One way for every form that does one thing to one subject: show it, do it, say so, or say what was wrong."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ronglu.config import clock
from ronglu.kernel.loops.errors import LoopTrouble
from ronglu.kernel.org.errors import OrgTrouble
from ronglu.kernel.standing.errors import StandingTrouble
from ronglu.kernel.time.errors import TimeTrouble
from ronglu.web.access import me
from ronglu.web.fields import DeedForm
from ronglu.web.where import Here
from ronglu.work.closings import Closed
from ronglu.work.queries.places import Places

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
