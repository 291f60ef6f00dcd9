"""The ledger: verified outcomes counted by kind and body, the list behind the counts, one outcome, and its judging."""

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ronglu.config.plant import pack_of
from ronglu.web.access import asked, page, require, scope_of_request
from ronglu.web.achievements import forms
from ronglu.web.achievements.awards import STATES, entered, words_of
from ronglu.web.book import Sheet, workbook_of
from ronglu.web.deeds import Deed, judged, known, on
from ronglu.web.teams.forms import Judged
from ronglu.web.teams.frame import MARKS, bar, deed_page, file_name
from ronglu.web.where import Here, day_asked, here
from ronglu.web.words import named
from ronglu.work import achievements as verbs
from ronglu.work.queries import achievements as queries
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import Achievement, Plant

SEE, RECORD, VERIFY = "achievements.see", "achievements.record", "achievements.verify"
SIZE = 50


def _record(subject: "Plant", **said: Any) -> "Achievement":
    return verbs.record(loops=pack_of(subject.code).loops, **said)


NEW = Deed(
    label=_("登记成果"), icon="plus", form=forms.Recorded, run=_record,
    done=_("已登记，等第二人核实。"), says=_("成果记在党组织和单位名下，不记个人。"),
)  # fmt: skip
CORRECT = Deed(
    label=_("更正"), form=forms.Told, run=on(verbs.correct, "achievement"), done=_("已更正，重新等核实。"),
    says=_("更正的人就是登记的人，不能再由他核实。"),
)  # fmt: skip
JUDGE = Deed(
    label=_("核实"), icon="audited", form=Judged, run=judged(verbs.verify, "achievement"), done=_("已核实。"),
    says=_("看现场、看数据；登记的人不能核实。"),
)  # fmt: skip


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, SEE), scope_of_request(request)
    places, wanted = Places(where.plant, where.on), _asked(request, where)
    found = Paginator(queries.listed(plant=where.plant, asked=wanted), SIZE).get_page(request.GET.get("page"))
    rows = queries.shown(list(found), places=places)
    context = {
        "bar": bar(request, where, "achievements"),
        "asked": wanted,
        "kinds": [("", _("全部")), *verbs.KINDS],
        "states": STATES,
        "counts": queries.counts(places=places, first=wanted.first, last=wanted.last),
        "page": found,
        "rows": [(row, MARKS[row.achievement.state]) for row in rows],
        "may_record": scope.has(RECORD),
        "tail": where.tail,
        "query": request.GET.urlencode(),
    }
    return render(request, "achievements/list.html", context)


@page(verb=SEE)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    row, where = _here(request, pk)
    scope, places = scope_of_request(request), Places(where.plant, where.on)
    own = row.recorded_by_id == scope.account_id
    context = {
        "row": row,
        "award": words_of(where.plant.code, row) if row.kind == verbs.AWARD else None,
        "mark": MARKS[row.state],
        "here": where,
        "body": places.body_name(row.body_id),
        "unit": places.unit_path(row.unit_id),
        "may_correct": row.state != "verified" and scope.may(RECORD, row.body) is None,
        "may_verify": row.state == "recorded" and not own and scope.may(VERIFY, row.body) is None,
        "crumbs": [(gettext("成果台账"), reverse("achievements") + where.tail), (row.title, "")],
    }
    return render(request, "achievements/show.html", context)


@page(verb=RECORD)
def new(request: HttpRequest) -> HttpResponse:
    return entered(request, NEW, gettext("成果台账"), "achievements")


@page(verb=RECORD)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    row, where = _here(request, pk)
    require(request, RECORD, row.body)
    initial = {name: getattr(row, name) for name in verbs.WORDS}
    return deed_page(request, CORRECT, subject=row, title=row.title, where=where, up=_up(row, where), initial=initial)


@page(verb=VERIFY)
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    row, where = _here(request, pk)
    require(request, VERIFY, row.body)
    return deed_page(request, JUDGE, subject=row, title=row.title, where=where, up=_up(row, where))


@page(verb=SEE)
def xlsx(request: HttpRequest) -> FileResponse:
    where, name = here(request, SEE), gettext("成果台账")
    places, wanted = Places(where.plant, where.on), _asked(request, where)
    rows = queries.shown(list(queries.listed(plant=where.plant, asked=wanted)), places=places)
    heads = [
        gettext("类型"), gettext("名称"), gettext("党组织"), gettext("单位"), gettext("形成日期"), gettext("解决什么问题"),
        gettext("怎样解决"), gettext("用在哪里"), gettext("效果"), gettext("状态"), gettext("核实意见"), gettext("事项编号"),
    ]  # fmt: skip
    counts = queries.counts(places=places, first=wanted.first, last=wanted.last)
    kinds = [gettext("党组织"), *map(named, counts.kinds)]
    totals = [[body, *numbers] for body, numbers in (*counts.rows, (gettext("合计"), counts.total))]
    sheets = [Sheet(name, heads, [_line(row) for row in rows]), Sheet(gettext("按类型"), kinds, totals)]
    return workbook_of(sheets, name=file_name(where.plant, name, where))


def _asked(request: HttpRequest, where: Here) -> queries.Asked:
    """The year so far, unless other days are asked for."""
    return queries.Asked(
        first=day_asked(request, "first") if request.GET.get("first") else where.on.replace(month=1, day=1),
        last=day_asked(request, "last") if request.GET.get("last") else where.on,
        kind=asked(request, "kind", 20),
        state=asked(request, "state", 20),
    )


def _here(request: HttpRequest, pk: int) -> "tuple[Achievement, Here]":
    row = known(queries.achievement_of(scope=scope_of_request(request), pk=pk))
    return row, here(request, SEE, of=row.plant)


def _up(row: "Achievement", where: Here) -> tuple[str, str]:
    return row.title, reverse("achievement", args=[row.pk]) + where.tail


def _line(row: queries.Row) -> list[object]:
    one = row.achievement
    return [
        named(one.get_kind_display()), one.title, row.body, row.unit, one.day, one.problem, one.solution,
        one.application, one.effect, named(one.get_state_display()), one.verdict, one.case.number if one.case else "",
    ]  # fmt: skip
