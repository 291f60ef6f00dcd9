"""The list of drafts and versions, a draft by category with what speaks against it, and what is done to it as a whole."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronglu.boards.names import name_of as person_of
from ronglu.config import clock
from ronglu.config.plant import pack_of
from ronglu.kernel.rules.diff import differences
from ronglu.kernel.rules.errors import RulesError, SheetProblem
from ronglu.kernel.rules.load import build
from ronglu.kernel.rules.params import number
from ronglu.kernel.time.period import Grain, Period
from ronglu.web.access import me, page, require, scope_of_request
from ronglu.web.drafts import frame
from ronglu.web.drafts.forms import HeadForm, MoveForm, StartForm
from ronglu.web.where import here
from ronglu.work import drafts as verbs
from ronglu.work.queries import drafts as queries
from ronglu.work.sheets import sheet_of

if TYPE_CHECKING:
    from ronglu.kernel.rules.diff import Change
    from ronglu.kernel.rules.sheet import Sheet
    from ronglu.store.models import SheetDraft

PEOPLE = "people.see"


@page(verb=frame.SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, frame.SEE), scope_of_request(request)
    names = scope.has(PEOPLE)
    context = {
        "here": where,
        "drafts": [
            (one, person_of(one.made_by) if names else "", month_of(one)) for one in queries.listed(where.plant)
        ],
        "versions": [
            (one, Period.from_yyyymm(one.from_month), person_of(one.published_by) if names else "")
            for one in queries.versions(where.plant)
        ],
        "may_edit": scope.may(frame.EDIT, where.plant) is None,
        "admin": queries.admin_facts(where.plant, clock.today()),
    }
    return render(request, "drafts/list.html", context)


@page(verb=frame.EDIT)
def begin(request: HttpRequest) -> HttpResponse:
    where = here(request, frame.EDIT)
    form = StartForm(request.POST or None, initial={"from_month": str(next_month())})
    if request.method == "POST" and form.is_valid():
        draft = verbs.begin(
            plant=where.plant, shipped=pack_of(where.plant.code).sheet.declaration, examples=frame.shipped_examples(),
            from_month=form.cleaned_data["from_month"], why=form.cleaned_data["why"], by=me(request), at=clock.now(),
        )  # fmt: skip
        messages.success(request, _("草案 %(no)s 已起草，内容和最新一版相同，现在可以改。") % {"no": draft.no})
        return redirect("draft", pk=draft.pk)
    back = reverse("drafts") + f"?plant={where.plant.code}"
    context = {
        "form": form, "title": _("起草新版"), "sub": where.plant.name, "yes": _("起草"), "back": back,
        "crumbs": [(_("考核表草案"), back), (_("起草新版"), "")],
    }  # fmt: skip
    return render(request, "drafts/form.html", context, status=422 if form.errors else 200)


@page(verb=frame.SEE)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    draft, scope = frame.draft_here(request, pk), scope_of_request(request)
    found = frame.verdict_of(draft)
    items = {item.code: item for item in found.items}
    may_edit = scope.may(frame.EDIT, draft.plant) is None
    names = scope.has(PEOPLE)
    context = {
        "draft": draft,
        "title": frame.name_of(draft),
        "month": month_of(draft),
        "verdict": found,
        "groups": [
            (row, [items[one["code"]] for one in draft.declaration["items"] if one["category"] == row["code"] and one["code"] in items])
            for row in draft.declaration["categories"]
        ],
        "scales": scales(draft),
        "changes": changes(draft),
        "may_change": may_edit and draft.state == "draft",
        "may_approve": scope.may(frame.APPROVE, draft.plant) is None and draft.state == "proposed",
        "why_not": why_not(request, draft),
        "made_by": person_of(draft.made_by) if names else "",
        "proposed_by": person_of(draft.proposed_by) if names else "",
        "move": MoveForm(items=[(item.code, f"{item.code} {item.name}") for item in found.items]),
        "crumbs": frame.crumbs(draft),
    }  # fmt: skip
    return render(request, "drafts/draft.html", context)


@page(verb=frame.EDIT)
def head(request: HttpRequest, pk: int) -> HttpResponse:
    draft = frame.draft_here(request, pk, frame.EDIT)
    initial = {
        "from_month": str(month_of(draft)), "document": draft.document, "why": draft.why,
        "quota": draft.declaration.get("quota_percent"), "bonus": draft.declaration["bonus"]["enabled"],
    }  # fmt: skip
    form = HeadForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            verbs.put_head(
                draft=draft, revision=frame.revision_of(request), from_month=given["from_month"],
                document=given["document"], why=given["why"], bonus=given["bonus"], quota_percent=given["quota"],
                by=me(request), at=clock.now(),
            )  # fmt: skip
        except RulesError as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("已保存。"))
            return redirect("draft", pk=pk)
    context = {
        "form": form, "draft": draft, "title": _("起用月、文件、开关"), "sub": frame.name_of(draft), "yes": _("保存"),
        "back": reverse("draft", args=[pk]), "crumbs": frame.crumbs(draft, (_("起用月、文件、开关"), "")),
    }  # fmt: skip
    return render(request, "drafts/form.html", context, status=422 if form.errors else 200)


@page(verb=frame.EDIT)
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    draft = frame.draft_here(request, pk, frame.EDIT)
    codes = [(row["code"], row["code"]) for row in draft.declaration["items"]]
    form = MoveForm(request.POST, items=codes)
    if not form.is_valid():
        messages.error(request, _("请选两项，写明移几分。"))
        return redirect("draft", pk=pk)
    given = form.cleaned_data
    return frame.do(
        request, draft,
        lambda: verbs.move_points(
            draft=draft, revision=frame.revision_of(request), by=me(request), at=clock.now(), **given
        ),
        _("已移。两项的例子要跟着改。"),
    )  # fmt: skip


@page(verb=frame.EDIT)
@require_POST
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    draft = frame.draft_here(request, pk, frame.EDIT)
    return frame.do(
        request, draft,
        lambda: verbs.propose(
            draft=draft, revision=frame.revision_of(request), red=frame.redlist(), by=me(request), at=clock.now()
        ),
        _("已提请，等另一个人批准。"),
    )  # fmt: skip


@page(verb=frame.APPROVE)
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    draft = frame.draft_here(request, pk, frame.APPROVE)
    return frame.do(
        request, draft, lambda: verbs.approve(draft=draft, red=frame.redlist(), by=me(request), at=clock.now()),
        _("已批准并发布，从起用月起按这一版考核，不再改动。"),
    )  # fmt: skip


@page(verb=frame.SEE)
@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """By who may approve, or by the office that proposed."""
    draft = frame.draft_here(request, pk)
    if draft.proposed_by_id != me(request).pk:
        require(request, frame.APPROVE, draft.plant)
    return frame.do(
        request, draft,
        lambda: verbs.send_back(draft=draft, reason=request.POST.get("reason", ""), by=me(request), at=clock.now()),
        _("已退回，可以再改。"),
    )  # fmt: skip


@page(verb=frame.EDIT)
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    draft = frame.draft_here(request, pk, frame.EDIT)
    return frame.do(
        request, draft,
        lambda: verbs.discard(draft=draft, reason=request.POST.get("reason", ""), by=me(request), at=clock.now()),
        _("已作废，留着备查。"),
    )  # fmt: skip


def month_of(draft: "SheetDraft") -> Period:
    return Period.from_yyyymm(draft.from_month)


def next_month() -> Period:
    return Period.of(clock.today(), Grain.MONTH) + 1


def scales(draft: "SheetDraft") -> list[tuple[str, object, object]]:
    """Each scale with what its items add up to and what they should."""
    mine = {row["code"]: row["scale"] for row in draft.declaration["categories"]}
    found: list[tuple[str, object, object]] = []
    for scale in draft.declaration["scales"]:
        rows = [item for item in draft.declaration["items"] if mine.get(item["category"]) == scale["code"]]
        total = sum((number(item["points"]) for item in rows), Decimal(0))
        found.append((scale["name"], total, scale["points"]))
    return found


def changes(draft: "SheetDraft") -> "tuple[Change, ...] | None":
    """Against the version it began from; None while the draft can't be read as a whole."""
    before: Sheet = sheet_of(draft.base) if draft.base else pack_of(draft.plant.code).sheet
    try:
        return differences(before, build(draft.declaration))
    except SheetProblem:
        return None


def why_not(request: HttpRequest, draft: "SheetDraft") -> str:
    """Why this reader may not approve what is proposed, or ''."""
    if draft.proposed_by_id == me(request).pk:
        return _("您提请的，要由另一个人批准")
    return _("您改过这份草案，要由没有改过它的人批准") if me(request).pk in draft.hands else ""
