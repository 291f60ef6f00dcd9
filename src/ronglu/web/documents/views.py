"""The library: the list, one document with its versions, who passed it on and what was asked, and what may be done about it."""

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ronglu.web.access import asked, page, require, scope_of_request
from ronglu.web.book import Sheet
from ronglu.web.deeds import Deed, chosen, known, on
from ronglu.web.documents import forms
from ronglu.web.documents.frame import MARKS, SEE, bar, deed_page, lists, themes_of
from ronglu.web.papers import taken
from ronglu.web.where import Here, here
from ronglu.web.words import named
from ronglu.work import documents as verbs
from ronglu.work import policies, relays
from ronglu.work.queries import documents as queries
from ronglu.work.queries import relays as told
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ronglu.store.models import Document, Relay

KEEP, ASK = "documents.keep", "relays.ask"
SIZE = 50
NOTICE = ("notice", "政策告知")
STATES = [("valid", _("有效")), ("void", _("已废止")), ("all", _("全部"))]


def _relay(document: "Document", **said: Any) -> "list[Relay]":
    return relays.ask(document=document, days=lists(document.plant).relay_days, **said)


NEW = Deed(
    label=_("登记文件"), icon="plus", form=forms.Registered, done=_("已登记。"),
    run=lambda plant, **said: verbs.register(plant=plant, **said),
    says=_("一份文件只登记一次，传达、学习和会议议程都用这一份。政策告知另外发布。"),
)  # fmt: skip
DEEDS = {
    "revise": Deed(
        label=_("修订"), icon="history", form=forms.Revised, run=on(verbs.revise, "document"), done=_("新版本已登记。"),
        says=_("原来的版本照样留着，能查到哪一天施行的是哪一版。"),
        shown=lambda one: one.state == "valid" and one.kind == "rule",
    ),
    "relay": Deed(
        label=_("下达传达"), icon="link", form=forms.Aimed, run=_relay, done=_("已下达。"),
        says=_("从今天起按工作日计期限；开会时议程上有它就算传达，覆盖只记人数。"),
        shown=lambda one: one.state == "valid" and one.kind in ("superior", "conference", "rule"),
    ),
    "ask": Deed(
        label=_("提问"), icon="comment", form=forms.Asked, run=on(policies.ask, "document"), done=_("已提出，答复出来大家都能看到。"),
        says=_("页面上只有问题和答复，不显示是谁问的。"), shown=lambda one: one.state == "valid" and one.kind == "notice",
    ),
    "postpone": Deed(
        label=_("推迟施行"), icon="clock", form=forms.Postponed, run=on(policies.postpone, "document"), done=_("已推迟。"),
        says=_("只能往后推，各党组织的传达期限跟着往后。"), shown=lambda one: one.state == "valid" and one.kind == "notice",
    ),
    "describe": Deed(
        label=_("改要点和主题"), icon="edit", form=forms.Described, run=on(verbs.describe, "document"), done=_("已改好。"),
    ),
    "void": Deed(
        label=_("废止"), icon="x", form=forms.Reason, run=on(relays.void, "document"), done=_("已废止。"),
        says=_("文件留在库里，标明已废止；不再修订，没到期的传达一并撤回。"), shown=lambda one: one.state == "valid",
    ),
}  # fmt: skip
VERBS = dict.fromkeys(DEEDS, KEEP) | {"relay": ASK, "ask": SEE}


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, SEE), scope_of_request(request)
    wanted, words = _wanted(request), lists(where.plant)
    found = Paginator(_rows(where, wanted), SIZE).get_page(request.GET.get("page"))
    covered = told.coverage(found)
    context = {
        "bar": bar(request, where, "documents"),
        "wanted": wanted,
        "state": asked(request, "state") or "valid",
        "kinds": [("", _("全部")), *((code, named(label)) for code, label in (*forms.KINDS, NOTICE))],
        "themes": [("", _("全部")), *((code, named(one)) for code, one in words.themes.items())],
        "states": STATES,
        "page": found,
        "rows": [(one, themes_of(words, one.themes), covered.get(one.pk), MARKS[one.state]) for one in found],
        "may_keep": scope.has(KEEP),
        "tail": where.tail,
        "query": request.GET.urlencode(),
    }
    return render(request, "documents/list.html", context)


