"""五个一 in the browser: all branches by five, one branch with what each entry says, and the forms of the four verbs."""

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ronglu.config.plant import pack_of, packs
from ronglu.web.access import page, require, scope_of_request
from ronglu.web.deeds import Deed, judged, known, on, perform
from ronglu.web.standards import forms
from ronglu.web.standards.frame import CHIPS, SEE, bar, branch_here
from ronglu.web.where import Here, here
from ronglu.work import standards as verbs
from ronglu.work.queries import honours
from ronglu.work.queries import standards as queries
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import StandardItem

ENTER, CHECK = queries.ENTER, queries.CHECK
NEW = Deed(
    label=_("登记一样"), icon="plus", form=forms.Entered, run=on(verbs.enter, "body"), done=_("已登记，等支部以外的人检查。"),
    says=_("写明在哪里、凭什么说有、到哪天有效；别人看过以后才算有效。"),
)  # fmt: skip
CORRECT = Deed(
    label=_("更正"), form=forms.Told, run=on(verbs.correct, "item"), done=_("已更正，重新等检查。"),
    says=_("更正的人就是登记的人，不能再由他检查。"), shown=lambda item: item.state in ("entered", "returned"),
)  # fmt: skip
CHECKS = {
    "check": Deed(
        label=_("检查"), icon="audited", form=forms.Looked, run=judged(verbs.check, "item"), done=_("已检查。"),
        says=_("到现场或看原件；登记的人和本支部任职的人不能检查。"), shown=lambda item: item.state == "entered",
    ),
    "look": Deed(
        label=_("季检"), icon="eye", form=forms.LookedAgain, run=judged(verbs.look, "item"), done=_("已记下。"),
        says=_("每季看一遍还在不在；已经没有的，从那一天起失效。"), shown=lambda item: item.state == "valid",
    ),
}  # fmt: skip


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope, declared = here(request, SEE), scope_of_request(request), packs().base.standards
    found = queries.branches(scope=scope, places=Places(where.plant, where.on), standards=declared)
    context = {
        "bar": bar(request, where, "standards"),
        "kinds": declared.kinds.values(),
        "rows": [(one, [(five, *CHIPS[five.stand]) for five in one.fives]) for one in found],
        "totals": [sum(one.fives[no].stand.counts for one in found) for no in range(len(declared.kinds))],
        "unlooked": sum(five.unlooked(where.on) for one in found for five in one.fives),
        "note": declared.note,
        "tail": where.tail,
    }
    return render(request, "standards/list.html", context)


@page(verb=SEE)
def show(request: HttpRequest, code: str) -> HttpResponse:
    body, where = branch_here(request, code)
    scope, declared, places = scope_of_request(request), packs().base.standards, Places(where.plant, where.on)
    may = {verb: scope.may(verb, body) is None for verb in (ENTER, CHECK)}
    fives = queries.branch(body=body, on=where.on, standards=declared)
    context = {
        "bar": bar(request, where, "standards"),
        "body": body,
        "name": places.body_name(body.pk),
        "fives": [
            (five, *CHIPS[five.stand], five.unlooked(where.on), _acts(five, may, scope.account_id)) for five in fives
        ],
        "held": honours.held(
            plant=where.plant, on=where.on, loops=pack_of(where.plant.code).loops, bodies=[body.pk]
        ).get(body.pk, []),
        "may_enter": may[ENTER],
        "note": declared.note,
        "tail": where.tail,
        "crumbs": [(gettext("五个一"), reverse("standards") + where.tail), (places.body_name(body.pk), "")],
    }
    return render(request, "standards/branch.html", context)


def _acts(five: queries.Five, may: dict[str, bool], me: int | None) -> list[tuple[str, Deed]]:
    """Where this reader may do something to the entry that waits and to the one that counts."""
    found = []
    for item in filter(None, dict.fromkeys((five.pending, five.item))):
        if may[ENTER] and CORRECT.shown(item):
            found.append((reverse("standard_correct", args=[item.pk]), CORRECT))
        if may[CHECK] and item.entered_by_id != me:
            shown = ((word, deed) for word, deed in CHECKS.items() if deed.shown(item))
            found += [(reverse("standard_check", args=[item.pk, word]), deed) for word, deed in shown]
    return found


@page(verb=ENTER)
def new(request: HttpRequest, code: str) -> HttpResponse:
    body, where = branch_here(request, code, verb=ENTER)
    kinds = packs().base.standards.kinds
    asked = kinds.get(request.GET.get("kind", "")) or next(iter(kinds.values()))
    initial = {"kind": asked.code, "until_on": forms.months_on(where.on, asked.months)}
    return perform(
        request, NEW, subject=body, title=_name(body.pk, where), back=_back(code, where), places=Places(where.plant, where.on),
        initial=initial, crumbs=_crumbs(code, body.pk, where, NEW),
    )  # fmt: skip


@page(verb=ENTER)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    return _done(request, pk, CORRECT, ENTER)


@page(verb=CHECK)
def check(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    if deed not in CHECKS:
        raise Http404("没有这件事可办")
    return _done(request, pk, CHECKS[deed], CHECK)


def _done(request: HttpRequest, pk: int, deed: Deed, verb: str) -> HttpResponse:
    item = known(queries.item_of(pk=pk))
    require(request, verb, item.body)
    where = here(request, verb, of=item.body.plant)
    if not deed.shown(item):
        raise Http404("这一条现在不能办这件事")
    initial = {"evidence": item.evidence, "until_on": item.until_on, "holds": "yes"}
    return perform(
        request, deed, subject=item, title=f"{_name(item.body_id, where)} · {_kind(item)}", back=_back(item.body.code, where),
        places=Places(where.plant, where.on), initial=initial, crumbs=_crumbs(item.body.code, item.body_id, where, deed),
    )  # fmt: skip


def _kind(item: "StandardItem") -> str:
    return packs().base.standards.kinds[item.kind].zh


def _name(key: int, where: Here) -> str:
    return Places(where.plant, where.on).body_name(key)


def _back(code: str, where: Here) -> str:
    return reverse("standard", args=[code]) + where.tail


def _crumbs(code: str, key: int, where: Here, deed: Deed) -> list[tuple[str, str]]:
    up: Any = (gettext("五个一"), reverse("standards") + where.tail)
    return [up, (_name(key, where), _back(code, where)), (str(deed.label), "")]
