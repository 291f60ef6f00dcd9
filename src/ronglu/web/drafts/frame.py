"""What the editor's pages share: which draft an address is about, its verdict, the red list, and how refusals are told."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from ronglu.config import clock
from ronglu.config.plant import pack_of
from ronglu.kernel.keys import key_of
from ronglu.kernel.rules.burden import BurdenRules, Toll
from ronglu.kernel.rules.cost import Forms, Rates
from ronglu.kernel.rules.errors import RulesError, SheetProblem
from ronglu.kernel.rules.linter import RedList
from ronglu.kernel.time.period import Grain, Period
from ronglu.packs import sheets
from ronglu.web.access import require, scope_of_request
from ronglu.web.burden.budgets import rules_of
from ronglu.work import burdens
from ronglu.work.draft_verdict import Verdict, verdict
from ronglu.work.queries import burdens as burden_queries
from ronglu.work.queries import drafts as queries
from ronglu.work.roles import roles

if TYPE_CHECKING:
    from ronglu.store.models import Plant, SheetDraft

SEE, EDIT, APPROVE = queries.SEE, "sheet.edit", "sheet.approve"


@cache
def redlist() -> RedList:
    return sheets.redlist()


@cache
def assumed() -> Rates:
    return sheets.rates()


def rates(draft: "SheetDraft") -> Rates:
    """Seconds a field as the plant's own forms took lately, else what is assumed."""
    rules, month = burden_rules(draft.plant), Period.of(clock.today(), Grain.MONTH)
    measured = burdens.seconds_per_field(plant=draft.plant_id, month=month, rules=rules)
    return replace(assumed(), seconds=measured)


def price(draft: "SheetDraft", forms: Forms) -> Toll | None:
    """What new forms would ask of a worker, beside what he fills in already; None where nothing new is asked."""
    if not forms.boxes:
        return None
    on = clock.today()
    return burdens.cost(
        plant=draft.plant_id, month=Period.of(on, Grain.MONTH) - 1, fields=forms.fields, people=forms.people,
        times=Decimal(forms.times), rules=burden_rules(draft.plant),
        heads=burden_queries.heads(plant=draft.plant, on=on, table=roles()),
    )  # fmt: skip


def burden_rules(plant: "Plant") -> BurdenRules:
    return rules_of(plant, clock.today())


@cache
def shipped_examples() -> dict[str, Any]:
    return sheets.example_rows()


def draft_here(request: HttpRequest, pk: int, verb: str = SEE) -> "SheetDraft":
    draft = queries.one(scope=scope_of_request(request), pk=pk)
    if draft is None:
        raise Http404("没有这份草案，或不在您的范围内")
    require(request, verb, draft.plant)
    return draft


def verdict_of(draft: "SheetDraft") -> Verdict:
    pack, codes = pack_of(draft.plant.code), [row["code"] for row in draft.declaration["items"]]
    wires = {code: frozenset(wire.indicator for wire in pack.wired(code)) for code in codes}
    return verdict(draft=draft, red=redlist(), rates=rates(draft), on=clock.today(), wires=wires)


def revision_of(request: HttpRequest) -> int:
    """The revision the page was made from; one that is none never fits."""
    found = key_of(request.POST.get("revision", ""), most=999_999)
    return -1 if found is None else found


def lines_of(problem: RulesError) -> tuple[str, ...]:
    return problem.problems if isinstance(problem, SheetProblem) else (str(problem),)


def do(request: HttpRequest, draft: "SheetDraft", run: Callable[[], Any], done: str) -> HttpResponse:
    """One verb from a button: done and said, or refused and said; back to the draft either way."""
    try:
        run()
    except RulesError as problem:
        for line in lines_of(problem)[:8]:
            messages.error(request, line)
    else:
        messages.success(request, done)
    return redirect("draft", pk=draft.pk)


def crumbs(draft: "SheetDraft", *more: tuple[str, str]) -> list[tuple[str, str]]:
    plant = f"?plant={draft.plant.code}"
    here = (name_of(draft), reverse("draft", args=[draft.pk]) if more else "")
    return [(_("双百考核"), reverse("sheet") + plant), (_("考核表草案"), reverse("drafts") + plant), here, *more]


def name_of(draft: "SheetDraft") -> str:
    return _("草案 %(no)s") % {"no": draft.no}