@page(verb=SEE)
def export(request: HttpRequest) -> FileResponse:
    where, name = here(request, SEE), gettext("文件库")
    words, rows = lists(where.plant), list(_rows(where, _wanted(request)))
    covered = told.coverage(rows)
    heads = [
        gettext("标题"), gettext("文号"), gettext("类型"), gettext("发文单位"), gettext("发文日期"), gettext("施行日期"),
        gettext("版本数"), gettext("主题"), gettext("应传达人数"), gettext("已传达人数"), gettext("状态"),
    ]  # fmt: skip
    lines = [
        [one.title, one.number, named(one.get_kind_display()), one.issuer, one.issued_on, one.effective_on,
         one.revisions or None, themes_of(words, one.themes), *_people(covered.get(one.pk)), named(one.get_state_display())]
        for one in rows
    ]  # fmt: skip
    return taken(
        request,
        [Sheet(name, heads, lines)],
        name=f"{where.plant.name}-{name}-{where.on}",
        organ=where.plant.name,
    )


@page(verb=SEE)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    row, where = _read(request, pk)
    scope, places = scope_of_request(request), Places(where.plant, where.on)
    names = {key: places.body_name(key) for key in places.body_codes}
    mine = told.visible(scope).filter(document=row)
    may_keep = scope.may(KEEP, row.plant) is None
    context = {
        "row": row,
        "mark": MARKS[row.state],
        "themes": themes_of(lists(where.plant), row.themes),
        "versions": queries.versions(document=row, on=where.on),
        "coverage": told.coverage([row]).get(row.pk),
        "relays": [(one, MARKS[one.relay.state]) for one in told.shown(mine, scope=scope, names=names, on=where.on)],
        "questions": queries.questions(document=row) if row.kind == "notice" else [],
        "may_answer": may_keep and row.state == "valid",
        "deeds": [
            (word, deed)
            for word, deed in DEEDS.items()
            if deed.shown(row) and scope.may(VERBS[word], row.plant) is None
        ],
        "here": where,
        "crumbs": [(gettext("文件库"), reverse("documents") + where.tail), (row.title, "")],
    }
    return render(request, "documents/show.html", context)


@page(verb=KEEP)
def new(request: HttpRequest) -> HttpResponse:
    where = here(request, KEEP)
    return deed_page(
        request, NEW, subject=where.plant, title=where.plant.name, where=where,
        up=(gettext("文件库"), reverse("documents") + where.tail), initial={"arrived_on": where.on},
        landing=lambda row: reverse("document", args=[row.pk]) + where.tail,
    )  # fmt: skip


@page(verb=SEE)
def do(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    row, where = _read(request, pk)
    found = chosen(DEEDS, deed, row)
    require(request, VERBS[deed], row.plant)
    initial: dict[str, Any] = {"gist": row.gist, "themes": row.themes, "from_on": where.on}
    up = (row.title, reverse("document", args=[row.pk]) + where.tail)
    return deed_page(request, found, subject=row, title=row.title, where=where, up=up, initial=initial)


def _wanted(request: HttpRequest) -> queries.Wanted:
    state = asked(request, "state") or "valid"
    return queries.Wanted(
        kind=asked(request, "kind"),
        theme=asked(request, "theme"),
        state="" if state == "all" else state,
        words=asked(request, "q"),
    )


def _rows(where: Here, wanted: queries.Wanted) -> "QuerySet[Document]":
    return queries.listed(plant=where.plant, wanted=wanted)


def _people(coverage: told.Coverage | None) -> tuple[int | None, int | None]:
    return (coverage.due, coverage.told) if coverage else (None, None)


def _read(request: HttpRequest, pk: int) -> "tuple[Document, Here]":
    row = known(queries.document_of(scope=scope_of_request(request), pk=pk))
    return row, here(request, SEE, of=row.plant)
