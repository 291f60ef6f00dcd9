"""One item of a draft: choosing a shape, writing it, its worked examples, taking it out."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronglu.config import clock
from ronglu.config.plant import pack_of
from ronglu.kernel.rules import edit
from ronglu.kernel.rules.errors import RulesError, SheetProblem
from ronglu.kernel.rules.examples import form_of
from ronglu.kernel.rules.load import readable
from ronglu.kernel.rules.shape import KINDS
from ronglu.kernel.rules.state import State
from ronglu.web.access import asked, me, page
from ronglu.web.drafts import boxes, frame
from ronglu.web.drafts.forms import ItemForm
from ronglu.work import drafts as verbs
from ronglu.work.queries import drafts as queries

if TYPE_CHECKING:
    from ronglu.store.models import SheetDraft

SHAPE = "shape."
PARTS = "parts"
MOST_PARTS = 4
_NONE: tuple[str, ...] = ()


@page(verb=frame.EDIT)
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Which of the ten shapes the new item takes; a combined one says which parts it has."""
    draft = frame.draft_here(request, pk, frame.EDIT)
    context = {
        "draft": draft,
        "kinds": [(key, kind.label, [field.label for field in kind.fields]) for key, kind in KINDS.items()],
        "parts": [(key, kind.label) for key, kind in KINDS.items() if key != PARTS],
        "places": range(1, MOST_PARTS + 1),
        "categories": [(row["code"], f"{row['code']} {row['name']}") for row in draft.declaration["categories"]],
        "crumbs": frame.crumbs(draft, (_("加一项"), "")),
    }
    return render(request, "drafts/choose.html", context)


@page(verb=frame.EDIT)
def new(request: HttpRequest, pk: int) -> HttpResponse:
    draft, kind = frame.draft_here(request, pk, frame.EDIT), asked(request, "shape")
    if kind not in KINDS:
        raise Http404("没有这种形状")
    shape: dict[str, Any] = {"kind": kind}
    if kind == PARTS:
        parts = [part for part in request.GET.getlist("part")[:MOST_PARTS] if part in KINDS and part != PARTS]
        shape["parts"] = [{"shape": {"kind": part}} for part in parts]
    blank = {"category": asked(request, "category"), "shape": shape, "starts_on": f"{month(draft)}-01"}
    return _page(request, draft, blank, was="")


@page(verb=frame.EDIT)
def change(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    draft = frame.draft_here(request, pk, frame.EDIT)
    return _page(request, draft, _item(draft, code), was=code)


@page(verb=frame.EDIT)
@require_POST
def drop(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    draft = frame.draft_here(request, pk, frame.EDIT)
    return frame.do(
        request, draft,
        lambda: verbs.drop_item(
            draft=draft, revision=frame.revision_of(request), code=code, by=me(request), at=clock.now()
        ),
        _("%(code)s 从起用月起不再考核；以前各月仍按当时的版本。") % {"code": code},
    )  # fmt: skip


@page(verb=frame.EDIT)
def examples(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The office writes what it expects; the engine says after saving where it comes to something else."""
    draft = frame.draft_here(request, pk, frame.EDIT)
    _item(draft, code)
    item = next(item for item in readable(draft.declaration) if item.code == code)
    form, problems = form_of(item.shape), _NONE
    rows: list[Any] = draft.examples.get(code) or [{"kind": "normal"}, {"kind": "boundary"}, {"kind": "nothing"}]
    if request.method == "POST":
        rows = [row for row in form.gather(boxes.sent(request.POST)).get("cases", []) if set(row) - {"kind"}]
        try:
            verbs.put_examples(
                draft=draft, revision=frame.revision_of(request), code=code, rows=rows, by=me(request), at=clock.now()
            )
        except RulesError as problem:
            problems = frame.lines_of(problem)
        else:
            messages.success(request, _("%(code)s 的例子已保存。") % {"code": code})
            return redirect(reverse("draft", args=[pk]) + f"#{code}")
    context = {
        "draft": draft, "item": item, "problems": problems, "table": boxes.boxes(form, {"cases": rows})[0],
        "states": [state.label for state in State], "crumbs": frame.crumbs(draft, (_("%s 的例子") % code, "")),
    }  # fmt: skip
    return render(request, "drafts/examples.html", context, status=422 if problems else 200)


def month(draft: "SheetDraft") -> str:
    return f"{draft.from_month // 100}-{draft.from_month % 100:02d}"


def _page(request: HttpRequest, draft: "SheetDraft", item: dict[str, Any], *, was: str) -> HttpResponse:
    kind, problems = str(item["shape"]["kind"]), _NONE
    shape, form = boxes.shape_form(kind), _form(request, draft, item)
    if request.method == "POST":
        item = {**item, "shape": {"kind": kind, **shape.gather(boxes.sent(request.POST, prefix=SHAPE))}}
        if form.is_valid():
            try:
                verbs.put_item(
                    draft=draft, revision=frame.revision_of(request), item=form.data_of(item), was=was,
                    red=frame.redlist(), forms=form.forms(), price=frame.price(draft, form.forms()), by=me(request),
                    at=clock.now(),
                )  # fmt: skip
            except RulesError as problem:
                problems = frame.lines_of(problem)
            else:
                messages.success(request, _("已保存。请核对它的例子。"))
                return redirect("draft_examples", pk=draft.pk, code=form.cleaned_data["code"])
    title = f"{was} {item.get('name', '')}" if was else _("加一项")
    context = {
        "draft": draft, "form": form, "was": was, "title": title, "problems": problems, "kind": KINDS[kind].label,
        "boxes": boxes.boxes(shape, item["shape"], prefix=SHAPE),
        "facts": queries.facts(draft, pack_of(draft.plant.code).sheet.declaration),
        "crumbs": frame.crumbs(draft, (title, "")),
    }  # fmt: skip
    return render(request, "drafts/item.html", context, status=422 if problems or form.errors else 200)


def _form(request: HttpRequest, draft: "SheetDraft", item: dict[str, Any]) -> ItemForm:
    categories = [(row["code"], f"{row['code']} {row['name']}") for row in draft.declaration["categories"]]
    initial = ItemForm.initial_of(item, draft.forms.get(str(item.get("code", "")), {}))
    return ItemForm(request.POST or None, initial=initial, categories=categories)


def _item(draft: "SheetDraft", code: str) -> dict[str, Any]:
    try:
        return edit.find(draft.declaration, code)
    except SheetProblem as problem:
        raise Http404(str(problem)) from None
