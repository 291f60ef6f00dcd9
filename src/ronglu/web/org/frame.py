"""What the organisation's pages share: their tabs, the subject behind an address, and the check after each deed."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronglu.web.access import asked, require, scope_of_request
from ronglu.web.bars import Bar, bar_of
from ronglu.web.deeds import Deed, perform
from ronglu.web.where import Here, here
from ronglu.work.findings import refresh_findings
from ronglu.work.queries.org_findings import at_places, ordered, shown, visible
from ronglu.work.queries.org_page import BodyPage, UnitPage, body_of, unit_of
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import Body, Plant, Unit

T = TypeVar("T")

VERBS = {"org_findings": "sheet.see", "org_years": "sheet.see", "org_posts": "membership.see"}


def bar(request: HttpRequest, where: Here, tab: str) -> Bar:
    names = {
        "org": _("对应图"),
        "org_coverage": _("覆盖"),
        "org_findings": _("检查发现"),
        "org_years": _("全年一览"),
        "org_rules": _("规则"),
        "org_posts": _("双向任职"),
    }
    return bar_of(request, where, tab, names=names, verbs=VERBS)


def body_here(request: HttpRequest, code: str) -> "tuple[Body, Here]":
    """The body of a code in the plants one may see, with its plant and the day asked for."""
    found = body_of(scope=scope_of_request(request), code=code, plant=asked(request, "plant"))
    return _known(found), here(request, "org.see", of=_known(found).plant)


def unit_here(request: HttpRequest, code: str) -> "tuple[Unit, Here]":
    found = unit_of(scope=scope_of_request(request), code=code, plant=asked(request, "plant"))
    return _known(found), here(request, "org.see", of=_known(found).plant)


def _known(found: T | None) -> T:
    if found is None:
        raise Http404("没有这个编码，或不在您的范围内")
    return found


def subject_page(
    request: HttpRequest,
    kind: str,
    subject: "Body | Unit",
    where: Here,
    told: BodyPage | UnitPage,
    deeds: dict[str, Deed],
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The page of a body or a unit (`kind` is the name of its address and template), with what may be done to it."""
    scope, places = scope_of_request(request), Places(where.plant, where.on)
    seen = visible(scope=scope, plant=where.plant, on=where.on)
    found = ordered(at_places(seen, bodies=[subject]) if kind == "body" else at_places(seen, units=[subject]))
    may_edit = scope.may("org.edit", subject) is None
    context = {
        "page": told,
        "here": where,
        "crumbs": crumbs_of(kind, told, where),
        "findings": shown(found, places=places, on=where.on),
        "deeds": [(word, one) for word, one in deeds.items() if one.shown(told)] if may_edit and told.exists else [],
        "may_edit": may_edit,
        "sees_year": kind == "body" and scope.may("sheet.see", subject) is None,
        **(more or {}),
    }
    return render(request, f"org/{kind}.html", context)


def found_new(request: HttpRequest, kind: str, deed: Deed) -> HttpResponse:
    """The form for a body or unit that does not exist yet."""
    where = here(request, "org.edit")
    require(request, "org.edit", where.plant)
    return perform(
        request,
        deed,
        subject=where.plant,
        title=where.plant.name,
        back=reverse("org") + where.tail,
        places=Places(where.plant, where.on),
        initial={"parent": asked(request, "parent")},
        crumbs=[_top(where), (str(deed.label), "")],
        landing=lambda made: reverse(kind, args=[made.code]) + where.tail,
    )


def crumbs_of(kind: str, told: BodyPage | UnitPage, where: Here) -> list[tuple[str, str]]:
    above = [(name, reverse(kind, args=[code]) + where.tail) for code, name, _kind in told.path]
    return [_top(where), *above, (told.name, "")]


def _top(where: Here) -> tuple[str, str]:
    return _("组织"), reverse("org") + where.tail


def checked(verb: Callable[..., Any], name: str) -> Callable[..., Any]:
    """The verb on the page's subject, then the rules once more: a gap that was closed must not stay in the list."""

    def run(subject: Any, **rows: Any) -> Any:
        made = verb(**{name: subject}, **rows)
        recheck(subject if name == "plant" else subject.plant, rows)
        return made

    return run


def recheck(plant: "Plant", rows: dict[str, Any]) -> None:
    refresh_findings(plant=plant, on=rows["at"].date(), at=rows["at"], by=rows["by"])
